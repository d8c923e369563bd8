"""Dates an officer types on the phone on Thursday 12 March 2026, and what the desk makes of each."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import db.rules.dates
from db.rules.dates import KINDS, DateKind, Day, UnclearDate, age_on, read_date, words

TODAY = date(2026, 3, 12)
LABELS = {
    DateKind.ADULT_BIRTH: "Date of birth",
    DateKind.CHILD_BIRTH: "Child's date of birth",
    DateKind.EVENT: "Date it happened",
    DateKind.DONE: "Date received",
    DateKind.FOLLOW_UP: "Follow up",
    DateKind.ARRANGED: "Date of the meeting",
}
BIRTH, CHILD, EVENT, DONE, DUE, HELD = LABELS
FOUR_FIGURES = "must include all 4 figures of the year"
REAL = "must be a real date"
LIKE_BIRTH = "must be a date, like 27 3 1985"
LIKE = "must be a date, like 27 3 2025"
LIKE_DUE = "must be a date, like 27 3 2027, or a step like +1d"


def read(typed: str, kind: DateKind, as_at: date | None = None) -> Day:
    return read_date(typed, TODAY, label=LABELS[kind], kind=kind, as_at=as_at)


def refusal(typed: str, kind: DateKind, as_at: date | None = None) -> str:
    with pytest.raises(UnclearDate) as refused:
        read(typed, kind, as_at)
    return refused.value.sentence


# What is typed, for which date, and either the date it is read back as or the end of the refusal.
TYPED: list[tuple[str, DateKind, str]] = [
    # A date of birth, read one way only
    ("14 3 1985", BIRTH, "14 March 1985"),
    ("14/3/1985", BIRTH, "14 March 1985"),
    ("14/03/1985", BIRTH, "14 March 1985"),
    ("14-3-1985", BIRTH, "14 March 1985"),
    ("14.3.1985", BIRTH, "14 March 1985"),
    ("14 - 3 - 1985", BIRTH, "14 March 1985"),
    ("  14   3   1985  ", BIRTH, "14 March 1985"),
    ("14 mar 1985", BIRTH, "14 March 1985"),
    ("14 MAR 1985", BIRTH, "14 March 1985"),
    ("14 March 1985", BIRTH, "14 March 1985"),
    ("14th March 1985", BIRTH, "14 March 1985"),
    ("1st Sept 1985", BIRTH, "1 September 1985"),
    ("14-mar-1985", BIRTH, "14 March 1985"),
    ("14 mar. 85", BIRTH, "14 March 1985"),
    ("1985-03-14", BIRTH, "14 March 1985"),
    ("29 2 1984", BIRTH, "29 February 1984"),
    ("?", BIRTH, "not known"),
    (" ? ", BIRTH, "not known"),
    ("Not known", BIRTH, "not known"),
    # Two figures: the year that makes the adult 10 to 100
    ("14/3/85", BIRTH, "14 March 1985"),
    ("14 mar 85", BIRTH, "14 March 1985"),
    ("1/2/35", BIRTH, "1 February 1935"),
    ("02/01/68", BIRTH, "2 January 1968"),
    ("14/3/00", BIRTH, "14 March 2000"),
    ("14/3/15", BIRTH, "14 March 2015"),
    ("12/3/16", BIRTH, "12 March 2016"),
    ("13/3/25", BIRTH, "13 March 1925"),
    ("14/3/26", BIRTH, "14 March 1926"),
    ("13/3/16", BIRTH, "must make the adult between 10 and 100 years old"),
    ("12/3/25", BIRTH, "must make the adult between 10 and 100 years old"),
    ("14/3/20", BIRTH, FOUR_FIGURES),
    # Impossible dates and ages
    ("31 2 2026", BIRTH, REAL),
    ("31/02/1985", BIRTH, REAL),
    ("31/2/85", BIRTH, REAL),
    ("29/02/2023", BIRTH, REAL),
    ("29/2/1900", BIRTH, REAL),
    ("31 apr 1985", BIRTH, REAL),
    ("0 3 1985", BIRTH, REAL),
    ("14 0 1985", BIRTH, REAL),
    ("14 13 1985", BIRTH, REAL),
    ("3/14/1985", BIRTH, REAL),
    ("2024-13-01", BIRTH, REAL),
    ("14 3 0000", BIRTH, REAL),
    ("14 3 1085", BIRTH, "must be on or after 1 January 1900"),
    ("14 3 1901", BIRTH, "must make the adult between 10 and 100 years old"),
    ("14 3 2020", BIRTH, "must make the adult between 10 and 100 years old"),
    ("12 3 2026", BIRTH, "must be in the past"),
    ("14 3 2062", BIRTH, "must be in the past"),
    # Dates with something missing
    ("3/4", BIRTH, "must include a year"),
    ("14 mar", BIRTH, "must include a year"),
    ("mar 14", BIRTH, "must include a year"),
    ("mar 85", BIRTH, "must include a year"),
    ("10", BIRTH, "must include a month and year"),
    ("10th", BIRTH, "must include a month and year"),
    ("march", BIRTH, "must include a day and year"),
    ("mar 1985", BIRTH, "must include a day"),
    ("3 1985", BIRTH, "must include a day"),
    ("1985", BIRTH, "must include a day and month"),
    # No date at all
    ("tuesday", BIRTH, LIKE_BIRTH),
    ("14 3 985", BIRTH, LIKE_BIRTH),
    ("14 3 19855", BIRTH, LIKE_BIRTH),
    ("14031985", BIRTH, LIKE_BIRTH),
    ("14mar1985", BIRTH, LIKE_BIRTH),
    ("14 mrach 1985", BIRTH, LIKE_BIRTH),
    ("march 14 1985", BIRTH, LIKE_BIRTH),
    ("1985 3 14", BIRTH, LIKE_BIRTH),
    ("85-03-14T00:00", BIRTH, LIKE_BIRTH),
    ("+1d", BIRTH, LIKE_BIRTH),
    ("-14 3 1985", BIRTH, LIKE_BIRTH),
    ("14 3 --1985", BIRTH, LIKE_BIRTH),
    ("١٤ ٣ ١٩٨٥", BIRTH, LIKE_BIRTH),
    ("14 3 198²", BIRTH, LIKE_BIRTH),
    ("[bold]14 3 1985[/]", BIRTH, LIKE_BIRTH),
    ("1" * 1_000_000, BIRTH, LIKE_BIRTH),
    # A child's date of birth
    ("2 9 2018", CHILD, "2 September 2018"),
    ("2/9/18", CHILD, "2 September 2018"),
    ("12/3/26", CHILD, "12 March 2026"),
    ("2/9/85", CHILD, FOUR_FIGURES),
    ("13/3/26", CHILD, "must be today or in the past"),
    ("?", CHILD, "not known"),
    ("9 2018", CHILD, "must include a day"),
    # When it happened
    ("2026-03-12", EVENT, "12 March 2026"),
    ("9/3/26", EVENT, "9 March 2026"),
    ("9 3 26", EVENT, "9 March 2026"),
    ("14/3/85", EVENT, "14 March 1985"),
    ("mar 1985", EVENT, "March 1985"),
    ("March 1985", EVENT, "March 1985"),
    ("3 1985", EVENT, "March 1985"),
    ("3/1985", EVENT, "March 1985"),
    ("mar 2026", EVENT, "March 2026"),
    ("1985", EVENT, "1985"),
    ("2024", EVENT, "2024"),
    ("?", EVENT, "not known"),
    ("mar 85", EVENT, "must include a year"),
    ("march", EVENT, "must include a year"),
    ("13 1985", EVENT, REAL),
    ("apr 2026", EVENT, "must be today or in the past"),
    ("2027", EVENT, "must be today or in the past"),
    ("13/3/26", EVENT, "must be today or in the past"),
    ("14/3/27", EVENT, "must be today or in the past"),
    ("3/4", EVENT, "must include a year"),
    ("10", EVENT, "must include a month and year"),
    ("Tuesday", EVENT, LIKE),
    ("last monday", EVENT, LIKE),
    ("5pm", EVENT, LIKE),
    ("today", EVENT, LIKE),
    ("yesterday", EVENT, LIKE),
    # When the service did something
    ("12 3 2026", DONE, "12 March 2026"),
    ("9/3/26", DONE, "9 March 2026"),
    ("14 3 1995", DONE, "14 March 1995"),
    ("1 1 1900", DONE, "1 January 1900"),
    ("31 12 1899", DONE, "must be on or after 1 January 1900"),
    ("14/3/16", DONE, "14 March 2016"),
    ("14/3/15", DONE, FOUR_FIGURES),
    ("14/3/95", DONE, FOUR_FIGURES),
    ("13 3 2026", DONE, "must be today or in the past"),
    ("mar 2026", DONE, "must include a day"),
    ("?", DONE, LIKE),
    ("+1d", DONE, LIKE),
    # When something is due: working days (d), calendar months (m)
    ("+1d", DUE, "13 March 2026"),
    ("+ 1 D", DUE, "13 March 2026"),
    ("+2d", DUE, "16 March 2026"),
    ("+5d", DUE, "19 March 2026"),
    ("+16d", DUE, "7 April 2026"),
    ("+1m", DUE, "12 April 2026"),
    ("+12m", DUE, "12 March 2027"),
    ("12 3 2026", DUE, "12 March 2026"),
    ("16/3/26", DUE, "16 March 2026"),
    ("11 3 2026", DUE, "must be today or in the future"),
    ("16 3 2206", DUE, "must be on or before 12 March 2031"),
    ("tomorrow", DUE, LIKE_DUE),
    ("friday", DUE, LIKE_DUE),
    ("+0d", DUE, LIKE_DUE),
    ("+100d", DUE, LIKE_DUE),
    ("+1w", DUE, LIKE_DUE),
    ("1d", DUE, LIKE_DUE),
    ("-1d", DUE, LIKE_DUE),
    ("?", DUE, LIKE_DUE),
    # A meeting, held or to come
    ("2/3/26", HELD, "2 March 2026"),
    ("30 3 2026", HELD, "30 March 2026"),
    ("12 3 2031", HELD, "12 March 2031"),
    ("13 3 2031", HELD, "must be on or before 12 March 2031"),
    ("30 3 2032", HELD, "must be on or before 12 March 2031"),
]


@pytest.mark.parametrize(("typed", "kind", "meant"), TYPED, ids=[f"{row[1]}: {row[0][:20]}" for row in TYPED])
def test_a_typed_date_is_read_one_way_or_refused(typed: str, kind: DateKind, meant: str) -> None:
    if meant.startswith("must"):
        assert refusal(typed, kind) == f"{LABELS[kind]} {meant}"
    else:
        assert read(typed, kind).words == meant


def test_the_table_is_as_long_as_promised() -> None:
    assert len(TYPED) >= 120


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [(BIRTH, "Enter date of birth"), (DONE, "Enter date received")],
)
def test_an_empty_answer_asks_for_one(kind: DateKind, sentence: str) -> None:
    assert refusal("   ", kind) == sentence


def test_a_label_that_opens_with_an_abbreviation_keeps_its_capitals() -> None:
    with pytest.raises(UnclearDate, match=r"^Enter DBS referral date$"):
        read_date("", TODAY, label="DBS referral date", kind=DONE)


@pytest.mark.parametrize("typed", ["1 1 1985", "1/1/72", "7/7/77", "11/11/2011", "1 6 1980", "5/5/55"])
def test_a_round_date_of_birth_is_asked_about(typed: str) -> None:
    born = read(typed, BIRTH)
    assert born.question == f"{born.words}: as recorded, or not known?"


@pytest.mark.parametrize("typed", ["14 3 1985", "3 3 1985", "1 2 1985", "1 2 1991", "31 12 1985", "?"])
def test_an_ordinary_date_of_birth_is_not(typed: str) -> None:
    assert read(typed, BIRTH).question == ""


def test_a_round_date_is_only_asked_about_for_births() -> None:
    assert read("1 1 2026", EVENT).question == ""
    assert read("1 1 2018", CHILD).question == "1 January 2018: as recorded, or not known?"


@pytest.mark.parametrize(
    ("typed", "warning"),
    [
        ("12 3 2008", ""),
        ("13 3 2008", "This makes the adult 17. Someone under 18 can be in a position of trust"),
        ("12 3 2016", "This makes the adult 10. Someone under 18 can be in a position of trust"),
        ("13 3 1945", ""),
        ("12 3 1945", "This makes the adult 81"),
    ],
)
def test_an_unusual_age_is_pointed_out_and_allowed(typed: str, warning: str) -> None:
    assert read(typed, BIRTH).warning == warning


SUMMER_1985 = date(1985, 7, 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2 9 1975", "2 September 1975"),
        ("2/9/75", "2 September 1975"),
        ("2/9/59", "2 September 1959"),
        ("2 9 1955", "must make the child 25 or under on 1 July 1985, when it happened"),
        ("2 7 1985", "must be the same as or before 1 July 1985, when it happened"),
        ("2/9/18", FOUR_FIGURES),
    ],
)
def test_a_childs_age_counts_on_the_day_it_happened(typed: str, meant: str) -> None:
    if meant.startswith("must"):
        assert refusal(typed, CHILD, SUMMER_1985) == f"Child's date of birth {meant}"
    else:
        assert read(typed, CHILD, SUMMER_1985).words == meant


def test_a_child_who_was_grown_up_when_it_happened_is_pointed_out() -> None:
    assert read("2 7 1967", CHILD, SUMMER_1985).warning == ""
    assert read("1 7 1967", CHILD, SUMMER_1985).warning == "This makes the child 18 when it happened"


def test_a_child_who_is_grown_up_now_may_have_been_harmed_long_ago() -> None:
    assert read("2 9 1975", CHILD).warning == "This makes the child 50 now. Check the date unless it happened long ago"
    assert read("2 9 2018", CHILD).warning == ""


def test_a_birthday_on_29_february_counts_from_1_march() -> None:
    born = date(2004, 2, 29)
    assert age_on(born, date(2025, 2, 28)) == 20
    assert age_on(born, date(2025, 3, 1)) == 21


@pytest.mark.parametrize("kind", DateKind)
def test_two_figures_can_never_mean_two_years(kind: DateKind) -> None:
    assert KINDS[kind].back + KINDS[kind].ahead + 1 <= 100


@given(st.dates(date(1926, 3, 13), date(2016, 3, 12)), st.sampled_from(["{d} {m} {y}", "{d:02}/{m:02}/{y}", "{w}"]))
def test_every_way_of_writing_a_birth_reads_back_as_itself(born: date, form: str) -> None:
    typed = form.format(d=born.day, m=born.month, y=born.year, w=words(born))
    assert read(typed, BIRTH).on == born
    assert read(born.isoformat(), BIRTH).on == born
    assert read(f"{born.day}/{born.month}/{born.year % 100:02}", BIRTH).on == born


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(["day", "month", "year"]))
def test_what_is_read_back_can_be_typed_again(happened: date, how_much: str) -> None:
    typed = {"day": words(happened), "month": f"{happened:%m %Y}", "year": f"{happened:%Y}"}[how_much]
    day = read(typed, EVENT)
    assert day == read(day.words, EVENT)
    assert day.given == how_much
    assert day.on is not None
    assert day.last is not None
    assert day.on <= happened <= day.last


@given(
    st.text(max_size=30) | st.from_regex(r"[0-9+?]{0,3}[ /.-]?[0-9a-z]{0,4}[ /.-]?[0-9]{0,5}"),
    st.sampled_from(DateKind),
)
def test_whatever_is_typed_gives_a_date_or_a_sentence(typed: str, kind: DateKind) -> None:
    answer = read_or_sentence(typed, kind)
    if isinstance(answer, str):
        assert answer.startswith((LABELS[kind], "Enter "))
        assert not re.search(r"\b(please|sorry|valid|invalid|forbidden)\b", answer)
    else:
        assert answer.on is None or date(1900, 1, 1) <= answer.on <= TODAY + timedelta(days=366 * 9)


def read_or_sentence(typed: str, kind: DateKind) -> Day | str:
    try:
        return read(typed, kind)
    except UnclearDate as refused:
        return refused.sentence


def test_no_parser_that_guesses_is_ever_used() -> None:
    assert "parser" not in Path(db.rules.dates.__file__).read_text()
