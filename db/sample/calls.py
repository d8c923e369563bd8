"""Enquiries as rows, with the steps that are still to be done on them."""

from datetime import timedelta

from db.clock import week_number
from db.models import Contact, Enquiry, Step
from db.sample import team
from db.sample.calendar import at
from db.sample.casefile import is_restricted
from db.sample.cases import mix
from db.sample.chance import Chance
from db.sample.enquiries import LADO
from db.sample.plan import Plan
from db.sample.planned import PlannedEnquiry
from db.sample.record import Callers
from db.sample.rows import Row, Rows
from db.sample.settings import county
from db.sample.stories import Teller, a_child, pieces
from db.vocabulary import Answer, DutyStatus, EnquiryResult

_NEXT = {
    EnquiryResult.ADVISED_REFER.value: "Referral form to come",
    EnquiryResult.ADVICE_GIVEN.value: "Ask how the advice was followed",
    None: "Read enquiry, decide",
}
_MINUTES = (3, 5, 8, 12, 20)
_MILD = (EnquiryResult.ADVICE_GIVEN, EnquiryResult.LOW_LEVEL)
_LINKED, _ANSWERED = "Referral received.", "Answered."
_YES_NO = (Answer.YES, Answer.NO, Answer.NOT_KNOWN)


class Calls:
    """Writes enquiries, in the order received."""

    def __init__(self, rows: Rows, plan: Plan, callers: Callers) -> None:
        self._rows, self._plan, self._callers = rows, plan, callers
        self._chance = Chance(plan.seed, "calls")
        self.numbers: dict[int, int] = {}
        """The row number of each planned enquiry, by its identity."""

    def write(self, enquiry: PlannedEnquiry) -> None:
        """The rows of one enquiry."""
        officer = self._taker(enquiry)
        values = self._of_call(enquiry) if enquiry.subject == LADO else self._of_inspector(enquiry)
        number = self._rows.add(Enquiry, **self._common(enquiry, officer), **values)
        self.numbers[id(enquiry)] = number
        if enquiry.closed is None:
            self._write_step(enquiry, number, officer)

    def _taker(self, enquiry: PlannedEnquiry) -> int:
        here = [o for o in (*team.ladoes_here(enquiry.received), *team.of_role("cro")) if o.here_on(enquiry.received)]
        return self._chance.choice(here).number

    def _common(self, enquiry: PlannedEnquiry, officer: int) -> Row:
        chance = self._chance
        contact = self._contact(enquiry)
        mobile = contact["phone"]
        return {
            "ref": enquiry.ref, "subject": enquiry.subject, "received_at": enquiry.received_at,
            "received_on": enquiry.received, "received_week": week_number(enquiry.received),
            "entered_at": enquiry.received_at + timedelta(minutes=chance.choice(_MINUTES) if enquiry.closed else 2),
            "taken_by": officer, "method": self._method(enquiry), "call_back": mobile,
            "caller_name": contact["name"], "caller_role": contact["role"], "agency": enquiry.agency,
            "organisation": contact["organisation"], "setting_id": enquiry.setting, "works_at": self._works_at(enquiry),
            "result": enquiry.result, "owner_id": self._owner(enquiry, officer), "next_step": self._next(enquiry),
            "due_on": enquiry.due,
            "waiting": False, "closed_on": enquiry.closed, "closed_reason": self._closed_reason(enquiry),
            "restricted": enquiry.case is not None and is_restricted(enquiry.case),
        }  # fmt: skip

    def _contact(self, enquiry: PlannedEnquiry) -> Row:
        return self._rows.of(Contact)[self._callers.of(enquiry.agency, enquiry.setting) - 1]

    def _works_at(self, enquiry: PlannedEnquiry) -> str | None:
        return self._plan.settings[enquiry.setting - 1].name if enquiry.setting else None

    def _next(self, enquiry: PlannedEnquiry) -> str | None:
        return _NEXT.get(enquiry.result) if enquiry.closed is None else None

    def _method(self, enquiry: PlannedEnquiry) -> str:
        """Nobody gets through by telephone while enquiries are suspended."""
        shut = team.status_at(enquiry.received_at) == DutyStatus.SUSPENDED
        return "email" if shut else str(self._chance.among(mix()["enquiry"]["method"]))

    def _owner(self, enquiry: PlannedEnquiry, officer: int) -> int | None:
        """Advice is followed up by who gave it, now and then; all else is for whoever is on duty."""
        follows_up = enquiry.closed is None and enquiry.result == EnquiryResult.ADVICE_GIVEN
        return officer if follows_up and self._chance.happens(0.6) else None

    def _of_call(self, enquiry: PlannedEnquiry) -> Row:
        chance = self._chance
        child = a_child(chance, self._plan.names, enquiry.sector)
        adult = self._plan.adults[enquiry.adult - 1] if enquiry.adult else None
        teller = Teller(chance, adult, child, enquiry.role, enquiry.sector, self._works_at(enquiry))
        concern = enquiry.case.type if enquiry.case else self._concern(enquiry)
        account = teller.call(adult is not None, concern, mild=enquiry.result in _MILD)
        elsewhere = enquiry.result == EnquiryResult.OTHER_LADO
        return {
            "adult_id": enquiry.adult, "role": enquiry.role, "account": account,
            "advice": teller.line("enquiry", "advice", enquiry.result or "none"),
            "child_safe": chance.choices(_YES_NO, (86, 2, 12))[0],
            "adult_with_children": chance.choices(_YES_NO, (44, 46, 10))[0],
            "police_or_care_told": chance.choices(_YES_NO, (18, 66, 16))[0],
            "works_elsewhere": Answer.YES if elsewhere else Answer.NO,
            "other_authority": chance.choice(county()["other_authorities"]) if elsewhere else None,
            "other_work": chance.choices(_YES_NO, (8, 40, 52))[0], "children": f"{child.name} age {child.age}",
            "child_needs": chance.choices(_YES_NO, (25, 40, 35))[0],
            "child_in_care": chance.choices(_YES_NO, (10, 60, 30))[0],
        }  # fmt: skip

    def _of_inspector(self, enquiry: PlannedEnquiry) -> Row:
        unknown = dict.fromkeys(
            ("child_safe", "adult_with_children", "police_or_care_told", "works_elsewhere", "other_work",
             "child_needs", "child_in_care"), Answer.NOT_KNOWN,
        )  # fmt: skip
        child = a_child(self._chance, self._plan.names, enquiry.sector)
        teller = Teller(self._chance, None, child, None, enquiry.sector, self._works_at(enquiry))
        return {**unknown, "account": teller.line("enquiry", "ofsted"), "advice": "Answered in writing."}

    def _concern(self, enquiry: PlannedEnquiry) -> str | None:
        """What the call was about, such that the advice fits."""
        drawn = self._chance.among(mix()["enquiry"]["concern"].get(enquiry.result, mix()["enquiry"]["concern"]["any"]))
        return None if drawn == "none" else str(drawn)

    def _closed_reason(self, enquiry: PlannedEnquiry) -> str | None:
        if enquiry.closed is None:
            return None
        if enquiry.case:
            return _LINKED
        if enquiry.result == EnquiryResult.ADVISED_REFER:
            return str(self._chance.choice(pieces()["enquiry"]["not_referred"]["lines"]))
        return _ANSWERED

    def _write_step(self, enquiry: PlannedEnquiry, number: int, officer: int) -> None:
        self._rows.add(
            Step, enquiry_id=number, what=self._next(enquiry), due_on=enquiry.due,
            added_at=max(enquiry.received_at, at(enquiry.received, 8, 35)), added_by=officer,
        )  # fmt: skip
