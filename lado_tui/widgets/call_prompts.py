"""What is worth asking on a call and easily forgotten. Reminders only: a few words in the notes tick them off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to ask, and the words in the notes by which it shows that it was."""

    words: str
    told_by: re.Pattern[str]


def _prompt(words: str, told_by: str) -> Prompt:
    return Prompt(words, re.compile(rf"\b(?:{told_by})", re.IGNORECASE))


_DAYS = r"mon|tues|wednes|thurs|fri|satur|sun"

PROMPTS = (
    _prompt("When and where", rf"(?:{_DAYS})day|today|yesterday|last (?:week|night|term)|\d{{1,2}}[:.]\d\d|\d+ ?[ap]m"),
    _prompt("Any injury", r"injur|mark\b|marks\b|bruis|hurt|unhurt|bleed|cut\b|graze|scratch|first aid"),
    _prompt("Who saw it", r"saw\b|seen\b|witness|nobody else|alone\b|on (?:her|his|their) own"),
    _prompt("CCTV", r"cctv|camera|video|film|footage|recording"),
    _prompt("Child's own words", r"told\b|said\b|says\b|disclos|in (?:her|his|their) words"),
    _prompt("Who else knows", r"mother|father|parents?\b|mum\b|dad\b|carers?\b|hr\b|governors?\b|head(?:teacher)?\b"),
    _prompt("Does the adult know yet", r"adult (?:is |not |un)?(?:aware|told|knows)|spoken to (?:him|her|them)"),
)
"""In the order in which they are asked."""


def still_to_ask(notes: str) -> Iterator[tuple[Prompt, bool]]:
    """Every prompt, and whether the notes say something about it."""
    return ((prompt, prompt.told_by.search(notes) is not None) for prompt in PROMPTS)


def next_to_ask(notes: str, most: int = 3) -> str:
    """The next few prompts the notes say nothing about, as a hint: ``ask: CCTV, who else knows``; "" for none."""
    left = [prompt.words for prompt, told in still_to_ask(notes) if not told][:most]
    return (
        "ask: " + ", ".join(words if words.isupper() else words[:1].lower() + words[1:] for words in left)
        if left
        else ""
    )
