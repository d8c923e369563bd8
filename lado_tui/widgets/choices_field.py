"""Choosing several entries of a code list: type part of one, Enter adds it, Backspace takes the last away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lado_tui.widgets.choice_field import ChoiceField
from lado_tui.widgets.drawn import Part, cells, fit
from lado_tui.widgets.offers import plainly_meant

if TYPE_CHECKING:
    from db.forms.question import Question
    from db.vocabulary import Term
    from lado_tui.widgets.choice_field import Listed


class ChoicesField(ChoiceField):
    """Several entries of a list. The answer is their codes with commas between."""

    HELP = (
        "Type a short code or part of the words, Enter adds it; Enter again with nothing typed goes on. "
        "Backspace takes the last one away. Down shows the list."
    )

    def __init__(self, question: Question, listed: Listed) -> None:
        super().__init__(question, listed)
        self._codes: list[str] = []

    @property
    def value(self) -> str:
        """The codes chosen, with commas between; what is typed and stands for none comes last."""
        return ",".join(filter(None, (*self._codes, self.editor.text.strip())))

    @value.setter
    def value(self, value: str) -> None:
        known = {term.code for term in self.offered}
        words = [word for word in value.split(",") if word]
        self._codes = [word for word in words if word in known]
        self.editor.set_text(",".join(word for word in words if word not in known))
        self.refresh()

    def answer_parts(self, width: int) -> Iterable[Part]:
        """What is chosen, then what is being typed."""
        labels = "; ".join(t.label for code in self._codes for t in self.offered if t.code == code)
        if labels:
            labels = fit(labels, min(cells(labels), max(10, width - 14)))
            yield Part(labels, "strong")
            yield Part("; " if self.has_focus or self.editor.text else "", "quiet")
            width -= cells(labels) + 2
        yield from super().answer_parts(width)

    def aside(self) -> str:
        """No hint once something is chosen."""
        return "" if self._codes and not self.editor.text else super().aside()

    def ticked(self) -> Sequence[str]:
        """Codes to mark as chosen in the list."""
        return self._codes

    def take(self, term: Term) -> None:
        """Add an entry, or take it away where it is there already."""
        if term.code in self._codes:
            self._codes.remove(term.code)
        else:
            self._codes.append(term.code)
        self._code = ""
        self.editor.set_text("")
        self.offer(())
        self.error = ""
        self.edited()

    def action_done(self) -> None:
        """Add what is typed; with nothing typed, go on."""
        meant = self.in_doubt or plainly_meant(self.editor.text, self.offered)
        if meant and (self.editor.text or self.in_doubt):
            self.take(meant)
        elif not self.editor.text:
            super().action_done()
        else:
            self.refuse(f"{self.question.label}: '{self.editor.text}' is not in the list")

    def settle(self) -> None:
        """On leaving, add what is plainly meant."""
        self.offer(())
        meant = plainly_meant(self.editor.text, self.offered)
        if meant and meant.code not in self._codes:
            self.take(meant)

    def action_change(self, what: str) -> None:
        """Backspace with nothing typed takes the last entry away."""
        if what == "delete_left" and not self.editor.text and self._codes:
            self._codes.pop()
            self.edited()
        else:
            super().action_change(what)
