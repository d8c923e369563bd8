"""One place for every key: no clash anywhere, help for each, nothing that a terminal wants for itself."""

import string

import pytest

from lado_tui.commands import (
    COMMANDS,
    EVERYWHERE,
    FIELD,
    FORBIDDEN,
    Command,
    bindings_for,
    command_by_id,
    commands_for,
    key_words,
)
from lado_tui.screens import FORM, LIST, PLACES

LETTERS = {*string.ascii_letters, *string.digits, "slash", "question_mark", "plus", "minus", "space"}


@pytest.mark.parametrize("place", PLACES)
def test_no_key_means_two_things_in_one_place(place: str) -> None:
    taken: dict[str, str] = {}
    for command in commands_for(place):
        for key in command.keys_in(PLACES[place].kinds):
            assert key not in taken, f"{key} is both {taken[key]} and {command.id} in {place}"
            taken[key] = command.id


def test_every_command_says_what_it_is_for() -> None:
    for command in COMMANDS:
        assert command.label, command.id
        assert command.why.endswith((".", "?")), command.id
        assert command.where in {EVERYWHERE, LIST, FORM, FIELD, *PLACES}, command.id


def test_no_command_is_declared_twice() -> None:
    ids = [command.id for command in COMMANDS]

    assert len(ids) == len(set(ids))


def test_no_key_that_a_terminal_or_window_wants_is_bound() -> None:
    for command in COMMANDS:
        for key in (*command.keys.split(), *command.on_lists.split()):
            assert key not in FORBIDDEN, f"{command.id} binds {key}"
            assert not key.startswith("alt+"), f"{command.id} binds {key}"


def test_single_letters_work_only_where_nothing_is_typed() -> None:
    for command in COMMANDS:
        typed = [key for key in command.keys.split() if key in LETTERS]
        own_list = command.where in PLACES and PLACES[command.where].kinds == (LIST,)
        assert not typed or command.where == FIELD or own_list, f"{command.id} takes {typed} outside a list"


def test_what_changes_data_takes_ctrl_or_a_function_key() -> None:
    for command in (c for c in COMMANDS if c.changes_data):
        assert not command.on_lists, command.id
        assert all(key.startswith(("ctrl+", "f")) and len(key) > 1 for key in command.keys.split()), command.id


def test_a_command_that_can_be_off_says_why() -> None:
    for command in (c for c in COMMANDS if c.needs):
        assert command.reason, f"{command.id} can be off and does not say why"


@pytest.mark.parametrize("place", PLACES)
def test_every_binding_leads_back_to_its_command(place: str) -> None:
    for binding in (*bindings_for(place), *bindings_for(EVERYWHERE)):
        assert binding.id is not None
        assert isinstance(command_by_id(binding.id), Command)
        assert binding.id in binding.action


def test_lists_have_letters_and_forms_do_not() -> None:
    on_lists = {key for binding in bindings_for("desk") for key in binding.key.split(",")}
    in_forms = {key for binding in bindings_for("enquiry") for key in binding.key.split(",")}

    assert {"n", "slash", "h", "q", "question_mark"} <= on_lists
    assert not in_forms & LETTERS
    assert "ctrl+s" in in_forms


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("ctrl+s", "Ctrl+S"),
        ("slash", "/"),
        ("question_mark", "?"),
        ("f1", "F1"),
        ("shift+tab", "Shift+Tab"),
        ("n", "N"),
    ],
)
def test_keys_are_written_as_they_stand_on_the_keyboard(key: str, words: str) -> None:
    assert key_words(key) == words
