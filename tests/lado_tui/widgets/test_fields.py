"""Fields answered with real keys, as during a call."""

from __future__ import annotations

import time

import pytest
from textual.events import Paste

from db.forms.question import Kind
from db.rules.dates import DateKind
from db.text import clean, visible
from lado_tui.widgets.answer_field import AnswerField
from lado_tui.widgets.choice_field import ChoiceField, InlineChoice
from lado_tui.widgets.choices_field import ChoicesField
from lado_tui.widgets.date_field import DateField
from lado_tui.widgets.field_kinds import Asking, field_for
from lado_tui.widgets.line_input import LineInput
from lado_tui.widgets.notes_box import NotesBox
from tests.driver import DutyRoom, duty_room
from tests.hostile import HOSTILE
from tests.lado_tui.bench import TODAY, WORDS, Bench, asked

ASKING = Asking(WORDS, TODAY, clock=lambda: "10:44")

MILLION = "a" * 1_000_000


async def line(room: DutyRoom) -> str:
    """The first line of the bench."""
    await room.pilot.pause()
    return room.screen_text.splitlines()[2]


# One line


async def test_a_line_is_typed_corrected_and_taken_with_enter() -> None:
    field = LineInput(asked("Caller"))
    async with duty_room(Bench(field)) as room:
        await room.type_text("Sarah Whitlok")
        await room.press("left", "c", "enter")

        assert field.value == "Sarah Whitlock"
        assert "Caller" in await line(room)
        assert "Sarah Whitlock" in await line(room)


async def test_ctrl_z_takes_typing_back_and_ctrl_y_puts_it_back() -> None:
    field = LineInput(asked())
    async with duty_room(Bench(field)) as room:
        await room.type_text("Pell")
        await room.press("ctrl+z")
        assert field.value == ""
        await room.press("ctrl+y")
        assert field.value == "Pell"


async def test_pasted_lines_are_joined_and_none_is_lost() -> None:
    field = LineInput(asked())
    async with duty_room(Bench(field)) as room:
        await room.paste("St Mary's CE\nPrimary School\r\nMaidstone")

        assert field.value == "St Mary's CE Primary School Maidstone"


@pytest.mark.parametrize("pasted", [MILLION, "one line\n" * 111_112], ids=["one line", "many lines"])
async def test_a_megabyte_pasted_is_refused_at_once_and_the_next_key_is_quick(pasted: str) -> None:
    field = LineInput(asked("Caller"))
    async with duty_room(Bench(field), size=(120, 40)) as room:
        await room.type_text("Sa")
        began = time.perf_counter()
        field.on_paste(Paste(pasted))
        refused_in = time.perf_counter() - began
        await room.press("r")

        assert refused_in < 0.2
        assert field.value == "Sar"
        assert field.error == ""


async def test_a_refused_paste_says_how_much_it_was_and_that_nothing_was_added() -> None:
    field = LineInput(asked("Caller"))
    async with duty_room(Bench(field), size=(120, 40)) as room:
        await room.paste(MILLION)

        await room.expect_text("Caller must be 200 characters or less. You pasted 1,000,000. Nothing was added")
        assert field.value == ""


async def test_a_line_that_is_full_takes_no_more_letters_and_says_so() -> None:
    field = LineInput(asked("Initials", limit=4))
    async with duty_room(Bench(field)) as room:
        await room.type_text("ABCDE")

        assert field.value == "ABCD"
        await room.expect_text("Initials must be 4 characters or less")


async def test_a_long_line_moves_along_with_its_cursor() -> None:
    field = LineInput(asked())
    async with duty_room(Bench(field)) as room:
        await room.paste("start " + "middle " * 20 + "end")
        assert "end" in await line(room)
        assert "start" not in await line(room)
        await room.press("home")
        assert "start" in await line(room)


async def test_a_password_is_never_drawn_nor_copied() -> None:
    field = LineInput(asked("Password"), secret=True)
    async with duty_room(Bench(field)) as room:
        await room.type_text("correct horse")
        await room.press("shift+home", "ctrl+c", "ctrl+x")

        assert field.value == "correct horse"
        assert "horse" not in room.screen_text
        assert "••••" in await line(room)
        assert room.app.clipboard == ""


async def test_with_names_hidden_what_is_typed_is_covered_too() -> None:
    field = LineInput(asked())
    async with duty_room(Bench(field)) as room:
        await room.type_text("James Hartley")
        await room.press("f9")
        assert "Hartley" not in room.screen_text
        await room.press("f9")
        await room.expect_text("James Hartley")


# Three ways


async def test_one_key_answers_and_nothing_is_chosen_before() -> None:
    field = field_for(asked("Child safe now?", Kind.ANSWER, required="Enter if the child is safe now"), ASKING)
    async with duty_room(Bench(field)) as room:
        assert field.value == ""
        assert "<- ASK" in await line(room)
        await room.press("y")
        assert field.value == "yes"
        assert "[Y]  n   ?" in await line(room)
        await room.press("question_mark")
        assert field.value == "not_known"
        assert "y   n  [?]" in await line(room)
        await room.press("backspace")
        assert field.value == ""


async def test_a_limb_may_be_not_sure() -> None:
    field = field_for(asked("Harmed a child", Kind.LIMB), ASKING)
    async with duty_room(Bench(field)) as room:
        await room.press("question_mark")
        assert field.value == "not_sure"


async def test_an_answer_that_is_none_of_the_three_is_taken_as_none() -> None:
    field = AnswerField(asked(kind=Kind.ANSWER), WORDS.terms("answer"))
    async with duty_room(Bench(field)):
        field.value = "YES PLEASE"
        assert field.value == ""


# Choices


async def test_a_short_code_shows_the_words_it_stands_for() -> None:
    field = ChoiceField(asked("Role", Kind.CHOICE), WORDS.terms("role"))
    async with duty_room(Bench(field)) as room:
        await room.type_text("ta")
        assert field.value == "ta_support"
        assert "ta  Teaching assistant" in (await line(room)).replace("ta   ", "ta  ")


async def test_a_list_drops_only_while_more_than_one_can_be_meant() -> None:
    field = ChoiceField(asked("Role", Kind.CHOICE), WORDS.terms("role"))
    async with duty_room(Bench(field)) as room:
        await room.type_text("foster")
        await room.expect_text("The authority's own foster carer")
        await room.expect_text("Independent agency foster carer")
        await room.press("down", "enter")

        assert field.value == "agency_carer"
        await room.expect_no_text("The authority's own foster carer")


async def test_escape_closes_the_list_and_keeps_what_was_typed() -> None:
    field = ChoiceField(asked("Role", Kind.CHOICE), WORDS.terms("role"))
    async with duty_room(Bench(field)) as room:
        await room.type_text("foster")
        await room.press("escape")

        await room.expect_no_text("The authority's own foster carer")
        assert field.value == "foster"


async def test_words_that_are_in_no_list_are_kept_as_typed() -> None:
    field = ChoiceField(asked("Role", Kind.CHOICE), WORDS.terms("role"))
    async with duty_room(Bench(field)) as room:
        await room.type_text("lollipop")

        assert field.value == "lollipop"
        assert "not in the list" in await line(room)


async def test_typing_in_a_chosen_field_chooses_anew() -> None:
    field = ChoiceField(asked("Role", Kind.CHOICE), WORDS.terms("role"))
    field.value = "ta_support"
    async with duty_room(Bench(field)) as room:
        await room.type_text("fc")

        assert field.value == "own_carer"


async def test_few_options_are_chosen_by_their_letter() -> None:
    field = field_for(asked("Next step", Kind.CHOICE, among="enquiry_result"), ASKING)
    assert isinstance(field, InlineChoice)
    async with duty_room(Bench(field), size=(200, 24)) as room:
        await room.press("r")

        assert field.value == "advised_refer"
        assert "[R]" in await line(room)
        assert "Advised to refer" in await line(room)


async def test_where_options_do_not_fit_their_letters_stand_with_a_list_below() -> None:
    field = field_for(asked("Next step", Kind.CHOICE, among="enquiry_result"), ASKING)
    async with duty_room(Bench(field)) as room:
        await room.expect_text("Sent to children's social care")
        await room.press("n")

        assert field.value == "not_lado"
        assert "[N]" in await line(room)
        assert "Not a LADO matter" in await line(room)
        await room.expect_no_text("Sent to children's social care")


async def test_several_are_added_with_enter_and_taken_away_with_backspace() -> None:
    field = ChoicesField(asked("Roles", Kind.CHOICES), WORDS.terms("role"))
    async with duty_room(Bench(field)) as room:
        await room.type_text("ta\ngov\n")
        assert field.value == "ta_support,governor"
        assert "Teaching assistant; Governor" in await line(room)
        await room.press("backspace")
        assert field.value == "ta_support"


# Dates


@pytest.mark.parametrize(
    ("typed", "echo"),
    [("14 3 1985", "= Thu 14 Mar 1985"), ("14 mar 85", "= Thu 14 Mar 1985"), ("?", "= not known"), ("31/02/1985", "")],
)
async def test_a_birth_date_says_what_was_understood(typed: str, echo: str) -> None:
    field = field_for(asked("Born", Kind.DATE, dated=DateKind.ADULT_BIRTH), ASKING)
    assert isinstance(field, DateField)
    async with duty_room(Bench(field)) as room:
        await room.type_text(typed.replace("?", "")) if typed != "?" else await room.press("question_mark")

        assert field.value == typed
        assert echo in await line(room)
        assert echo or "=" not in await line(room)


async def test_a_follow_up_in_working_days_says_which_day_that_is() -> None:
    field = field_for(asked("Follow up", Kind.DATE, dated=DateKind.FOLLOW_UP), ASKING)
    async with duty_room(Bench(field)) as room:
        await room.press("plus", "1", "d")

        assert "= Fri 13 Mar 2026" in await line(room)


# Notes


async def test_notes_wrap_count_and_take_the_time() -> None:
    box = NotesBox(asked("What happened", Kind.TEXT), clock=lambda: "10:44")
    async with duty_room(Bench(box)) as room:
        await room.press("ctrl+t")
        await room.type_text("Child told class teacher")

        assert box.value == "[10:44] Child told class teacher"
        await room.expect_text("WHAT HAPPENED")
        await room.expect_text("32 of 20,000")


async def test_enter_in_notes_is_a_new_line_and_brackets_stay() -> None:
    box = NotesBox(asked("What happened", Kind.TEXT))
    async with duty_room(Bench(box)) as room:
        await room.type_text("one\ntwo [née Brown]")

        assert box.value == "one\ntwo [née Brown]"
        await room.expect_text("two [née Brown]")


@pytest.mark.parametrize("pasted", [MILLION, "one line\n" * 111_112], ids=["one line", "many lines"])
async def test_a_megabyte_pasted_into_notes_is_refused_at_once(pasted: str) -> None:
    box = NotesBox(asked("What happened", Kind.TEXT))
    async with duty_room(Bench(box), size=(120, 40)) as room:
        await room.type_text("Red mark")
        began = time.perf_counter()
        await box.area._on_paste(Paste(pasted))
        refused_in = time.perf_counter() - began
        await room.expect_text(f"What happened must be 20,000 characters or less. You pasted {len(pasted):,}.")
        await room.press("s")

        assert refused_in < 0.2
        assert box.value == "Red marks"


async def test_notes_already_nearly_full_refuse_what_would_overflow_them() -> None:
    box = NotesBox(asked("What happened", Kind.TEXT))
    async with duty_room(Bench(box)) as room:
        await room.paste("a " * 9_999)
        await room.paste("too much")

        assert box.value == "a " * 9_999
        assert box.error


async def test_the_desks_own_keys_work_in_the_notes() -> None:
    box = NotesBox(asked("What happened", Kind.TEXT))
    async with duty_room(Bench(box)) as room:
        await room.type_text("Hartley")
        await room.press("f6", "f7", "f9")

        assert box.area.selected_text == ""
        await room.expect_no_text("Hartley")


# Hostile text: shown letter for letter, never obeyed


@pytest.mark.parametrize("trick", HOSTILE)
@pytest.mark.parametrize("kind", [Kind.LINE, Kind.TEXT, Kind.CHOICE, Kind.CHOICES])
async def test_hostile_text_pasted_into_a_field_is_only_text(kind: Kind, trick: str) -> None:
    question = asked("Who said it", kind, among="role")
    field = field_for(question, ASKING)
    async with duty_room(Bench(field)) as room:
        await room.paste(HOSTILE[trick])

        kept = clean(HOSTILE[trick], limit=200)
        assert field.value == kept
        await room.expect_text(kept)


@pytest.mark.parametrize("trick", HOSTILE)
@pytest.mark.parametrize("kind", [Kind.LINE, Kind.TEXT, Kind.DATE, Kind.CHOICE, Kind.CHOICES])
async def test_hostile_text_from_the_record_is_shown_with_marks(kind: Kind, trick: str) -> None:
    field = field_for(asked("Who said it", kind, among="role", dated=DateKind.EVENT), ASKING)
    async with duty_room(Bench(field)) as room:
        field.value = HOSTILE[trick]

        await room.expect_text(visible(HOSTILE[trick]))


@pytest.mark.parametrize("trick", HOSTILE)
async def test_hostile_text_in_labels_hints_and_errors_is_only_text(trick: str) -> None:
    field = LineInput(asked(HOSTILE[trick], hint=HOSTILE[trick]))
    field.label_width = 70
    async with duty_room(Bench(field), size=(160, 24)) as room:
        field.error = HOSTILE[trick]
        await room.pilot.pause()

        assert room.screen_text.count(visible(HOSTILE[trick])) == 3
