"""The outcome as the check page tells it: every answer in words, the meaning beside each finding, what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from db.actions.outcomes import GAP_DUE
from db.clock import local
from db.forms.outcome import OutcomeForm
from db.forms.question import Kind
from db.rules.clocks import closing_clocks, days_since
from db.rules.dates import words as day_words
from db.rules.dbs import duty_to_refer
from db.rules.outcomes import Gap, gaps, views_differ
from db.rules.retention import review_on
from db.rules.working_days import add_working_days
from db.vocabulary import Finding
from lado_tui.widgets.check_page import CheckLine
from lado_tui.widgets.drawn import Part
from lado_tui.widgets.passage import wrapped

if TYPE_CHECKING:
    from db.queries.outcomes import OutcomePage, OutcomeVersion
    from db.vocabulary import Vocabulary

_WITH = (("agreed_employer", "employer"), ("agreed_police", "police"), ("agreed_social_care", "social care"))
_TOLD = (("adult_told", "Adult told"), ("child_told", "Child told"), ("parent_told", "Parents told"))
_WRITTEN = (
    ("child_impact", "Impact on the child"),
    ("child_feedback", "What the child says"),
    ("learning", "Learning"),
    ("residual_risk", "Risk that is left"),
)
_VERSION_WIDTH, _REASON_LINES = 74, 3
_IN_FULL = 160
"""Characters of a text that are shown; the rest is counted."""


class Told:
    """The answers of an outcome in words."""

    def __init__(self, answers: Mapping[str, str], words: Vocabulary) -> None:
        """Take the answers.

        Args:
            answers: by field name: codes, dates in words, texts.
            words: the code lists.
        """
        self.answers, self.words = answers, words
        self._explained: set[str] = set()

    def __call__(self, name: str) -> str:
        """An answer as it is kept; "" for none."""
        return self.answers.get(name, "")

    def label(self, listed: str, name: str) -> str:
        """The word for the code answered; "not answered" for none."""
        return self.words.label(listed, self(name)) if self(name) else "not answered"

    def meaning(self, code: str) -> tuple[str, ...]:
        """What a finding means, the first time it is named on the page."""
        if not code or code in self._explained:
            return ()
        self._explained.add(code)
        return (Finding(code).meaning,)


def answers_in_words(form: OutcomeForm) -> dict[str, str]:
    """The answers of a form that was read, dates in words."""
    told = {}
    for question in OutcomeForm.questions():
        answer = getattr(form, question.name)
        if answer is not None:
            told[question.name] = answer.words if question.kind is Kind.DATE else str(answer)
    for place, one in enumerate(form.findings):
        told[f"findings.{place}.finding"] = one.finding or ""
    return told


def recorded_in_words(page: OutcomePage) -> dict[str, str]:
    """The answers of the current outcome as recorded, dates in words."""
    dated = {question.name for question in OutcomeForm.questions() if question.kind is Kind.DATE}
    return {
        name: day_words(date.fromisoformat(answer)) if name in dated and answer else answer
        for name, answer in page.answers.items()
    }


def check_lines(told: Told, page: OutcomePage, todo: Sequence[Gap] = (), action: str = "") -> list[CheckLine]:
    """Every answer as it is kept.

    Args:
        told: the answers.
        page: the case.
        todo: what closing leaves to be done.
        action: who will do it, and by when.
    """
    lines = [
        *_findings(told, page),
        *_agreed(told),
        *_followed(told),
        *_who_was_told(told, page),
        *_written(told, page),
    ]
    return list(_with_actions(lines, todo, action))


def _with_actions(lines: Iterable[CheckLine], todo: Sequence[Gap], action: str) -> Iterator[CheckLine]:
    left = list(todo)
    for line in lines:
        own = tuple(f"{gap.sentence}. Action added: {action}" for gap in left if gap.field == line.field)
        left = [gap for gap in left if gap.field != line.field]
        yield CheckLine(line.field, line.label, line.words, line.below, own, line.own_words)


def _findings(told: Told, page: OutcomePage) -> Iterator[CheckLine]:
    outcome = told("finding")
    yield CheckLine("finding", "Outcome", told.label("finding", "finding").upper(), told.meaning(outcome))
    for place, words in enumerate(page.concerns.values()):
        name = f"findings.{place}.finding"
        yield CheckLine(name, words, told.label("finding", name), told.meaning(told(name)))
    employer, lado = told("employer_view"), told("lado_view")
    differ = ": THEY DIFFER" if views_differ(employer, lado) else ""
    views = f"employer {told.label('finding', 'employer_view')}, LADO {told.label('finding', 'lado_view')}{differ}"
    yield CheckLine("employer_view", "Views", views, (*told.meaning(employer), *told.meaning(lado)))


def _agreed(told: Told) -> Iterator[CheckLine]:
    yield CheckLine("concluded", "Date agreed", told("concluded"))
    agreed = "   ".join(f"{who} {told.label('answer', name).lower()}" for name, who in _WITH)
    yield CheckLine("agreed_employer", "Agreed with", agreed)
    yield CheckLine("reason", "Why", _shortened(told("reason")), own_words=True)


def _followed(told: Told) -> Iterator[CheckLine]:
    did = ", ".join(filter(None, (told.label("employment_result", "employment_result"), told("employment_words"))))
    yield CheckLine("employment_result", "Employer's action", did)
    status = ", ".join(filter(None, (told.label("regulator_status", "dbs_status"), told("dbs_on"), told("dbs_reason"))))
    duty = duty_to_refer(told("dbs_removed") or None, told("dbs_harm") or None)
    yield CheckLine("dbs_status", "DBS referral", status, (f"{duty.reason}.",))
    regulator = told.words.label("regulator", told("regulator")) if told("regulator") else ""
    status = told.label("regulator_status", "regulator_status")
    yield CheckLine("regulator_status", "Regulator", ", ".join(filter(None, (regulator, status, told("regulator_on")))))


def _who_was_told(told: Told, page: OutcomePage) -> Iterator[CheckLine]:
    for name, label in _TOLD if page.has_child else _TOLD[:1]:
        why = told("not_told_reason") if told(name) == "no" else ""
        words = ", ".join(filter(None, (told.label("answer", name).lower(), told(f"{name}_on"), why)))
        yield CheckLine(name, label, words)


def _written(told: Told, page: OutcomePage) -> Iterator[CheckLine]:
    for name, label in _WRITTEN:
        if page.has_child or not name.startswith("child"):
            yield CheckLine(name, label, _shortened(told(name)) or "nothing written", own_words=bool(told(name)))
    if told("risk_review"):
        yield CheckLine("risk_review", "Review the risk on", told("risk_review"))


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return f"{one_line[:_IN_FULL]}... ({len(text):,} characters)" if len(one_line) > _IN_FULL else one_line


def left_to_do(form: OutcomeForm, page: OutcomePage) -> list[Gap]:
    """What closing with this outcome leaves to be done."""
    return [gap for gap in gaps(form.closing(page.concerns, has_child=page.has_child)) if not gap.blocking]


def action_words(page: OutcomePage, officer: str, today: date) -> str:
    """Who does what is left, and by when."""
    due_on = add_working_days(today, GAP_DUE)
    return f"{page.owner or officer}, due {due_on.day} {due_on:%B}"


def closing_words(page: OutcomePage, closed_on: date, outcome: str) -> list[str]:
    """On which day the case closes, in which time, and how long it is kept."""
    clocks = closing_clocks(page.received_on, closed_on, closed_on)
    within = "   ".join(f"In {clock.name}: {'yes' if clock.state == 'met' else 'no'}" for clock in clocks)
    kept = review_on(page.classification, outcome, page.born_on, closed_on, legal_hold=page.legal_hold)
    hold = "" if page.legal_hold else "  Legal hold: no"
    return [f"Case closes on day {days_since(page.received_on, closed_on)}.   {within}", f"{kept.words}.{hold}"]


def actions_to_add(lines: Sequence[CheckLine]) -> str:
    """How many actions closing will add, and on which lines they stand; "" for none."""
    count = sum(len(line.todo) for line in lines)
    at = ", ".join(str(number) for number, line in enumerate(lines, 1) if line.todo)
    return f"{count} action{'s' if count > 1 else ''} will be added: see {at}." if count else ""


def version_rows(page: OutcomePage) -> Iterator[Part]:
    """Every version recorded, the newest first, each with what its finding means."""
    for version in reversed(page.versions):
        yield Part(f" Version {version.number}: {_version_words(version)}", "strong" if version.current else "")
        meant = f"{Finding(version.finding).label}: {Finding(version.finding).meaning}"
        yield from (Part(f"   {line}") for line in wrapped(meant, _VERSION_WIDTH))
        if version.correction_reason:
            because = f"Corrected because: {' '.join(version.correction_reason.split())}"
            yield from (Part(f"   {line}") for line in list(wrapped(because, _VERSION_WIDTH))[:_REASON_LINES])


def _version_words(version: OutcomeVersion) -> str:
    recorded = local(version.recorded_at)
    state = "counts" if version.current else "undone" if version.undone else "replaced"
    agreed = day_words(version.concluded_on)
    return f"agreed {agreed}, recorded by {version.recorded_by} {recorded.day} {recorded:%b %H:%M}, {state}"
