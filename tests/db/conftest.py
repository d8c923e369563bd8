"""The tests of the record run twice, on an encrypted file and on a PostgreSQL server."""

import pytest

STORES = ("file", "postgres")

OF_FILES = (
    "test_audit_head",
    "test_backup",
    "test_doctor",
    "test_places",
    "test_sign_in",
    "test_store",
    "test_worklist_at_scale",
)
"""Modules about what only a file does, or that count the steps SQLite takes."""

HEAVY_ON_SERVER = (
    "test_pages_forwards_and_backwards_hold_every_row_once_in_order",
    "test_what_was_decided_in_any_order_can_be_taken_back_to_where_it_began",
    "test_a_number_lists_the_very_rows_it_counts",
    "test_almost_everyone_is_among_the_first_ten",
    "test_most_are_first_of_all",
)
"""Tests of many examples: `make test` runs them on a file, and `make test-long` on a server too."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    module = metafunc.module.__name__.rpartition(".")[2]
    if "store_path" in metafunc.fixturenames and module not in OF_FILES:
        metafunc.parametrize("store_kind", STORES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and item.originalname in HEAVY_ON_SERVER and "postgres" in item.name:
            item.add_marker(pytest.mark.long)
