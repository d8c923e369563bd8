"""What happened between decision and outcome: who held the case, next steps, notes, strands, delays, access."""

from collections.abc import Iterator
from datetime import date, timedelta

from db.models import Allocation, Case, Delay, Grant, Note, Restriction, Share, Step, Strand
from db.rules.working_days import add_working_days
from db.sample import team
from db.sample.calendar import TODAY, after, at, working_day_on_or_after
from db.sample.casefile import OpenedFile
from db.sample.cases import mix
from db.sample.chance import Chance
from db.sample.rows import Rows
from db.sample.stories import pieces
from db.vocabulary import EmploymentResult, Sector, StrandKind

_NEW = timedelta(days=12)
_A_MONTH = timedelta(days=30)
_MOST_NOTES = 9
_DUE = {"late": 3.5, "today": 3.0, "coming": 93.5}
_DELAYED_AFTER = timedelta(days=75)
_DELAYS = {
    "police": 30.0, "forensics": 8.0, "cps": 8.0, "courts": 6.0, "hr": 14.0, "employer": 14.0,
    "occupational_health": 8.0, "lado_capacity": 8.0, "sar": 2.0, "complaint": 1.0, "regulator": 1.0,
}  # fmt: skip
_FROM_POLICE = ("police", "forensics", "cps", "courts")
_NOTE_KINDS = {
    "first": "call",
    "police": "email",
    "employer": "call",
    "care": "email",
    "review": "note",
    "last": "call",
    "handover": "handover",
}
_HOURS = {"first": (9, 10, 11), "last": (15, 16)}
_ANY_HOUR = (9, 10, 11, 12, 13, 14, 15, 16)
_THIRD_PARTY = ("police", "care")
_TOLD = (("outcome_employer", "Employer"), ("outcome_adult", "The adult, by the employer"))
_STRAND_LEADS = {
    StrandKind.POLICE: "Merrowshire Police", StrandKind.S47: "Front Door", StrandKind.EMPLOYER: "Employer",
    StrandKind.DISCIPLINARY: "Employer's HR", StrandKind.FOSTERING_REVIEW: "Fostering panel",
    StrandKind.REGULATOR: "Regulator",
}  # fmt: skip


class Oversight:
    """Writes what follows the decision on each case."""

    def __init__(self, rows: Rows, seed: int) -> None:
        self._rows, self._chance = rows, Chance(seed, "oversight")
        self._manager = team.of_role("manager")[0].number

    def write(self, file: OpenedFile) -> None:
        """Everything of one case."""
        self._write_access(file)
        self._write_holders(file)
        if not file.case.progressed:
            self._note(file, file.case.decided, "first")
            return
        strands = self._write_strands(file)
        self._write_notes(file, strands)
        self._write_done_steps(file)
        self._write_delay(file, strands)
        if file.case.closed is None:
            self._write_next_step(file, strands)
        elif file.case.concluded:
            self._write_told(file, file.case.concluded)

    def _write_access(self, file: OpenedFile) -> None:
        if not file.restricted:
            return
        self._rows.add(
            Restriction, case_id=file.number, reason="own_employee", set_by=self._manager, set_at=file.entered_at
        )
        for officer in dict.fromkeys((self._manager, *(held.officer for held in file.held))):
            self._rows.add(
                Grant, case_id=file.number, officer_id=officer, granted_by=self._manager, from_at=file.entered_at
            )

    def _write_holders(self, file: OpenedFile) -> None:
        for held in file.held:
            reason = pieces()["allocation"][held.why] if held.why else None
            self._rows.add(
                Allocation, case_id=file.number, officer_id=held.officer, from_on=held.from_on, to_on=held.to_on,
                reason=reason, given_by=self._manager,
            )  # fmt: skip

    def _write_strands(self, file: OpenedFile) -> list[str]:
        case, chance = file.case, self._chance
        if not case.allegation or case.type is None:
            return []
        kinds = [StrandKind(k) for k, share in mix()["strand_share"][case.type].items() if chance.happens(share)]
        if case.employment in (EmploymentResult.DISCIPLINARY, EmploymentResult.DISMISSED):
            kinds.append(StrandKind.DISCIPLINARY)
        if case.sector is Sector.FOSTERING and chance.happens(0.6):
            kinds.append(StrandKind.FOSTERING_REVIEW)
        for kind in kinds:
            started = min(after(case.decided, chance.randrange(4)), case.closed or TODAY)
            ended = case.closed or (_between(started, TODAY, chance) if chance.happens(0.25) else None)
            police = kind is StrandKind.POLICE
            self._rows.add(
                Strand, case_id=file.number, kind=kind, lead=_STRAND_LEADS[kind], started_on=started, ended_on=ended,
                reference=f"MP/{chance.randrange(10000, 99999)}/{started:%y}" if police else None,
                result="No further action" if ended and police else None,
            )  # fmt: skip
        return [kind.value for kind in kinds]

    def _write_notes(self, file: OpenedFile, strands: list[str]) -> None:
        last = file.case.closed or TODAY
        for number, day in enumerate(self._note_days(file, last)):
            about = "first" if number == 0 else self._chance.choice(_subjects(strands))
            self._note(file, day, about)
        for held in file.held[1:]:
            self._note(file, held.from_on, "handover")
        if file.case.closed:
            self._note(file, file.case.closed, "last")
        else:
            self._rows.of(Case)[file.number - 1]["reviewed_on"] = self._last_review(file)

    def _note_days(self, file: OpenedFile, last: date) -> Iterator[date]:
        day, count = file.case.decided, 0
        yield day
        while (day := day + timedelta(days=self._chance.randrange(9, 34))) < last and count < _MOST_NOTES:
            count += 1
            yield working_day_on_or_after(day) if working_day_on_or_after(day) < last else last

    def _last_review(self, file: OpenedFile) -> date:
        back = self._chance.randrange(1, 29) if self._chance.happens(0.94) else self._chance.randrange(33, 60)
        return max(file.case.decided, add_working_days(TODAY - timedelta(days=back), -1))

    def _note(self, file: OpenedFile, day: date, about: str) -> None:
        hour = 9 if day == TODAY else self._chance.choice(_HOURS.get(about, _ANY_HOUR))
        words = file.teller.line("note", about)
        kind = "email" if words.startswith("Email") else _NOTE_KINDS[about]
        self._rows.add(
            Note, case_id=file.number, at=at(day, hour, self._chance.randrange(58)), officer_id=file.holder_on(day),
            kind=kind, words=words, third_party=about in _THIRD_PARTY,
        )  # fmt: skip

    def _write_done_steps(self, file: OpenedFile) -> None:
        for what, _ in self._chance.sample(pieces()["step"]["done"], self._chance.randrange(3)):
            day = min(after(file.case.decided, self._chance.randrange(1, 7)), file.case.closed or TODAY)
            officer = file.holder_on(day)
            self._rows.add(
                Step, case_id=file.number, what=what, owner_id=officer, due_on=day,
                added_at=at(file.case.decided, 9, 55), added_by=officer, done_on=day, done_by=officer,
            )  # fmt: skip

    def _write_delay(self, file: OpenedFile, strands: list[str]) -> None:
        case = file.case
        if not case.allegation or (case.closed or TODAY) - case.received < _DELAYED_AFTER:
            return
        causes = {c: w for c, w in _DELAYS.items() if "police" in strands or c not in _FROM_POLICE}
        cause = self._chance.among(causes)
        started = _between(case.decided + _A_MONTH, case.closed or TODAY, self._chance)
        self._rows.add(
            Delay, case_id=file.number, cause=cause, from_on=started, to_on=case.closed, words=pieces()["delay"][cause]
        )

    def _write_next_step(self, file: OpenedFile, strands: list[str]) -> None:
        what, waits_for = self._next(file, strands)
        due = self._due(file)
        waiting = waits_for if due > TODAY else ""
        added = max(file.case.decided, add_working_days(min(due, TODAY), -self._chance.randrange(2, 9)))
        officer = file.holder_on(added)
        self._rows.add(
            Step, case_id=file.number, what=what, owner_id=file.owner, waiting_for=waiting or None, due_on=due,
            added_at=at(added, 9, 56) if added == TODAY else at(added, 14, 10), added_by=officer,
        )  # fmt: skip
        self._rows.of(Case)[file.number - 1] |= {"next_step": what, "waiting": bool(waiting), "due_on": due}

    def _next(self, file: OpenedFile, strands: list[str]) -> tuple[str, str]:
        case, steps = file.case, pieces()["step"]
        if not case.allegation:
            choices = steps["other"]
        elif TODAY - case.received <= _NEW:
            choices = steps["new"]
        else:
            choices = [step for step in steps["going"] if _may_wait_for(step[1], strands, case.sector)]
        what, waits_for = self._chance.choice(choices)
        return what, waits_for

    def _due(self, file: OpenedFile) -> date:
        when = self._chance.among(_DUE) if file.case.decided < add_working_days(TODAY, -7) else "coming"
        if when == "coming":
            return add_working_days(TODAY, self._chance.randrange(1, 22))
        return TODAY if when == "today" else add_working_days(TODAY, -self._chance.randrange(1, 6))

    def _write_told(self, file: OpenedFile, day: date) -> None:
        for kind, told in _TOLD:
            self._rows.add(Share, case_id=file.number, kind=kind, told=told, on_date=day, basis="Working Together")


def _subjects(strands: list[str]) -> tuple[str, ...]:
    police = ("police", "police") if "police" in strands else ()
    return (*police, *(("care",) if "s47" in strands else ()), "employer", "employer", "review")


def _may_wait_for(whom: str, strands: list[str], sector: Sector | None) -> bool:
    needs = {"police": "police" in strands, "social care": "s47" in strands, "agency": sector is Sector.FOSTERING}
    return needs.get(whom, True)


def _between(first: date, last: date, chance: Chance) -> date:
    """A day from one to the other; the last where they have crossed."""
    return first + timedelta(days=chance.randrange((last - first).days + 1)) if first < last else last
