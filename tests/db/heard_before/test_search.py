"""Have we heard of them before? What the duty officer sees while a name is typed."""

import re
import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy import Connection, func, insert, select

from db.heard_before.search import Matches, search_names
from db.models import Adult, Post, table
from db.store import Store

from .conftest import keep_adults, keep_other_name, keep_setting

BORN = date(1985, 3, 14)


def found(matches: Matches) -> list[str]:
    return [match.name for match in matches.rows]


# What comes first --------------------------------------------------------------------------------------------------


def test_the_same_name_comes_before_all_that_is_like_it(empty_record: Connection) -> None:
    keep_adults(empty_record, ["Jamie Hartley", "James Hartley-Cole", "J Hartley", "James Hartly", "James Hartley"])

    names = found(search_names(empty_record, "james hartley"))

    assert names[:2] == ["James Hartley", "James Hartley-Cole"]
    assert set(names[2:]) == {"Jamie Hartley", "J Hartley", "James Hartly"}


def test_an_ordinary_surname_does_not_drown_the_screen(record: Connection) -> None:
    smiths = named_like(record, "%Smith%")
    matches = search_names(record, "Smith")

    assert len(matches.rows) == 10
    assert all("Smith" in name for name in found(matches))
    assert smiths > 100
    assert matches.more == smiths - 10
    assert matches.hint == f"and {smiths - 10} more with this surname; type a first name or year of birth"


def test_a_first_name_picks_one_out_of_the_smiths(record: Connection) -> None:
    keep_adults(record, ["Ptolemy Smith"], first=1)

    assert found(search_names(record, "Ptolemy Smith"))[0] == "Ptolemy Smith"
    assert found(search_names(record, "ptol smi"))[0] == "Ptolemy Smith"
    assert found(search_names(record, "Tolemy Smiht"))[0] == "Ptolemy Smith"


def test_a_year_of_birth_picks_one_out_of_the_smiths(record: Connection) -> None:
    keep_adults(record, ["Ann Smith"], born=date(1931, 5, 6), first=1)

    for matches in (search_names(record, "Smith", born_on=1931), search_names(record, "Smith 1931")):
        assert (matches.rows[0].owner_id, matches.rows[0].why) == (1, "exact, birth year")


def test_a_birth_date_comes_first_even_with_day_and_month_swapped(record: Connection) -> None:
    keep_adults(record, ["Ann Smith"], born=date(1931, 5, 6), first=1)

    assert search_names(record, "Smith", born_on=date(1931, 5, 6)).rows[0].owner_id == 1
    assert search_names(record, "Smith", born_on=date(1931, 6, 5)).rows[0].owner_id == 1


def test_someone_born_that_day_is_shown_under_a_new_surname(record: Connection) -> None:
    keep_adults(record, ["Rosalind Thackwray"], born=date(1931, 5, 6), first=1)

    assert 1 in [match.owner_id for match in search_names(record, "Rosalind Jones", born_on=date(1931, 5, 6)).rows]


def test_a_birth_date_that_differs_does_not_hide_anyone(empty_record: Connection) -> None:
    keep_adults(empty_record, ["James Hartley"], born=BORN)

    assert found(search_names(empty_record, "James Hartley", born_on=date(1960, 1, 1))) == ["James Hartley"]


def test_who_has_worked_at_the_setting_comes_first(record: Connection) -> None:
    keep_adults(record, ["Ann Smith"], first=1)
    place = keep_setting(record, "Oakfield Nursery")
    record.execute(insert(table(Post)), {"adult_id": 1, "setting_id": place})

    first = search_names(record, "Smith", setting_id=place).rows[0]

    assert (first.owner_id, first.why) == (1, "exact, same setting")


def test_one_common_name_does_not_take_all_the_rows(empty_record: Connection) -> None:
    keep_adults(empty_record, ["Stephen Davies", *["Stephen Davis"] * 30])

    names = found(search_names(empty_record, "Stephen Davys"))

    assert len(names) == 10
    assert "Stephen Davies" in names


def test_equally_near_names_come_newest_first(empty_record: Connection) -> None:
    numbers = keep_adults(empty_record, ["Ann Pell"] * 3)

    assert [match.owner_id for match in search_names(empty_record, "Ann Pell").rows] == numbers[::-1]


def test_no_more_rows_than_asked_for(record: Connection) -> None:
    assert len(search_names(record, "Smith", limit=3).rows) == 3
    assert len(search_names(record, "Smith", limit=30).rows) == 30


# What else is found ------------------------------------------------------------------------------------------------


def test_a_former_name_finds_her_under_the_name_she_has_now(empty_record: Connection) -> None:
    (number,) = keep_adults(empty_record, ["Anne Brown"])
    keep_other_name(empty_record, number, "Anne Vesterby")

    (match,) = search_names(empty_record, "Vesterby").rows

    assert (match.name, match.found_as, match.why) == ("Anne Brown", "Anne Vesterby", "exact")


def test_oneil_is_found_as_it_is_typed(empty_record: Connection) -> None:
    keep_adults(empty_record, ["Sean O'Neil"])

    for typed in ("oneil", "o'n", "O’Neil", "o neil", "o", "neil", "oneill"):  # noqa: RUF001
        assert found(search_names(empty_record, typed)) == (["Sean O'Neil"] if typed != "o" else [])


def test_only_initials_are_too_little_to_look_for(record: Connection) -> None:
    assert search_names(record, "j") == search_names(record, "J. S.") == search_names(record, "") == Matches()


def test_an_initial_is_not_answered_by_the_surname(record: Connection) -> None:
    assert all(" Smith" in name and name[0] == "S" for name in found(search_names(record, "S Smith")))


def test_a_word_answers_only_one_typed_word(empty_record: Connection) -> None:
    keep_adults(empty_record, [*["Sean Hill"] * 60, "John Singh"])

    assert found(search_names(empty_record, "John Zingh"))[0] == "John Singh"


def test_a_slip_is_looked_for_in_the_word_nobody_bears(empty_record: Connection) -> None:
    keep_adults(empty_record, ["Alan Allen", "Joan Allen"])

    assert found(search_names(empty_record, "Alna Allen"))[0] == "Alan Allen"


def test_a_name_of_one_word_twice_is_not_lost_among_its_namesakes(empty_record: Connection) -> None:
    keep_adults(empty_record, ["Thomas Thomas", *[f"Thomas {name}" for name in ("Hill", "Pell", "Rigg")] * 40])

    assert found(search_names(empty_record, "Thomas Thomas"))[0] == "Thomas Thomas"
    assert found(search_names(empty_record, "Thomas Thhomas"))[0] == "Thomas Thomas"


def test_a_surname_hardly_anybody_has_is_shown_whatever_the_first_name(record: Connection) -> None:
    keep_adults(record, ["Sally Ixworth"], first=1)

    (first, *_) = search_names(record, "Barnabas Ixworth").rows

    assert (first.name, first.whole) == ("Sally Ixworth", False)


def test_nobody_is_found_for_a_name_like_no_other(record: Connection) -> None:
    assert search_names(record, "Qqqqq Zzzzz") == Matches()


def test_letters_that_are_not_latin_are_names_too(empty_record: Connection) -> None:
    keep_adults(empty_record, ["王 小明", "Иван Петров"])

    assert found(search_names(empty_record, "王")) == ["王 小明"]
    assert found(search_names(empty_record, "петров")) == ["Иван Петров"]


# Settings ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["St Mary's", "st marys ce", "saint marys primary", "St Mary's C of E Primary School", "mary's primry", "st. mary"],
)
def test_a_setting_is_found_by_its_words(empty_record: Connection, typed: str) -> None:
    keep_setting(empty_record, "Oakfield Primary School")
    keep_setting(empty_record, "St Mary's CE Primary School")

    assert found(search_names(empty_record, typed, kind="setting"))[0] == "St Mary's CE Primary School"


def test_settings_and_adults_do_not_answer_for_each_other(empty_record: Connection) -> None:
    keep_setting(empty_record, "Hartley Primary School")
    keep_adults(empty_record, ["James Hartley"])

    assert found(search_names(empty_record, "hartley", kind="setting")) == ["Hartley Primary School"]
    assert found(search_names(empty_record, "hartley")) == ["James Hartley"]


# Whatever is typed -------------------------------------------------------------------------------------------------

HOSTILE = [
    "'", "''", '"', "`", ";", "--", "/*", "*/", "\\", "%", "_", "*", "?", "(", ")", "()", "[", "]", "{", "}", "^", "~",
    "O'Neil", "Anne-Marie", "'; DROP TABLE adult; --", "' OR '1'='1", '" OR ""="', "1); DELETE FROM name_token; --",
    "Robert'); DROP TABLE name_word;--", "%Smith%", "Sm_th", "NEAR(a b)", "AND OR NOT", "name:smith", "a*", "\x00",
    "Jo\x00Smith", "Jo [bold]Smith[/bold]", "{0.__class__}", "%s %d %n", "\u202egnp.exe\u202c", "A\u200bB", "\x1b[2J",
    "Z" + "\u0301" * 50, "🙂 Smith", "\uff33\uff2d\uff29\uff34\uff28",
    "ß" * 60, "x" * 5_000, "a " * 3_000, "-" * 3_000, ":owner_id", "$1",
]  # fmt: skip


def test_there_are_fifty_hostile_searches() -> None:
    assert len(set(HOSTILE)) >= 50


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_hostile_search_is_only_a_search(record: Connection, typed: str) -> None:
    adults = named_like(record, "%")

    search_names(record, typed)
    search_names(record, typed, kind="setting", limit=3)

    assert named_like(record, "%") == adults > 10_000


@pytest.mark.parametrize("name", [name for name in HOSTILE if re.search(r"[^\W\d_]{2}", name)])
def test_a_hostile_name_is_found_by_itself(empty_record: Connection, name: str) -> None:
    kept = name[:200].replace("\0", "")  # a form keeps none, and a server could not
    keep_adults(empty_record, ["James Hartley", kept])

    assert kept in found(search_names(empty_record, name))


def test_the_desk_starts_without_what_only_a_search_needs() -> None:
    starts = (
        "import sys, db.heard_before.index, db.heard_before.search; print({'rapidfuzz', 'jellyfish'} & {*sys.modules})"
    )

    assert (
        subprocess.run([sys.executable, "-c", starts], capture_output=True, text=True, check=True).stdout == "set()\n"
    )


def test_only_bound_words_reach_the_database(crowd: Store, statements: list[str]) -> None:
    with crowd.read() as connection:
        for typed in ("Kestrel", "J Kestrel", "Kestrel Hartley", "Anne Mary Kestrel", "O'Kestrel"):
            search_names(connection, typed, born_on=BORN, setting_id=7)

    assert statements
    assert not any("kestrel" in statement.lower() for statement in statements)


def named_like(connection: Connection, pattern: str) -> int:
    adults = table(Adult)
    return connection.execute(select(func.count()).where(adults.c.name.like(pattern))).scalar_one()
