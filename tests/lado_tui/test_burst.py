"""A paste that breaks its frame presses no command; hands at any speed do."""

from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from lado_tui.burst import MOST, SPELL, Burst
from lado_tui.screens.place import Place
from lado_tui.widgets.line_input import LineInput
from tests.driver import duty_room
from tests.lado_tui.bench import Bench, asked


def test_a_rush_is_refused_until_there_is_a_pause() -> None:
    burst = Burst()
    refused = [burst.refuses(n * 0.0005) for n in range(200)]

    assert refused == [False] * MOST + [True] * (200 - MOST)
    assert burst.refuses(0.1 + SPELL / 2)
    assert not burst.refuses(1.0)


@given(st.lists(st.floats(0.01, 2), max_size=100))
def test_hands_are_never_refused(gaps: list[float]) -> None:
    burst, now = Burst(), 0.0
    for gap in gaps:
        now += gap
        assert not burst.refuses(now)


class CountingPlace(Place[None]):
    """Counts a harmless command."""

    NAME = "bench_list"
    counted = 0

    def do_find(self) -> None:
        """Count."""
        self.counted += 1


async def test_pasted_keys_outside_a_field_are_ignored_with_a_word() -> None:
    place = CountingPlace()
    async with duty_room(Bench(place=lambda: place)) as room:
        for _ in range(300):
            room.app.post_message(Key("slash", "/"))
        await room.expect_toast("Too many keys at once were ignored")
        await room.settle()
        assert place.counted <= MOST


async def test_in_a_field_the_same_keys_are_text() -> None:
    field = LineInput(asked())
    async with duty_room(Bench(field)) as room:
        for _ in range(150):
            room.app.post_message(Key("d", "d"))
        await room.wait_until(lambda: field.value == "d" * 150, "all letters")
