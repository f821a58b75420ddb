"""What changed, as a reader would mark it: whole words, no scraps, lines that moved."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.alignment import MOST_ALIGNED, aligned
from archive.cli.show_text import difference_on_terminal
from archive.difference import MAX_WORDS, as_html, as_text, pieces, same_words
from archive.web.difference import BREAK, compare, moved_paragraphs
from archive.web.marks import Piece
from archive.web.side_by_side import rows

FIRST = "第一段说的是全年的工作。"
SECOND = "第二段说的是支部的学习情况。"
LAST = "第三段说的是老同志的健康。"


@given(st.text("甲乙丙丁a1，。 \n", max_size=40), st.text("甲乙丙丁a1，。 \n", max_size=40))
@settings(max_examples=300)
def test_pieces_give_both_texts_again(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(one.text for one in found if one.kind != "added") == old
    assert "".join(one.text for one in found if one.kind != "removed") == new
    assert all(one.text for one in found)
    assert all((a.kind, a.moved) != (b.kind, b.moved) or a.moved for a, b in pairwise(found))
    if old == new:
        assert {one.kind for one in found} <= {"same"}


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        # A scrap between two changes does not break them apart; one beside a change stays.
        (
            "会议于周一上午在一楼举行。",
            "会议于周五下午在二楼举行。",
            "会议于周[-一上午在一-]{+五下午在二+}楼举行。",
        ),
        ("会期3天。", "会期5天。", "会期[-3-]{+5+}天。"),
        ("共143人", "共153人", "共[-143-]{+153+}人"),
        ("was held on Monday.", "was hosted on Monday.", "was [-held-]{+hosted+} on Monday."),
        ("张三\t书记\n李四\t委员", "张三\t书记\n李四\t主任", "张三\t书记\n李四\t[-委员-]{+主任+}"),
        ("学习,提高认识.", "学习，提高认识。", "学习[-,-]{+，+}提高认识[-.-]{+。+}"),
        ("第一句。第二句。", "第一句。\n第二句。", "第一句。{+\n+}第二句。"),
    ],
)
def test_a_difference_is_marked_as_a_reader_would(old: str, new: str, marked: str) -> None:
    assert as_text(pieces(old, new)) == marked


def test_a_paragraph_that_only_stands_elsewhere_is_called_moved() -> None:
    old = f"{FIRST}\n{SECOND}\n{LAST}\n某年某月"
    new = f"{LAST}\n{FIRST}\n{SECOND.replace('支部', '党小组')}\n某年某月"
    assert as_text(pieces(old, new)) == (
        f"{{+⇢{LAST}\n+}}{FIRST}\n第二段说的是[-支部-]{{+党小组+}}的学习情况。\n[-⇢{LAST}\n-]某年某月"
    )
    assert f'<del class="moved">{LAST}\n</del>' in as_html(pieces(old, new))
    assert moved_paragraphs(compare(old, new)) == 1
    # What was taken out twice and put in once is not the same line elsewhere.
    assert not any(one.moved for one in pieces(f"{LAST}\n甲\n{LAST}", f"乙\n{LAST}\n丙"))


def test_one_line_that_stayed_does_not_outweigh_all_that_were_only_edited() -> None:
    old = f"{FIRST}{SECOND}\n书记张三，委员李四。\n{LAST}"
    new = f"{LAST}\n{FIRST}\n{SECOND}\n书记张三，委员王五。"
    assert as_text(pieces(old, new)) == (
        f"{{+⇢{LAST}\n+}}{FIRST}{{+\n+}}{SECOND}\n书记张三，委员[-李四。\n-]{{+王五。+}}[-⇢{LAST}-]"
    )


def test_in_long_texts_the_same_is_told() -> None:
    many = [f"第{n}段说的是第{n * n}件事，办得很好。" for n in range(2 * MOST_ALIGNED // 10)]
    old = "\n".join((LAST, *many))
    new = "\n".join((*many[:7], many[7].replace("很好", "不错"), *many[8:], LAST))
    assert sum(len(one) for one in many) > MOST_ALIGNED
    changed = [(one.kind, one.text, one.moved) for one in pieces(old, new) if one.kind != "same"]
    assert changed == [
        ("removed", f"{LAST}\n", True),
        ("removed", "很好", False),
        ("added", "不错", False),
        ("added", "\n", False),
        ("added", LAST, True),
    ]


def test_paragraphs_that_were_joined_are_told_from_such_that_stayed() -> None:
    joined = compare("第一句。\n第二句。", "第一句。第二句。")
    assert [(one.kind, one.text) for line in joined for one in line] == [
        ("same", "第一句。"),
        ("removed", BREAK),
        ("same", "第二句。"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("黨員大會，在學院。", "党员大会 在学院", True),
        ("２０１０年ＡＢＣ", "2010年abc", True),
        ("第一句。第二句。", "第一句。\n第二句。", True),
        ("党员大会", "党员会议", False),
    ],
)
def test_it_is_told_when_only_the_writing_changed(old: str, new: str, same: bool) -> None:
    assert same_words(old, new) is same


def test_texts_of_any_kind_are_compared_with_bounded_work() -> None:
    assert as_html(pieces("a<b>", "a<i>")) == "a&lt;<del>b</del><ins>i</ins>&gt;"
    long = [one.kind for one in pieces("甲" * (MAX_WORDS + 1), "乙" * (MAX_WORDS + 1))]
    assert long == ["removed", "added"]
    # Lines that repeat without end made the standard library's matcher take hours.
    lines = ["—"] * 2_000
    found = pieces("\n".join(lines), "\n".join(["—", "甲"] * 2_000))
    assert sum(one.text.count("甲") for one in found if one.kind == "added") == 2_000
    shown = rows("\n".join(lines), [[Piece("kept", line)] for line in lines], [])
    assert [len(row.mirror) for row in shown] == [1] * 2_000


@given(
    st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abcd"), max_size=30)
)
@settings(max_examples=100)
def test_stretches_cover_both_sequences_in_order(old: list[str], new: list[str]) -> None:
    found = list(aligned(old, new))
    assert [one for part in found for one in old[part.old]] == old
    assert [one for part in found for one in new[part.new]] == new
    assert all(old[part.old] == new[part.new] for part in found if part.equal)
    assert all(a.equal != b.equal for a, b in pairwise(found))


def test_long_sequences_are_compared_piece_by_piece() -> None:
    old = [str(n) for n in range(2 * MOST_ALIGNED + 10)]
    new = ["x", *old[:-1], "y"]
    changed = [part for part in aligned(old, new) if not part.equal]
    assert (old[changed[0].old], new[changed[0].new]) == ([], ["x"])
    assert sum(part.old.stop - part.old.start for part in changed) <= 5


def test_on_a_terminal_the_marks_are_coloured_and_nothing_else_is_obeyed() -> None:
    shown = difference_on_terminal(pieces("周一\x1b]0;x\x07开会", "周五\x1b]0;x\x07开会"))
    assert "\x1b[31m[-一-]\x1b[0m\x1b[32m{+五+}\x1b[0m" in shown
    assert "\x1b]" not in shown
