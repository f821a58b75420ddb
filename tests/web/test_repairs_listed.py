"""Repairs are read by what was done and why, and marks as a reader would make them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.model import Site
from archive.store import open_archive
from archive.web import Settings, repaired
from archive.web.marks import drawn, paragraphs
from archive.web.repaired import counted
from tests.unit.store_sample import article, extraction, witness
from tests.web.holdings import KEPT, MIRRORED
from tests.web.serving import Served, serving
from tests.web.simplified import IN_TITLE, OLD, repairs, simplified


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with simplified(tmp_path / "data") as archive, serving(archive, Settings(rate=0)) as room:
        yield room


def test_repairs_of_one_reason_stand_together_with_their_reason_said_once(served: Served) -> None:
    answer = served.get("/article/x1")
    section = "//section[@aria-labelledby='repairs']"
    assert answer.words(f"{section}//h3") == [
        "traditional characters read as simplified 11",
        "pinyin in brackets taken out 1",
    ]
    assert answer.words(f"{section}//p[@class='facts']") == [
        "confidence 97%: why",
        "confidence 99%: readings",
    ]
    assert answer.words(f"{section}//dt") == ["Text", "Title", "Text"]
    assert answer.words(f"{section}//dd[1]//li")[:2] == ["鄧 → 邓 ×2", "長 → 长 ×2"]
    assert answer.words(f"{section}//li")[-2:] == ["鄧 → 邓", "(yuǎn)"]
    assert not answer.page.xpath(f"{section}//table")


def test_from_the_repairs_one_click_leads_to_the_page_they_were_made_on(served: Served) -> None:
    (way,) = served.get("/article/x1").page.xpath(
        "//section[@aria-labelledby='repairs']//a[contains(@href, '/witness/')]"
    )
    assert (way.get("href"), "m.com" in way.text) == ("/article/x1/witness/0", True)


def test_no_kind_of_repair_is_listed_without_bound_and_what_is_not_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(repaired, "MAX_REPAIRS", 4)
    first, second = counted([*repairs(), IN_TITLE])
    assert (first.times, sum(len(kinds) for _, kinds in first.fields), first.more) == (11, 4, 3)
    assert (second.times, second.fields, second.more) == (1, (), 1)


def test_characters_changed_side_by_side_for_one_reason_are_marked_as_one_word() -> None:
    (line,) = paragraphs(drawn(OLD, repairs()))
    shown = [f"{one.kind[0]}:{one.text}" for one in line]
    assert shown[:3] == ["s:鄧長遠", "w:邓长远", "k:率"]
    # What was done for another reason stands apart.
    assert shown[-5:] == ["s:鄧長遠", "w:邓长远", "s:(yuǎn)", "s:參會", "w:参会"]
    assert [one.stop for one in line if one.stop] == [1, 2, 3, 4]


def test_a_witness_that_is_not_there_takes_no_column(served: Served, room: Served) -> None:
    answer = served.get("/article/x1/witnesses")
    assert answer.words("//th") == ["The reading text", "What the mirror showed"]
    assert "The official host's own page is not in the archive." in answer.text
    assert {len(row) for row in answer.page.xpath("//tbody/tr")} == {2}
    whole = room.get(f"/article/{MIRRORED}/witnesses")
    assert len(whole.words("//th")) == 3
    alone = room.get(f"/article/{KEPT}/witnesses")
    assert alone.words("//th") == ["The reading text", "What the official host showed"]
    assert "No mirror of this article is known." in alone.text


def test_the_way_to_captures_is_called_as_what_it_leads_to(room: Served) -> None:
    for language in ("en", "zh"):
        answer = room.get(f"/article/{KEPT}", lang=language)
        assert answer.words("//a[@href='#evidence']") == answer.words("//h2[@id='evidence']")


def test_without_words_no_article_is_better_than_another(room: Served) -> None:
    ways = room.get("/").page.xpath("//div[@class='order']//li/a")
    assert [(one.text, one.get("aria-current")) for one in ways] == [
        ("newest first", "true"),
        ("oldest first", None),
    ]
    asked = room.get("/", q="学习").page.xpath("//div[@class='order']//li/a")
    assert [one.get("aria-current") for one in asked] == ["true", None, None]


def test_a_site_that_all_hits_are_of_is_said_once(tmp_path: Path, room: Served) -> None:
    facts = "//li[@class='hit']/p[@class='facts']"
    assert not any("institute" in one for one in room.get("/", q="学习").words(facts))
    with open_archive(tmp_path / "two", create=True) as archive:
        for site in ("one", "two"):
            archive.store.put_site(Site(site, (f"www.{site}.cn",)))
            seen = witness(extraction(), f"http://www.{site}.cn/1")
            made = replace(article(f"of-{site}", extraction(), (seen,)), site=site)
            archive.store.replace_articles(site, [made])
        with serving(archive, Settings(rate=0)) as served:
            assert sum("two" in one for one in served.get("/").words(facts)) == 1
