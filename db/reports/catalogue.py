"""Every figure the service has, by id, and the tables whose parts add up."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import chain

from db.reports.concluded import concluded
from db.reports.figure import Figure, Table
from db.reports.other_work import other_work
from db.reports.problems import problems
from db.reports.received import received

_DEFINED = tuple(chain(received(), concluded(), other_work(), problems()))

FIGURES: Mapping[str, Figure] = {each.id: each for each in _DEFINED if isinstance(each, Figure)}
"""Every figure, by id."""

TABLES: tuple[Table, ...] = tuple(each for each in _DEFINED if isinstance(each, Table))
"""Every table: its parts add up to its whole, whatever the rows hold."""


@cache
def published_names() -> Mapping[str, str]:
    """Our id to the one under which a figure is given out, where it was published under another."""
    told = tomllib.loads(files("db.reports").joinpath("published_ids.toml").read_text("utf-8"))
    return {ours: published for published, ours in told.items()}
