"""A small page to be run in a real terminal: `python -m tests.lado_tui.stage <folder> [trouble]`.

It keeps what is typed in `<folder>/draft` only when it is left, so that a test sees who made it write.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from textual import on
from textual.app import ComposeResult

from db.forms.question import Kind, Question
from lado_tui.guard import last_resort, quiet_hooks
from lado_tui.screens.place import Place
from lado_tui.widgets.drawn import Words
from lado_tui.widgets.field import Field
from lado_tui.widgets.form_body import FormBody
from lado_tui.widgets.line_input import LineInput
from lado_tui.widgets.notes_box import NotesBox
from tests.hostile import HOSTILE
from tests.lado_tui.bench import TODAY, WORDS, Bench, asked

QUESTIONS = (
    Question("Caller", Kind.NAME, name="caller"),
    Question("Child safe now?", Kind.ANSWER, name="safe"),
    Question("Adult", Kind.NAME, name="adult"),
)

CANARY = "ZZKESTREL"


class Stage(Place[None]):
    """A field, and trouble when it is asked for."""

    NAME = "bench_form"

    def __init__(self, folder: Path, trouble: str) -> None:
        super().__init__()
        self.folder = folder
        self.trouble = trouble
        self.field = LineInput(asked("Caller"))
        self.form = FormBody(QUESTIONS, words=WORDS, today=TODAY) if trouble == "form" else None

    def body(self) -> ComposeResult:
        """The field, a form, or every hostile string."""
        yield self.form or self.field
        if self.trouble == "hostile":
            box = NotesBox(replace(asked("Notes", Kind.TEXT), name="notes"))
            box.value = "\n".join(HOSTILE.values())
            yield Words(*HOSTILE.values())
            yield box

    def on_place_shown(self) -> None:
        """Say that everything stands, so that a test can begin."""
        if self.trouble == "hostile":
            self.field.value = " ".join(HOSTILE.values())
            for text in HOSTILE.values():
                self.set_where(text)
                self.say(text)
                self.app.say(text)
        self.saved_at("STAGE SET")

    def leaving(self) -> None:
        """Keep what is typed."""
        typed = "|".join(self.form.answers().values()) if self.form else self.field.value
        (self.folder / "draft").write_text(typed, "utf-8")

    @on(Field.Edited)
    def trip(self) -> None:
        """Go wrong on an exclamation mark, with the canary in every place a careless program prints."""
        if "!" in self.field.value:
            named = CANARY
            if self.trouble == "worker":
                self.run_worker(self.fail(named))
            else:
                raise ValueError(f"cannot save {named}")

    async def fail(self, named: str) -> None:
        """Fail off the page's own line of work."""
        try:
            raise KeyError(named)
        except KeyError as error:
            raise ValueError(named) from error


def main(folder: str, trouble: str = "") -> int:
    """Run the page."""
    quiet_hooks()
    with last_resort():
        if trouble == "before":
            raise ValueError(CANARY)
        app = Bench(place=lambda: Stage(Path(folder), trouble))
        app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
