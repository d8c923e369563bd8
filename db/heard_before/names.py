"""How a name is read: what is left of it when case, accents, titles, apostrophes and order no longer count.

A name is one free field ("Hartley, James", "Mr J. O'Neil", "Anne-Marie van der Berg"). It can often be read in more
ways than one, so it is read in all of them, and two names are as near as their nearest readings.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WORD_LIMIT = 59
"""Longest word kept for searching, in characters; the rest of a longer one is left out of the search alone."""

_MOST_WORDS = 24

TITLES = frozenset(
    str.split("mr mrs ms miss mx dr doctor prof professor rev revd reverend sir dame cllr jr jnr snr sr esq mbe obe")
)
"""Said before or after a name and no part of it."""

NOT_NAMES = frozenset(str.split("nee aka formerly known as the of and"))
"""Words that join names and are none."""

PARTICLES = frozenset(
    str.split("""o d mc mac van von der den de da di dos das del della la le du al el ul ur ibn bin bint binti st saint
    fitz ap ab ter ten zu""")
)
"""Words that belong to the word after them, written apart or not: Mc Donald, van der Berg, al Hassan, St John."""

_APOSTROPHES = re.compile(
    "['\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`\N{ACUTE ACCENT}"
    "\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER PRIME}\N{PRIME}\N{FULLWIDTH APOSTROPHE}]"
)
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ħ": "h",
        "ŋ": "n",
    }
)
_GAP = re.compile(r"[^\w'-]+|_+")
_HYPHENS = re.compile("[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]+")
_HEAD = re.compile(r"([a-z]{1,2})'(\w.*)")
_CHURCH = re.compile(r"\bc\W* ?of\W* ?e\b|\bchurch of england\b")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name.

    Attributes:
        text: the word.
        tail: what is left of it without its particle, "neil" of "oneil".
        half: it is one half of a double-barrelled word.
    """

    text: str
    tail: str = ""
    half: bool = False


Reading = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the ways it can be read.

    Attributes:
        readings: the likeliest first: particles joined; then hyphens joined; then all apart.
        apart: readings in which one written word is taken for two, which is a little less likely.
    """

    readings: tuple[Reading, ...]
    apart: tuple[Reading, ...] = ()

    @property
    def words(self) -> Reading:
        """The likeliest reading."""
        return self.readings[0]


def read(name: str) -> Name:
    """Read a name, whoever wrote it and however."""
    chunks = _chunks(_CHURCH.sub("ce", fold(name)))
    ways = [_joined_up(chunks)]
    if any(len(chunk) > 1 or chunk[0] in PARTICLES for chunk in chunks):
        ways += [_joined_up(chunks, hyphens=True), _loose(chunks)]
    return Name(tuple(dict.fromkeys(way[:_MOST_WORDS] for way in ways)))


def tokens(name: str) -> tuple[str, ...]:
    """The words under which a name is kept for searching, in alphabetical order.

    Halves of a double-barrelled name are there alone and joined; so is a name with and without its particle. A name of
    one word is there a second time as ``alone``, and a word that stands twice in a name as ``twice``.
    """
    kept = read(name)
    texts = [word.text for word in kept.words]
    words = {word.text for reading in kept.readings for word in reading}
    tails = {word.tail for word in kept.words if len(word.tail) > 1} - words
    again = {text for text in texts if texts.count(text) > 1}
    marked = [*map(tail, tails), *map(twice, again), *(map(alone, texts) if len(texts) == 1 else ())]
    return tuple(sorted({*words, *marked} - {""}))


def alone(word: str) -> str:
    """How the index marks a name that is this word and no other, so that "Mr Smith" is not lost among the Smiths."""
    return f".{word}"


def twice(word: str) -> str:
    """How the index marks a word that a name holds twice, so that "Thomas Thomas" is not lost among the Thomases."""
    return f"={word}"


def tail(word: str) -> str:
    """How the index marks what an apostrophe leaves of a word: O'Neil is not every Neil, but may be meant by it."""
    return f"'{word}"


def fold(text: str) -> str:
    """Small letters without accents, with one kind of apostrophe."""
    if text.isascii():
        text = text.replace("`", "'")
    else:
        text = _APOSTROPHES.sub("'", text)
        text = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
        text = _HYPHENS.sub("-", _APOSTROPHES.sub("'", text))
    return text.casefold()


def swap_mac(word: str) -> str:
    """The same word with Mac for Mc or Mc for Mac; empty where it has neither."""
    if word.startswith("mac") and len(word) > len("mac"):
        return "mc" + word[3:]
    return "mac" + word[2:] if word.startswith("mc") else ""


def born_in(text: str) -> tuple[str, date | int | None]:
    """Take a date or year of birth out of what was typed with a name: "Smith 1985", "Smith 14/3/1985"."""
    found = _BIRTH.search(text)
    if not found:
        return text, None
    day, month, year = (int(part or 0) for part in found.groups())
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    try:
        return rest, date(year, month, day)
    except ValueError:
        return rest, year


_BIRTH = re.compile(r"(?<!\w)(?:(\d{1,2})[/. -](\d{1,2})[/. -])?(19[2-9]\d|20[0-2]\d)(?!\w)")


def _chunks(folded: str) -> list[list[str]]:
    """The name's words in spoken order, each as its hyphenated pieces."""
    before, comma, after = folded.partition(",")
    spoken = f"{after} {before}" if comma and "," not in after and _says_a_name(after) else folded
    chunks = [[piece for piece in chunk.split("-") if piece.strip("'")] for chunk in _GAP.split(spoken)]
    chunks = [chunk for chunk in chunks if chunk]
    named = [chunk for chunk in chunks if not _is_no_name(chunk)]
    return named or chunks


def _says_a_name(text: str) -> bool:
    return any(word and word not in TITLES for word in _GAP.split(text))


def _is_no_name(chunk: list[str]) -> bool:
    return len(chunk) == 1 and (chunk[0] in TITLES or chunk[0] in NOT_NAMES)


def _joined_up(chunks: Iterable[list[str]], *, hyphens: bool = False) -> Reading:
    """Particles joined to the word after them; the pieces of a hyphenated word apart, or joined."""
    words: list[Word] = []
    held = ""
    for chunk in chunks:
        for place, piece in enumerate(chunk):
            word = _word(piece)
            if word.text in PARTICLES:
                held += "st" if word.text == "saint" else word.text
            elif hyphens and place and not held:
                words[-1] = _cut(words[-1].text + word.text)
            else:
                tail = (word.tail or word.text) if held else word.tail
                words.append(_cut(held + word.text, tail, half=not hyphens and _is_double(chunk)))
                held = ""
    if held:
        words.append(_cut(held))
    return tuple(words)


def _loose(chunks: Iterable[list[str]]) -> Reading:
    return tuple(_word(piece, half=_is_double(chunk)) for chunk in chunks for piece in chunk)


def _is_double(chunk: list[str]) -> bool:
    return len(chunk) > 1 and chunk[0] not in PARTICLES


def _word(piece: str, *, half: bool = False) -> Word:
    head = _HEAD.fullmatch(piece)
    tail = head[2].replace("'", "") if head else ""
    return _cut(piece.replace("'", ""), tail, half=half)


def _cut(text: str, tail: str = "", *, half: bool = False) -> Word:
    return Word(text[:WORD_LIMIT], tail[:WORD_LIMIT], half)
