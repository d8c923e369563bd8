"""How a row's status is drawn: a two-character mark and a word, which colour repeats and never replaces."""

from lado_tui.widgets.drawn import Part

_INKS = {"!!": "late", "! ": "today", "* ": "new", "..": "waiting", "##": "restricted"}


def status_part(mark: str, words: str) -> Part:
    """A status as one part of a row.

    Args:
        mark: two characters: `!!`, `! `, `* `, `..`, `##` or blank for on track.
        words: the word, with how late or how new.
    """
    return Part(f"{mark:<2} {words}", _INKS.get(f"{mark:<2}", ""))
