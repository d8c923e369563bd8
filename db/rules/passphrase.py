"""What a passphrase must be: long, and not one that everybody, or everybody here, would try.

Any characters, pasted or typed; no mixture is asked for, none ever expires, there is no hint and no secret question
(NCSC; ASVS 6.2). Length is counted after surrounding spaces are taken off, which nobody means to type.
"""

import re
import unicodedata
from collections.abc import Iterable

LEAST, ADVISED, MOST = 12, 15, 1_000
"""Characters a passphrase must have, should have, and may have."""

_LEAST_DIFFERENT = 5
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORD = 4
"""Letters a name or word must have before it counts against a passphrase."""

_TRIED_FIRST = """
    password passphrase passwort letmein welcome qwerty qwertyuiop asdfgh zxcvbn iloveyou admin administrator
    monkey dragon football liverpool arsenal chelsea superman batman sunshine princess charlie master secret login
    changeme default summer winter autumn spring january february march april may june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday london england council childrens
    children safeguarding safeguard allegation allegations designated officer lado desk manager service authority
    referral social worker
"""

COMMON = frozenset(_TRIED_FIRST.split())
"""Words that a passphrase may hold but may not consist of."""

_WRITTEN_FOR = str.maketrans("0134578@$!", "oleastbasi")
"""Figures and signs that stand for letters: P4ssw0rd."""

_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def passphrase_problem(passphrase: str, local_words: Iterable[str] = ()) -> str:
    """What is wrong with a passphrase, in one sentence for the officer; "" where nothing is.

    Args:
        passphrase: as typed.
        local_words: the names of the service and of the officer, their sign-in name, and the like.
    """
    meant = plain(passphrase)
    if len(meant) < LEAST:
        return f"Passphrase must be {LEAST} characters or more"
    if len(meant) > MOST:
        return f"Passphrase must be {MOST:,} characters or less"
    if len(set(meant)) < _LEAST_DIFFERENT:
        return "Passphrase must not repeat the same few characters"
    if _made_of_common_words(meant):
        return "Passphrase must not be made of words that everybody tries first"
    own = {word for name in local_words for word in _WORD.findall(plain(name)) if len(word) >= _LEAST_WORD}
    if any(word in meant for word in own - COMMON):
        return "Passphrase must not hold your name or the name of the service"
    return ""


def plain(text: str) -> str:
    """Words as they are compared: composed, in lower case, without spaces around them."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _made_of_common_words(meant: str) -> bool:
    """Whether next to nothing is left of a passphrase without well-known words, runs of keys, and figures."""
    return any(len(_letters_left(spelt)) < _LEAST_DIFFERENT for spelt in (meant, meant.translate(_WRITTEN_FOR)))


def _letters_left(text: str) -> str:
    for word in sorted(COMMON, key=len, reverse=True):
        text = text.replace(word, " ")
    for run in _RUNS:
        text = _without_run(text, run)
    return "".join(letter for letter in text if letter.isalpha())


def _without_run(text: str, run: str) -> str:
    """A text without the stretches of four characters that follow a run, forwards or backwards."""
    for row in (run, run[::-1]):
        for start in range(len(row) - 3):
            text = text.replace(row[start : start + 4], " ")
    return text
