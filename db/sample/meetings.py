"""Meetings held: Position of Trust meetings to the year's count, and the evaluations and calls around them."""

from collections.abc import Sequence
from datetime import date, timedelta

from db.models import Alert, Conflict, Escalation, Meeting
from db.rules.reporting import ReportingYear
from db.sample import team
from db.sample.calendar import TODAY, at, working_days
from db.sample.casefile import OpenedFile
from db.sample.chance import Chance
from db.sample.registers import registers
from db.sample.rows import Rows

_TRUST, _WITHIN = "pot", timedelta(days=40)
_ATTENDED = ("Employer, HR, police, social worker", "Employer, social worker", "Employer, police, placing authority",
             "Employer, HR, agency manager, independent reviewing officer")  # fmt: skip
_ESCALATIONS = (
    ("timescales", "report_late", "external"), ("advice_not_followed", "outcome_withheld", "external"),
    ("risk_not_addressed", None, "external"), ("timescales", "investigator_unsuitable", "external"),
    ("advice_not_followed", "hr_overrides", "internal"), ("practice_risk", None, "internal"),
    ("advice_not_followed", "settlement", "external"),
)  # fmt: skip


def write_meetings(rows: Rows, files: Sequence[OpenedFile], chance: Chance) -> None:
    """Every meeting of the years whose cases these are."""
    allegations = [file for file in files if file.case.allegation]
    for year, count in registers()["position_of_trust"].items():
        able = [file for file in allegations if file.case.year == year and _days(file)]
        for file in chance.sample(able, count):
            _write(rows, file, _TRUST, chance)
    for kind, share in registers()["meeting_share"].items():
        for file in chance.sample(allegations, round(len(allegations) * share)):
            if _days(file):
                _write(rows, file, kind, chance)


def write_troubles(rows: Rows, files: Sequence[OpenedFile], chance: Chance) -> None:
    """Escalations, alerts to senior officers, and an officer's declared interests."""
    allegations = [f for f in files if f.case.allegation and f.case.year == "2022-23" and not f.restricted]
    waiting = [f for f in allegations if f.case.closed is None and (TODAY - f.case.received).days > 90]
    for file, (reason, detail, party) in zip(chance.sample(waiting, len(_ESCALATIONS)), _ESCALATIONS, strict=True):
        raised = chance.choice(working_days(file.case.received + timedelta(days=60), TODAY))
        rows.add(
            Escalation, case_id=file.number, reason=reason, detail=detail, party=party, raised_on=raised,
            words="Raised with the employer's senior lead; answer asked for in ten working days.",
        )  # fmt: skip
    for file, told in zip(chance.sample(waiting, len(registers()["alert"])), registers()["alert"], strict=True):
        rows.add(Alert, case_id=file.number, **told)
    for file in chance.sample(allegations, 2):
        rows.add(
            Conflict, officer_id=chance.choice([o for o in team.ladoes_here(TODAY) if o.number != file.owner]).number,
            adult_id=file.case.adult, declared_at=at(file.case.decided, 9, 57), words="Lives in the same road.",
        )  # fmt: skip


def _days(file: OpenedFile) -> Sequence[date]:
    """The working days on which it could have met: soon after the decision, while open, in the year of receipt."""
    case = file.case
    first = case.decided + timedelta(days=1)
    return working_days(first, min(case.closed or TODAY, first + _WITHIN, ReportingYear.containing(case.received).last))


def _write(rows: Rows, file: OpenedFile, kind: str, chance: Chance) -> None:
    day = chance.choice(_days(file))
    sent = min(day + timedelta(days=chance.randrange(7, 28)), TODAY)
    rows.add(
        Meeting, case_id=file.number, kind=kind, held_on=day, chair_id=file.holder_on(day),
        attended=chance.choice(_ATTENDED), minutes=file.teller.line("note", "employer"),
        minutes_sent_on=sent if sent > day else None, recommendations=file.teller.line("learning"),
        next_review_on=day + timedelta(days=28) if file.case.closed is None else None,
    )  # fmt: skip
