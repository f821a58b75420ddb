"""An article over several pages is one article: whole, in order, and true about what is missing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from archive.cli import main
from archive.errors import NotFoundError
from archive.export.record import record
from archive.export.selection import select
from archive.model import Article, Site
from archive.store import Archive, open_archive
from tests.tampering.archived import put
from tests.unit.paged_articles import (
    TITLE,
    Name,
    Pager,
    article,
    numbered,
    page,
    paragraphs,
    short,
    stepping,
    whole,
)

HOST = "www.a.ac.cn"
SITE = Site("s", (HOST,))


def suffixed(stem: str, ending: str, sign: str = "_") -> Name:
    return lambda n: f"{stem}{ending}" if n == 1 else f"{stem}{sign}{n}{ending}"


def trs(number: int) -> str:
    return f"/xw/t20101209_12{f'_{number - 1}' if number > 1 else ''}.html"


STYLES: dict[str, tuple[Name, Pager]] = {
    "a number behind the name": (suffixed("/a/123", ".html"), numbered),
    "counted from 0": (trs, stepping),
    "an id that could be a page's number": (suffixed("/xw/news_12", ".html"), stepping),
    "a dash, which sorts before the first page": (suffixed("/a/123", ".html", "-"), stepping),
    "the first page numbered, too": (lambda n: f"/show-12-345-{n}.html", numbered),
    "a folder for each page": (lambda n: f"/2012/03/x/{f'{n}/' if n > 1 else ''}", numbered),
    "a number in the query": (
        lambda n: f"/Show.asp?ID=77{f'&ArticlePage={n}' if n > 1 else ''}",
        numbered,
    ),
    "a number without a sign": (lambda n: f"/c1a2/page{n if n > 1 else ''}.htm", stepping),
    "an address that is written otherwise": (
        lambda n: f"/node/7{f'?page=0%2C{n - 1}' if n > 1 else ''}",
        stepping,
    ),
    "a pager with gaps": (suffixed("/a/9", ".htm"), short),
}


def kept(archive: Archive, pages: Sequence[tuple[str, str]], night: int = 1) -> list[Article]:
    put(archive, SITE, {HOST: pages}, night=night)
    return list(archive.store.articles("s"))


@pytest.mark.parametrize("style", STYLES)
def test_the_pages_of_an_article_are_one_article_in_order(tmp_path: Path, style: str) -> None:
    name, pager = STYLES[style]
    pages = [(path.replace("%2C", ","), html) for path, html in article(6, name, pager)]
    with open_archive(tmp_path, create=True) as archive:
        (one,) = kept(archive, pages)
    assert one.url == f"http://{HOST}{pages[0][0]}"
    assert one.reading.text == whole(6)
    assert one.reading.flags == ("several-pages",)
    assert one.versions == 1


def test_each_page_is_a_capture_with_its_own_place(tmp_path: Path) -> None:
    pages = article(3, trs)
    with open_archive(tmp_path, create=True) as archive:
        (one,) = kept(archive, pages)
        rows = {row.url: row for row in archive.store.captures("s")}
        (witness,) = one.witnesses
        for path, _ in pages:
            assert archive.get(f"http://{HOST}{path}").id == one.id
        with pytest.raises(NotFoundError):
            archive.get("http://www.b.ac.cn" + pages[1][0])
    told = [(part.url, part.captured_at, part.pointer) for part in witness.raw.pages]
    assert [url for url, _, _ in told] == [f"http://{HOST}{path}" for path, _ in pages]
    assert told == [(url, rows[url].captured_at, rows[url].pointer) for url, _, _ in told]


@pytest.mark.parametrize(
    ("lacking", "flag"), [({2}, "2 / 4"), ({4}, "4 / 4"), ({2, 3}, "2, 3 / 4")]
)
def test_a_page_that_is_not_kept_is_told(tmp_path: Path, lacking: set[int], flag: str) -> None:
    name = suffixed("/a/123", ".html")
    pages = [one for n, one in enumerate(article(4, name), 1) if n not in lacking]
    with open_archive(tmp_path, create=True) as archive:
        (one,) = kept(archive, pages)
    assert f"pages-missing:{flag}" in one.reading.flags
    missing = [part.url for part in one.witnesses[0].raw.pages if part.pointer is None]
    assert missing == [f"http://{HOST}{name(n)}" for n in sorted(lacking)]


def test_show_and_exports_tell_every_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = suffixed("/a/123", ".html")
    urls = [f"http://{HOST}{name(n)}" for n in (1, 2, 3, 4)]
    with open_archive(tmp_path, create=True) as archive:
        pages = [one for n, one in enumerate(article(4, name), 1) if n != 3]
        kept(archive, [*pages, ("/xw/other.html", page(paragraphs(9), "", title="别的通知"))])
        (one,) = [found for found in archive.store.articles("s") if found.reading.title == TITLE]
        chosen = {row.url for row in select(archive, [one], None).rows}
        (witness,) = record(one)["witnesses"]
    assert chosen == {url for url in urls if url != urls[2]}
    assert [(part["url"], part["warc"] is None) for part in witness["pages"]] == [
        (url, url == urls[2]) for url in urls
    ]
    assert main(["show", one.id, "--evidence", "--data", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert all(url in shown for url in urls)
    assert f"{urls[2]} (not kept)" in shown


def test_an_article_without_its_first_page_says_so(tmp_path: Path) -> None:
    name = suffixed("/a/123", ".html")
    with open_archive(tmp_path, create=True) as archive:
        (one,) = kept(archive, article(3, name)[1:])
    assert one.reading.text == "\n".join([*paragraphs(2), *paragraphs(3, 1)])
    assert "pages-missing:1 / 3" in one.reading.flags


def test_a_last_page_that_is_no_article_by_itself_is_not_left_out(tmp_path: Path) -> None:
    name = suffixed("/a/123", ".html")
    last = f"<html><head><title>{TITLE}--光学所</title></head><body><h1>{TITLE}</h1>"
    last += f"<div>（全文完）</div>{numbered(2, 2, name)}</body></html>"
    first = page(paragraphs(1), numbered(1, 2, name))
    with open_archive(tmp_path, create=True) as archive:
        (one,) = kept(archive, [(name(1), first), (name(2), last)])
    assert one.reading.text.startswith(paragraphs(1)[0])
    assert one.reading.text.endswith("（全文完）")


def test_articles_that_lead_on_by_number_stay_apart(tmp_path: Path) -> None:
    def name(number: int) -> str:
        return f"/xw/news_{number}.html"

    pages = [
        (
            name(n),
            page(paragraphs(n), stepping(n, 9, name), title="会议通知", day=f"2010-12-{n + 10}"),
        )
        for n in range(4, 9)
    ]
    with open_archive(tmp_path, create=True) as archive:
        found = kept(archive, pages)
    assert len(found) == len(pages)
    assert [one.reading.flags for one in found] == [()] * len(pages)


def test_posts_of_a_thread_are_not_one_article(tmp_path: Path) -> None:
    def name(number: int) -> str:
        return f"/showthread.php?id=7{f'&page={number}' if number > 1 else ''}"

    with open_archive(tmp_path, create=True) as archive:
        assert len(kept(archive, article(3, name))) > 1


def test_a_text_that_stands_on_each_page_is_said_once(tmp_path: Path) -> None:
    name = suffixed("/a/5", ".html")
    pages = [
        (
            name(n),
            page(paragraphs(1), numbered(n, 3, name)).replace(
                '<div class="TRS_Editor">', f'<div class="TRS_Editor"><img src="{n}.jpg">'
            ),
        )
        for n in (1, 2, 3)
    ]
    with open_archive(tmp_path, create=True) as archive:
        (one,) = kept(archive, pages)
    assert one.reading.text == "\n".join(paragraphs(1))
    assert len(one.reading.images) == 3
    again = [r for r in one.reading.removals if r.rule == "repeated-page"]
    assert [r.text for r in again] == ["\n".join(paragraphs(1))] * 2


def test_the_order_of_captures_does_not_show(tmp_path: Path) -> None:
    pages = article(5, suffixed("/a/9", ".htm"), short)
    said = []
    for turn in range(3):
        shuffled = random.Random(turn).sample(pages, len(pages))
        with open_archive(tmp_path / str(turn), create=True) as archive:
            (one,) = kept(archive, shuffled)
            said.append((one.id, one.url, one.reading.text, one.reading.flags))
    assert len(set(said)) == 1


def edited(number: int) -> list[tuple[str, str]]:
    """The article of three pages, page ``number`` of it edited."""
    name = suffixed("/a/123", ".html")
    return [
        (name(n), page(paragraphs(n, edition=int(n == number)), numbered(n, 3, name)))
        for n in (1, 2, 3)
    ]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_edit_of_any_page_makes_one_version(tmp_path: Path, number: int) -> None:
    with open_archive(tmp_path, create=True) as archive:
        (before,) = kept(archive, edited(0))
        (after,) = kept(archive, edited(number), night=2)
        first, second = archive.store.versions(after.id)
        assert (first.reading.text, second.reading.text) == (
            before.reading.text,
            after.reading.text,
        )
        (again,) = kept(archive, edited(number), night=3)
        assert len(archive.store.versions(again.id)) == 2
    assert (before.id, before.versions) == (after.id, 1)
    assert (after.versions, again.versions) == (2, 2)
    assert (again.first_seen, again.last_seen) > (before.first_seen, before.last_seen)


def test_an_edit_of_all_pages_in_one_night_is_one_version(tmp_path: Path) -> None:
    name = suffixed("/a/123", ".html")
    anew = [(name(n), page(paragraphs(n, edition=1), numbered(n, 3, name))) for n in (1, 2, 3)]
    with open_archive(tmp_path, create=True) as archive:
        kept(archive, edited(0))
        (after,) = kept(archive, anew, night=2)
    assert after.versions == 2


def test_pages_that_were_articles_of_their_own_lead_to_the_whole(tmp_path: Path) -> None:
    name = suffixed("/a/123", ".html")
    alone = [(name(n), page(paragraphs(n), "")) for n in (1, 2, 3)]
    with open_archive(tmp_path, create=True) as archive:
        before = kept(archive, alone)
        assert len(before) == 3
        (after,) = kept(archive, edited(0), night=2)
        for one in before:
            assert archive.get(one.id).id == after.id
