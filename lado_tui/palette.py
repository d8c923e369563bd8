"""The command palette (Ctrl+P): every command of the place in front, by part of its name, with its key.

Made from `commands.py`. A command that is off is listed with the reason. There is no Screenshot here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from lado_tui.commands import FIELD, Command, commands_for, key_words
from lado_tui.screens import PLACES
from lado_tui.screens.place import Place

if TYPE_CHECKING:
    from lado_tui.app import LadoApp


class DeskCommands(Provider):
    """The commands of one place."""

    @property
    def place(self) -> Place[Any] | None:
        """The place the palette was opened over."""
        return self.screen if isinstance(self.screen, Place) else None

    def _offered(self) -> Iterator[tuple[Command, str]]:
        """Each command with the line that explains it."""
        if self.place is None:
            return
        for command in commands_for(self.place.NAME):
            if command.palette and command.where != FIELD:
                yield command, self.place.why_off(command) or command.why

    def _label(self, command: Command) -> str:
        kinds = PLACES[self.place.NAME].kinds if self.place else ()
        keys = command.keys_in(kinds)
        return f"{command.label}  ({key_words(keys[0])})" if keys else command.label

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for command, why in self._offered():
            label = self._label(command)
            yield DiscoveryHit(Content(label), partial(self._do, command), label, why)

    async def search(self, query: str) -> Hits:
        """What has the letters typed in its name."""
        matcher = self.matcher(query)
        for command, why in self._offered():
            label = self._label(command)
            score = matcher.match(label)
            if score > 0:
                yield Hit(score, Content(label), partial(self._do, command), label, why)

    async def _do(self, command: Command) -> None:
        await self.app.run_action(f"app.command({command.id!r})")


def open_palette(app: LadoApp) -> None:
    """Open the palette over the place in front."""
    if not isinstance(app.screen, CommandPalette):
        app.push_screen(CommandPalette(providers=[DeskCommands], placeholder="Type part of a command"))
