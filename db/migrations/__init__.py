"""How a store's tables change from one version to the next: numbered steps, each whole or not at all."""

from importlib.resources import files

from sqlalchemy import Engine


def upgrade(engine: Engine) -> None:
    """Bring a store to this program's version in one transaction. Alembic is only loaded when there is work to do."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("db").joinpath("migrations")))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
