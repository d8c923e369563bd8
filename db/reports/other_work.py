"""Figures of the duty line and the service's other work: enquiries, meetings, requests, training, complaints."""

from collections.abc import Iterator

from db.reports.figure import Figure, Measure, Table, only
from db.reports.parts import Parts, table_of
from db.reports.received import codes
from db.vocabulary import EnquiryResult

_LADO = only(subject="lado")
TRAINING_KINDS = ("need_to_know", "bespoke", "network", "induction")


def _enquiries() -> Parts:
    yield from table_of(
        Figure("enquiries", "Enquiries", "Enquiries received in the period, Ofsted information requests left out.",
               "enquiries", _LADO),
        "enquiries.{}", "result", ("enquiry_result", codes("enquiry_result")),
        "Enquiries received in the period, Ofsted information requests left out, by result.",
    )  # fmt: skip
    yield Figure("enquiries_with_ofsted", "Enquiries and Ofsted information requests",
                 "Enquiries received in the period, with the Ofsted information requests that came by that route.",
                 "enquiries")  # fmt: skip
    yield Figure("enquiries_advised_to_refer", "Enquiries advised to refer",
                 "Enquiries received in the period whose result is 'advised to refer'.", "enquiries",
                 _LADO + only(result=EnquiryResult.ADVISED_REFER))  # fmt: skip


def _meetings() -> Parts:
    yield from table_of(
        Figure("meetings", "Meetings held", "Meetings held in the period, oversight by phone and email included.",
               "meetings"),
        "meetings.kind.{}", "kind", ("meeting_kind", codes("meeting_kind")), "Meetings held in the period, by kind.",
    )  # fmt: skip
    yield Figure("meetings.position_of_trust", "Position of Trust meetings",
                 "Position of Trust meetings held in the period; their reviews are counted apart.",
                 "meetings", only(kind="pot"))  # fmt: skip


def _requests() -> Parts:
    yield from table_of(
        Figure("requests", "Requests received", "Requests and checks received in the period.", "requests"),
        "requests.{}", "kind", ("request_kind", codes("request_kind")),
        "Requests and checks received in the period, by kind.",
    )  # fmt: skip


def _training() -> Parts:
    yield Figure("training.sessions", "Training sessions", "Sessions delivered in the period.", "training")
    for kind in TRAINING_KINDS:
        here, words = only(kind=kind), kind.replace("_", " ")
        yield Figure(f"training.{kind}.sessions", f"Sessions, {words}",
                     f"Sessions delivered in the period, {words}.", "training", here)  # fmt: skip
        for what, of in (("places", "Places on"), ("attended", "People who attended")):
            yield Figure(f"training.{kind}.{what}", f"{what.capitalize()}, {words}",
                         f"{of} sessions delivered in the period, {words}.", "training", here,
                         Measure.SUM, what)  # fmt: skip
    yield Table("training.sessions", tuple(f"training.{kind}.sessions" for kind in TRAINING_KINDS))


def _said_of_the_service() -> Parts:
    yield from table_of(
        Figure("alerts", "Safeguarding alerts", "Alerts sent to senior officers in the period.", "alerts"),
        "alerts.{}", "criterion", ("alert_criterion", codes("alert_criterion")),
        "Alerts sent to senior officers in the period, by the criterion met.",
    )  # fmt: skip
    yield Figure("complaints", "Complaints", "Complaints received in the period.", "complaints")
    for stage in (1, 2):
        yield Figure(f"complaints.stage_{stage}", f"Complaints, stage {stage}",
                     f"Complaints received in the period that went no further than stage {stage}." if stage == 1
                     else f"Complaints received in the period that went to stage {stage}.",
                     "complaints", only(stage=stage))  # fmt: skip
    yield Table("complaints", ("complaints.stage_1", "complaints.stage_2"))
    yield Figure("complaints.upheld", "Complaints upheld", "Complaints received in the period and upheld.",
                 "complaints", only(upheld="yes"))  # fmt: skip
    yield Figure("feedback.forms", "Feedback forms", "Feedback forms received in the period.", "feedback")


def _caseload() -> Parts:
    yield Figure("caseload.open", "Open cases", "Cases open at the end of the day, whenever received.", "open")
    yield Figure("caseload.mean", "Caseload of a full-time LADO",
                 "Open cases at each month's end over LADO posts filled (full-time equivalents), mean of the months,"
                 " to the nearest whole.", "open", (), Measure.CASELOAD)  # fmt: skip


def other_work() -> Iterator[Figure | Table]:
    """Every figure and table of the duty line, the team and its other work."""
    for parts in (_enquiries(), _meetings(), _requests(), _training(), _said_of_the_service(), _caseload()):
        yield from parts
