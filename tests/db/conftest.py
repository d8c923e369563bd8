"""The tests of the record run twice, on an encrypted file and on a PostgreSQL server."""

import pytest

STORES = ("file", "postgres")

OF_FILES = ("test_audit_head", "test_backup", "test_doctor", "test_places", "test_sign_in", "test_store")
"""Modules about what only a file does."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    module = metafunc.module.__name__.rpartition(".")[2]
    if "store_path" in metafunc.fixturenames and module not in OF_FILES:
        metafunc.parametrize("store_kind", STORES)
