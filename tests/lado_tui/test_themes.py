"""Every word can be read: 4.5 to 1 or better on every ground it stands on, in all three sets of colours."""

from itertools import product

import pytest
from textual.color import Color
from textual.theme import Theme

from lado_tui.styles.themes import STRONG, THEMES
from lado_tui.widgets.drawn import INKS, Ink

GROUNDS = ("background", "surface", "panel")
LINES = {"rule"}
"""Drawn as lines, not as words: 3 to 1 is enough."""


def luminance(colour: Color) -> float:
    def channel(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * channel(colour.r) + 0.7152 * channel(colour.g) + 0.0722 * channel(colour.b)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def variables(theme: Theme) -> dict[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


def grounds_of(ink: Ink, known: dict[str, str]) -> list[str]:
    if ink.reverse:
        return [known[ink.colour or "foreground"]]
    return [known[ink.ground]] if ink.ground else [known[name] for name in GROUNDS]


def colour_of(ink: Ink, known: dict[str, str]) -> str:
    return known["background"] if ink.reverse else known[ink.colour or "foreground"]


@pytest.mark.parametrize(
    ("theme", "name"), list(product(THEMES, INKS)), ids=lambda given: getattr(given, "name", given)
)
def test_ink_stands_out_from_every_ground(theme: Theme, name: str) -> None:
    known = variables(theme)
    ink = INKS[name]
    wanted = 3.0 if name in LINES else 4.5

    for ground in grounds_of(ink, known):
        assert contrast(colour_of(ink, known), ground) >= wanted, f"{name} on {ground} in {theme.name}"


@pytest.mark.parametrize("name", sorted(INKS.keys() - LINES))
def test_strong_contrast_is_stronger(name: str) -> None:
    strong = next(theme for theme in THEMES if theme.name == STRONG)
    known = variables(strong)

    for ground in grounds_of(INKS[name], known):
        assert contrast(colour_of(INKS[name], known), ground) >= 7.0


def hue_is_red_or_green(colour: str) -> bool:
    hue, saturation, _ = Color.parse(colour).hsl
    return saturation > 0.2 and (hue < 15 / 360 or hue > 340 / 360 or 80 / 360 < hue < 160 / 360)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_nothing_is_told_by_red_against_green(theme: Theme) -> None:
    for name, colour in theme.variables.items():
        if name.startswith("ink-"):
            assert not hue_is_red_or_green(colour), f"{name} in {theme.name}"


def test_the_contrast_sum_is_the_published_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
