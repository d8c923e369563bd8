"""Three sets of colours: dark, light and strong contrast.

Blue and orange with brightness carry meaning, never red against green, and never alone: a word or a mark
always says the same. Text stands at 4.5:1 or more against every ground it is drawn on (11:1 in strong
contrast); tests/lado_tui/test_themes.py computes it.
"""

from textual.theme import Theme

DARK, LIGHT, STRONG = "lado-dark", "lado-light", "lado-strong"


def _theme(name: str, *, dark: bool, ground: str, paper: str, text: str, inks: dict[str, str]) -> Theme:
    """One theme from its grounds and inks; the rest of Textual's colours follow from these."""
    return Theme(
        name=name,
        dark=dark,
        background=ground,
        surface=paper,
        panel=paper,
        foreground=text,
        primary=inks["blue"],
        secondary=inks["blue"],
        accent=inks["orange"],
        warning=inks["orange"],
        error=inks["orange"],
        success=inks["blue"],
        variables={
            **{f"ink-{ink}": colour for ink, colour in inks.items()},
            "block-cursor-foreground": ground,
            "block-cursor-background": inks["blue"],
            "input-cursor-text-style": "none",
            "input-cursor-background": text,
            "input-cursor-foreground": ground,
            "input-selection-background": inks["chosen-ground"],
            "input-selection-foreground": text,
            "border": inks["blue"],
            "border-blurred": inks["rule"],
            "scrollbar": inks["rule"],
            "scrollbar-background": ground,
        },
    )


THEMES = (
    _theme(
        DARK,
        dark=True,
        ground="#101418",
        paper="#1b232b",
        text="#e6e9ec",
        inks={
            "quiet": "#a3afba",
            "blue": "#7cc0ff",
            "orange": "#ffb35c",
            "rule": "#6b7a87",
            "chosen-ground": "#26405a",
            "practice-ground": "#ffb35c",
            "practice-text": "#101418",
        },
    ),
    _theme(
        LIGHT,
        dark=False,
        ground="#fbfaf7",
        paper="#efede7",
        text="#16191c",
        inks={
            "quiet": "#55606b",
            "blue": "#00508f",
            "orange": "#8f4300",
            "rule": "#7b858e",
            "chosen-ground": "#cfe3f6",
            "practice-ground": "#8f4300",
            "practice-text": "#ffffff",
        },
    ),
    _theme(
        STRONG,
        dark=True,
        ground="#000000",
        paper="#000000",
        text="#ffffff",
        inks={
            "quiet": "#dddddd",
            "blue": "#8fd0ff",
            "orange": "#ffc266",
            "rule": "#ffffff",
            "chosen-ground": "#003a66",
            "practice-ground": "#ffc266",
            "practice-text": "#000000",
        },
    ),
)
"""What the officer can choose from, in the order F-key help and the palette show them."""
