"""A reference read out over the telephone is typed in many ways, and a name is never taken for one."""

import pytest

from db.heard_before.references import read_reference


@pytest.mark.parametrize(
    "typed",
    [
        "R26-0412",
        "r26-0412",
        "r26 412",
        "R260412",
        "R26412",
        "R 26/412",
        " r26-412 ",
        "R26\N{EN DASH}0412",
        "r 26 0412",
    ],
)
def test_a_referral_is_known_however_it_is_typed(typed: str) -> None:
    assert read_reference(typed) == ("R", 2026, 412)


def test_an_enquiry_is_not_a_referral() -> None:
    assert read_reference("e26-0817") == ("E", 2026, 817)


def test_numbers_alone_may_be_either() -> None:
    assert read_reference("26-412") == ("", 2026, 412)


@pytest.mark.parametrize(
    "typed",
    ["", "Smith", "1985", "26412", "A26-0412", "R26", "R26-", "R26-0", "R26-0412 Smith", "R2\uff16-0412", "14/3/1985",
     "26-0412-1", "01622 555142", "R26-04121234567"],
)  # fmt: skip
def test_nothing_else_is(typed: str) -> None:
    assert read_reference(typed) is None


def test_it_is_written_as_the_desk_writes_it() -> None:
    assert str(read_reference("e26 817")) == "E26-0817"
