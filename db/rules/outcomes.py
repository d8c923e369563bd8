"""Closing a case: the ways it can end, what must be known first, and what may follow after.

An allegation closes with one of the five outcomes, whose meaning stands beside the word wherever it is shown
(`Finding.meaning`). What must be known is listed as data; a gap either stops the closing or becomes an action.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from db.errors import Problem
from db.rules.dbs import duty_to_refer
from db.rules.threshold import REASON_AT_LEAST
from db.vocabulary import REFERRED, Answer, Classification, ClosedAs, EmploymentResult, Finding, RegulatorStatus

UNDO_FOR = timedelta(minutes=10)
"""How long an officer can take back a closing; after that it is corrected, with both versions kept."""


@dataclass(frozen=True, slots=True)
class ClosingWay:
    """One way in which a case can end.

    Attributes:
        closed_as: its code.
        classifications: what the case must be.
        manager_only: whether only a manager may close it so.
    """

    closed_as: ClosedAs
    classifications: tuple[Classification, ...]
    manager_only: bool = False


WAYS = (
    ClosingWay(ClosedAs.OUTCOME, (Classification.ALLEGATION,)),
    ClosingWay(ClosedAs.NO_FURTHER_ACTION, (Classification.CONSULTATION, Classification.INFORMATION_ONLY)),
    ClosingWay(ClosedAs.NOT_PROGRESSED, (Classification.NOT_THRESHOLD,)),
    ClosingWay(ClosedAs.OTHER_LADO, tuple(Classification)),
    ClosingWay(ClosedAs.ENTERED_IN_ERROR, tuple(Classification), manager_only=True),
)
"""Every way, the usual one for each classification first."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The answers on the outcome pages, as codes; None where nothing was answered.

    Attributes:
        findings: each concern, as the page names it -> its finding (`Finding`).
        finding: the case's agreed outcome (`Finding`).
        concluded_on: the day it was agreed.
        employer_view, lado_view: what each holds it to be (`Finding`).
        agreed_employer, agreed_police, agreed_social_care: whether they agreed (`Answer`).
        reason: why.
        employment_result: what the employer did (`EmploymentResult`).
        dbs_removed, dbs_harm: the two conditions (`Answer`).
        dbs_status, regulator_status: where the referrals have got to (`RegulatorStatus`).
        dbs_reason: why no referral to the DBS is needed.
        adult_told, child_told, parent_told: whether they have been told the outcome (`Answer`).
        not_told_reason: why someone will not be told.
        child_impact: what it did to the child, and what the child says.
        learning: what others can learn from it.
        residual_risk: the risk that is left where nothing was proved or disproved.
        has_child: whether a child is named in the case.
    """

    findings: Mapping[str, str | None] = field(default_factory=dict)
    finding: str | None = None
    concluded_on: date | None = None
    employer_view: str | None = None
    lado_view: str | None = None
    agreed_employer: str | None = None
    agreed_police: str | None = None
    agreed_social_care: str | None = None
    reason: str = ""
    employment_result: str | None = None
    dbs_removed: str | None = None
    dbs_harm: str | None = None
    dbs_status: str | None = None
    dbs_reason: str = ""
    regulator_status: str | None = None
    adult_told: str | None = None
    child_told: str | None = None
    parent_told: str | None = None
    not_told_reason: str = ""
    child_impact: str = ""
    learning: str = ""
    residual_risk: str = ""
    has_child: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """Something not known or not done when a case is to close.

    Attributes:
        field: the field it belongs to.
        sentence: what to do about it.
        blocking: whether the case cannot close without it; otherwise it becomes an action.
    """

    field: str
    sentence: str
    blocking: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that closing an allegation asks for.

    Attributes:
        field: the field it belongs to.
        sentence: what to do where it is lacking.
        lacking: whether it is, in a given closing.
        blocking: whether the case cannot close without it.
    """

    field: str
    sentence: str
    lacking: Callable[[Closing], bool]
    blocking: bool = True


def views_differ(employer_view: str | None, lado_view: str | None) -> bool:
    """Whether employer and LADO hold it to be different things; the conflict is flagged and may be escalated."""
    return bool(employer_view and lado_view and employer_view != lado_view)


def _unanswered(name: str) -> Callable[[Closing], bool]:
    return lambda closing: getattr(closing, name) is None


def _empty(name: str) -> Callable[[Closing], bool]:
    return lambda closing: not getattr(closing, name).strip()


def _with_child(lacking: Callable[[Closing], bool]) -> Callable[[Closing], bool]:
    return lambda closing: closing.has_child and lacking(closing)


def _not_told(name: str) -> Callable[[Closing], bool]:
    def lacking(closing: Closing) -> bool:
        answer = getattr(closing, name)
        excused = answer == Answer.NO and bool(closing.not_told_reason.strip())
        return answer is not None and answer != Answer.YES and not excused

    return lacking


def _status_is(name: str, *statuses: RegulatorStatus) -> Callable[[Closing], bool]:
    return lambda closing: getattr(closing, name) in statuses


def _duty(closing: Closing) -> str:
    return duty_to_refer(closing.dbs_removed, closing.dbs_harm).result


def _duty_denied(closing: Closing) -> bool:
    return _duty(closing) == "duty" and closing.dbs_status == RegulatorStatus.NOT_NEEDED


def _duty_waits(closing: Closing) -> bool:
    settled = (*REFERRED, RegulatorStatus.NOT_NEEDED, RegulatorStatus.REFUSED, None)
    return _duty(closing) == "duty" and closing.dbs_status not in settled


def _duty_unknown(closing: Closing) -> bool:
    asked = closing.dbs_removed is not None and closing.dbs_harm is not None
    return asked and _duty(closing) == "not_known" and closing.dbs_status not in REFERRED


def _unexplained(closing: Closing) -> bool:
    unsettled = _duty(closing) == "not_known" and closing.dbs_status == RegulatorStatus.NOT_NEEDED
    return unsettled and not closing.dbs_reason.strip()


def _risk_left(closing: Closing) -> bool:
    return closing.finding == Finding.UNSUBSTANTIATED and not closing.residual_risk.strip()


def _settled(closing: Closing) -> bool:
    return closing.employment_result == EmploymentResult.SETTLEMENT


_PENDING = (RegulatorStatus.CONSIDERING, RegulatorStatus.ADVISED)

REQUIREMENTS = (
    Requirement("finding", "Enter the agreed outcome", _unanswered("finding")),
    Requirement("concluded_on", "Enter the date the outcome was agreed", _unanswered("concluded_on")),
    Requirement("lado_view", "Enter the LADO's view", _unanswered("lado_view")),
    Requirement("employer_view", "Ask the employer for its view", _unanswered("employer_view"), blocking=False),
    Requirement(
        "employer_view",
        "The employer's view and the LADO's view differ. Decide if this is to be escalated",
        lambda closing: views_differ(closing.employer_view, closing.lado_view),
        blocking=False,
    ),
    Requirement("agreed_employer", "Enter if the employer agreed", _unanswered("agreed_employer")),
    Requirement("agreed_police", "Enter if the police agreed", _unanswered("agreed_police")),
    Requirement("agreed_social_care", "Enter if social care agreed", _unanswered("agreed_social_care")),
    Requirement(
        "reason",
        f"Why this is the outcome must be {REASON_AT_LEAST} characters or more",
        lambda closing: len(closing.reason.strip()) < REASON_AT_LEAST,
    ),
    Requirement("employment_result", "Enter what the employer did", _unanswered("employment_result")),
    Requirement(
        "employment_result", "Settlement agreement: find out why, and if it hides the outcome", _settled, blocking=False
    ),
    Requirement("dbs_removed", "Enter if the adult was removed, or would have been", _unanswered("dbs_removed")),
    Requirement("dbs_harm", "Enter if the harm test is met", _unanswered("dbs_harm")),
    Requirement("dbs_status", "Enter where the DBS referral has got to", _unanswered("dbs_status")),
    Requirement("dbs_status", "DBS referral cannot be not needed: both conditions of the duty are met", _duty_denied),
    Requirement("dbs_reason", "Enter why no DBS referral is needed", _unexplained),
    Requirement("dbs_status", "Check that the employer refers to the DBS", _duty_waits, blocking=False),
    Requirement("dbs_status", "Find out if the duty to refer to the DBS applies", _duty_unknown, blocking=False),
    Requirement(
        "dbs_status",
        "Escalate: the employer declined to refer to the DBS",
        _status_is("dbs_status", RegulatorStatus.REFUSED),
        blocking=False,
    ),
    Requirement("regulator_status", "Enter if a regulator must be told", _unanswered("regulator_status")),
    Requirement(
        "regulator_status",
        "Check that the employer refers to the regulator",
        _status_is("regulator_status", *_PENDING),
        blocking=False,
    ),
    Requirement(
        "regulator_status",
        "Escalate: the employer declined to refer to the regulator",
        _status_is("regulator_status", RegulatorStatus.REFUSED),
        blocking=False,
    ),
    Requirement("adult_told", "Enter if the adult has been told the outcome", _unanswered("adult_told")),
    Requirement("adult_told", "See that the adult is told the outcome", _not_told("adult_told"), blocking=False),
    Requirement("child_told", "Enter if the child has been told the outcome", _with_child(_unanswered("child_told"))),
    Requirement(
        "child_told", "See that the child is told the outcome", _with_child(_not_told("child_told")), blocking=False
    ),
    Requirement(
        "parent_told", "Enter if the parents have been told the outcome", _with_child(_unanswered("parent_told"))
    ),
    Requirement(
        "parent_told",
        "See that the parents are told the outcome",
        _with_child(_not_told("parent_told")),
        blocking=False,
    ),
    Requirement("child_impact", "Enter the impact on the child", _with_child(_empty("child_impact"))),
    Requirement("residual_risk", "Enter the risk that is left and who watches it", _risk_left),
    Requirement("learning", "Record what can be learnt from this case", _empty("learning"), blocking=False),
)
"""What closing an allegation with an outcome asks for, in the order of the pages."""


def gaps(closing: Closing) -> tuple[Gap, ...]:
    """What is lacking before an allegation closes with an outcome: what stops it, and what becomes an action."""
    lacking = [Gap(r.field, r.sentence, r.blocking) for r in REQUIREMENTS if r.lacking(closing)]
    return (*_findings_lacking(closing), *lacking)


def _findings_lacking(closing: Closing) -> tuple[Gap, ...]:
    if not closing.findings:
        return (Gap("findings", "Enter at least one concern, with its finding", blocking=True),)
    unfound = [concern for concern, finding in closing.findings.items() if finding is None]
    return tuple(Gap("findings", f"Enter a finding for {concern}", blocking=True) for concern in unfound)


def ways_to_close(classification: str) -> tuple[ClosingWay, ...]:
    """The ways in which a case of that classification can end, the usual one first."""
    return tuple(way for way in WAYS if classification in way.classifications)


def closing_problems(classification: str, closed_as: str | None, reason: str) -> tuple[Problem, ...]:
    """What stops a case from closing in a certain way, the outcome's own gaps apart.

    Args:
        classification: what the case is.
        closed_as: how it is to close (`ClosedAs`).
        reason: why it closes so.
    """
    problems = []
    if closed_as is None:
        problems.append(Problem("closed_as", "How it ends", "Enter how this case ends"))
    elif all(closed_as != way.closed_as for way in ways_to_close(classification)):
        problems.append(Problem("closed_as", "How it ends", _wrong_way(classification)))
    if len(reason.strip()) < REASON_AT_LEAST:
        sentence = f"Why it closes must be {REASON_AT_LEAST} characters or more"
        problems.append(Problem("closed_reason", "Why it closes", sentence))
    return tuple(problems)


def _wrong_way(classification: str) -> str:
    if classification == Classification.PENDING:
        return "Decide the threshold before you close this case"
    ways = "; ".join(way.closed_as.label for way in ways_to_close(classification))
    return f"How it ends must be one of: {ways}"


def undo_until(saved_at: datetime) -> datetime:
    """The instant at which a closing can no longer be undone, only corrected."""
    return saved_at + UNDO_FOR


def can_undo(saved_at: datetime, now: datetime, *, changed_since: bool) -> bool:
    """Whether a closing can still be undone: within ten minutes, and nobody has changed the case since."""
    return now < undo_until(saved_at) and not changed_since
