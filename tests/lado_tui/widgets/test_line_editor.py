"""Typing one line: whatever is pressed, the text keeps to its limit and every change can be taken back."""

from hypothesis import given
from hypothesis import strategies as st

from lado_tui.widgets.line_editor import LineEditor


def test_letters_typed_one_after_another_are_undone_together() -> None:
    line = LineEditor(200)
    for letter in "Hartley":
        line.put(letter, typed=True)

    assert line.undo()
    assert line.text == ""
    assert line.redo()
    assert line.text == "Hartley"


def test_a_paste_is_undone_by_itself() -> None:
    line = LineEditor(200)
    line.put("J", typed=True)
    line.put("ames Hartley")

    line.undo()

    assert line.text == "J"


def test_what_does_not_fit_changes_nothing() -> None:
    line = LineEditor(5)
    line.put("Pell")

    assert not line.put("ow")
    assert line.text == "Pell"


def test_typing_over_a_selection_replaces_it_and_undo_brings_it_back() -> None:
    line = LineEditor(200)
    line.put("James Hartley")
    line.select_all()
    line.put("R", typed=True)
    line.put("o", typed=True)
    assert line.text == "Ro"

    line.undo()

    assert line.text == "James Hartley"


def test_words_are_moved_over_and_deleted_whole() -> None:
    line = LineEditor(200)
    line.put("St Mary's CE Primary")
    line.left(word=True)
    assert line.text[line.cursor :] == "Primary"

    line.delete_left(word=True)

    assert line.text == "St Mary's Primary"


def test_delete_takes_the_selection_and_nothing_more() -> None:
    line = LineEditor(200)
    line.put("grabbed his arm")
    line.move(0)
    line.move(8, select=True)

    line.delete_right()

    assert line.text == "his arm"
    assert not line.selected


ACTS = st.one_of(
    st.tuples(st.just("put"), st.text(max_size=12)),
    st.tuples(
        st.sampled_from(
            ["left", "right", "delete_left", "delete_right", "delete_to_end", "delete_to_start", "undo", "redo"]
        ),
        st.just(""),
    ),
    st.tuples(st.sampled_from(["select_all"]), st.just("")),
)


@given(st.lists(ACTS, max_size=40))
def test_the_line_keeps_to_its_limit_and_its_cursor_to_the_line(acts: list[tuple[str, str]]) -> None:
    line = LineEditor(20)
    for act, words in acts:
        line.put(words) if act == "put" else getattr(line, act)()
        assert len(line.text) <= 20
        assert 0 <= line.cursor <= len(line.text)
        assert 0 <= line.anchor <= len(line.text)


@given(st.lists(ACTS.filter(lambda act: act[0] not in ("undo", "redo")), max_size=30))
def test_undo_all_the_way_gives_the_line_it_began_with_and_redo_the_line_it_ended_with(
    acts: list[tuple[str, str]],
) -> None:
    line = LineEditor(20)
    line.set_text("Hartley")
    for act, words in acts:
        line.put(words) if act == "put" else getattr(line, act)()
    end = line.text

    while line.undo():
        pass
    assert line.text == "Hartley"
    while line.redo():
        pass
    assert line.text == end
