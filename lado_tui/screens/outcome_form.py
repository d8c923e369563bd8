"""The outcome form: a finding for each concern, what followed from it, who was told, and what is learnt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.events import DescendantFocus

from db.forms.outcome import FindingForm, OutcomeForm
from db.forms.question import Kind, Question
from db.rules.dbs import CONDITIONS, HARM, REMOVED, duty_to_refer, removed_by
from db.rules.outcomes import views_differ
from db.vocabulary import Answer, Finding, Term
from lado_tui.widgets.drawn import Drawn, Part, Words, fit
from lado_tui.widgets.form_rows import Cell, Row
from lado_tui.widgets.passage import wrapped
from lado_tui.widgets.sections import SectionedForm, SectionHeading

if TYPE_CHECKING:
    from db.queries.outcomes import OutcomePage
    from db.vocabulary import Vocabulary

CORRECTION = Question("Why it is corrected", Kind.TEXT, name="correction_reason", hint="both versions are kept")

_SHORT = {
    Finding.SUBSTANTIATED: "s",
    Finding.UNSUBSTANTIATED: "us",
    Finding.UNFOUNDED: "uf",
    Finding.FALSE: "f",
    Finding.MALICIOUS: "m",
}
"""What is typed for each finding."""

FINDINGS = tuple(Term(finding.value, finding.label, finding.meaning, short) for finding, short in _SHORT.items())
"""The five outcomes as they are chosen."""

_OF_A_CHILD = ("child_told", "child_told_on", "parent_told", "parent_told_on", "child_impact", "child_feedback")
_TEXTS = {"reason": 3, "child_impact": 2, "child_feedback": 2, "learning": 2, "residual_risk": 2}
_LABEL = 16


class Definitions(Drawn):
    """The five outcomes with their meaning, always in view while a finding is chosen."""

    DEFAULT_CSS = "Definitions { height: auto; background: $panel; }"

    def lines(self, width: int) -> int:
        """As many as the meanings take."""
        return len(self._set(width))

    def draw(self, y: int) -> Iterable[Part]:
        """What is typed, the word, what it means."""
        lines = self._set(self.size.width)
        return lines[y] if y < len(lines) else ()

    def _set(self, width: int) -> list[list[Part]]:
        found = []
        for term in FINDINGS:
            first, *rest = wrapped(term.meaning, width - _LABEL - 6)
            found.append([Part(f" {term.short:<3}", "key"), Part(fit(term.label, _LABEL), "strong"), Part(first)])
            found += [[Part(" " * (_LABEL + 4)), Part(line)] for line in rest]
        return found


class OutcomeFields(SectionedForm):
    """Every question about the end of one case."""

    def __init__(
        self,
        page: OutcomePage,
        words: Vocabulary,
        today: date,
        *,
        correcting: bool = False,
        clock: Callable[[], str] | None = None,
    ) -> None:
        """Lay the form out for a case.

        Args:
            page: the case.
            words: the code lists that choices are made from.
            today: the day at the desk.
            correcting: whether an outcome recorded before is corrected.
            clock: the time as Ctrl+T puts it into texts.
        """
        self.page, self.words = page, words
        self.conflict, self.duty, self.condition, self.regulator = Words(""), Words(""), Words(""), Words("")
        findings = [f"findings.{place}.finding" for place in range(len(page.concerns))]
        views = ("employer_view", "lado_view", "finding")
        super().__init__(
            _questions(page, correcting=correcting),
            words=words,
            today=today,
            rows=self._rows(findings, correcting=correcting),
            listed={name: lambda: FINDINGS for name in (*findings, *views)},
            label_width=24,
            clock=clock,
            text_lines=_TEXTS | {"correction_reason": 1},
            fills=("reason",),
        )
        self.order = tuple(field.question.name for field in self.rows.fields())
        self.follow()

    def _rows(self, findings: Sequence[str], *, correcting: bool) -> list[Row]:
        shown: list[Row] = [SectionHeading("The finding for each concern", "Finding")]
        if correcting:
            shown.append("correction_reason")
        shown += [Cell(name, label=44) for name in findings]
        shown += [
            (Cell("employer_view", label=19), Cell("lado_view", label=17)),
            self.conflict,
            (Cell("finding", label=19), Cell("concluded", label=17)),
            (Cell("agreed_employer", label=25), Cell("agreed_police", label=21)),
            Cell("agreed_social_care", label=25),
            "reason",
            SectionHeading("What the employer did, and the DBS", "Employer, DBS"),
            Cell("employment_result", label=28),
            Cell("employment_words", label=28),
            Words(Part("   The employer must refer if both are met. Suspension alone is no removal.", "quiet")),
        ]
        for condition in CONDITIONS:
            shown += [_in_full(condition.text), Cell(condition.field, label=29)]
        shown += [
            self.condition,
            self.duty,
            (Cell("dbs_status", label=17), Cell("dbs_on", label=26)),
            Cell("dbs_reason", label=24),
            SectionHeading("The regulator, and who was told", "Told"),
            self.regulator,
            Cell("regulator", label=24),
            (Cell("regulator_status", label=23), Cell("regulator_on", label=22)),
            (Cell("adult_told", label=27), Cell("adult_told_on", label=20)),
            (Cell("child_told", label=27), Cell("child_told_on", label=20)),
            (Cell("parent_told", label=27), Cell("parent_told_on", label=20)),
            Cell("not_told_reason", label=24),
            SectionHeading("The child, and what is learnt", "Child, learning"),
            "child_impact",
            "child_feedback",
            "learning",
            "residual_risk",
            Cell("risk_review", label=26),
        ]
        return shown if self.page.has_child else [row for row in shown if not _about_a_child(row)]

    # What follows from the answers

    def answers(self) -> dict[str, str]:
        """Every answer by field name, each finding with the concern it is for."""
        findings = {f"findings.{place}.concern": str(number) for place, number in enumerate(self.page.concerns)}
        return super().answers() | findings

    def follow(self) -> None:
        """Show what follows from the answers so far: a conflict of views, the duty to refer, the regulator."""
        self._show_conflict()
        self._show_condition()
        duty = duty_to_refer(self._answer("dbs_removed"), self._answer("dbs_harm"))
        power = "  The authority has its own power to refer." if duty.authority_may_refer else ""
        ink = "error" if duty.result == "duty" else "strong"
        self.duty.say(*(Part(f"   {line}", ink) for line in wrapped(f"= {duty.reason}.{power}", 74)))
        suggested = self.words.label("regulator", self.page.regulator) if self.page.regulator else ""
        self.regulator.display = bool(suggested)
        self.regulator.say(Part(f"   Their role answers to: {suggested}", "quiet"))

    @on(DescendantFocus)
    def _moved(self) -> None:
        self._show_condition()

    def _show_conflict(self) -> None:
        differ = views_differ(self._answer("employer_view"), self._answer("lado_view"))
        self.conflict.display = differ
        self.conflict.say(Part("   ! Employer and LADO differ. Decide if this is to be escalated", "ask"))

    def _show_condition(self) -> None:
        """Below the two conditions, the ways in which the one in hand can be met."""
        name = self.current.question.name if self.is_attached and self.current else ""
        condition = HARM if name == HARM.field else REMOVED
        rows = [Part(f"   {line}", "quiet") for part in condition.parts for line in _as_item(part)]
        result = self._answer("employment_result")
        suggests = removed_by(result) if result and condition is REMOVED else Answer.NOT_KNOWN
        if suggests != Answer.NOT_KNOWN:
            label = self.words.label("employment_result", result)
            rows = [Part(f"   {label} suggests: {suggests.label.lower()}. It is for you to say.", "ask"), *rows]
        self.condition.display = name in (REMOVED.field, HARM.field)
        self.condition.say(*rows)

    def _answer(self, name: str) -> str | None:
        return self.fields[name].value or None


def _questions(page: OutcomePage, *, correcting: bool) -> list[Question]:
    finding = next(question for question in FindingForm.questions() if question.name == "finding")
    each = [
        replace(finding, label=words, name=f"findings.{place}.finding")
        for place, words in enumerate(page.concerns.values())
    ]
    asked = [question for question in OutcomeForm.questions() if page.has_child or question.name not in _OF_A_CHILD]
    return [*([CORRECTION] if correcting else ()), *each, *asked]


def _about_a_child(row: Row) -> bool:
    items = [row] if isinstance(row, str | Cell | Drawn) else row
    names = {item.name if isinstance(item, Cell) else item for item in items if not isinstance(item, Drawn)}
    return bool(names & set(_OF_A_CHILD))


def _in_full(text: str) -> Words:
    return Words(*(Part(f"   {line}", "strong") for line in wrapped(text, 74)))


def _as_item(text: str) -> Iterator[str]:
    for at, line in enumerate(wrapped(text, 72)):
        yield f"  {line}" if at else f"- {line}"


def filled(answers: Mapping[str, str], page: OutcomePage) -> dict[str, str]:
    """What the form begins with: the answers recorded, and the regulator that the adult's role suggests."""
    return {"regulator": page.regulator} | {name: answer for name, answer in answers.items() if answer}
