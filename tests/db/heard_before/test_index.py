"""The words of names are kept with the names: found the moment they are saved, forgotten when they are erased."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import ref

import pytest
from sqlalchemy import Connection, func, select

from db.errors import DeskError
from db.heard_before import wordlist
from db.heard_before.index import forget_name, index_name, index_names
from db.heard_before.search import search_names
from db.models import NameToken, NameWord, table
from db.store import Store, create_practice_store

from .conftest import keep_adults, keep_other_name, keep_setting

WORDS, TOKENS = table(NameWord), table(NameToken)


def count(connection: Connection, of: object = TOKENS) -> int:
    return connection.execute(select(func.count()).select_from(of)).scalar_one()  # type: ignore[arg-type]


def found(connection: Connection, typed: str) -> list[str]:
    return [match.name for match in search_names(connection, typed).rows]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a store lies that holds James Hartley and is closed again."""
    path = tmp_path / "shared.lado"
    store = create_practice_store(path, service="Wealdshire")
    with store.write() as connection:
        keep_adults(connection, ["James Hartley"])
    store.close()
    return path


@contextmanager
def desk_at(path: Path) -> Iterator[Store]:
    store = Store.open(path)
    yield store
    store.close()


def test_an_adult_is_found_before_the_call_is_even_committed(empty_record: Connection) -> None:
    keep_adults(empty_record, ["James Hartley"])

    assert found(empty_record, "hartly") == ["James Hartley"]


def test_saving_a_name_of_known_words_takes_two_statements(record: Connection, statements: list[str]) -> None:
    index_name(record, "adult", 999, "James Smith")

    assert [statement.split()[0] for statement in statements if "name_" in statement] == ["SELECT", "INSERT"]


def test_the_same_name_again_changes_nothing(empty_record: Connection) -> None:
    keep_adults(empty_record, ["James Hartley"])
    before = count(empty_record)

    index_name(empty_record, "adult", 1, "Hartley, James")

    assert count(empty_record) == before


def test_many_names_at_once_are_kept_as_one_by_one(empty_record: Connection, tmp_path: Path) -> None:
    names = ["James Hartley", "Anne Hartley-Cole", "Sean O'Neil", "Mr Okonjo", ""]
    keep_adults(empty_record, names)
    other = create_practice_store(tmp_path / "other.lado", service="Wealdshire")
    with other.write() as connection:
        index_names(connection, "adult", enumerate(names, 1))
        assert owners_of_words(connection) == owners_of_words(empty_record)
    other.close()


def test_a_forgotten_name_leaves_no_word_behind(empty_record: Connection) -> None:
    number, _ = keep_adults(empty_record, ["James Hartley", "Rose Hartley"])
    keep_other_name(empty_record, number, "James Vesterby")

    forget_name(empty_record, "adult", number)

    assert found(empty_record, "hartley") == ["Rose Hartley"]
    assert set(empty_record.execute(select(WORDS.c.word)).scalars()) == {"rose", "hartley"}


def test_forgetting_an_adult_spares_the_setting_of_the_same_number(empty_record: Connection) -> None:
    (adult,) = keep_adults(empty_record, ["James Hartley"])
    place = keep_setting(empty_record, "Hartley Primary School")
    assert adult == place

    forget_name(empty_record, "adult", adult)

    assert [match.owner_id for match in search_names(empty_record, "hartley", kind="setting").rows] == [place]


def test_a_name_taken_back_is_searched_for_no_more(empty_record: Connection) -> None:
    (number,) = keep_adults(empty_record, ["James Hartley"])
    forget_name(empty_record, "adult", number)

    assert found(empty_record, "hartley") == []


# Other desks -------------------------------------------------------------------------------------------------------


def test_a_name_another_desk_has_just_saved_is_found_by_its_sound_and_spelling(place: Path) -> None:
    with desk_at(place) as ours, desk_at(place) as theirs:
        with ours.read() as connection:
            assert found(connection, "Kwiatkowski") == []
        with theirs.write() as connection:
            keep_adults(connection, ["Marek Kwiatkowski"])
        with ours.read() as connection:
            assert found(connection, "Kwatkowsky") == ["Marek Kwiatkowski"]


def test_a_name_that_was_never_saved_after_all_misleads_nobody(place: Path) -> None:
    with desk_at(place) as store:
        with store.engine.connect() as connection, connection.begin() as begun:
            keep_adults(connection, ["Marek Kwiatkowski"])
            assert found(connection, "Kwatkowsky") == ["Marek Kwiatkowski"]
            begun.rollback()
        with store.write() as connection:
            keep_adults(connection, ["Rosalind Thackwray"])
            assert found(connection, "Kwatkowsky") == []
            assert found(connection, "Thackray") == ["Rosalind Thackwray"]


def test_the_words_go_from_memory_when_the_desk_locks(place: Path) -> None:
    with desk_at(place) as store:
        with store.read() as connection:
            found(connection, "Hartlye")
            held = ref(wordlist.word_list(connection))
        assert held() is not None
    del connection
    gc.collect()

    assert held() is None


@pytest.mark.parametrize("steps", [1, 100, 400, 1_000, 4_000])
def test_a_search_dropped_anywhere_leaves_the_next_one_whole(place: Path, steps: int) -> None:
    with desk_at(place) as store:
        with pytest.raises(DeskError):
            search_on(store, steps)
        with store.read() as connection:
            drop_after(connection, None)
            assert found(connection, "Jmaes Hartlye") == ["James Hartley"]


def search_on(store: Store, steps: int) -> None:
    with store.read() as connection:
        drop_after(connection, steps)
        for typed in ("Jmaes Hartlye", "J Hartley", "Hartly James") * 50:
            search_names(connection, typed)


def drop_after(connection: Connection, steps: int | None) -> None:
    """Have the driver interrupt whatever runs after so many steps, as a newer search would."""
    left = iter(range(steps or 0))
    driver = connection.connection.driver_connection
    driver.set_progress_handler(steps and (lambda: next(left, None) is None), 5)  # type: ignore[union-attr]


def owners_of_words(connection: Connection) -> set[tuple[str, str, str, int]]:
    joined = select(WORDS.c.kind, WORDS.c.word, WORDS.c.sounds_like, TOKENS.c.owner_id).join_from(
        TOKENS, WORDS, WORDS.c.id == TOKENS.c.word_id
    )
    return {(kind, word, sound, owner) for kind, word, sound, owner in connection.execute(joined)}
