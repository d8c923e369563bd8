"""The bottom lines: the keys that work here, read from `commands.py`. A key that is off is drawn faint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual.events import Click

from lado_tui.commands import EVERYWHERE, Command, commands_for, key_words
from lado_tui.screens import PLACES
from lado_tui.widgets.drawn import Drawn, Part, cells

if TYPE_CHECKING:
    from lado_tui.screens.place import Place


class FooterKeys(Drawn):
    """Two lines: first what can be done in this place, then what works everywhere. A click on one does it."""

    DEFAULT_CSS = "FooterKeys { height: 2; background: $panel; }"

    def __init__(self, place: Place[Any]) -> None:
        super().__init__()
        self.place = place

    @property
    def commands(self) -> tuple[list[Command], list[Command]]:
        """What each line shows, the most wanted first."""
        shown = [c for c in commands_for(self.place.NAME) if c.footer]
        here = [c for c in shown if c.where != EVERYWHERE]
        return here, [c for c in shown if c.where == EVERYWHERE]

    def draw(self, y: int) -> Iterable[Part]:
        """As many commands as fit on the line; at the end of the last, what the lock will do."""
        tail = self.place.lock_words if y else ""
        room = self.size.width - (cells(tail) + 2 if tail else 0)
        used = 0
        for command in self.commands[y]:
            words = self._words(command)
            wide = sum(cells(part.words) for part in words)
            if used + wide > room:
                break
            used += wide
            yield from words
        if tail:
            yield Part(" " * (self.size.width - used - cells(tail) - 1))
            yield Part(tail, "quiet")

    def _words(self, command: Command) -> Sequence[Part]:
        key = command.keys_in(PLACES[self.place.NAME].kinds)[0]
        ink = "quiet" if self.place.why_off(command) else ""
        return (
            Part(" "),
            Part(key_words(key), ink or "key", hit=command.id),
            Part(f" {command.label} ", ink, hit=command.id),
        )

    async def on_click(self, event: Click) -> None:
        """Do what was clicked."""
        found = self.hit(event)
        if isinstance(found, str):
            await self.app.run_action(f"app.command({found!r})")
