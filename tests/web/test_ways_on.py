"""From an article on to all that has to do with it: its people, its source, shared searches."""

from __future__ import annotations

from pathlib import Path

from archive.store import open_archive
from archive.web import Settings
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction
from tests.web.serving import serving


def test_everything_of_a_person_is_one_click_from_an_article(tmp_path: Path) -> None:
    told = {"author": "张三、李四 O“x", "source": "办公室"}
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(
            SITE,
            [
                article("by", extraction("消息一。", **told)),
                article("of", extraction("张三作报告。", author="王五", source="本报")),
                article("no", extraction("消息二。", author="三张", source="室办公")),
            ],
        )
        with serving(archive, Settings(rate=0)) as room:
            facts = "//aside//dd//a/@href"
            ways = room.get("/article/by").page.xpath(facts)
            hits = "//a[@class='title']/@href"
            found = [sorted(room.ask("GET", way).page.xpath(hits)) for way in ways]
    # Written by 张三, and by or about him; the same of 李四 O“x, whom no text names; the source.
    assert found == [
        ["/article/by"],
        ["/article/by", "/article/of"],
        ["/article/by"],
        ["/article/by"],
        ["/article/by"],
    ]


def test_searches_saved_in_the_store_are_found_on_the_first_page(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(
            SITE, [article("a"), article("b", extraction("团课。", title="团课"))]
        )
        with serving(archive, Settings(rate=0)) as room:
            shared = "//nav[@aria-label='Searches saved for everybody:']//a"
            assert room.get("/").page.xpath(shared) == []
            archive.store.saved.put("党员<b>", "党员")
            (link,) = room.get("/").page.xpath(shared)
            assert link.text_content() == "@党员<b>"
            found = room.ask("GET", link.get("href"))
            assert found.page.xpath("//a[@class='title']/@href") == ["/article/a"]
            assert found.page.xpath(shared) == []
