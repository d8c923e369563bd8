"""The harm threshold: four limbs, six decisions, and what each decision asks for.

The limbs are in the words of the statutory guidance, in its order. An answer of "not sure" is allowed and leans to
safety: a possible offence goes to the police before a matter is left with the employer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.errors import Problem
from db.rules.dates import EARLIEST, words
from db.vocabulary import Classification, GuidanceVersion, Informed, LimbAnswer

REASON_AT_LEAST = 20
"""Fewest characters of a reason, spaces at its ends not counted."""


@dataclass(frozen=True, slots=True)
class Limb:
    """One limb of the threshold.

    Attributes:
        number: 1 to 4, in the order of the guidance.
        field: the name under which forms and the record know its answer.
        short: one word for lists.
        text: the words of the guidance, after "has the adult".
        help: what to look at, in the field's words.
        since: the first day on which the guidance had it.
    """

    number: int
    field: str
    short: str
    text: str
    help: str
    since: date


LIMBS = (
    Limb(
        1,
        "limb_1",
        "Harm",
        "behaved in a way that has harmed a child, or may have harmed a child",
        "Look at what happened to the child: injury, pain, fear, distress, neglect of a need. Harm that nobody meant "
        "is still harm. If force was used, ask whether it was needed, how much, and who saw it. If the child may be "
        "hurt or at risk now, children's social care comes first.",
        EARLIEST,
    ),
    Limb(
        2,
        "limb_2",
        "Offence",
        "possibly committed a criminal offence against, or related to, a child",
        "It is for the police to say whether it is a crime. Ask yourself only whether it could be: assault, cruelty, "
        "sexual contact, messages, images, grooming, sex with a pupil under 18 by someone in a position of trust. If "
        "you are not sure, ask the police before anyone is spoken to.",
        EARLIEST,
    ),
    Limb(
        3,
        "limb_3",
        "Risk",
        "behaved towards a child or children in a way that indicates they may pose a risk of harm to children",
        "Look at the pattern and the setting, not only this event. Could it happen to another child? Look at earlier "
        "low-level concerns, warnings, favourites, secrecy, rules bent and boundaries crossed, and at the adult's own "
        "children. Concerns from home or online that touch no child directly go under 4.",
        EARLIEST,
    ),
    Limb(
        4,
        "limb_4",
        "Suitability",
        "behaved or may have behaved in a way that indicates they may not be suitable to work with children",
        "What happened away from work and may carry over to it: violence at home, drink or drugs, an offence against "
        "an adult, dishonesty, extremist views, someone in the household who is a risk. Being a victim is not being "
        "unsuitable. Ask how it bears on this adult's work with children.",
        date(2020, 9, 1),
    ),
)
"""The four limbs in the order of the guidance."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """An edition of the guidance under which decisions are made.

    Attributes:
        version: its code.
        from_on: the first day it was in force.
        to_on: the last day, or None while it is.
    """

    version: GuidanceVersion
    from_on: date
    to_on: date | None = None


GUIDANCE = (
    Guidance(GuidanceVersion.WT2018, date(2018, 7, 4), date(2023, 12, 14)),
    Guidance(GuidanceVersion.WT2023, date(2023, 12, 15)),
    Guidance(GuidanceVersion.KCSIE4, date(2020, 9, 1)),
)
"""Editions in force since 2018, those for every sector first. Part four of the schools' guidance counts from when it
took in the fourth limb."""


def limbs_in_force(day: date) -> tuple[Limb, ...]:
    """The limbs that the guidance had on a day: three until 31 August 2020, four from then on."""
    return tuple(limb for limb in LIMBS if limb.since <= day)


def guidance_choices(day: date) -> tuple[GuidanceVersion, ...]:
    """The editions a decision of that day may have been made under, the one for every sector first."""
    return tuple(g.version for g in GUIDANCE if g.from_on <= day and (g.to_on is None or day <= g.to_on))


def guidance_in_force(day: date) -> GuidanceVersion | None:
    """The edition for every sector on a day; None before the oldest that is known here."""
    return next(iter(guidance_choices(day)), None)


@dataclass(frozen=True, slots=True)
class Screening:
    """The answers on a screening page, as codes; None where nothing was answered.

    Attributes:
        limbs: limb number -> answer (`LimbAnswer`).
        decision: what was decided (`Classification`).
        reason: why.
        police: whether they have been told (`Informed`).
        decide_by: the day by which more facts are needed, for a decision not yet made.
        other_authority: whose LADO it was passed to.
    """

    limbs: Mapping[int, str] = field(default_factory=dict)
    decision: str | None = None
    reason: str = ""
    police: str | None = None
    decide_by: date | None = None
    other_authority: str = ""

    @property
    def met_by(self) -> tuple[int, ...]:
        """The limbs answered yes, in order. "Not sure" is not yes."""
        return tuple(sorted(number for number, answer in self.limbs.items() if answer == LimbAnswer.YES))


WITHOUT_LIMBS = (Classification.PENDING, Classification.TRANSFERRED_OUT)
"""Decisions that can be made before every limb is answered; "more facts needed" is kept as not decided yet."""

_LEFT_TO_OTHERS = (Classification.CONSULTATION, Classification.INFORMATION_ONLY, Classification.NOT_THRESHOLD)
_POLICE_ASKED = (Informed.ASK_NOW, Informed.TOLD)
_MAY_BE_AN_OFFENCE = (LimbAnswer.YES, LimbAnswer.NOT_SURE)
_OFFENCE = 2
_LABELS = {
    "decision": "Decision",
    "reason": "Why you decided this",
    "police": "Police",
    "decide_by": "Decide by",
    "other_authority": "Other authority",
}


def screening_problems(screening: Screening, decided_on: date) -> tuple[Problem, ...]:
    """What must be put right before the decision can be kept, in the order of the page.

    Args:
        screening: the answers so far.
        decided_on: the day on which the decision is made.
    """
    found = {
        "decision": _decision_sentence(screening),
        "reason": _reason_sentence(screening),
        "police": _police_sentence(screening),
        "decide_by": _decide_by_sentence(screening, decided_on),
        "other_authority": _other_authority_sentence(screening),
    }
    rest = [Problem(name, _LABELS[name], sentence) for name, sentence in found.items() if sentence]
    return (*_unanswered_limbs(screening, decided_on), *rest)


def police_come_first(screening: Screening) -> bool:
    """Whether there may be an offence and the police have been neither asked nor told."""
    return screening.limbs.get(_OFFENCE) in _MAY_BE_AN_OFFENCE and screening.police not in _POLICE_ASKED


def _unanswered_limbs(screening: Screening, decided_on: date) -> tuple[Problem, ...]:
    if screening.decision in WITHOUT_LIMBS:
        return ()
    return tuple(
        Problem(limb.field, f"Limb {limb.number}", f"Enter yes, no or not sure for limb {limb.number}")
        for limb in limbs_in_force(decided_on)
        if limb.number not in screening.limbs
    )


def _decision_sentence(screening: Screening) -> str:
    if screening.decision is None:
        return "Enter your decision"
    met_by = screening.met_by
    if screening.decision == Classification.ALLEGATION and not met_by:
        return "An allegation must have at least one limb answered yes"
    if screening.decision == Classification.NOT_THRESHOLD and met_by:
        return f"Not met cannot be chosen while limb {met_by[0]} is answered yes"
    return ""


def _reason_sentence(screening: Screening) -> str:
    if len(screening.reason.strip()) >= REASON_AT_LEAST:
        return ""
    return f"Why you decided this must be {REASON_AT_LEAST} characters or more"


def _police_sentence(screening: Screening) -> str:
    if screening.decision not in _LEFT_TO_OTHERS or not police_come_first(screening):
        return ""
    answer = LimbAnswer(screening.limbs[_OFFENCE]).label.lower()
    chosen = Classification(screening.decision).label.lower()
    return f"Ask or tell the police before you choose {chosen}: limb {_OFFENCE} is {answer}"


def _decide_by_sentence(screening: Screening, decided_on: date) -> str:
    if screening.decision != Classification.PENDING:
        return ""
    if screening.decide_by is None:
        return "Enter the date to decide by"
    return "" if screening.decide_by >= decided_on else f"Decide by must be the same as or after {words(decided_on)}"


def _other_authority_sentence(screening: Screening) -> str:
    if screening.decision != Classification.TRANSFERRED_OUT or screening.other_authority.strip():
        return ""
    return "Enter the authority whose LADO it was passed to"
