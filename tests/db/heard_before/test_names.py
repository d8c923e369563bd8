"""A name is one free field, written by many hands: what it is kept under, however it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.heard_before.names import alone, born_in, read, tail, tokens, twice

COLUMN = 60
"""Characters the record holds of a word."""

LETTERS = st.text(st.characters(codec="latin-1", categories=["Lu", "Ll"]), min_size=2, max_size=12)
FIRST_NAMES = st.sampled_from(["James", "Zoë", "Anne-Marie", "Małgorzata", "Siân", "J", "José"])
SURNAMES = st.sampled_from(["Hartley", "O'Neil", "Smith-Jones", "Müller", "Ng", "Kowalska"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("James Hartley", ["hartley", "james"]),
        ("Mr J. R. Hartley", ["hartley", "j", "r"]),
        ("Siân Łukasz Søren", ["lukasz", "sian", "soren"]),
        ("Katherine (Kate) Cole, née Hartley", ["cole", "hartley", "kate", "katherine"]),
        ("Anne-Marie Smith-Jones", ["anne", "annemarie", "jones", "marie", "smith", "smithjones"]),
        ("Mac Donald", ["donald", "mac", "macdonald", alone("macdonald")]),
        ("O'Neil", [tail("neil"), "oneil", alone("oneil")]),
        ("Jan van der Berg", ["berg", "der", "jan", "van", "vanderberg"]),
        ("Thomas Thomas", ["thomas", twice("thomas")]),
        ("Mr Okonjo", ["okonjo", alone("okonjo")]),
        ("St Mary's C of E Primary", ["ce", "marys", "primary", "st", "stmarys"]),
    ],
)
def test_a_name_is_kept_under_each_of_its_words(name: str, words: list[str]) -> None:
    assert list(tokens(name)) == sorted(words)


@pytest.mark.parametrize("apostrophe", ["'", "`", "\u2019", "\u2018", "\u00b4", "\u02bc", "\u2032", "\uff07"])
def test_every_apostrophe_is_one_apostrophe(apostrophe: str) -> None:
    assert tokens(f"O{apostrophe}Neil") == tokens("o'neil")


@pytest.mark.parametrize("name", ["", " ", "'", "-", "--'--", "...", "()", "\x00", "\u202e", "🙂", "_"])
def test_what_holds_no_letters_is_kept_under_nothing(name: str) -> None:
    assert tokens(name) == ()


def test_a_title_alone_is_still_a_name() -> None:
    assert "dr" in tokens("Dr")


def test_an_endless_word_is_cut_to_what_the_record_holds() -> None:
    assert max(map(len, tokens("x" * 200))) == COLUMN


@given(st.lists(LETTERS, min_size=1, max_size=4))
def test_case_does_not_count(words: list[str]) -> None:
    name = " ".join(words)

    assert tokens(name.upper()) == tokens(name.lower()) == tokens(name)


@given(first=FIRST_NAMES, surname=SURNAMES)
def test_order_does_not_count(first: str, surname: str) -> None:
    assert tokens(f"{first} {surname}") == tokens(f"{surname} {first}") == tokens(f"{surname}, {first}")


@given(first=FIRST_NAMES, surname=SURNAMES)
def test_accents_do_not_count(first: str, surname: str) -> None:
    plain = str.maketrans("ëłâéü", "elaeu")

    assert tokens(f"{first} {surname}".translate(plain)) == tokens(f"{first} {surname}")


@given(st.text(max_size=200))
def test_whatever_is_typed_can_be_read(name: str) -> None:
    read(name)
    assert all(word.strip() and len(word) <= COLUMN for word in tokens(name))


@pytest.mark.parametrize(
    ("typed", "rest", "born"),
    [
        ("Smith 1985", "Smith", 1985),
        ("Smith 14/3/1985", "Smith", "1985-03-14"),
        ("14 3 1985 Smith", "Smith", "1985-03-14"),
        ("Smith 31/02/1985", "Smith", 1985),
        ("Smith 1066", "Smith 1066", None),
        ("Smith", "Smith", None),
    ],
)
def test_a_date_or_year_of_birth_may_be_typed_with_the_name(typed: str, rest: str, born: object) -> None:
    left, found = born_in(typed)

    assert " ".join(left.split()) == rest
    assert (found if isinstance(found, int) else found and found.isoformat()) == born
