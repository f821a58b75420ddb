"""A selection: what was picked, in its order, cited and exported from its address alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from archive.store import Archive, open_archive
from archive.web import Settings
from archive.web.picked import MOST
from tests.unit.store_sample import INSTITUTE, SITE, article
from tests.web.holdings import EDITED, EVIL, HOSTILE, KEPT, MIRROR_ONLY
from tests.web.serving import Served, serving

TITLES = "//a[@class='title']/@href"


def address(*ids: str, path: str = "/selection") -> str:
    return f"{path}?{'&'.join(f'id={one}' for one in ids)}"


def test_what_was_picked_stands_in_its_order_once_and_is_cited_so(room: Served) -> None:
    answer = room.get(address(MIRROR_ONLY, KEPT, MIRROR_ONLY, EDITED))
    assert answer.status == 200
    wanted = [f"/article/{one}" for one in (MIRROR_ONLY, KEPT, EDITED)]
    assert answer.page.xpath(TITLES) == wanted
    assert answer.words("//p[@class='sentence']") == ["3 articles"]
    cited = answer.words("//p[@class='citation']")
    assert [one[:3] for one in cited] == ["[1]", "[2]", "[3]"]
    assert all(f"{room.base}{path}" in one for path, one in zip(wanted, cited, strict=True))
    assert answer.words("//p[@class='notice']") == []


@pytest.mark.parametrize("form", ["jsonl", "csv", "ris", "bib"])
def test_the_exports_of_a_selection_are_of_it_alone(room: Served, form: str) -> None:
    page = room.get(address(MIRROR_ONLY, KEPT)).page
    (link,) = (one for one in page.xpath("//a[@download]/@href") if f".{form}?" in one)
    text = room.ask("GET", link).text
    if form == "jsonl":
        assert [json.loads(line)["id"] for line in text.splitlines()] == [MIRROR_ONLY, KEPT]
    assert text.index(f"{MIRROR_ONLY}") < text.index(f"{KEPT}")
    assert EDITED not in text


def test_what_is_not_found_is_named_and_nothing_that_was_typed_is_markup(room: Served) -> None:
    answer = room.get("/selection", id='"><script>alert(1)</script>')
    assert answer.status == 200
    assert answer.words("//p[@class='notice']") == ['Not found: "><script>alert(1)</script>']
    assert answer.page.xpath("//main//script") == []
    assert room.get("/selection").words("//main/p")[-1].startswith("Nothing is picked")
    evil = room.get(address(HOSTILE)).page
    assert EVIL.split()[0] in evil.xpath("//input[@name='id']/@aria-label")[0]
    assert etree.tostring(evil).count(b"<script") == 2


def test_a_selection_holds_so_many_and_its_address_is_not_too_long(tmp_path: Path) -> None:
    ids = [f"{n:016x}" for n in range(MOST + 20)]
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article(one) for one in ids])
        with serving(archive, Settings(rate=0)) as room:
            assert len(room.get(address(*ids[:MOST])).page.xpath(TITLES)) == MOST
            assert len(room.get(address(*ids)).page.xpath(TITLES)) == MOST
            exported = room.get(address(*ids[:MOST], path="/export.jsonl")).text
    assert len(exported.splitlines()) == MOST


def test_without_script_the_boxes_of_a_page_open_a_selection(
    room: Served, archive: Archive
) -> None:
    page = room.get("/?q=党员").page
    boxes = page.xpath("//input[@type='checkbox']")
    assert [f"/article/{one.get('value')}" for one in boxes] == page.xpath(TITLES)
    (form,) = page.xpath("//form[@id='picking']")
    assert {one.get("form") for one in boxes} == {"picking"}
    assert form.get("hidden") is None
    chosen = room.get(address(*(one.get("value") for one in boxes), path=form.get("action")))
    assert len(chosen.page.xpath(TITLES)) == archive.count("党员")
