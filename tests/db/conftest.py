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

QUICK_ON_SERVER = ("test_desk", "test_postgres", "test_published_year", "test_referrals", "test_writers")
"""Modules that `make test` runs on a server too: the way in, writers at once, a form kept whole, the year's figures.

The rest of the record's tests run there in `make test-long`.
"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    module = metafunc.module.__name__.rpartition(".")[2]
    if "store_path" in metafunc.fixturenames and module not in OF_FILES:
        metafunc.parametrize("store_kind", STORES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        on_server = isinstance(item, pytest.Function) and "[postgres" in item.name.replace("-postgres", "[postgres")
        if on_server and item.path.stem not in QUICK_ON_SERVER:
            item.add_marker(pytest.mark.long)
