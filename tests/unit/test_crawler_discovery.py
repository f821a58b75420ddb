"""Every way from a page is found, once, as what it probably is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor

from archive.cleaning import read_page
from archive.model import Lead
from benchmarks.capture.site import make_site
from crawler.addresses import address_kind
from crawler.discovery import MAX_LEADS, discover, discover_in_style
from crawler.paging import MAX_LIST_PAGES, script_pages
from crawler.references import MAX_REFERENCE, refresh_target

URL = "http://www.example.ac.cn/xwzx/index.html"


def found(html: str, url: str = URL, *, is_home: bool = False) -> dict[str, Lead]:
    page = read_page(html.encode(), url, "text/html; charset=utf-8")
    return {lead.url: lead for lead in discover(page, url, is_home=is_home)}


@pytest.mark.parametrize(
    ("html", "target", "kind"),
    [
        ('<a href="t20101209_12.html">短标题</a>', "xwzx/t20101209_12.html", "article"),
        ('<a href="../old/ReadNews.asp?NewsID=7">x</a>', "old/ReadNews.asp?NewsID=7", "article"),
        ('<a href="/info/1023/4567.htm">x</a>', "info/1023/4567.htm", "article"),
        ('<a href="about.html">一个足够长的新闻标题在此</a>', "xwzx/about.html", "article"),
        ('<a href="about.html">概况</a>', "xwzx/about.html", "page"),
        ('<a href="../tzgg/">通知公告</a>', "tzgg/", "list"),
        (
            '<a href="NewsList.asp?ClassID=3&page=2">2</a>',
            "xwzx/NewsList.asp?ClassID=3&page=2",
            "list",
        ),
        ('<a href="x.asp?id=9">下一页</a>', "xwzx/x.asp?id=9", "list"),
        ('<a href="m.html">更多&gt;&gt;</a>', "xwzx/m.html", "list"),
        ('<a href="/">首页</a>', "", "home"),
        ('<a href="W020101209.pdf">附件</a>', "xwzx/W020101209.pdf", "asset"),
        ('<img src="a.jpg" alt="图">', "xwzx/a.jpg", "asset"),
        ('<img src="data:image/gif;base64,R0" data-src="b.jpg">', "xwzx/b.jpg", "asset"),
        ('<amp-img src="t.jpg" layout="fill"></amp-img>', "xwzx/t.jpg", "asset"),
        ('<amp-anim srcset="u.gif 1x"></amp-anim>', "xwzx/u.gif", "asset"),
        ('<map><area href="c.html"></map>', "xwzx/c.html", "page"),
        ('<iframe src="d.html"></iframe>', "xwzx/d.html", "page"),
        ('<embed src="e.swf">', "xwzx/e.swf", "asset"),
        ('<div pdfsrc="/_upload/o.pdf" class="wp_pdf_player"></div>', "_upload/o.pdf", "asset"),
        ("<script>showPdf('/__local/p.pdf', '100%')</script>", "__local/p.pdf", "asset"),
        ('<meta http-equiv="Refresh" content="0; URL=\'f.html\'">', "xwzx/f.html", "page"),
        ('<link rel="next" href="g.html">', "xwzx/g.html", "page"),
        ("<a href=\"javascript:window.open('h.html')\">x</a>", "xwzx/h.html", "page"),
        ('<a href="#" onclick="location.href=\'i.html\'">x</a>', "xwzx/i.html", "page"),
        ('<A HREF="J.HTM">x</A>', "xwzx/J.HTM", "page"),
        ('<a href="print.asp?NewsID=7">打印</a>', "xwzx/print.asp?NewsID=7", "page"),
        ('<link rel="stylesheet" href="../css/k.css">', "css/k.css", "asset"),
        ('<link rel="shortcut icon" href="/favicon.ico">', "favicon.ico", "asset"),
        ('<script src="l.js"></script>', "xwzx/l.js", "asset"),
        ('<input type="image" src="m.gif">', "xwzx/m.gif", "asset"),
        ('<table><tr><td background="n.gif">x</td></tr></table>', "xwzx/n.gif", "asset"),
        ("<div style=\"background:url('o.png') no-repeat\">x</div>", "xwzx/o.png", "asset"),
        ("<style>@import 'p.css'; @import url(p.css)</style>", "xwzx/p.css", "asset"),
        ('<img srcset="q.jpg 1x, q.jpg 2x">', "xwzx/q.jpg", "asset"),
        ('<link rel="sitemap" href="/r.xml">', "r.xml", "sitemap"),
        (
            '<link rel="alternate" type="application/atom+xml" href="s">',
            "xwzx/s",
            "sitemap",
        ),
    ],
)
def test_each_kind_of_link_is_found_and_named(html: str, target: str, kind: str) -> None:
    leads = found(html)
    assert {
        url.removeprefix("http://www.example.ac.cn/"): lead.kind for url, lead in leads.items()
    } == {target: kind}


def test_a_style_sheet_leads_to_what_it_shows_and_imports() -> None:
    sheet = (
        "@import \"a.css\"; .b{background:URL( b.png )} .c{src:url('c.woff?#iefix')} url(data:,x)"
    )
    leads = discover_in_style(sheet.encode(), "http://www.example.ac.cn/css/main.css")
    names = [lead.url.removeprefix("http://www.example.ac.cn/css/") for lead in leads]
    assert names == ["a.css", "b.png", "c.woff"]
    assert {lead.kind for lead in leads} == {"asset"}


def test_short_links_on_the_home_page_are_branches() -> None:
    leads = found('<a href="/dj/">党建工作</a>', "http://www.example.ac.cn/", is_home=True)
    assert [lead.kind for lead in leads.values()] == ["branch"]


def test_a_numbered_pager_is_a_way_to_list_pages() -> None:
    leads = found('<a href="index_3.html">4</a>')
    assert [lead.kind for lead in leads.values()] == ["list"]


@pytest.mark.parametrize(
    "reference",
    [
        "#top",
        "javascript:void(0)",
        "mailto:a@b.cn",
        "tel:1",
        "data:text/html,x",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_page_is_not_followed(reference: str) -> None:
    assert found(f'<a href="{reference}">x</a>') == {}


def test_a_link_to_the_page_itself_is_none() -> None:
    assert found('<a href="index.html#x">x</a><a href="">y</a>') == {}


def test_an_address_is_named_once_with_its_best_reason() -> None:
    leads = found('<a href="a.html"><img src="i.gif"></a><a href="a.html">更多</a>')
    assert leads["http://www.example.ac.cn/xwzx/a.html"].kind == "list"
    assert len(leads) == 2


@pytest.mark.parametrize("base", ["file:///", "javascript:x", "http://[::1/"])
def test_a_base_that_is_no_web_address_is_ignored(base: str) -> None:
    assert list(found(f'<base href="{base}"><a href="a.html">x</a>')) == [
        "http://www.example.ac.cn/xwzx/a.html"
    ]


def test_a_base_moves_the_links() -> None:
    assert list(found('<base href="/b/"><a href="a.html">x</a>')) == [
        "http://www.example.ac.cn/b/a.html"
    ]


def test_a_page_of_a_million_links_is_cut_and_quick() -> None:
    html = "".join(f'<a href="p{n}.html">{n}</a>' for n in range(4 * MAX_LEADS))
    began = time.process_time()
    leads = found(html)
    assert len(leads) == MAX_LEADS
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("script", "pages"),
    [
        ('createPageHTML(3, 0, "index", "html");', ["index.html", "index_1.html", "index_2.html"]),
        ("createPageHTML('p', 3, 1, 'index', 'htm');", ["index.htm", "index_1.htm", "index_2.htm"]),
        ('createPageHTML(0, 2, "list", "shtml")', ["list.shtml", "list_1.shtml"]),
        ('createPageHTML("2","0","t2010_1","html")', ["t2010_1.html", "t2010_1_1.html"]),
        ('pageHtml(3, 0, "index", "shtml", 50)', ["index.shtml", "index_1.shtml", "index_2.shtml"]),
        (
            "var countPage = 2;//x\nwrite('<a href=index_'+n+'.html>')",
            ["index.html", "index_1.html"],
        ),
        ('createPageHTML(1, 0, "index", "html");', []),
        ('createPageHTML("²", "²", "index", "html");', []),
        ('// createPageHTML(3, 0, "index", "html");', []),
        ("function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}", []),
    ],
)
def test_pages_that_only_a_script_names_are_found(script: str, pages: list[str]) -> None:
    assert list(script_pages(script, URL)) == pages


def test_a_script_cannot_invent_pages_without_end() -> None:
    assert (
        len(list(script_pages('createPageHTML(999999, 0, "index", "html")', URL))) == MAX_LIST_PAGES
    )


def test_script_paging_leads_to_lists() -> None:
    leads = found('<script>createPageHTML(2, 0, "index", "html");</script>')
    assert [(lead.url, lead.kind) for lead in leads.values()] == [
        ("http://www.example.ac.cn/xwzx/index_1.html", "list")
    ]


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ("0;url=http://a.cn/", "http://a.cn/"),
        ("5; URL = 'x.html'", "x.html"),
        ("3", None),
        ("99999;url=x", None),
        ("", None),
    ],
)
def test_a_refresh_leads_on_only_when_it_names_a_page_soon(value: str, target: str | None) -> None:
    assert refresh_target(value) == target


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://a.cn/2010/12/09/opening/", "article"),
        ("http://a.cn/article/17", "article"),
        ("http://a.cn/tz/201012/t20101209_3.shtml", "article"),
        ("http://a.cn/news_show.aspx?id=12", "article"),
        ("http://a.cn/list.asp?page=3", "list"),
        ("http://a.cn/class.asp?lmid=3", "list"),
        ("http://a.cn/", "list"),
        ("http://a.cn/contact.html", "page"),
        ("http://a.cn/a/no1024x.html", "article"),
        ("http://a.cn/a/1024/index.php5", "page"),
        ("http://a.cn/a/1024", "page"),
    ],
)
def test_an_address_gives_its_page_away(url: str, kind: str) -> None:
    assert address_kind(url) == kind


@pytest.mark.parametrize("piece", ["1", "1/", "/t20101209_", "2010/12/", "/info/1", "/read-1"])
def test_no_address_takes_long_to_judge(piece: str) -> None:
    began = time.process_time()
    address_kind(f"http://a.cn/{piece * (MAX_REFERENCE // len(piece))}")
    assert time.process_time() - began < 1


def test_it_finds_the_links_that_scrapys_extractor_finds(tmp_path: Path) -> None:
    make_site(tmp_path, articles=60)
    extractor = LinkExtractor(tags=("a", "img"), attrs=("href", "src"), deny_extensions=[])
    compared = 0
    for path in sorted(tmp_path.rglob("*.html")):
        url, body = f"http://www.a.cn/{path.relative_to(tmp_path)}", path.read_bytes()
        response = HtmlResponse(url, body=body, encoding="utf-8")
        theirs = {link.url for link in extractor.extract_links(response)} - {url}
        assert {lead.url for lead in discover(read_page(body, url), url)} == theirs
        compared += len(theirs)
    assert compared > 1000


def test_the_document_that_a_viewer_shows_is_found_beside_the_viewer() -> None:
    leads = found('<iframe src="/js/v.html?file=%2Ff%2Fn.pdf&z=1"></iframe>')
    assert leads["http://www.example.ac.cn/f/n.pdf"].kind == "asset"
