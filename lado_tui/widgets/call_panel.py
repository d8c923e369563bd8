"""Beside the intake form in a wide window: what is still to ask, who the name may mean, the setting, the call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lado_tui.show import Name
from lado_tui.widgets.call_prompts import still_to_ask
from lado_tui.widgets.drawn import Part
from lado_tui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from db.queries.people import PeopleFound, PersonFound
    from db.queries.settings import SettingPattern

_SHOWN = 4


@dataclass
class CallSoFar:
    """What the panel tells of.

    Attributes:
        notes: what has been written so far.
        found: who the name may mean; None while no name is typed.
        pattern: what there has been at the setting; None where none is known.
        call: lines about the call itself: when it began, what is parked.
        past: lines about an enquiry already kept: its steps and notes.
    """

    notes: str = ""
    found: PeopleFound | None = None
    pattern: SettingPattern | None = None
    call: Sequence[str] = ()
    past: Sequence[str] = ()


class CallPanel(SidePanel):
    """The panel. `tell` says everything anew."""

    DEFAULT_CSS = "CallPanel { width: 40; }"

    def tell(self, so_far: CallSoFar) -> None:
        """Show how the call stands."""
        self.say(
            *_prompts(so_far.notes),
            "",
            *_people(so_far.found),
            *_setting(so_far.pattern),
            "",
            Part("THIS CALL", "heading"),
            *(f"  {line}" for line in so_far.call),
            *(f"  {line}" for line in so_far.past),
        )


def _prompts(notes: str) -> Iterator[Part]:
    yield Part("PROMPTS  still to ask", "heading")
    for prompt, told in still_to_ask(notes):
        yield Part(f"  [{'x' if told else ' '}] {prompt.words}", "quiet" if told else "")


def _people(found: PeopleFound | None) -> Iterator[Part]:
    yield Part("HEARD BEFORE?  as the name is typed", "heading")
    if found is None:
        return
    if not found.people:
        yield Part("  Nobody of that name")
    for letter, person in zip("ABCD"[:_SHOWN], found.people, strict=False):
        yield Part(Name(f"  {letter} {person.name}"), "name")
        yield from (Part(f"    {line}") for line in _about(person) if line)
    left = len(found.people) - _SHOWN + found.more
    if left > 0:
        yield Part(f"    and {left} more. {found.hint}", "quiet")
    if found.restricted:
        yield Part("  ## A restricted record may match", "restricted")


def _about(person: PersonFound) -> tuple[str, ...]:
    born = f"born {person.born_on.day} {person.born_on:%b %Y}" if person.born_on else "birth date not known"
    return (f"{born}; {person.why}", ", ".join(filter(None, (person.role, person.setting))), person.latest)


def _setting(pattern: SettingPattern | None) -> Iterator[str | Part]:
    if pattern is not None:
        yield ""
        yield Part("AT THIS SETTING", "heading")
        yield f"  {pattern.name}"
        yield f"  {pattern.words}"
