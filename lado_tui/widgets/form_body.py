"""A form on the screen: its fields arranged in rows, the order they are gone through, and what is wrong.

How a screen uses it::

    form = FormBody(
        EnquiryForm.questions(), words=desk.vocabulary, today=desk_day,
        rows=[
            ("callback", "child_safe"),                       # two fields side by side
            Heading("The adult"),
            (Cell("adult_name", share=2), "adult_role"),      # two thirds and one third
            (heard_before,),                                  # any Drawn widget
            "account",                                        # alone; a text field takes what height is left
        ],
    )
    form.answers()              -> {"callback": "01622 555142", ...}, every field, "" where unanswered
    form.fill(draft)            puts answers back, told to nobody
    form.show_problems(error.problems)   each sentence beside its field and in the summary, which takes focus
    @on(FormBody.Edited)        any change by the officer: keep the draft now
    @on(FormBody.AtEnd)         Enter in the last field

Enter takes an answer and goes on, Tab skips, Shift+Tab goes back, in the order of `order` (by default that of the
questions). F5 (`do_go_to_field` of the screen calls `jump`) marks each field in view with one key that goes there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message

from lado_tui.show import shown
from lado_tui.widgets.drawn import Kept
from lado_tui.widgets.error_summary import ErrorSummary, Wrong
from lado_tui.widgets.field import Field
from lado_tui.widgets.field_kinds import Asking, field_for
from lado_tui.widgets.form_rows import Cell, Heading, Row, Rows

if TYPE_CHECKING:
    from datetime import date

    from textual.dom import DOMNode

    from db.errors import Problem
    from db.forms.question import Question
    from db.vocabulary import Term, Vocabulary

__all__ = ["Cell", "FormBody", "Heading"]

MARKS = "123456789abcdefghijklmnopqrstuvwxyz"
"""Keys that fields in view are marked with for jumping."""


class FormBody(Kept, Vertical):
    """The fields of one form, and what has to be put right in them."""

    HELP = "Enter takes an answer and goes on, Tab skips, Shift+Tab goes back. F5 and a mark go to any field in view."

    DEFAULT_CSS = """
    FormBody { height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "step(1)", show=False),
        Binding("shift+tab", "step(-1)", show=False),
    ]

    class Edited(Message):
        """The officer changed an answer. `field` is its name."""

        def __init__(self, form: FormBody, field: str) -> None:
            super().__init__()
            self.form = form
            self.field = field

        @property
        def control(self) -> FormBody:
            """The form."""
            return self.form

    class Taken(Edited):
        """The officer took an answer with Enter."""

    class AtEnd(Edited):
        """Enter was pressed in the last field."""

    def __init__(
        self,
        questions: Sequence[Question],
        *,
        words: Vocabulary,
        today: date,
        rows: Sequence[Row] | None = None,
        order: Sequence[str] = (),
        listed: Mapping[str, Callable[[], Sequence[Term]]] | None = None,
        label_width: int = 20,
        numbered: bool = True,
        moves_on: bool = False,
        clock: Callable[[], str] | None = None,
        text_lines: Mapping[str, int] | None = None,
        fills: Sequence[str] | None = None,
        made: Mapping[str, Field] | None = None,
        id: str | None = None,  # noqa: A002 - Textual's word
    ) -> None:
        """Make the form.

        Args:
            questions: what is asked.
            words: the code lists that choices are made from.
            today: the day at the desk, for what dates mean.
            rows: how the fields are arranged (see above); one a row where left out.
            order: names in the order they are gone through; fields left out come after.
            listed: for a choice that depends on other answers, how to find what can be chosen.
            label_width: cells for number and label, where a `Cell` does not say.
            numbered: whether fields have numbers, in the order of the rows.
            moves_on: whether one-key answers (y n ?, letters) also go on to the next field.
            clock: the time as Ctrl+T puts it into notes.
            text_lines: lines that text fields have at least, by name; three where left out.
            fills: text fields that share what height is left over; all where left out.
            made: fields the screen made itself, by name, in place of the usual kind.
            id: the widget's id.
        """
        super().__init__(id=id)
        asking = Asking(words, today, clock, moves_on)
        own = made or {}
        self.fields = {q.name: own.get(q.name) or field_for(q, asking, (listed or {}).get(q.name)) for q in questions}
        self.order = (*order, *(name for name in self.fields if name not in order))
        self.summary = ErrorSummary()
        self.rows = Rows(list(self.fields) if rows is None else rows, self.fields, label_width)
        for name, field in self.fields.items():
            field.fills = field.can_fill and (fills is None or name in fills)
            field.least = (text_lines or {}).get(name, field.least)
        self._marked: dict[str, Field] = {}
        self._came_from: Field | None = None
        self._refused = ""
        if numbered:
            for number, field in enumerate(self.rows.fields(), 1):
                field.number = str(number)

    def compose(self) -> ComposeResult:
        """The fields, and the summary of problems below them."""
        yield self.rows
        yield self.summary

    # Answers

    def answers(self) -> dict[str, str]:
        """Every answer by field name, as typed; "" where there is none."""
        return {name: field.value for name, field in self.fields.items()}

    def fill(self, answers: Mapping[str, str]) -> None:
        """Put answers in, as from a draft. Names the form does not know are left alone."""
        for name in self.fields.keys() & answers.keys():
            self.fields[name].value = answers[name]

    def field(self, name: str) -> Field:
        """One field by the name of its answer.

        Raises:
            KeyError: the form has none of that name.
        """
        return self.fields[name]

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been answered yet."""
        return not any(self.answers().values())

    # Problems

    def show_problems(self, problems: Iterable[Problem | tuple[str, str]]) -> None:
        """Show each sentence beside its field and in the summary. All answers stay; none clears them."""
        told = [p if isinstance(p, tuple) else (p.field, p.sentence) for p in problems]
        first = dict(reversed(told))
        for name, field in self.fields.items():
            field.error = first.get(name, "")
        number = {name: field.number for name, field in self.fields.items()}
        self.summary.show_problems([Wrong(name, number.get(name, ""), sentence) for name, sentence in told])

    @on(ErrorSummary.GoTo)
    def _go_to_problem(self, event: ErrorSummary.GoTo) -> None:
        event.stop()
        self.go_to(event.field)

    # Going through the fields

    def focus(self, scroll_visible: bool = True) -> FormBody:
        """Put the cursor in the first field."""
        if order := self._reachable():
            order[0].focus(scroll_visible)
        return self

    def go_to(self, name: str) -> None:
        """Put the cursor in one field."""
        if name in self.fields:
            self.fields[name].focus()

    @property
    def current(self) -> Field | None:
        """The field the cursor is in."""
        node: DOMNode | None = self.screen.focused
        while node is not None and not isinstance(node, Field):
            node = node.parent
        return node

    def action_step(self, by: int) -> None:
        """On to the next field or back to the one before, round the ends."""
        order, current = self._reachable(), self.current
        at = order.index(current) + by if current in order else 0
        if order:
            order[at % len(order)].focus()

    def _reachable(self) -> list[Field]:
        shown = self.rows.fields()
        return [self.fields[name] for name in self.order if self.fields[name] in shown]

    @on(Field.Done)
    def _take_answer(self, event: Field.Done) -> None:
        event.stop()
        name = event.field.question.name
        self.post_message(self.Taken(self, name))
        if event.field is self._reachable()[-1]:
            self.post_message(self.AtEnd(self, name))
        elif event.field is self.current:
            self.action_step(1)

    @on(Field.Edited)
    def _pass_on(self, event: Field.Edited) -> None:
        event.stop()
        if type(event) is Field.Edited:
            self._refused = ""
            self.post_message(self.Edited(self, event.field.question.name))

    @on(Field.Refused)
    def _say_why(self, event: Field.Refused) -> None:
        """Say in full, once, why a field did not take something: it may be too narrow for the sentence."""
        if event.sentence != self._refused:
            self._refused = event.sentence
            self.notify(shown(event.sentence), markup=False, severity="warning")

    # Jumping: one key after F5

    def jump(self) -> None:
        """Mark every field in view with a key; the next key goes there, any other goes back."""
        view = self.rows.region
        in_view = [field for field in self.rows.fields() if view.overlaps(field.region)]
        self._came_from = self.current
        self._marked = dict(zip(MARKS, in_view, strict=False))
        for mark, field in self._marked.items():
            field.tag = mark
            field.refresh()
        self.rows.can_focus = True
        self.rows.focus()

    def on_key(self, event: Key) -> None:
        """While fields are marked, the next key chooses one."""
        if self._marked:
            event.stop()
            event.prevent_default()
            self._unmark(self._marked.get(event.character or "") or self._came_from)

    def _unmark(self, chosen: Field | None) -> None:
        for field in self._marked.values():
            field.tag = ""
            field.refresh()
        self._marked = {}
        (chosen or self).focus()
        self.rows.can_focus = False
