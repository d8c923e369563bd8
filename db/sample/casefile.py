"""A case as rows: the referral, its concerns and children, the decisions on it and its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.clock import week_number
from db.models import Case, CaseChild, CaseFlag, Child, ChildMark, Concern, ScreeningDecision
from db.rules.retention import review_on
from db.sample import team
from db.sample.calendar import TODAY, at, working_days
from db.sample.cases import mix
from db.sample.chance import Chance
from db.sample.holders import Held, Holders
from db.sample.plan import Plan
from db.sample.planned import PlannedCase
from db.sample.record import Callers
from db.sample.rows import Rows
from db.sample.settings import county
from db.sample.stories import Teller, ToldChild, a_child
from db.vocabulary import Answer, Classification, ClosedAs, GuidanceVersion, Informed, LimbAnswer, Sector

_POLICE_TOLD = {Answer.YES: 24.0, Answer.NO: 60.0, Answer.NOT_KNOWN: 16.0}
_PORTAL_LIVE = date(2023, 1, 16)
_HISTORIC_ENTERED = date(2022, 10, 20)
_COUNTED_YEAR = "2022-23"
_POLICE_TYPES = ("sexual", "online")
_OWN_STAFF = ("own_social_work", "own_other_staff")
_WITH_A_CHILD = {"suitability": 0.22, "risk_by_association": 0.1, "external_safeguarding": 0.3, None: 0.25}
_LIMBS = {
    "physical": "y?yn", "sexual": "yyyy", "emotional": "ynyn", "neglect": "ynyn", "inappropriate_conduct": "nnyy",
    "suitability": "nn?y", "online": "nyyy", "external_safeguarding": "nn?y", "risk_by_association": "nnny",
}  # fmt: skip
_LIMB_ANSWERS = {"y": LimbAnswer.YES, "n": LimbAnswer.NO, "?": LimbAnswer.NOT_SURE}
_CLOSED_BECAUSE = {
    ClosedAs.OUTCOME: "Outcome agreed and told; actions done.",
    ClosedAs.NO_FURTHER_ACTION: "Advice given and acknowledged; the employer manages it from here.",
    ClosedAs.NOT_PROGRESSED: "Harm threshold not met; referrer told and content with the advice.",
    ClosedAs.OTHER_LADO: "The adult works mainly in another authority, whose LADO leads from today.",
}


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A case whose rows are written, for what comes after: its words, holders and children."""

    number: int
    case: PlannedCase
    teller: Teller
    held: Sequence[Held]
    restricted: bool
    entered_at: datetime

    @property
    def owner(self) -> int | None:
        """Who holds it, or held it last."""
        return self.held[-1].officer if self.held else None

    def holder_on(self, day: date) -> int:
        """Who held it on a day; before it was given out, a LADO at work."""
        for held in self.held:
            if held.to_on is None or day <= held.to_on:
                return held.officer
        return self.held[-1].officer if self.held else team.ladoes_here(min(day, TODAY))[0].number


def is_restricted(case: PlannedCase) -> bool:
    """The authority's own staff are closed to all but the access list."""
    return case.kind in _OWN_STAFF


class CaseFiles:
    """Writes cases, in the order received."""

    def __init__(self, rows: Rows, plan: Plan, callers: Callers, enquiry_numbers: dict[int, int]) -> None:
        self._rows, self._plan, self._callers = rows, plan, callers
        self._enquiry_numbers = enquiry_numbers
        self._chance = Chance(plan.seed, "case files")
        self._holders = Holders(Chance(plan.seed, "holders"))

    def write(self, case: PlannedCase) -> OpenedFile:
        """The rows of one case; next steps, notes and the outcome are written after."""
        child = a_child(self._chance, self._plan.names, case.sector)
        teller = self._teller(case, child)
        held = self._holders.of(case) if case.progressed else ()
        file = OpenedFile(len(self._rows.of(Case)) + 1, case, teller, held, is_restricted(case), self._entered(case))
        self._write_case(file)
        children = self._write_children(file, child)
        self._write_concerns(file, children)
        self._write_decisions(file)
        self._write_flags(file)
        return file

    def _teller(self, case: PlannedCase, child: ToldChild) -> Teller:
        place = self._plan.settings[case.setting - 1].name if case.setting else None
        adult = self._plan.adults[case.adult - 1]
        return Teller(self._chance, adult, child, case.role, case.sector, place)

    def _entered(self, case: PlannedCase) -> datetime:
        if case.year == "earlier":
            return at(_HISTORIC_ENTERED + timedelta(days=len(self._rows.of(Case)) // 12), 19, 0)
        day = self._chance.choice(working_days(case.received, case.decided) or [case.decided])
        if day == TODAY:
            return at(day, 8, self._chance.randrange(5, 45))
        return at(day, self._chance.randrange(8, 11), self._chance.randrange(60))

    def _write_case(self, file: OpenedFile) -> None:
        case, chance, teller = file.case, self._chance, file.teller
        agency_contact = self._callers.of(case.agency, case.setting)
        portal = case.received >= _PORTAL_LIVE and chance.happens(0.6)
        self._rows.add(
            Case, ref=case.ref, adult_id=case.adult, setting_id=case.setting, referrer_id=agency_contact,
            enquiry_id=self._enquiry_numbers.get(id(case.enquiry)) if case.enquiry else None,
            employer_contact_id=agency_contact if case.agency in ("school", "early_years") else None,
            agency=case.agency, role=case.role, basis=self._basis(case), sector=case.sector, setting_kind=case.kind,
            area=case.area, received_on=case.received, received_week=week_number(case.received),
            employer_aware_on=case.received - timedelta(days=chance.choice((0, 0, 1, 1, 2, 4))),
            entered_at=file.entered_at, entered_by=self._keyed_by(file.entered_at.date()),
            portal_ref=f"CP-{chance.randrange(100000, 999999)}" if portal else None,
            account=self._account(file),
            account_from=teller.line("witness", case.sector or "wider"),
            incidents=chance.choice((1, 1, 1, 1, 2, 3)), witnesses=teller.line("witnesses"),
            actions_taken=teller.line("actions"), classification=case.classification, **self._told(case),
            first_classification=case.first, first_decided_on=case.decided, principal_type=case.type,
            principal_subtype=self._subtype(case), owner_id=file.owner, restricted=file.restricted,
            other_authority=self._other_authority(case), **self._closing(case),
        )  # fmt: skip

    def _account(self, file: OpenedFile) -> str:
        return file.teller.account(file.case.type, mild=file.case.first is not Classification.ALLEGATION)

    def _keyed_by(self, day: date) -> int:
        able = [o for o in (*team.of_role("cro"), *team.of_role("relief")) if o.here_on(day)]
        return self._chance.choice(able or list(team.ladoes_here(day))).number

    def _basis(self, case: PlannedCase) -> str | None:
        return self._chance.among(mix()["basis"][case.sector]) if case.sector and self._chance.happens(0.85) else None

    def _subtype(self, case: PlannedCase) -> str | None:
        if case.subtype is None and case.type in mix()["subtype"]:
            case.subtype = self._chance.among(mix()["subtype"][case.type])
        return case.subtype

    def _told(self, case: PlannedCase) -> dict[str, str]:
        chance = self._chance
        police = Answer.YES if case.type in _POLICE_TYPES else chance.among(_POLICE_TOLD)
        return {
            "adult_aware": chance.among({Answer.YES: 50.0, Answer.NO: 30.0, Answer.NOT_KNOWN: 20.0}),
            "parents_aware": chance.among({Answer.YES: 60.0, Answer.NO: 12.0, Answer.NOT_KNOWN: 28.0}),
            "police_told": police,
            "social_care_told": chance.among({Answer.YES: 30.0, Answer.NO: 52.0, Answer.NOT_KNOWN: 18.0}),
            "interim_measure": self._interim(case),
        }  # fmt: skip

    def _interim(self, case: PlannedCase) -> str:
        measures = mix()["interim"]
        if case.sector is Sector.FOSTERING:
            return str(self._chance.among(measures["fostering"]))
        return str(self._chance.among(measures.get(case.type, measures["other"])))

    def _other_authority(self, case: PlannedCase) -> str | None:
        passed = case.closed_as == ClosedAs.OTHER_LADO
        return self._chance.choice(county()["other_authorities"]) if passed else None

    def _closing(self, case: PlannedCase) -> dict[str, object]:
        if case.closed is None or case.closed_as is None:
            return {}
        born = self._plan.adults[case.adult - 1].born
        due = review_on(case.classification, case.finding, born, case.closed)
        return {
            "closed_on": case.closed, "closed_as": case.closed_as,
            "closed_reason": _CLOSED_BECAUSE[ClosedAs(case.closed_as)],
            "retention_rule": due.rule_code, "retention_review_on": due.review_on,
        }  # fmt: skip

    def _write_children(self, file: OpenedFile, first: ToldChild) -> list[int]:
        case, chance = file.case, self._chance
        if not case.marks and not chance.happens(_WITH_A_CHILD.get(case.type, 0.96)):
            return []
        count = chance.choices((1, 2, 3), (84, 13, 3))[0]
        told = [first, *(a_child(chance, self._plan.names, case.sector) for _ in range(count - 1))]
        counted = case.year == _COUNTED_YEAR and case.allegation
        marks = set(case.marks) if counted else {m for m, share in mix()["mark_share"].items() if chance.happens(share)}
        return [self._write_child(file, child, marks if child is first else set()) for child in told]

    def _write_child(self, file: OpenedFile, child: ToldChild, marks: set[str]) -> int:
        chance = self._chance
        in_care = any(mark.startswith("in_care") for mark in marks)
        elsewhere = "in_care_other_authority" in marks
        number = self._rows.add(
            Child, name=child.name, age=child.age, sex=child.sex,
            needs=Answer.YES if "sen_or_disabled" in marks else chance.choice((Answer.NO, Answer.NOT_KNOWN)),
            in_care=Answer.YES if in_care else chance.choice((Answer.NO, Answer.NO, Answer.NOT_KNOWN)),
            placing_authority=chance.choice(county()["other_authorities"]) if elsewhere else None,
            social_worker=self._plan.names.full(chance) if in_care else None,
        )  # fmt: skip
        also = {mark for mark, share in mix()["plan_share"].items() if chance.happens(share)}
        for mark in sorted(marks | also):
            self._rows.add_keyed(ChildMark, child_id=number, mark=mark)
        relationship = {"education": "pupil", "fostering": "child in placement"}.get(file.case.sector or "")
        self._rows.add(CaseChild, case_id=file.number, child_id=number, relationship=relationship)
        return number

    def _write_concerns(self, file: OpenedFile, children: Sequence[int]) -> None:
        case, chance = file.case, self._chance
        if case.type is None:
            return
        for n in range(2 if case.allegation and chance.happens(0.1) else 1):
            given = chance.choices(("day", "month", "year", "not_known"), (76, 10, 4, 10))[0]
            back = chance.choice((0, 0, 1, 1, 2, 3, 6)) if given == "day" else chance.randrange(20, 400)
            day = case.received - timedelta(days=back)
            self._rows.add(
                Concern, case_id=file.number, child_id=children[n % len(children)] if children else None,
                type=case.type, subtype=case.subtype, happened_given=given, happened_on=_as_given(day, given),
                place=file.teller.line("place", case.sector or "wider"), account=self._account(file),
                finding=case.finding, finding_on=case.concluded,
            )  # fmt: skip

    def _write_decisions(self, file: OpenedFile) -> None:
        case = file.case
        reason = file.teller.line("reason", "allegation", case.type) if (
            case.first is Classification.ALLEGATION and case.type
        ) else file.teller.line("reason", "other", case.first)  # fmt: skip
        self._write_decision(file, 1, case.first, case.decided, reason)
        if case.redecided:
            reason = file.teller.line("reason", "other", "reclassified")
            self._write_decision(file, 2, case.classification, case.redecided, reason)

    def _write_decision(self, file: OpenedFile, number: int, decision: Classification, day: date, reason: str) -> None:
        case, chance = file.case, self._chance
        met = decision is Classification.ALLEGATION
        limbs = _LIMBS.get(case.type or "", "nnny") if met else chance.choice(("nnnn", "nnnn", "nn?n", "?nnn"))
        when = (
            at(day, 9, chance.randrange(2, 58))
            if day == TODAY
            else at(day, chance.randrange(12, 17), chance.randrange(60))
        )
        police = case.type in _POLICE_TYPES or (met and "?" in limbs)
        self._rows.add(
            ScreeningDecision, case_id=file.number, number=number, decided_at=when, decided_on=day,
            officer_id=file.holder_on(day), reason=reason, classification=decision, guidance=GuidanceVersion.WT2018,
            **{f"limb_{n}": _LIMB_ANSWERS[answer] for n, answer in enumerate(limbs, start=1)},
            police=Informed.TOLD if police or chance.happens(0.3) else Informed.NOT_NEEDED,
            social_care=Informed.TOLD if met and chance.happens(0.4) else Informed.NOT_NEEDED,
        )  # fmt: skip

    def _write_flags(self, file: OpenedFile) -> None:
        case = file.case
        flags = {flag for flag, share in mix()["flag_share"].items() if self._chance.happens(share)}
        if case.type == "suitability":
            flags.add("private_life")
        if case.subtype in ("authorised_intervention", "unauthorised_intervention"):
            flags.add("restraint")
        for flag in sorted(flags):
            self._rows.add_keyed(CaseFlag, case_id=file.number, flag=flag)


def _as_given(day: date, given: str) -> date | None:
    if given == "not_known":
        return None
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[given]
