"""How a word sounds, as a key that words which sound alike share: Clark and Clerke, Hussain and Hossein."""

import re

_RESPELT = {"thom": "tom", "sz": "sh", "cz": "ch", "mac": "mc", "x": "z"}
_NOT_HEARD = re.compile("^thom|^mac|^x|^[bdgjk]h|[bmdjk]h|sz|cz")
_VOWELS = frozenset("AEIOU")


def sounds_like(word: str) -> str:
    """The word's metaphone, after a few spellings English ears do not hear; words that begin with a vowel share it.

    Empty for what has no sound: a number, an initial, letters that are not Latin. It is stored beside each word, so a
    change here needs the words written anew.
    """
    # Loaded at the first new word or search, not when the desk starts.
    from jellyfish import metaphone

    if len(word) < 2 or not word.isascii() or not word.isalpha():
        return ""
    key = metaphone(_NOT_HEARD.sub(_as_heard, word))
    return "A" + key[1:] if key[:1] in _VOWELS else key


def _as_heard(letters: re.Match[str]) -> str:
    written = letters.group()
    if written in ("bh", "mh") and letters.start():
        return "v"
    return _RESPELT.get(written, written[0])
