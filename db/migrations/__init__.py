"""How a store's tables change from one version to the next: numbered steps, each whole or not at all."""

from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, Engine

from db import sqlite_file

STEPS = Path(str(files("db").joinpath("migrations")))
"""Where the numbered steps lie."""


def upgrade(engine: Engine) -> None:
    """Bring a store to this program's version in one transaction.

    Raises:
        NotUpgraded: the tables do not hold together afterwards; nothing was changed.
    """
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        upgrade_within(connection)


def upgrade_within(connection: Connection) -> None:
    """The same in the caller's transaction. Alembic is only loaded when there is work to do.

    Raises:
        NotUpgraded: the tables do not hold together.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        sqlite_file.insist_that_links_hold(connection)
