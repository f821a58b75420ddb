"""Sites of framesets, as institutes had them until 2005: the article in a frame is an article."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from archive.cleaning.page import read_page
from archive.model import Site
from archive.store import open_archive
from crawler.discovery import discover
from tests.tampering.archived import put
from tests.unit.versioned_pages import FIRST, OTHER

HOST = "www.a.ac.cn"
SITE = Site("s", (HOST,))
MENU = "".join(f"<P><A HREF='{n}.htm' TARGET=main>栏目{n}</A>" for n in range(6))


def text(lines: tuple[str, ...]) -> str:
    return "".join(f"<P>{line}</P>" for line in lines)


def framed(title: str, *sources: str, noframes: str = "") -> str:
    frames = "".join(f"<FRAME SRC='{source}'>" for source in sources)
    return (
        f"<HTML><HEAD><TITLE>{title}</TITLE></HEAD><FRAMESET COLS='150,*'>{frames}"
        f"<NOFRAMES><BODY>{noframes}</BODY></NOFRAMES></FRAMESET></HTML>"
    )


def body(inside: str) -> str:
    return f"<HTML><BODY>{inside}</BODY></HTML>"


def test_a_framed_text_is_titled_by_the_page_that_shows_it(tmp_path: Path) -> None:
    pages = [
        ("/", framed("光学所", "menu.htm", "main.htm")),
        ("/menu.htm", body(MENU)),
        ("/main.htm", body("<A HREF='b1/index.htm'>党员参观展厅</A>")),
        ("/b1/index.htm", framed("党员参观展厅", "head.htm", "body.htm")),
        ("/b1/head.htm", body("<B>党建工作</B> <A HREF='/'>返回首页</A>")),
        ("/b1/body.htm", body(text(FIRST))),
    ]
    with open_archive(tmp_path, create=True) as archive:
        put(archive, SITE, {HOST: pages})
        (one,) = archive.store.articles("s")
    assert one.url.endswith("/b1/body.htm")
    assert (one.reading.title, one.reading.text) == ("党员参观展厅", "\n".join(FIRST))
    assert "told-by-frame" in one.reading.flags


def test_what_stands_over_a_frame_is_said_of_the_text_in_it(tmp_path: Path) -> None:
    over = "<H1>图书馆延长开放时间</H1><DIV>发布时间：2004-03-18 来源：图书馆</DIV>"
    pages = [
        ("/n7.htm", body(f"{over}<IFRAME SRC='n7_text.htm'></IFRAME>")),
        ("/n7_text.htm", body(text(OTHER))),
    ]
    with open_archive(tmp_path, create=True) as archive:
        put(archive, SITE, {HOST: pages})
        (one,) = archive.store.articles("s")
    read = one.reading
    assert (read.title, read.published, read.source) == (
        "图书馆延长开放时间",
        date(2004, 3, 18),
        "图书馆",
    )
    assert read.text == "\n".join(OTHER)


def test_a_text_in_a_frame_in_a_frame_is_titled_by_the_page_that_shows_all(tmp_path: Path) -> None:
    over = "<H1>图书馆延长开放时间</H1><DIV>发布时间：2004-03-18</DIV>"
    pages = [
        ("/news/n7.html", body(f"{over}<IFRAME SRC='n7_box.htm'></IFRAME>")),
        ("/news/n7_box.htm", body("<IFRAME SRC='n7_text.htm'></IFRAME>")),
        ("/news/n7_text.htm", body(text(OTHER))),
    ]
    with open_archive(tmp_path, create=True) as archive:
        put(archive, SITE, {HOST: pages})
        (one,) = archive.store.articles("s")
    read = one.reading
    assert (read.title, read.published) == ("图书馆延长开放时间", date(2004, 3, 18))


def test_a_text_that_names_itself_keeps_its_title(tmp_path: Path) -> None:
    own = f"<HTML><HEAD><TITLE>图书馆通知</TITLE></HEAD><BODY><H2>图书馆通知</H2>{text(OTHER)}"
    pages = [("/i.htm", framed("光学所", "m.htm", "t.htm")), ("/m.htm", body(MENU))]
    with open_archive(tmp_path, create=True) as archive:
        put(archive, SITE, {HOST: [*pages, ("/t.htm", own)]})
        (one,) = archive.store.articles("s")
    assert one.reading.title == "图书馆通知"
    assert "told-by-frame" not in one.reading.flags


def test_a_frame_that_several_pages_show_has_no_title_from_them(tmp_path: Path) -> None:
    pages = [
        ("/a.htm", framed("党建工作", "t.htm", "m.htm")),
        ("/b.htm", framed("科研工作", "t.htm", "m.htm")),
        ("/t.htm", body(text(FIRST))),
        ("/m.htm", body(MENU)),
    ]
    with open_archive(tmp_path, create=True) as archive:
        put(archive, SITE, {HOST: pages})
        (one,) = archive.store.articles("s")
    assert one.reading.title is None


def test_frames_and_links_for_browsers_without_frames_are_followed() -> None:
    inside = "请看<A HREF=\"old/n.htm?a=1&amp;b=2\">旧<b>版</b></A> <a href='#top'>上</a>"
    page = read_page(framed("光学所", "m.htm", "t.htm", noframes=inside).encode(), "http://a.cn/")
    found = {lead.url: lead.anchor for lead in discover(page, "http://a.cn/")}
    assert found == {
        "http://a.cn/m.htm": None,
        "http://a.cn/t.htm": None,
        "http://a.cn/old/n.htm?a=1&b=2": "旧版",
    }
