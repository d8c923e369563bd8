"""Why two names are taken for one, in the words an officer sees beside a match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.heard_before.closeness import Judge
from db.heard_before.names import read
from db.heard_before.nicknames import also_known_as
from db.heard_before.sounds import sounds_like


def why(typed: str, kept: str) -> str:
    likeness = Judge().name(read(typed), read(kept))
    return ", ".join(likeness.why) if likeness else "nothing alike"


@pytest.mark.parametrize(
    ("typed", "kept", "reason"),
    [
        ("James Hartley", "Hartley, James", "exact"),
        ("hartley", "James Hartley", "exact"),
        ("hartl", "James Hartley", "part of name"),
        ("Hartley", "Anne Hartley-Cole", "part of name"),
        ("James Hartly", "James Hartley", "sounds like"),
        ("James Hartney", "James Hartley", "spelling"),
        ("Jim Hartley", "James Hartley", "known as"),
        ("J Hartley", "James Hartley", "initial"),
        ("James Hartley", "J Hartley", "initial"),
        ("Hartley James", "James Hartley", "name order"),
        ("Hartly Jim", "James Hartley", "known as, sounds like, name order"),
        ("Annemarie Cole", "Anne Marie Cole", "spelling"),
        ("Ronald MacDonald", "Ronald McDonald", "spelling"),
        ("James Hartley", "Priya Okafor", "nothing alike"),
    ],
)
def test_each_match_says_why(typed: str, kept: str, reason: str) -> None:
    assert why(typed, kept) == reason


@pytest.mark.parametrize(
    ("typed", "nearer", "further"),
    [
        ("James Hartley", "James Hartley", "James Hartley-Cole"),
        ("James Hartley", "James Hartley-Cole", "Jamie Hartley"),
        ("James Hartley", "Jamie Hartley", "Sally Hartley"),
        ("James Hartley", "Hartley James", "James Hartly"),
        ("Jon Smith", "John Smith", "Joan Smith"),
        ("J Smith", "James Smith", "Sarah Smith"),
        ("Siobhan Keogh", "Siobhán Keogh", "Siân Keogh"),
    ],
)
def test_the_nearer_name_scores_higher(typed: str, nearer: str, further: str) -> None:
    judge = Judge()
    near, far = (judge.name(read(typed), read(kept)) for kept in (nearer, further))

    assert near is not None
    assert far is None or near.score > far.score


@given(st.text(st.characters(codec="latin-1", categories=["Ll", "Lu", "Zs", "Pd", "Po"]), max_size=40))
def test_a_name_is_always_exactly_itself(name: str) -> None:
    likeness = Judge().name(read(name), read(name))

    assert likeness is None or likeness.exact


@given(typed=st.text(max_size=30), kept=st.text(max_size=30))
def test_no_two_names_are_nearer_than_the_same_name(typed: str, kept: str) -> None:
    likeness = Judge().name(read(typed), read(kept))

    assert likeness is None or 0 < likeness.score <= 1


@pytest.mark.parametrize(
    "alike",
    [("Hussain", "Hossein"), ("Niamh", "Neve"), ("Thomas", "Tomas"), ("Khan", "Kahn"), ("Knight", "Nite"),
     ("Aileen", "Eileen"), ("Szymon", "Shimon"), ("Siobhan", "Shivaun"), ("Catherine", "Kathryn")],
)  # fmt: skip
def test_words_that_sound_alike_share_a_sound(alike: tuple[str, str]) -> None:
    assert len({sounds_like(word.lower()) for word in alike}) == 1


@pytest.mark.parametrize("silent", ["", "j", "1985", "王", "ali1"])
def test_what_has_no_sound_sounds_like_nothing(silent: str) -> None:
    assert sounds_like(silent) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("bill", "william"), ("kate", "katherine"), ("catherine", "katherine"), ("gosia", "malgorzata"),
     ("niamh", "neve"), ("dafydd", "david"), ("mo", "mohammed"), ("seamus", "james"), ("jas", "jaswinder")],
)  # fmt: skip
def test_people_go_by_other_names_both_ways(one: str, other: str) -> None:
    assert other in also_known_as(one)
    assert one in also_known_as(other)


def test_a_name_shared_by_two_does_not_make_them_one() -> None:
    assert {"christopher", "katherine"} <= also_known_as("kit")
    assert "katherine" not in also_known_as("christopher")


def test_the_table_of_known_as_is_written_as_names_are_read() -> None:
    from db.heard_before.nicknames import _lines

    assert all(name.isascii() and name.isalpha() and name.islower() for name in _lines())
    assert all(len(line) == len(set(line)) > 1 for lines in _lines().values() for line in lines)
