"""Rows as they will be written, table by table, numbered in the order they were added."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlmodel import SQLModel

Row = dict[str, Any]


class Rows:
    """What the made-up service's tables will hold."""

    def __init__(self) -> None:
        self._tables: dict[type[SQLModel], list[Row]] = defaultdict(list)

    def add(self, model: type[SQLModel], **values: Any) -> int:  # noqa: ANN401 - a column's own type
        """Add a row and return its number."""
        rows = self._tables[model]
        number = len(rows) + 1
        rows.append({"id": number, **values})
        return number

    def add_keyed(self, model: type[SQLModel], **values: Any) -> None:  # noqa: ANN401
        """Add a row of a table that has a key of its own instead of a number."""
        self._tables[model].append(values)

    def of(self, model: type[SQLModel]) -> list[Row]:
        """The rows of one table so far."""
        return self._tables[model]

    def all(self) -> Mapping[type[SQLModel], list[Row]]:
        """Every table that has rows."""
        return self._tables
