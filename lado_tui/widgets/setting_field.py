"""Where somebody works: typed as it is said, with the settings on record offered below while it is typed.

What is typed is kept as it is; Down takes the cursor into the list, and Enter there takes the setting. The screen
asks the desk, because a field knows no desk::

    @on(SettingField.Typed)
    def _look_up(self, event):     # after a short rest of the hands
        self.start(self._offer(event.field, event.typed))      # ... event.field.offer(await desk.ask(...))
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.message import Message

from lado_tui.widgets.line_input import LineInput
from lado_tui.widgets.offers import Offers

if TYPE_CHECKING:
    from textual.timer import Timer

    from db.forms.question import Question
    from db.vocabulary import Term

REST = 0.12
"""Seconds without a key after which what is typed is looked up."""

LEAST = 3
"""Letters from which on it is looked up."""

SAME = "="
"""The key that takes over another field's answer."""


class Offered(Protocol):
    """A setting that may be meant."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def words(self) -> str:
        """Its name as the field shows it."""


class SettingField(LineInput):
    """The name of a place, and the setting on record where one was chosen."""

    HELP = (
        "Type the name. Settings on record are offered below: Down goes into the list, Enter takes one. "
        "What is typed is kept as it is where none is taken."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "look(1)", show=False),
        Binding("up", "look(-1)", show=False),
        Binding("escape", "close", show=False),
    ]

    class _About(Message):
        def __init__(self, field: SettingField) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> SettingField:
            """The field."""
            return self.field

    class Typed(_About):
        """Letters were typed, and the hands rest: look them up."""

        @property
        def typed(self) -> str:
            """What stands in the field."""
            return self.field.value.strip()

    class Chosen(_About):
        """Which setting is meant has changed."""

    def __init__(self, question: Question, *, same_as: SettingField | None = None) -> None:
        """Make the field.

        Args:
            question: what is asked.
            same_as: the field whose answer `=` takes over, as "same as caller".
        """
        super().__init__(question)
        self.same_as = same_as
        self.setting_id: int | None = None
        """The setting chosen; None while none is."""
        self._offered: Sequence[Offered] = ()
        self._offers: Offers | None = None
        self._rest: Timer | None = None

    # Typing

    def type_letter(self, letter: str) -> None:
        """A letter; the first one may be `=`, which answers the question by itself."""
        if letter == SAME and self.same_as is not None and not self.value:
            self.take_over(self.same_as)
        else:
            super().type_letter(letter)

    def take_over(self, other: SettingField) -> None:
        """Answer as the other field was answered, and go on."""
        self.value = other.value
        self._choose(other.setting_id)
        self.error = ""
        self.edited()
        self.action_done()

    def changed(self) -> None:
        """What is typed now is no longer the setting chosen before."""
        self._choose(None)
        self._forget_rest()
        if len(self.value.strip()) >= LEAST:
            self._rest = self.set_timer(REST, self._look_up)
        else:
            self.offer(())
        super().changed()

    def _look_up(self) -> None:
        self._rest = None
        if self.has_focus:
            self.post_message(self.Typed(self))

    def _forget_rest(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def _choose(self, setting_id: int | None) -> None:
        if setting_id != self.setting_id:
            self.setting_id = setting_id
            self.post_message(self.Chosen(self))

    # The list below

    def offer(self, settings: Sequence[Offered]) -> None:
        """Drop these below the field, none of them marked; none, or a field that was left, closes the list."""
        self._offered = settings if self.has_focus else ()
        if self._offers is None:
            if not self._offered:
                return
            self._offers = Offers()
            self._offers.styles.offset = (self.label_width - 1, 1)
            self.mount(self._offers)
        self._offers.offer(_terms(self._offered))
        self._offers.cursor = _NONE

    @property
    def marked(self) -> Offered | None:
        """The setting under the list's cursor; None while the cursor is not in the list."""
        at = self._offers.cursor if self._offers and self._offers.display else _NONE
        return self._offered[at] if 0 <= at < len(self._offered) else None

    def action_look(self, by: int) -> None:
        """Go into the list, or move in it."""
        if self._offers is not None and self._offered:
            self._offers.step(by if self.marked or by > 0 else 0)

    def action_close(self) -> None:
        """Close the list; with none open, Esc is for the screen."""
        if not self._offered:
            raise SkipAction
        self.offer(())

    def action_done(self) -> None:
        """Take the marked setting, if any, and go on."""
        if self.marked is not None:
            self.take(self.marked)
        super().action_done()

    def take(self, setting: Offered) -> None:
        """This setting is meant."""
        self.editor.set_text(setting.words)
        self._choose(setting.id)
        self.offer(())
        self.error = ""
        self.edited()

    def settle(self) -> None:
        """Leaving the field closes the list."""
        self._forget_rest()
        self.offer(())

    @on(Offers.Picked)
    def _picked(self, event: Offers.Picked) -> None:
        event.stop()
        self.take(next(setting for setting in self._offered if str(setting.id) == event.term.code))


_NONE = -1


def _terms(settings: Iterable[Offered]) -> Sequence[Term]:
    from db.vocabulary import Term

    return [Term(str(setting.id), setting.words) for setting in settings]
