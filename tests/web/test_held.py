"""What the archive held on a day: each article, in the version that was its newest then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.model import Site
from archive.store import open_archive
from archive.web import Settings, paging
from tests.unit.store_sample import SITE, article, edited, extraction, witness
from tests.web.serving import Served, serving


@pytest.fixture
def room(tmp_path: Path, database: str) -> Iterator[Served]:
    """An article that was changed on 11 December 2010, one of the 9th that was not, and one of
    another site, of the 12th."""
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(Site(SITE, ("www.a.cn",)))
        archive.store.put_site(Site("another", ("www.b.cn",)))
        archive.store.replace_articles(SITE, [edited("a1"), article("a2", extraction("不变。"))])
        late = extraction("另一篇。", title="另一篇")
        seen = witness(late, "http://www.b.cn/1", at=edited().last_seen.replace(day=12))
        archive.store.replace_articles("another", [article("b1", late, (seen,))])
        with serving(archive, Settings(rate=0)) as served:
            yield served


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2010-12-08", []),
        ("2010-12-09", [("a1", 1), ("a2", 1)]),
        ("2010-12-10", [("a1", 1), ("a2", 1)]),
        ("2010-12-11", [("a1", 2), ("a2", 1)]),
        ("2010-12-12", [("b1", 1), ("a1", 2), ("a2", 1)]),
        ("9999-12-31", [("b1", 1), ("a1", 2), ("a2", 1)]),
    ],
)
def test_a_day_has_what_was_captured_by_then_in_the_version_of_then(
    room: Served, day: str, held: list[tuple[str, int]]
) -> None:
    answer = json.loads(room.get("/api/v1/held", day=day).text)
    assert answer["total"] == len(held)
    assert [(one["id"], one["version"]) for one in answer["articles"]] == held
    links = [
        f"/article/{name}" + ("?version=1" if (name, version) == ("a1", 1) else "")
        for name, version in held
    ]
    page = room.get("/held", day=day)
    assert page.page.xpath("//ul[@class='hits']/li/a[1]/@href") == links
    assert f"{len(held)} articles had been captured" in page.words("//p[@class='sentence']")[0]


def test_the_version_of_then_is_the_text_of_then_and_leads_to_what_changed_since(
    room: Served,
) -> None:
    page = room.get("/held", day="2010-12-10")
    first, since = page.page.xpath("//ul[@class='hits']/li[1]//a/@href")
    assert room.ask("GET", first).words("//main/div//article/p") == ["原文。"]
    assert since == "/article/a1/diff?from=1&to=2"


def test_a_site_is_asked_for_alone_and_pages_follow_each_other(
    room: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "LISTED", 1)
    first = room.get("/held", day="2010-12-31", site=SITE)
    assert "2 articles had been captured" in first.text
    (further,) = first.page.xpath("//a[@rel='next']/@href")
    second = room.ask("GET", further)
    listed = [one.page.xpath("//ul[@class='hits']/li/a/@href") for one in (first, second)]
    assert listed == [["/article/a1"], ["/article/a2"]]
    assert json.loads(room.get("/api/v1/held", day="2010-12-31", site="another").text)["total"] == 1
    assert room.get("/api/v1/held", day="2010-12-31", site="none").status == 404


@pytest.mark.parametrize("day", ["gestern", "2010-13", "0", "%", "\x00"])
def test_what_is_no_day_is_told_of_and_today_is_shown(room: Served, day: str) -> None:
    page = room.get("/held", day=day)
    assert page.status == 200
    assert "3 articles had been captured" in page.text
    if day.strip("\x00"):
        assert page.page.xpath("//p[@role='alert']")


def test_the_page_of_what_is_new_leads_there(room: Served) -> None:
    links = room.get("/new", since="2010-12-10").page.xpath("//main//a/@href")
    assert "/held?day=2010-12-10" in links
