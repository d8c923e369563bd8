"""The power gone at a random moment, with the journals that this desk chooses: nothing acknowledged is lost.

Simulated on the unencrypted library through a file layer that keeps only what was synced; see `power.py`. So that the
simulation itself is known to bite, weaker settings must lose saves and harm the file under it.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from db.sqlite_file import journal_settings
from tests.faults.power import Afterwards, cut_the_power

SOUND, IN_THE_BAD_RANGE = (3, 53, 4), (3, 51, 0)


def afterwards(cuts: int, settings: tuple[str, str], tmp_path: Path) -> Sequence[Afterwards]:
    found = []
    for seed in range(cuts):
        (tmp_path / str(seed)).mkdir()
        found.append(cut_the_power(*settings, seed, tmp_path / str(seed)))
    return found


@pytest.mark.parametrize("library", [SOUND, IN_THE_BAD_RANGE], ids=["sound library", "library in the bad range"])
@pytest.mark.parametrize("cuts", [60, pytest.param(500, marks=pytest.mark.long)])
def test_the_journal_this_desk_chooses_loses_nothing(library: tuple[int, int, int], cuts: int, tmp_path: Path) -> None:
    found = afterwards(cuts, journal_settings(library), tmp_path)
    assert sum(not one.sound for one in found) == 0
    assert sum(one.torn for one in found) == 0
    assert sum(one.lost for one in found) == 0
    assert sum(len(one.acknowledged) for one in found) > cuts
    print(f"{journal_settings(library)}: {cuts} cuts, {sum(len(one.acknowledged) for one in found)} saves")  # noqa: T201


@pytest.mark.parametrize("settings", [("WAL", "NORMAL"), ("DELETE", "FULL")])
def test_weaker_settings_lose_saves_so_the_cuts_do_bite(settings: tuple[str, str], tmp_path: Path) -> None:
    assert sum(one.lost for one in afterwards(60, settings, tmp_path)) > 0


def test_without_syncs_the_file_itself_is_harmed(tmp_path: Path) -> None:
    assert sum(not one.sound for one in afterwards(60, ("DELETE", "OFF"), tmp_path)) > 0
