"""Passphrases: long ones pass whatever they are made of; those that everybody tries first do not."""

import pytest

from db.rules.passphrase import passphrase_problem

HERE = ("Wealdshire LADO service", "Mary-Ann Okoro", "mokoro")


@pytest.mark.parametrize(
    "passphrase",
    [
        "correct horse battery staple",
        "vier Fahrräder im Schnee",
        "6f1c-99ab-03de-77ee",
        "kettle moss planet ruin",
        "日本語のパスフレーズです、長い",
        "Monday ribbon quartz fjord",
        "the manager of a small zoo",
    ],
)
def test_a_long_passphrase_of_any_characters_is_taken(passphrase: str) -> None:
    assert passphrase_problem(passphrase, HERE) == ""


@pytest.mark.parametrize(
    ("passphrase", "told"),
    [
        ("", "12 characters or more"),
        ("elevenchars", "12 characters or more"),
        ("   eleven ch   ", "12 characters or more"),
        ("x" * 1_001, "1,000 characters or less"),
        ("abababababab", "same few characters"),
        ("aB3$" * 20, "same few characters"),
        ("password1234", "tries first"),
        ("P4ssw0rd2026!", "tries first"),
        ("Summer2026!!!!", "tries first"),
        ("MondayTuesday", "tries first"),
        ("qwertyuiop123", "tries first"),
        ("123456789012", "tries first"),
        ("abcdefghijklm", "tries first"),
        ("ChildrensService1", "tries first"),
        ("lado-desk-manager", "tries first"),
        ("wealdshire rules ok", "name of the service"),
        ("mary likes trains", "your name"),
        ("okoro family dog", "your name"),
        ("mokoro-mokoro-9", "your name"),
    ],
)
def test_one_that_would_be_guessed_is_refused_with_the_reason(passphrase: str, told: str) -> None:
    assert told in passphrase_problem(passphrase, HERE)
