"""Choosing one entry of a code list.

`ChoiceField`: type a short code or a few letters of the label; as soon as only one thing can be meant its words
stand beside it, and a small list drops below only while there is doubt. What matches nothing is kept as typed.
`InlineChoice`: a few options side by side, `[R]efer  A dvice only`, each one letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.events import Blur, Click, Focus, Key

from lado_tui.widgets.drawn import Part, cells
from lado_tui.widgets.field import Field
from lado_tui.widgets.line_input import LineInput
from lado_tui.widgets.offers import Offers, meant_by, plainly_meant

if TYPE_CHECKING:
    from db.forms.question import Question
    from db.vocabulary import Term

    Listed = Sequence[Term] | Callable[[], Sequence[Term]]


class ChoiceField(LineInput):
    """One entry of a list, typed by short code or label."""

    HELP = (
        "Type a short code (ta) or part of the words. Down shows the list, Enter takes what is marked. "
        "What matches nothing is kept, and asked about when you save."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "look(1)", show=False),
        Binding("up", "look(-1)", show=False),
        Binding("escape", "close", show=False),
    ]

    def __init__(self, question: Question, listed: Listed) -> None:
        """Make a field that chooses from a list.

        Args:
            question: what is asked.
            listed: the entries, or how to find them where they depend on another answer.
        """
        super().__init__(question)
        self._listed = listed
        self._code = ""
        self._offers: Offers | None = None

    @property
    def offered(self) -> Sequence[Term]:
        """What can be chosen now."""
        return self._listed() if callable(self._listed) else self._listed

    @property
    def value(self) -> str:
        """The code chosen, or what is typed where it stands for none."""
        return self._code or self.editor.text.strip()

    @value.setter
    def value(self, value: str) -> None:
        term = next((t for t in self.offered if t.code == value), None)
        self._code = term.code if term else ""
        self.editor.set_text((term.short or term.label) if term else value)
        self.refresh()

    @property
    def chosen(self) -> Term | None:
        """The entry chosen; None while there is none."""
        return next((t for t in self.offered if t.code == self._code), None) if self._code else None

    def aside(self) -> str:
        """The words of what is chosen, or would be; the hint while nothing is typed."""
        if not self.editor.text:
            return self.question.hint
        term = self.chosen or plainly_meant(self.editor.text, self.offered)
        if term:
            return term.label if self.editor.text.casefold() != term.label.casefold() else ""
        return "" if meant_by(self.editor.text, self.offered) else "not in the list"

    def come_in(self) -> None:
        """What is typed next replaces what is there."""
        self.editor.select_all()

    def changed(self) -> None:
        """Typing makes the choice open again and shows what may be meant."""
        term = plainly_meant(self.editor.text, self.offered)
        self._code = term.code if term else ""
        self._show_offers()
        super().changed()

    def _show_offers(self, *, all_of_them: bool = False) -> None:
        typed = "" if all_of_them else self.editor.text
        doubt = all_of_them or (bool(typed) and not self._code)
        self.offer(meant_by(typed, self.offered) if doubt else ())

    def offer(self, terms: Sequence[Term]) -> None:
        """Drop a list below the field, or take it away where there is nothing to offer."""
        if self._offers is None:
            if not terms:
                return
            self._offers = Offers()
            self._offers.styles.offset = (self.label_width - 1, 1)
            self.mount(self._offers)
        self._offers.offer(terms, chosen=self.ticked())

    def ticked(self) -> Sequence[str]:
        """Codes to mark as chosen in the list."""
        return (self._code,) if self._code else ()

    @property
    def in_doubt(self) -> Term | None:
        """The entry marked in the open list; None while no list is open."""
        return self._offers.under_cursor if self._offers else None

    def take(self, term: Term) -> None:
        """Choose an entry."""
        self._code = term.code
        self.editor.set_text(term.short or term.label)
        self.offer(())
        self.error = ""
        self.edited()

    def action_look(self, by: int) -> None:
        """Open the list, or move in it."""
        if self.in_doubt and self._offers:
            self._offers.step(by)
        else:
            self._show_offers(all_of_them=True)

    def action_close(self) -> None:
        """Close the list; with none open, Esc is for the screen."""
        if not self.in_doubt:
            raise SkipAction
        self.offer(())

    def action_done(self) -> None:
        """Take what is marked in the list, and go on."""
        if self.in_doubt:
            self.take(self.in_doubt)
        super().action_done()

    def settle(self) -> None:
        """On leaving, keep what is plainly meant, or the typed words where nothing is."""
        self.offer(())

    @on(Offers.Picked)
    def _picked(self, event: Offers.Picked) -> None:
        event.stop()
        self.take(event.term)


class InlineChoice(Field):
    """One of a few options, each one letter, drawn side by side where they fit."""

    HELP = "Press the letter of the option. Backspace makes it unanswered again."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("backspace,delete", "unanswer", show=False),
    ]

    def __init__(self, question: Question, listed: Sequence[Term], *, moves_on: bool = False) -> None:
        """Make an inline choice; see `letters_for` for when it can be used.

        Args:
            question: what is asked.
            listed: the options.
            moves_on: whether the one key also goes on to the next field.
        """
        super().__init__(question)
        self.options = letters_for(listed)
        self.moves_on = moves_on
        self._value = ""
        self._offers: Offers | None = None

    @property
    def value(self) -> str:
        """The code chosen; "" while there is none."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        self._value = value if any(t.code == value for t in self.options.values()) else ""
        self.refresh()

    def answer_parts(self, width: int) -> Iterable[Part]:
        """All options in words; where they do not fit, their letters and the words of the chosen one."""
        options = self.options
        parts = [part for letter, term in options.items() for part in self._option(letter, term, in_words=True)]
        if sum(cells(part.words) for part in parts) > width:
            parts = [p for letter, term in options.items() for p in self._option(letter, term, in_words=False)]
            parts += [Part(f" {t.label}") for t in options.values() if t.code == self._value]
        return parts

    def _option(self, letter: str, term: Term, *, in_words: bool) -> Iterable[Part]:
        chosen = term.code == self._value
        rest = _rest_of(letter, term.label) if in_words else ""
        if chosen:
            yield Part(f"[{letter.upper()}]{rest}", "chosen", hit=term.code)
        else:
            yield Part(f" {letter.upper()} ", "key" if self.has_focus else "strong", hit=term.code)
            yield Part(rest, "", hit=term.code)
        if in_words:
            yield Part(" ")

    def answer(self, code: str) -> None:
        """Choose an option, as by its letter."""
        self._value = code
        self.error = ""
        self._drop(False)
        self.edited()
        if self.moves_on and code:
            self.action_done()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """The letters of the options are taken here."""
        return character is not None and character.lower() in self.options

    def on_key(self, event: Key) -> None:
        """One letter is one choice."""
        term = self.options.get(event.character.lower()) if event.character else None
        if term is not None:
            event.stop()
            event.prevent_default()
            self.answer(term.code)

    def on_focus(self, event: Focus) -> None:
        """Where the words do not fit on the line, list them below until one is chosen."""
        room = self.size.width - self.label_width
        words = sum(cells(t.label) + 4 for t in self.options.values())
        self._drop(not self._value and words > room)

    def on_blur(self, event: Blur) -> None:
        """The list goes with the focus."""
        self._drop(False)

    def _drop(self, wanted: bool) -> None:
        if self._offers is None:
            if not wanted:
                return
            self._offers = Offers()
            self._offers.styles.offset = (self.label_width - 1, 1)
            self.mount(self._offers)
        self._offers.offer(list(self.options.values()) if wanted else ())

    @on(Offers.Picked)
    def _picked(self, event: Offers.Picked) -> None:
        event.stop()
        self.answer(event.term.code)

    def on_click(self, event: Click) -> None:
        """A click on an option chooses it."""
        code = self.hit(event)
        if isinstance(code, str):
            self.answer(code)

    def action_step(self, by: int) -> None:
        """Choose the option beside; from none, the first or last."""
        codes = [term.code for term in self.options.values()]
        at = codes.index(self._value) + by if self._value else (0 if by > 0 else -1)
        moves_on, self.moves_on = self.moves_on, False
        self.answer(codes[at % len(codes)])
        self.moves_on = moves_on

    def action_unanswer(self) -> None:
        """Make it unanswered again."""
        self._value = ""
        self.edited()


def letters_for(offered: Sequence[Term]) -> dict[str, Term]:
    """A letter for each option: its short code, else its first letter. Empty where two would share one."""
    letters = {(t.short if len(t.short) == 1 else t.label[:1]).lower(): t for t in offered}
    return letters if len(letters) == len(offered) else {}


def _rest_of(letter: str, label: str) -> str:
    """What stands after a letter: the rest of its word, or the whole label where it begins otherwise."""
    return label[1:] if label[:1].lower() == letter else f" {label}"
