"""Figures of what is missing from the record or contradicts itself, so that a total is never trusted blindly."""

from collections.abc import Iterator

from db.reports.figure import Figure, Where, but, only
from db.vocabulary import PROGRESSED, Classification, ClosedAs

_PROGRESSED = only(classification=PROGRESSED)
_NOT_RECORDED = (
    ("sector", "Sector not recorded", _PROGRESSED + only(sector=None)),
    ("role", "Role not recorded", _PROGRESSED + only(role=None)),
    ("setting_kind", "Kind of setting not recorded", _PROGRESSED + only(setting_kind=None)),
    ("area", "Area not recorded", _PROGRESSED + only(area=None)),
    ("agency", "Referrer's agency not recorded", only(agency=None)),
    ("type", "Allegation without a principal type", only(classification=Classification.ALLEGATION, type=None)),
    ("child", "Children's status not recorded",
     only(classification=Classification.ALLEGATION, marked="no")),
)  # fmt: skip


def _closed(name: str, label: str, words: str, where: Where) -> Figure:
    return Figure(f"problem.{name}", label, f"Cases closed in the period, {words}.", "closed", where)


def problems() -> Iterator[Figure]:
    """Every such figure."""
    for name, label, where in _NOT_RECORDED:
        yield Figure(f"problem.no_{name}", label, f"Referrals received in the period. {label}.", "received", where)
    yield Figure("problem.overdue", "Not decided, past 1 working day",
                 "Referrals received in the period and not decided, more than one working day since receipt.",
                 "received", only(deciding="overdue"))  # fmt: skip
    yield _closed("no_outcome", "Closed with an outcome, none on record",
                  "as with an outcome agreed, but no outcome is on record",
                  only(closed_as=ClosedAs.OUTCOME, finding=None))  # fmt: skip
    yield _closed("outcome_unused", "Outcome on record, closed otherwise",
                  "with an outcome on record, but not as with an outcome agreed",
                  but(closed_as=(ClosedAs.OUTCOME, ClosedAs.ENTERED_IN_ERROR), finding=None))  # fmt: skip
    yield _closed("closed_no_reason", "Closed, nobody said how", "without a way of closing",
                  only(closed_as=None))  # fmt: skip
    yield _closed("allegation_no_outcome", "Allegation closed without an outcome",
                  "an allegation closed as no further action",
                  only(classification=Classification.ALLEGATION, closed_as=ClosedAs.NO_FURTHER_ACTION))  # fmt: skip
    yield Figure("problem.entered_in_error", "Entered in error",
                 "Referrals received in the period and since closed as entered in error: in no other figure.",
                 "errors")  # fmt: skip
