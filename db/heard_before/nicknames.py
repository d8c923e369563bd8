"""Names that stand for each other: Bill and William, Kate and Katherine, Gosia and Małgorzata."""

import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files


def also_known_as(word: str) -> frozenset[str]:
    """Every other name that ``word`` may stand for; empty where it stands only for itself."""
    lines = _lines()
    return frozenset(name for line in lines.get(word, ()) for name in line if name != word)


@cache
def _lines() -> dict[str, tuple[tuple[str, ...], ...]]:
    listed = tomllib.loads(files("db.heard_before").joinpath("nicknames.toml").read_text(encoding="utf-8"))
    holding: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for group in listed.values():
        for text in group:
            line = tuple(text.split())
            for name in line:
                holding[name].append(line)
    return {name: tuple(lines) for name, lines in holding.items()}
