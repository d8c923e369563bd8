"""The places of the desk by name, each brought in only when somebody goes there.

The first frame must not wait for screens nobody has asked for, so a screen's module is imported by
`screen_class` and not before. To add a screen: one row in `PLACES`, a module of that name here with a class
named after it (`person` → `PersonScreen`, `sign_in` → `SignInScreen`) that subclasses `place.Place`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lado_tui.screens.place import Place

LIST = "list"
FORM = "form"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the desk: what staff call it, and whether lists, forms or both are worked in it."""

    title: str
    kinds: tuple[str, ...] = ()


PLACES: dict[str, Spot] = {
    "opening": Spot("Opening"),
    "sign_in": Spot("Sign in"),
    "locked": Spot("Locked"),
    "set_up": Spot("First set-up", (FORM,)),
    "desk": Spot("Home", (LIST,)),
    "duty_lines": Spot("Duty line", (FORM,)),
    "enquiry": Spot("Enquiry", (FORM,)),
    "enquiry_saved": Spot("Enquiry saved"),
    "close_enquiry": Spot("Close enquiry", (FORM,)),
    "referral": Spot("Referral", (FORM,)),
    "screening": Spot("Harm threshold", (FORM,)),
    "case": Spot("Case", (LIST,)),
    "form_dialog": Spot("Form", (FORM,)),
    "add_to_case": Spot("Add to the case", (LIST,)),
    "reading": Spot("Read"),
    "outcome": Spot("Outcome", (FORM,)),
    "stats": Spot("Stats", (LIST,)),
    "counted": Spot("What is counted", (LIST,)),
    "find": Spot("Find", (LIST,)),
    "person": Spot("Heard before", (LIST,)),
    "link": Spot("The same person?", (FORM,)),
    "setting": Spot("Setting", (LIST,)),
    "help": Spot("Help", (LIST,)),
    "confirm": Spot("Are you sure"),
    "too_small": Spot("Window too small"),
}
"""Every place, by the name `app.open` takes and commands are declared under."""


def screen_class(name: str) -> type[Place[Any]]:
    """The class of one place, imported now.

    Raises:
        KeyError: no place has that name.
    """
    if name not in PLACES:
        raise KeyError(name)
    module = import_module(f"lado_tui.screens.{name}")
    found: type[Place[Any]] = getattr(module, name.title().replace("_", "") + "Screen")
    return found
