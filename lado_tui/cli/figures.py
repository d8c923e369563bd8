"""``lado stats`` and ``lado figures``: the service's figures, counted from its rows."""

import typer


def add_to(app: typer.Typer) -> None:
    """Give the ``lado`` command these words."""
