"""Questions and actions come back to whoever asked; a question overtaken by a newer one is dropped."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from db.errors import DeskError
from lado_tui.desk_line import DeskLine, Overtaken


class SlowDesk:
    """A desk that answers when it is let go, and notes what it was asked, and in which thread."""

    practice = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.threads: set[int] = set()
        self.go = threading.Event()
        self.saved = threading.Event()

    def ask(self, question: str, *args: Any) -> str:
        self.asked.append(question)
        self.threads.add(threading.get_ident())
        self.go.wait(5)
        return f"answer to {question}"

    def do(self, action: str, *args: Any) -> str:
        self.threads.add(threading.get_ident())
        if action == "refuse":
            raise DeskError("You may not")
        if action == "save slowly":
            self.go.wait(5)
            self.saved.set()
        return f"done {action}"


@pytest.fixture
def slow() -> SlowDesk:
    return SlowDesk()


@pytest.fixture
def line(slow: SlowDesk) -> DeskLine:
    return DeskLine(slow)  # type: ignore[arg-type]


async def test_an_answer_comes_back_from_another_thread(slow: SlowDesk, line: Any) -> None:
    slow.go.set()

    assert await line.ask("worklist") == "answer to worklist"
    assert threading.get_ident() not in slow.threads


async def test_a_slow_search_does_not_hold_up_a_save(slow: SlowDesk, line: Any) -> None:
    search = asyncio.create_task(line.ask("search"))
    try:
        assert await asyncio.wait_for(line.do("save"), 2) == "done save"
    finally:
        slow.go.set()
        await search


async def test_what_the_desk_says_against_it_comes_back_too(line: Any) -> None:
    with pytest.raises(DeskError, match="You may not"):
        await line.do("refuse")


async def test_of_many_questions_while_one_is_out_only_the_newest_is_asked(slow: SlowDesk, line: Any) -> None:
    tasks = [asyncio.create_task(line.latest("heard", name)) for name in ("h", "ha", "har", "hart")]
    await asyncio.sleep(0)
    while not slow.asked:
        await asyncio.sleep(0.001)
    slow.go.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)

    assert answers[-1] == "answer to hart"
    assert all(isinstance(answer, Overtaken) for answer in answers[:-1])
    assert len(slow.asked) <= 2


async def test_questions_of_different_groups_do_not_overtake_each_other(slow: SlowDesk, line: Any) -> None:
    slow.go.set()

    heard, found = await asyncio.gather(line.latest("heard", "a"), line.latest("find", "b"))

    assert (heard, found) == ("answer to a", "answer to b")


async def test_a_save_that_nobody_waits_for_any_more_is_finished(line: Any, slow: SlowDesk) -> None:
    task = asyncio.create_task(line.do("save slowly"))
    await asyncio.sleep(0)
    task.cancel()
    slow.go.set()

    assert await asyncio.to_thread(slow.saved.wait, 5)
