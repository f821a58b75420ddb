"""Marks and differences: every character of both texts is there, and says which it belongs to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.repairs import Edit, apply, make_repairs
from archive.model import Repair
from archive.search.snippet import Snippet
from archive.web.difference import BREAK, compare
from archive.web.escaping import marked
from archive.web.marks import drawn, paragraphs

TEXT = st.text("甲乙丙丁\n", max_size=30)


@st.composite
def _repaired(draw: st.DrawFn) -> tuple[str, tuple[Repair, ...]]:
    """A text and the repairs of one to three rules, each over what the last one left."""
    text = before = draw(TEXT)
    repairs: tuple[Repair, ...] = ()
    for number in range(draw(st.integers(1, 3))):
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
        edits = [
            Edit(start, end, draw(st.text("戊己", max_size=3)))
            for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        made = make_repairs("text", text, edits, rule=f"r{number}", evidence="", confidence=1.0)
        text = apply(text, made)
        repairs += made
    return before, repairs


@given(_repaired())
def test_kept_and_struck_are_the_witness_kept_and_written_the_reading(
    case: tuple[str, tuple[Repair, ...]],
) -> None:
    text, repairs = case
    pieces = drawn(text, repairs)
    assert "".join(p.text for p in pieces if p.kind != "written") == text
    assert "".join(p.text for p in pieces if p.kind != "struck") == apply(text, repairs)
    assert all(p.repair is not None for p in pieces if p.kind != "kept")
    shown = [p for line in paragraphs(pieces) for p in line]
    for left_out in ("written", "struck"):
        told = "".join(p.text for p in shown if p.kind != left_out)
        assert told == "".join(p.text for p in pieces if p.kind != left_out).replace("\n", "")


def test_a_repair_that_does_not_fit_changes_nothing() -> None:
    pieces = drawn("甲乙", [Repair("text", 0, 1, "丙", "丁", "r", "", 1.0)])
    assert [(p.kind, p.text) for p in pieces] == [("kept", "甲乙")]


@given(TEXT, TEXT)
def test_a_comparison_has_both_texts_in_it(old: str, new: str) -> None:
    lines = compare(old, new)
    was = ["".join(c.text for c in line if c.kind != "added") for line in lines]
    now = ["".join(c.text for c in line if c.kind != "removed") for line in lines]
    assert _characters("".join(was)) == _characters(old)
    assert _characters("".join(now)) == _characters(new)


def _characters(text: str) -> str:
    return text.replace("\n", "").replace(BREAK, "")


def test_what_was_searched_for_is_escaped_within_its_mark_and_around_it() -> None:
    found = Snippet("<i>a<b>&c</i>", ((4, 9),))
    assert marked(found) == "&lt;i&gt;a<mark>&lt;b&gt;&amp;c</mark>&lt;/i&gt;"


def test_only_the_characters_that_changed_are_marked() -> None:
    (line,) = compare("会议已经于九月举行完毕了。", "会议已经于十月在所内举行完毕了。")
    assert [c.text for c in line if c.kind == "same"] == ["会议已经于", "举行完毕了。"]


def test_equal_texts_have_no_change() -> None:
    assert {c.kind for line in compare("一\n二", "一\n二") for c in line} == {"same"}
