"""What a LADO needs in view to decide on the harm threshold."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from db.access import open_record
from db.desk import query
from db.models import Case, ScreeningDecision, table
from db.permissions import Permission
from db.queries.case_view import CaseView
from db.queries.cases import case_view
from db.rules.clocks import due_on
from db.rules.threshold import LIMBS
from db.rules.working_days import working_days_between
from db.vocabulary import Answer, Informed
from db.work import Work

_cases, _decisions = table(Case), table(ScreeningDecision)


@dataclass(frozen=True, slots=True)
class ScreeningView:
    """The case, how the one working day for deciding stands, and the answers to begin with.

    Attributes:
        clock: ``decide today``, ``2 working days late``, or when it was first decided.
        answers: by question, as typed: those of the last decision, without its reason.
    """

    case: CaseView
    clock: str
    late: bool
    answers: Mapping[str, str]


@query(Permission.READ_RECORD, logged=True)
def open_screening(work: Work, case_id: int) -> ScreeningView:
    """A case as it is screened. Opening it is kept in the audit trail.

    Raises:
        NotFound: there is no such case.
        NotOnAccessList: it is restricted and the officer is not on its list, or has declared a conflict.
    """
    case = case_view(work, open_record(work, _cases, case_id))
    left = working_days_between(work.today, due_on("lado_decision", case.received_on))
    undecided = case.first_decided_on is None
    return ScreeningView(case, _clock(case, left), undecided and left < 0, _answers(work, case))


def _clock(case: CaseView, left: int) -> str:
    if case.first_decided_on is not None:
        return f"first decided {case.first_decided_on:%d %b %Y}"
    if left < 0:
        return f"{-left} working day late" if left == -1 else f"{-left} working days late"
    return "decide in 1 working day" if left else "decide today"


def _answers(work: Work, case: CaseView) -> Mapping[str, str]:
    told = {"police": case.police_told, "social_care": case.social_care_told}
    answers = {name: Informed.TOLD.value for name, answer in told.items() if answer == Answer.YES}
    newest = select(_decisions).where(_decisions.c.case_id == case.id).order_by(_decisions.c.number.desc()).limit(1)
    last = work.first(newest)
    if last is not None:
        answers |= {limb.field: getattr(last, limb.field) or "" for limb in LIMBS}
        answers |= {name: value for name in told if (value := getattr(last, name)) != Informed.NOT_KNOWN}
    kinds = {"principal_type": case.principal_type, "principal_subtype": case.principal_subtype}
    return answers | kinds
