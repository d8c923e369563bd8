"""Going through a form with the keyboard, and putting right what is wrong in it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from db.errors import Problem
from db.forms.question import Kind, Question
from db.rules.dates import DateKind
from lado_tui.screens.place import Place
from lado_tui.widgets.error_summary import ErrorSummary, Wrong
from lado_tui.widgets.form_body import Cell, FormBody, Heading
from tests.driver import DutyRoom, duty_room
from tests.lado_tui.bench import TODAY, WORDS, Bench, BenchPlace

QUESTIONS = (
    Question("Call-back number", Kind.PHONE, required="Enter a call-back number", name="callback"),
    Question("Caller", Kind.NAME, name="caller"),
    Question("Child safe now?", Kind.ANSWER, required="Enter if the child is safe now", name="safe"),
    Question("Adult", Kind.NAME, name="adult"),
    Question("Born", Kind.DATE, dated=DateKind.ADULT_BIRTH, name="born"),
    Question("What happened", Kind.TEXT, name="account"),
    Question("Seen by nobody", Kind.LINE, name="kept_aside"),
)

PROBLEMS = [
    Problem("safe", "Child safe now?", "Enter if the child is safe now"),
    Problem("born", "Born", "Born must be a real date"),
]


class FormPlace(Place[None]):
    """A form alone, noting what it tells."""

    NAME = "bench_form"

    def __init__(self) -> None:
        super().__init__()
        self.form = FormBody(
            QUESTIONS,
            words=WORDS,
            today=TODAY,
            order=("callback", "safe"),
            rows=[
                ("callback", Cell("safe", label=26)),
                "caller",
                Heading("The adult"),
                (Cell("adult", share=3), Cell("born", share=2)),
                "account",
            ],
        )
        self.edited: list[str] = []
        self.ended = 0

    def body(self) -> ComposeResult:
        """The form."""
        yield self.form

    def on_mount(self) -> None:
        self.form.focus()

    @on(FormBody.Edited)
    def note_edited(self, event: FormBody.Edited) -> None:
        if type(event) is FormBody.Edited:
            self.edited.append(event.field)

    @on(FormBody.AtEnd)
    def note_end(self) -> None:
        self.ended += 1

    def do_save(self) -> None:
        """Find something wrong."""
        self.form.show_problems(PROBLEMS)


def bench() -> tuple[Bench, FormPlace]:
    place = FormPlace()
    return Bench(place=lambda: place), place


async def test_enter_takes_an_answer_and_goes_on_in_the_forms_own_order() -> None:
    app, place = bench()
    async with duty_room(app) as room:
        await room.type_text("01622 555142\n")
        room.expect_focus("field-safe")
        await room.type_text("y\nSarah Whitlock\n")
        room.expect_focus("field-adult")

        assert place.form.answers() == {
            "callback": "01622 555142",
            "caller": "Sarah Whitlock",
            "safe": "yes",
            "adult": "",
            "born": "",
            "account": "",
            "kept_aside": "",
        }


async def test_tab_skips_and_shift_tab_goes_back_round_the_ends() -> None:
    app, _ = bench()
    async with duty_room(app) as room:
        await room.press("tab", "tab")
        room.expect_focus("field-caller")
        await room.press("shift+tab", "shift+tab", "shift+tab")
        assert app.focused is not None
        assert app.focused.parent is not None
        assert app.focused.parent.id == "field-account"
        await room.press("tab")
        room.expect_focus("field-callback")


async def test_every_change_is_told_so_that_a_draft_can_be_kept() -> None:
    app, place = bench()
    async with duty_room(app) as room:
        await room.type_text("01")
        await room.press("enter", "n")
        await room.settle()

        assert place.edited == ["callback", "callback", "safe"]


async def test_a_draft_put_back_is_told_to_nobody_and_keeps_what_is_not_shown() -> None:
    app, place = bench()
    async with duty_room(app) as room:
        kept = {"callback": "01622", "safe": "no", "account": "one\ntwo", "kept_aside": "E26-0818", "born": "?"}
        place.form.fill({**kept, "no such field": "x"})
        await room.settle()

        assert {name: answer for name, answer in place.form.answers().items() if answer} == kept
        assert not place.edited
        await room.expect_text("[N]")


async def test_enter_in_the_last_field_says_so() -> None:
    app, place = bench()
    async with duty_room(app) as room:
        place.form.fields["account"].display = False
        place.form.go_to("born")
        await room.press("enter")
        await room.settle()

        assert place.ended == 1


async def test_what_is_wrong_stands_beside_the_field_and_in_the_summary_which_takes_the_focus() -> None:
    app, place = bench()
    async with duty_room(app) as room:
        await room.type_text("01622")
        await room.press("ctrl+s")

        await room.expect_text("There is a problem (2)")
        assert room.screen_text.count("Enter if the child is safe now") == 2
        assert "! Born must be a real date" in room.screen_text
        assert app.focused is place.form.summary
        assert place.form.answers()["callback"] == "01622"


async def test_a_digit_in_the_summary_goes_to_the_field() -> None:
    app, _ = bench()
    async with duty_room(app) as room:
        await room.press("ctrl+s")
        await room.press("2")

        room.expect_focus("field-safe")


async def test_the_summary_is_gone_through_with_the_arrows_too() -> None:
    app, _ = bench()
    async with duty_room(app) as room:
        await room.press("ctrl+s")
        await room.press("down", "enter")

        room.expect_focus("field-born")


async def test_an_answer_put_right_loses_its_error() -> None:
    app, place = bench()
    async with duty_room(app) as room:
        await room.press("ctrl+s")
        await room.press("2", "y")

        assert place.form.field("safe").error == ""
        assert place.form.field("born").error != ""


class SummaryPlace(BenchPlace):
    """A summary alone, noting where it leads."""

    def __init__(self) -> None:
        self.summary = ErrorSummary()
        super().__init__([self.summary])
        self.gone: list[str] = []

    @on(ErrorSummary.GoTo)
    def note(self, event: ErrorSummary.GoTo) -> None:
        self.gone.append(event.field)


async def test_a_figure_that_may_begin_another_number_waits_for_the_second() -> None:
    place = SummaryPlace()
    async with duty_room(Bench(place=lambda: place)) as room:
        place.summary.show_problems([Wrong("one", "1", "Enter one"), Wrong("twelve", "12", "Enter twelve")])
        await room.press("1")
        assert not place.gone
        await room.press("2")
        await room.press("1", "enter")
        await room.settle()

        assert place.gone == ["twelve", "one"]


async def test_any_field_in_view_is_two_keys_away() -> None:
    app, _ = bench()
    async with duty_room(app) as room:
        await room.press("f5", "5")
        room.expect_focus("field-born")
        await room.press("f5", "escape")
        room.expect_focus("field-born")
        await room.type_text("1")
        await room.expect_text(" 5 Born             1")


async def test_two_columns_share_the_width_and_notes_take_what_height_is_left() -> None:
    app, place = bench()
    async with duty_room(app, size=(120, 40)) as room:
        adult, born, account = (place.form.field(name).region for name in ("adult", "born", "account"))

        assert (adult.width, born.width) == (72, 48)
        assert adult.y == born.y
        assert account.bottom == place.form.region.bottom
        await room.pilot.resize_terminal(80, 24)
        await room.pilot.pause()
        assert place.form.field("account").region.height == 24 - 2 - 4 - 4


async def fill_by_hand(room: DutyRoom) -> None:
    await room.type_text("01622 555142\ny\nSarah Whitlock\nJames Hartley\n14 3 1985\n")


async def test_a_form_reads_as_it_should() -> None:
    app, _ = bench()
    async with duty_room(app) as room:
        await fill_by_hand(room)
        await room.type_text("Child told class teacher")
        room.expect_picture("form_body")
