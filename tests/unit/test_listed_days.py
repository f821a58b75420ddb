"""An article whose page tells no day has the one that its list shows beside its title."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from archive.cleaning import extract
from archive.model import LISTED_FLAG, Article, Site
from archive.store import open_archive
from archive.store.documents import pack, unpack
from tests.tampering.archived import put
from tests.unit.versioned_pages import FIRST, OTHER

HOST = "www.a.ac.cn"
SITE = Site("s", (HOST,))
TITLES = ("离退休党总支召开全体党员大会", "图书馆自下周起延长开放时间", "光学展厅接待中学师生参观")
DAYS = ("2010-09-27", "2010年10月8日", "2011/3/5")
NAV = "<div><a href='/'>首页</a><a href='/xw/'>新闻动态</a></div>"


def rows(before: str, link: str, behind: str) -> str:
    return "".join(
        before.format(day=day) + link.format(n=n, title=title) + behind.format(day=day)
        for n, (title, day) in enumerate(zip(TITLES, DAYS, strict=True))
    )


LINK = "<a href='/xw/a{n}.html'>{title}</a>"
LAYOUTS = {
    "behind the link": rows("<li>", LINK, "<span>{day}</span></li>"),
    "before it, in brackets": rows("<li>[{day}] ", LINK, "</li>"),
    "a cell of its row": f"<table>{rows('<tr><td>', LINK, '</td><td>{day}</td></tr>')}</table>",
    "a box beside": rows("<div><div><h3>", LINK, "</h3></div><div>日期：{day}</div></div>"),
    "with visits": rows("<p>", LINK, " {day} 09:30 点击：12</p>"),
}


def page(body: str) -> str:
    return f"<html><head><meta charset=utf-8><title>光学所</title></head><body>{NAV}{body}"


def article(title: str, lines: tuple[str, ...], over: str = "") -> str:
    return page(f"<h1>{title}</h1>{over}<div>" + "".join(f"<p>{line}</p>" for line in lines))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_days_of_a_list_are_read_wherever_they_stand_in_a_row(layout: str) -> None:
    read = extract(
        page(LAYOUTS[layout] + LINK.format(n=9, title="没有日期的一条消息")).encode(),
        f"http://{HOST}/xw/",
    )
    assert read.listed == tuple(
        (f"http://{HOST}/xw/a{n}.html", day)
        for n, day in enumerate(("2010-09-27", "2010-10-08", "2011-03-05"))
    )
    assert unpack(pack(read)) == read


@pytest.mark.parametrize(
    "entry",
    [
        "<li><a href='/1.html'>只有月日的一条消息</a>09-27</li>",
        "<li><a href='/1.html'>起止两日的一条消息</a>2010-09-27至2010-09-29</li>",
        "<li><a href='/1.html'>两条在一行</a>2010-09-27<a href='/2.html'>另一条消息</a></li>",
    ],
)
def test_no_day_is_guessed_and_none_taken_of_two(entry: str) -> None:
    read = extract(
        page(f"<ul>{entry}{LAYOUTS['behind the link']}</ul>").encode(), f"http://{HOST}/"
    )
    assert not [url for url, _ in read.listed if url.endswith(("/1.html", "/2.html"))]


def archived(data: Path, *pages: tuple[str, str]) -> dict[str, Article]:
    with open_archive(data, create=True) as archive:
        put(archive, SITE, {HOST: list(pages)})
        return {one.url.rpartition("/")[2]: one for one in archive.store.articles("s")}


def test_an_article_without_a_day_has_its_lists_and_says_so(tmp_path: Path) -> None:
    found = archived(
        tmp_path,
        ("/xw/", page(LAYOUTS["behind the link"])),
        ("/xw/a0.html", article(TITLES[0], FIRST)),
        ("/xw/a1.html", article(TITLES[1], OTHER, "<p>发布时间：2012-01-02</p>")),
    )
    told, own = found["a0.html"].reading, found["a1.html"].reading
    assert (told.published, LISTED_FLAG in told.flags) == (date(2010, 9, 27), True)
    assert told.published_evidence == f"beside its title on the list http://{HOST}/xw/"
    assert (own.published, LISTED_FLAG in own.flags) == (date(2012, 1, 2), False)


def test_of_lists_that_tell_two_days_none_is_believed(tmp_path: Path) -> None:
    other = LAYOUTS["behind the link"].replace(DAYS[0], "2014-05-06")
    found = archived(
        tmp_path,
        ("/xw/", page(LAYOUTS["behind the link"])),
        ("/zt/", page(other)),
        ("/xw/a0.html", article(TITLES[0], FIRST)),
    )
    assert found["a0.html"].reading.published is None


def test_a_day_that_a_list_tells_no_more_is_no_change_of_the_article(tmp_path: Path) -> None:
    found = archived(
        tmp_path,
        ("/xw/", page(LAYOUTS["behind the link"])),
        ("/xw/a0.html", article(TITLES[0], FIRST)),
    )
    told = found["a0.html"].reading
    untold = replace(told, published=None, published_evidence=None, flags=())
    assert told.published is not None
    assert told.said == untold.said
