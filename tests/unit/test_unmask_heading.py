"""A heading that a mirror made unlike the title goes out once it is undone; honest lines stay."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from archive.cleaning.repairs import revert
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.marks import COMPARED, LACUNA, MirrorMarks, NameSlot
from tests.tampering.brands import invented_disguise
from tests.unit.unmask_tampering import reading

TITLE = "离退休党总支组织老同志参观新园区"
BODY = "五月十二日，离退休党总支组织老同志参观新园区。\n大家对变化感到高兴。"


@pytest.mark.parametrize("seed", range(6))
def test_a_heading_with_a_phrase_in_it_is_taken_out_with_its_date(seed: int) -> None:
    phrase = invented_disguise(Random(seed), ("某所",), "2026-05-01").phrases[0]
    heading = TITLE.replace("组织", f"组{phrase}织")
    text = f"{heading}\n发布时间：2011-05-13\n{BODY}"
    marks = MirrorMarks("m.example", brands=("甲乙丙",), phrases=(phrase,), phrases_known=COMPARED)
    raw = reading("m.example", "/1.html", TITLE, text, None)
    clean = unmask(raw, marks)
    assert clean.text == BODY
    assert clean.title == TITLE
    assert revert(clean.text, [r for r in clean.repairs if r.field == "text"]) == raw.text


def test_a_first_line_that_the_mirror_did_not_touch_stays() -> None:
    marks = MirrorMarks("m.example", brands=("甲乙丙",), phrases=("甲乙丙开户",))
    raw = reading("m.example", "/1.html", TITLE, f"{TITLE}\n{BODY}", None)
    assert unmask(raw, marks).text == raw.text
    only = replace(raw, text=TITLE)
    assert unmask(only, marks).text == TITLE


BRAND = "铂濠霆网"
PARTNERS = "参加者来自甲大学，合作单位：乙学院-{}"


def test_a_sentence_that_ends_in_a_name_behind_a_dash_keeps_it() -> None:
    text = f"{PARTNERS.format(BRAND)}\n{BODY}"
    raw = reading("m.example", "/1.html", f"{TITLE}-{BRAND}", text, None)
    slot = NameSlot(BRAND, "青山研究所", "signature", 0.9)
    told = unmask(raw, MirrorMarks("m.example", brands=(BRAND,), names=(slot,)))
    assert told.text.split("\n")[0] == PARTNERS.format("青山研究所")
    assert told.title == TITLE
    lost = unmask(raw, MirrorMarks("m.example", brands=(BRAND,), lost=(BRAND,)))
    assert lost.text.split("\n")[0] == PARTNERS.format(LACUNA)


@pytest.mark.parametrize("heading", [TITLE, "创先争优活动", "青山研究所召开会议，部署工作"])
def test_a_heading_loses_the_brand_behind_it(heading: str) -> None:
    raw = reading("m.example", "/1.html", f"{heading}-{BRAND}", f"{heading}-{BRAND}\n{BODY}", None)
    slot = NameSlot(BRAND, "青山研究所", "signature", 0.9)
    for names in ((slot,), ()):
        told = unmask(raw, MirrorMarks("m.example", brands=(BRAND,), names=names))
        assert (told.title, told.text) == (heading, BODY)
