"""Names as people mishear, mistype and shorten them."""

import random
from collections.abc import Callable

_SOUNDS = (("ph", "f"), ("ck", "k"), ("ie", "y"), ("ea", "ee"), ("ou", "ow"), ("w", "wh"), ("s", "z"), ("c", "k"))


def misspell(name: str, chance: random.Random) -> str:
    """The name as it might be typed: one slip of one kind, or none."""
    return chance.choice(_SLIPS)(name, chance)


def _same(name: str, chance: random.Random) -> str:
    return name.lower()


def _swapped(name: str, chance: random.Random) -> str:
    given, _, family = name.partition(" ")
    return f"{family}, {given}" if family else name


def _left_out(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(name) - 1)
    return name[:place] + name[place + 1 :]


def _doubled(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(name))
    return name[:place] + name[place - 1] + name[place:]


def _turned(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(name) - 2)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _another_letter(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(name))
    return name[:place] + chance.choice("aeioursnlt") + name[place + 1 :]


def _by_sound(name: str, chance: random.Random) -> str:
    for heard, written in chance.sample(_SOUNDS, len(_SOUNDS)):
        if heard in name.lower():
            return name.lower().replace(heard, written, 1)
    return name


def _initial(name: str, chance: random.Random) -> str:
    given, _, family = name.partition(" ")
    return f"{given[0]} {family}" if len(family) > 6 else name


_SLIPS: tuple[Callable[[str, random.Random], str], ...] = (
    _same, _swapped, _left_out, _doubled, _turned, _another_letter, _by_sound, _initial,
)  # fmt: skip
