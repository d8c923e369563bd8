"""The agreed outcome of each concluded allegation as a row, with what followed from it."""

from datetime import date, timedelta

from db.models import Outcome
from db.rules.dbs import removed_by
from db.rules.reporting import ReportingYear
from db.sample.calendar import TODAY, at, working_day_on_or_after
from db.sample.casefile import OpenedFile
from db.sample.chance import Chance
from db.sample.planned import PlannedCase
from db.sample.rows import Rows
from db.vocabulary import Answer, EmploymentResult, Finding, RegulatorStatus, Vocabulary

_LEFT = (
    EmploymentResult.DISMISSED, EmploymentResult.DEREGISTERED, EmploymentResult.RESIGNED, EmploymentResult.CEASED_USE,
)  # fmt: skip
_NOT_MADE = (RegulatorStatus.CONSIDERING, RegulatorStatus.ADVISED, RegulatorStatus.ADVISED, RegulatorStatus.REFUSED)
_CORRECTED_SHARE = 0.05
_CONFLICT_SHARE = 0.04
_NOT_AT_WORK = ("suitability", "online", "external_safeguarding", "risk_by_association")
_CORRECTION = "Police reading of the evidence came after: neither proved nor disproved."
_NO_DUTY = "No duty to refer: not removed from regulated activity."


class Findings:
    """Writes outcomes."""

    def __init__(self, rows: Rows, seed: int) -> None:
        self._rows, self._chance, self._words = rows, Chance(seed, "findings"), Vocabulary()

    def write(self, file: OpenedFile) -> None:
        """The outcome of one case, if it has one; now and then in two versions, the first corrected later."""
        case = file.case
        if case.concluded is None or case.finding is None or case.employment is None:
            return
        corrected = case.finding is Finding.UNSUBSTANTIATED and self._chance.happens(_CORRECTED_SHARE)
        if corrected:
            self._row(file, 1, case.concluded, Finding.UNFOUNDED, current=False)
        self._row(file, 2 if corrected else 1, case.concluded, case.finding, current=True)

    def _row(self, file: OpenedFile, number: int, day: date, finding: Finding, *, current: bool) -> None:
        case, chance = file.case, self._chance
        conflict = chance.happens(_CONFLICT_SHARE)
        again = number > 1
        risk = finding is Finding.UNSUBSTANTIATED and chance.happens(0.18)
        employment = case.employment or EmploymentResult.NOT_KNOWN
        self._rows.add(
            Outcome, case_id=file.number, number=number, is_current=current, concluded_on=day, finding=finding,
            lado_view=finding, employer_view=Finding.UNSUBSTANTIATED if conflict else finding, conflict=conflict,
            agreed_employer=Answer.NO if conflict else Answer.YES, agreed_police=self._police(case),
            agreed_social_care=chance.choice((Answer.YES, Answer.NOT_KNOWN)),
            reason=file.teller.line("outcome", *self._where(case), finding), employment_result=employment,
            **self._dbs(case, day),
            **self._regulator(case, day), **self._told(file, day),
            learning=file.teller.line("learning", *(self._where(case) or ("lines",))) if chance.happens(0.6) else None,
            residual_risk=file.teller.line("residual") if risk else None,
            risk_review_on=day + timedelta(days=182) if risk else None,
            recorded_by=file.holder_on(day), recorded_at=at(day, 15 + again, chance.randrange(60)),
            correction_reason=_CORRECTION if again else None,
        )  # fmt: skip

    def _where(self, case: PlannedCase) -> tuple[str, ...]:
        """Where to find words for it: what arose outside work is told in other words."""
        return ("not_at_work",) if case.type in _NOT_AT_WORK else ()

    def _police(self, case: PlannedCase) -> Answer:
        return Answer.YES if case.type in ("sexual", "online", "physical") else Answer.NOT_KNOWN

    def _dbs(self, case: PlannedCase, day: date) -> dict[str, object]:
        proved = case.finding is Finding.SUBSTANTIATED
        removed = Answer.YES if case.dbs_made else removed_by(case.employment)
        if case.dbs_made:
            made_on = min(working_day_on_or_after(day + timedelta(days=self._chance.randrange(25))), self._last(day))
            status = self._chance.choice((RegulatorStatus.CONFIRMED, RegulatorStatus.MADE_EMPLOYER))
            return {"dbs_removed": removed, "dbs_harm": Answer.YES, "dbs_status": status, "dbs_on": made_on}
        if proved and case.employment in _LEFT:
            status = self._chance.choice(_NOT_MADE)
            return {"dbs_removed": removed, "dbs_harm": Answer.NOT_KNOWN, "dbs_status": status}
        harm = Answer.YES if proved and self._chance.happens(0.3) else Answer.NO
        return {
            "dbs_removed": removed, "dbs_harm": harm, "dbs_status": RegulatorStatus.NOT_NEEDED, "dbs_reason": _NO_DUTY,
        }  # fmt: skip

    def _last(self, day: date) -> date:
        """The last day that still falls in the year of the outcome, and not after today."""
        return min(ReportingYear.containing(day).last, TODAY - timedelta(days=1))

    def _regulator(self, case: PlannedCase, day: date) -> dict[str, object]:
        regulator = self._words.term("role", case.role).regulator if case.role else ""
        serious = case.finding is Finding.SUBSTANTIATED and case.employment in _LEFT
        if not regulator or not serious:
            return {"regulator_status": RegulatorStatus.NOT_NEEDED}
        status = self._chance.choice((RegulatorStatus.MADE_EMPLOYER, RegulatorStatus.ADVISED))
        made = status is RegulatorStatus.MADE_EMPLOYER
        return {
            "regulator": regulator, "regulator_status": status,
            "regulator_on": min(day, self._last(day)) if made else None,
        }  # fmt: skip

    def _told(self, file: OpenedFile, day: date) -> dict[str, object]:
        chance = self._chance
        told: dict[str, object] = {"adult_told": Answer.YES, "adult_told_on": day}
        for whom, share in (("child", 0.7), ("parent", 0.8)):
            yes = chance.happens(share)
            told[f"{whom}_told"] = Answer.YES if yes else Answer.NOT_KNOWN
            told[f"{whom}_told_on"] = day if yes else None
        if chance.happens(0.55):
            told["child_impact"] = file.teller.line("impact")
        if told["child_told"] is Answer.YES and chance.happens(0.5):
            told["child_feedback"] = file.teller.line("feedback")
        return told
