"""The words of the duty room: fixed lists with their statutory meaning, and the lists a service may edit.

Fixed lists are enums here, because rules and figures depend on them. Lists a service may rename and retire are
in ``vocabulary.toml``; a store's own wording is laid over them when a desk opens. A word on screen for a code
comes from here and from nowhere else.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Self


class Worded(StrEnum):
    """A fixed list whose codes carry the words staff see."""

    label: str
    meaning: str
    short: str

    def __new__(cls, code: str, label: str = "", meaning: str = "", short: str = "") -> Self:
        """Make one entry: its code is what is stored, the rest is what is shown."""
        entry = str.__new__(cls, code)
        entry._value_ = code
        entry.label = label or code
        entry.meaning = meaning
        entry.short = short
        return entry


class OfficerRole(Worded):
    """What an officer is at this desk; permissions follow from it."""

    MANAGER = "manager", "LADO manager"
    LADO = "lado", "LADO"
    CRO = "cro", "Contact and referral officer"
    RELIEF = "relief", "Relief worker", "Enters what arrives; ends on a date"
    AUDITOR = "auditor", "Auditor", "Reads; changes nothing"


class Answer(Worded):
    """A three-way answer. Not known is never taken as yes."""

    YES = "yes", "Yes", "", "y"
    NO = "no", "No", "", "n"
    NOT_KNOWN = "not_known", "Not known", "", "?"


class LimbAnswer(Worded):
    """An answer to one limb of the harm threshold."""

    YES = "yes", "Yes", "", "y"
    NO = "no", "No", "", "n"
    NOT_SURE = "not_sure", "Not sure", "", "?"


class EnquiryResult(Worded):
    """What came of an enquiry."""

    ADVISED_REFER = "advised_refer", "Advised to refer", "Stays on the duty list until the form comes", "r"
    ADVICE_GIVEN = "advice_given", "Advice given", "The employer manages it", "a"
    LOW_LEVEL = "low_level", "Low-level concern", "The employer records it", "l"
    SIGNPOST_FRONTDOOR = "signpost_frontdoor", "Sent to children's social care", "", "c"
    SIGNPOST_POLICE = "signpost_police", "Police advised at once", "", "p"
    OTHER_LADO = "other_lado", "Sent to another authority's LADO", "Where the adult works decides", "o"
    NOT_LADO = "not_lado", "Not a LADO matter", "", "n"


class Classification(Worded):
    """What a referral is, as the record stands. Every change is a new dated decision."""

    PENDING = "pending", "Not decided yet"
    ALLEGATION = "allegation", "Allegation", "The harm threshold is met"
    CONSULTATION = (
        "consultation",
        "Consultation",
        "Just outside the threshold: back to the employer",
    )
    INFORMATION_ONLY = "information_only", "Information only", "Kept for information"
    NOT_THRESHOLD = "not_threshold", "Not met", "Does not meet the harm threshold; not progressed"
    TRANSFERRED_OUT = "transferred_out", "Other authority's LADO", "The LADO for where the adult works leads"


PROGRESSED = (Classification.ALLEGATION, Classification.CONSULTATION, Classification.INFORMATION_ONLY)
"""What counts as progressed: a consultation does, "not met" does not."""


class Decision(Worded):
    """What can be decided on the harm threshold, in screen order; each is kept as the classification of its code."""

    ALLEGATION = "allegation", "Allegation", "The harm threshold is met", "a"
    CONSULTATION = "consultation", "Consultation", "Just outside: back to the employer", "c"
    INFORMATION_ONLY = "information_only", "Information only", "Kept for information", "i"
    NOT_THRESHOLD = "not_threshold", "Not met", "Not progressed: this closes it", "n"
    TRANSFERRED_OUT = "transferred_out", "Other authority's LADO", "Passed on: this closes it", "o"
    PENDING = "pending", "More facts needed", "Decide by a date", "m"


class Finding(Worded):
    """The five outcomes of an allegation, with the meaning shown beside the word."""

    SUBSTANTIATED = "substantiated", "Substantiated", "Enough evidence to prove the allegation."
    UNSUBSTANTIATED = (
        "unsubstantiated",
        "Unsubstantiated",
        "Not enough evidence to prove or disprove. Does not imply guilt or innocence.",
    )
    UNFOUNDED = (
        "unfounded",
        "Unfounded",
        "No evidence or proper basis for it; it may be a mistake or a misreading.",
    )
    FALSE = "false", "False", "Enough evidence to disprove it."
    MALICIOUS = "malicious", "Malicious", "A deliberate act to deceive, and wholly false."


class ClosedAs(Worded):
    """How a case ended."""

    OUTCOME = "outcome", "Outcome agreed"
    NO_FURTHER_ACTION = (
        "no_further_action",
        "No further LADO action",
        "A consultation or information, back to the employer",
    )
    NOT_PROGRESSED = "not_progressed", "Not progressed", "The threshold was not met"
    OTHER_LADO = "other_lado", "Passed to another authority's LADO"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"


class EmploymentResult(Worded):
    """What the employer did in the end."""

    DISMISSED = "dismissed", "Dismissed"
    DEREGISTERED = "deregistered", "Deregistered", "A carer or childminder"
    RESIGNED = "resigned", "Resigned"
    DISCIPLINARY = "disciplinary", "Disciplinary action"
    MANAGEMENT_ACTION = "management_action", "Management action", "Risk assessment, monitoring, retraining"
    CEASED_USE = "ceased_use", "Services no longer used", "Agency worker or volunteer"
    REDEPLOYED = "redeployed", "Moved from work with children"
    RETIRED = "retired", "Retired or left otherwise"
    SETTLEMENT = "settlement", "Settlement agreement", "Not supported by guidance: say why"
    NO_ACTION = "no_action", "No further action"
    NOT_KNOWN = "not_known", "Not known"


class RegulatorStatus(Worded):
    """Where a referral to the DBS or a regulator has got to."""

    NOT_NEEDED = "not_needed", "Not needed", "Say why"
    CONSIDERING = "considering", "Under consideration"
    ADVISED = "advised", "Employer advised to refer"
    MADE_EMPLOYER = "made_employer", "Made by the employer"
    MADE_LA = "made_la", "Made by the authority", "Its power to refer"
    CONFIRMED = "confirmed", "Receipt confirmed"
    REFUSED = "refused", "Employer declined: escalate"


REFERRED = (RegulatorStatus.MADE_EMPLOYER, RegulatorStatus.MADE_LA, RegulatorStatus.CONFIRMED)
"""The statuses in which a referral to the DBS or a regulator has been made."""


class Sector(Worded):
    """The four headings under which the adult's work is counted."""

    EDUCATION = "education", "Education"
    EARLY_YEARS = "early_years", "Early years"
    FOSTERING = "fostering", "Fostering"
    WIDER = "wider", "Wider workforce"


class StrandKind(Worded):
    """An investigation that runs beside the LADO's oversight."""

    POLICE = "police", "Police investigation"
    S47 = "s47", "Section 47 enquiry"
    EMPLOYER = "employer", "Employer's safeguarding investigation"
    DISCIPLINARY = "disciplinary", "Disciplinary"
    REGULATOR = "regulator", "Regulator's investigation"
    FOSTERING_REVIEW = "fostering_review", "Fostering standards or panel review"


class DutyStatus(Worded):
    """What callers meet when they ring the duty line."""

    OPEN = "open", "Lines open"
    REDUCED = "reduced", "Reduced hours"
    SUSPENDED = "enquiries_suspended", "Enquiries suspended", "Email or refer"


class Informed(Worded):
    """Whether police or social care have been told."""

    ASK_NOW = "ask_now", "Ask now", "", "c"
    TOLD = "told", "Told", "", "t"
    NOT_NEEDED = "not_needed", "Not needed", "", "n"
    NOT_KNOWN = "not_known", "Not known", "", "?"


class GuidanceVersion(Worded):
    """Which edition of the guidance a threshold decision was made under."""

    WT2018 = "WT2018", "Working Together 2018"
    WT2023 = "WT2023", "Working Together 2023"
    KCSIE4 = "KCSIE4", "Keeping Children Safe in Education, part four"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a code list: the code kept, and the words shown for it."""

    code: str
    label: str
    meaning: str = ""
    short: str = ""
    group: str = ""
    regulator: str = ""
    retired: bool = False


FIXED: Mapping[str, type[Worded]] = {
    "officer_role": OfficerRole,
    "answer": Answer,
    "limb_answer": LimbAnswer,
    "enquiry_result": EnquiryResult,
    "classification": Classification,
    "decision": Decision,
    "finding": Finding,
    "closed_as": ClosedAs,
    "employment_result": EmploymentResult,
    "regulator_status": RegulatorStatus,
    "sector": Sector,
    "strand_kind": StrandKind,
    "duty_status": DutyStatus,
    "informed": Informed,
    "guidance_version": GuidanceVersion,
}


@cache
def _shipped() -> dict[str, tuple[Term, ...]]:
    fixed = {name: tuple(Term(e.value, e.label, e.meaning, e.short) for e in enum) for name, enum in FIXED.items()}
    edited = tomllib.loads(files("db").joinpath("vocabulary.toml").read_text("utf-8"))
    return fixed | {name: tuple(Term(code, **words) for code, words in rows.items()) for name, rows in edited.items()}


class Vocabulary:
    """Every code list as one desk sees it: what is shipped, with the service's own wording laid over."""

    def __init__(self, own: Iterable[tuple[str, Term]] = ()) -> None:
        self._lists = {name: {term.code: term for term in terms} for name, terms in _shipped().items()}
        for name, term in own:
            self._lists.setdefault(name, {})[term.code] = term

    def terms(self, name: str, *, group: str = "", retired: bool = False) -> tuple[Term, ...]:
        """The entries of a list in screen order, optionally those under one group, retired ones left out.

        Raises:
            KeyError: there is no list of that name.
        """
        return tuple(
            t for t in self._lists[name].values() if (retired or not t.retired) and (not group or t.group == group)
        )

    def term(self, name: str, code: str) -> Term:
        """One entry by its code; a code no list knows any more is shown as itself rather than hidden."""
        return self._lists[name].get(code) or Term(code, code)

    def label(self, name: str, code: str | None) -> str:
        """The word shown for a code; "not recorded" where there is none."""
        return self.term(name, code).label if code else "not recorded"

    def knows(self, name: str, code: str) -> bool:
        """Whether the list has that code, retired or not."""
        return code in self._lists[name]
