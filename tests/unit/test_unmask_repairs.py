"""Repairs lead back: whatever was changed, the witness's text can be had again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.repairs import Edit, apply, for_field, make_repairs, revert
from archive.model import Repair

TEXT = st.text(alphabet="学學院(xué)凯发网 a1\n。", max_size=60)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[tuple[Repair, ...]]]:
    """A text and several rounds of edits, each round of the text the one before left."""
    text = now = draw(TEXT)
    rounds = []
    for _ in range(draw(st.integers(0, 4))):
        cuts = sorted(draw(st.lists(st.integers(0, len(now)), max_size=8, unique=True)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        edits = [Edit(a, b, draw(st.text(alphabet="研究所 x", max_size=5))) for a, b in pairs]
        made = make_repairs("text", now, edits, rule="r", evidence="e", confidence=1.0)
        now = apply(now, made)
        rounds.append(made)
    return text, rounds


@given(edited())
def test_repairs_applied_and_reverted_give_the_text_again(
    case: tuple[str, list[tuple[Repair, ...]]],
) -> None:
    text, rounds = case
    everything = tuple(repair for made in rounds for repair in made)
    after = text
    for made in rounds:
        after = apply(after, made)
    assert apply(text, everything) == after
    assert revert(after, everything) == text


def test_a_repair_counts_in_the_text_before_it() -> None:
    made = make_repairs(
        "text", "凯发网召开会议", [Edit(0, 3, "研究所")], rule="r", evidence="e", confidence=1.0
    )
    assert made == (Repair("text", 0, 3, "凯发网", "研究所", "r", "e", 1.0),)


def test_edits_that_change_nothing_leave_no_repair() -> None:
    assert make_repairs("text", "abc", [Edit(0, 1, "a")], rule="", evidence="", confidence=1) == ()


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap at character 1"):
        make_repairs(
            "text", "abc", [Edit(0, 2, ""), Edit(1, 3, "")], rule="", evidence="", confidence=1
        )


def test_a_repair_that_does_not_fit_is_refused_both_ways() -> None:
    repair = Repair("text", 1, 2, "x", "y", "r", "e", 1.0)
    with pytest.raises(ValueError, match="does not fit at character 1"):
        apply("abc", [repair])
    with pytest.raises(ValueError, match="does not fit backwards at character 1"):
        revert("abc", [repair])


def test_repairs_of_one_field_are_told_from_the_others() -> None:
    title, text = (Repair(f, 0, 1, "a", "b", "r", "e", 1.0) for f in ("title", "text"))
    assert for_field([title, text], "text") == (text,)
