"""What Chinese input methods write, and names as journals print them, mean what they look like."""

from __future__ import annotations

import pytest

from archive.search import parse
from archive.search.pinyin import is_short
from archive.search.query import All, Any, Node, Phrase, Sounds, Without
from tests.unit.search_oracle import as_typed

DANG, TUAN, HUI = Phrase(("党",)), Phrase(("团",)), Phrase(("会",))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("（党 OR 团） －会", All((Any((DANG, TUAN)), Without(HUI)))),
        ("（党 OR 团） −会", All((Any((DANG, TUAN)), Without(HUI)))),
        ("（党 OR 团)　会", All((Any((DANG, TUAN)), HUI))),
        ("-（党 OR 团）", Without(Any((DANG, TUAN)))),
        ("（（党 OR 团） 会）", All((Any((DANG, TUAN)), HUI))),
        ("标题：（党 OR 团）", Any((Phrase(("党",), "title"), Phrase(("团",), "title")))),
        ("＂党 团＂", Phrase(("党", "团"))),
        # Within a title that was pasted they join nothing.
        ("党（团）会", Phrase(("党", "团", "会"))),
        ("（党）团", Phrase(("党", "团"))),
        ("党－团 － 会", All((Phrase(("党", "团")), HUI))),
        ("党 （团", All((DANG, TUAN))),
        ("“党 （团） 会”", Phrase(("党", "团", "会"))),
    ],
)
def test_full_width_joins_words_as_half_width_does(typed: str, meant: Node) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize("typed", ["Xiu-yuan", "xiu‐yuan", "xiuyuan", "xiu'yuan"])
def test_a_given_name_with_a_hyphen_is_read_as_the_same_name_without(typed: str) -> None:
    found = parse(typed)
    assert isinstance(found, Any)
    (read,) = (one for one in found.parts if isinstance(one, Sounds))
    assert [character in some for character, some in zip("修远", read.syllables, strict=True)] == [
        True,
        True,
    ]


def test_a_hyphen_between_other_words_is_none_of_pinyin() -> None:
    assert as_typed(parse("well-known")) == Phrase(("well", "known"))


@pytest.mark.parametrize("typed", ["xi'an", "zhang-san", "lvyou"])
def test_a_word_of_several_syllables_is_no_short_one(typed: str) -> None:
    assert not is_short(typed)
    assert is_short("lyu")
