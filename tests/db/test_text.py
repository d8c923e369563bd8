"""Words come in through `clean` and are drawn through `visible`: nothing hidden gets by, nothing else is changed."""

import contextlib
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.text import MARK, NAME_LIMIT, STACK_LIMIT, TEXT_LIMIT, TooLong, clean, visible
from tests.hostile import HOSTILE

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
TRICKY = st.text(
    st.sampled_from("aZe \t\n\r\x1b\x7f\x9b\u0301\u0327\u0338\u034f\u200b\u202e\u2028\ufb2c\u0958\U000e0041é"),
    max_size=40,
)


def name(text: str) -> str:
    return clean(text, limit=NAME_LIMIT)


def note(text: str) -> str:
    return clean(text, limit=TEXT_LIMIT, one_line=False)


@pytest.mark.parametrize(
    "typed",
    ["James Hartley", "O'Neil", "Anne [née Brown] [00]", "Zoë Łukasz", "李小龍", "محمد", "Nguyễn", "🙂", "  two  "],
)
def test_ordinary_names_are_kept_letter_for_letter(typed: str) -> None:
    assert name(typed) == typed
    assert visible(typed) == typed


@pytest.mark.parametrize("trick", ["bold", "unclosed", "close tag", "link", "square note"])
def test_brackets_are_only_letters(trick: str) -> None:
    assert name(HOSTILE[trick]) == HOSTILE[trick]


@pytest.mark.parametrize(
    ("trick", "kept"),
    [
        ("ansi", "Jo␛[2J␛[31mRED␛[0m"),
        ("osc52", "x␛]52;c;ZXZpbA==␇y"),
        ("osc title", "x␛]0;owned␇y"),
        ("c1", f"x{MARK}31mred{MARK}0m"),
        ("bidi", f"abc{MARK}gnp.exe{MARK}"),
        ("nul", "a␀b"),
        ("zero width", f"A{MARK}B"),
        ("combining", "Ź" + "\u0301" * 3 + MARK),
    ],
)
def test_hidden_characters_become_marks_at_entry_and_at_drawing(trick: str, kept: str) -> None:
    assert name(HOSTILE[trick]) == kept
    assert visible(name(HOSTILE[trick])) == kept
    assert not set(visible(HOSTILE[trick])) & set("\x00\x07\x1b\x9b\u200b\u202e\u202c")


@pytest.mark.parametrize("code", [*range(0x0A), *range(0x0B, 0x0D), *range(0x0E, 0x20), *range(0x7F, 0xA0)])
def test_every_control_character_is_shown_as_one_mark(code: int) -> None:
    shown = note(f"a{chr(code)}b")
    assert len(shown) == 3
    assert shown.isprintable()


def test_a_tab_between_two_pasted_cells_is_seen() -> None:
    assert name("Hartley\tJames") == "Hartley␉James"


def test_several_lines_pasted_into_one_line_are_joined_with_spaces() -> None:
    assert name("St Mary's\r\nCE Primary\rSchool\n") == "St Mary's CE Primary School"


def test_a_note_keeps_its_lines_however_the_terminal_ended_them() -> None:
    assert note("one\r\ntwo\rthree\n\nfour") == "one\ntwo\nthree\n\nfour"


def test_a_line_separator_is_no_line_end() -> None:
    assert note("one\u2028two\u0085three") == f"one{MARK}two{MARK}three"


def test_a_cell_shows_a_newline_that_came_in_by_another_door() -> None:
    assert visible("one\ntwo", one_line=True) == "one␊two"
    assert visible("one\ntwo") == "one\ntwo"


def test_accents_typed_apart_are_kept_as_one_letter() -> None:
    assert name("Zoe\u0308") == "Zoë"


def test_half_a_character_cannot_reach_the_store() -> None:
    assert name("a\ud800b").encode() == f"a{MARK}b".encode()


def test_a_paste_too_large_says_how_large_and_takes_nothing() -> None:
    with pytest.raises(TooLong) as refused:
        clean("x" * 1_000_000, limit=TEXT_LIMIT, one_line=False, label="What happened")
    assert refused.value.sentence == (
        "What happened must be 20,000 characters or less. You pasted 1,000,000. Nothing was added"
    )
    assert (refused.value.limit, refused.value.length) == (20_000, 1_000_000)


def test_the_limit_itself_is_allowed_and_one_more_is_not() -> None:
    assert len(name("x" * NAME_LIMIT)) == NAME_LIMIT
    with pytest.raises(TooLong, match=r"^This must be 200 characters or less\. You pasted 201\."):
        name("x" * (NAME_LIMIT + 1))


def test_a_text_that_grows_when_composed_still_obeys_the_limit() -> None:
    with pytest.raises(TooLong):
        name("\ufb2c" * NAME_LIMIT)


@pytest.mark.parametrize("pile", ["\u0301\u0327" * 500_000, "a" + "\u0301\u0327" * 9_999])
def test_a_pile_of_accents_is_dealt_with_at_once(pile: str) -> None:
    started = time.process_time()
    with contextlib.suppress(TooLong):
        note(pile)
    assert time.process_time() - started < 0.2


@given(ANYTHING | TRICKY)
def test_what_is_kept_can_be_stored_drawn_and_kept_again(typed: str) -> None:
    for door in (name, note):
        kept = door(typed)
        kept.encode()
        assert door(kept) == kept == visible(kept)
        assert unicodedata.is_normalized("NFC", kept)
        assert "\x1b" not in kept
        assert "\r" not in kept


@given(TRICKY)
def test_no_letter_ever_carries_more_accents_than_the_limit(typed: str) -> None:
    height = 0
    for character in visible(typed):
        height = height + 1 if unicodedata.category(character) == "Mn" else 0
        assert height <= STACK_LIMIT


@given(st.text(st.characters(exclude_categories=("C", "M", "Zl", "Zp")), max_size=40))
def test_letters_are_never_lost(typed: str) -> None:
    safe = "".join(c for c in unicodedata.normalize("NFC", typed) if c not in "\u115f\u1160\u3164\uffa0")
    assert name(safe) == safe
