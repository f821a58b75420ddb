"""How systems that institutes use write titles, days, authors, sections and lists of teasers."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

import pytest

from archive.cleaning import Learner, extract, extract_page, read_page
from archive.model import PageKind

URL = "http://www.example.ac.cn/xw/7.htm"
TITLE = "湖泊站完成冬季样品采集"
LONG = f"{TITLE}暨全所野外台站年度工作总结汇报会议"
LINES = (
    "湖泊站的工作人员近日在高原湖泊上完成了冬季样品的采集，共取得水样和沉积物样品三百余份。",
    "这些样品将用于分析流域内营养盐的来源，为今后的治理提供依据，站里还将在春季再次前往。",
)
TEXT = "\n".join(LINES)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES)
FOOT = "<div>版权所有：某生态研究所　地址：某市科学路18号　邮编：100012　电话：010-12345678</div>"


@dataclass(frozen=True)
class Told:
    """What a page is expected to say; None is not asked about."""

    title: str | None = TITLE
    published: date | None = None
    author: str | None = None
    branch: str | None = None
    text: str | None = TEXT


PAGES = {
    # The head of every page of a section says only the section's name.
    "a table of the nineties": (
        "<title>新闻</title><table><tr><td><a href=/xw.htm>综合新闻</a></td><td>"
        f"<table><tr><td align=center><b><font size=4>{TITLE}</font></b><br><br>"
        f"<font size=2>2004/6/8　李海波</font></td></tr><tr><td>{'<br>'.join(LINES)}</td></tr>"
        "</table></td></tr></table>",
        Told(published=date(2004, 6, 8), author="李海波"),
    ),
    "a page of a frameset": (
        f"<title>综合新闻</title><p align=center><font size=5><b>{TITLE}</b></font></p>"
        f"<p align=center>(2004年6月8日)</p><hr>{'<br>'.join(LINES)}<hr><a href=l.htm>返回</a>",
        Told(published=date(2004, 6, 8)),
    ),
    # A trail that begins with the forum's name and ends with the title, however long that is.
    "a forum": (
        f"<title>{LONG} - 学术交流 - 某研究所论坛</title><div><a href='/'>某研究所论坛</a> › "
        f"<a href='/forum-2-1.html'>学术交流</a> › {LONG}</div><h1>{LONG}</h1>"
        f"<div>发表于 2010-6-8 09:01</div><div>{PARAGRAPHS}</div>",
        Told(LONG, date(2010, 6, 8), branch="学术交流"),
    ),
    "a blog's categories": (
        f"<title>{TITLE} – 某研究所</title><body><article><h1>{TITLE}</h1><div>发表于 <time "
        f"datetime='2010-06-08'>2010年6月8日</time></div><div>{PARAGRAPHS}</div><footer>分类："
        "<a rel='category tag' href='/c/x/'>科研进展</a></footer></article>",
        Told(published=date(2010, 6, 8), branch="科研进展"),
    ),
    "pages kept by year and month": (
        "<div>位置：<a href='/'>首页</a>&gt;<a href='/xw/'>新闻</a>&gt;<a href='/xw/2010/'>2010年"
        f"</a>&gt;<a href='/xw/2010/06/'>6月</a></div><h1>{TITLE}</h1>{PARAGRAPHS}",
        Told(branch="新闻"),
    ),
    "a static site with the time it takes to read": (
        f"<h1>{TITLE}</h1><p><time datetime='2010-06-08'>2010-06-08</time> · 李海波 · 约 3 分钟</p>"
        f"<div>{PARAGRAPHS}</div>",
        Told(published=date(2010, 6, 8), author="李海波"),
    ),
    "a repository": (
        f"<head><title>某研究所知识库: {TITLE}</title><meta name=citation_title content='{TITLE}'>"
        "<meta name=citation_author content=李海波><meta name=citation_author content=王晓燕>"
        f"<meta name=citation_date content=2010-06-08></head><h2>{TITLE}</h2>{PARAGRAPHS}",
        Told(published=date(2010, 6, 8), author="李海波、王晓燕"),
    ),
    "Korean days": (
        f"<h2>{TITLE}</h2><ul><li>작성일 : 2010년 6월 8일</li></ul><div>{PARAGRAPHS}</div>",
        Told(published=date(2010, 6, 8)),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_tells_in_its_systems_way_is_read(name: str) -> None:
    html, told = PAGES[name]
    read = extract(f"<meta charset=utf-8>{html}{FOOT}".encode(), URL)
    said = Told(read.title, read.published, read.author, read.branch, read.text)
    assert read.kind is PageKind.ARTICLE
    for field in ("title", "published", "author", "branch", "text"):
        expected = getattr(told, field)
        assert expected is None or getattr(said, field) == expected, field


WRAPPED = "\n".join(
    "\n".join(f"　　{line}"[at : at + 21] for at in range(0, len(line) + 2, 21)) for line in LINES
)


@pytest.mark.parametrize("link", ["", "<a href='http://a.cn/'></a>", "<b></b>"])
@pytest.mark.parametrize("over", [f"{TITLE}</h2><pre>", f"</h2><pre>\n          {TITLE}\n\n"])
def test_preformatted_prose_is_read_by_paragraphs_with_its_title_and_day(
    over: str, link: str
) -> None:
    html = f"<meta charset=utf-8><title>{TITLE}</title><body><h2>{over}\n          2004年6月8日\n\n"
    read = extract(f"{html}{WRAPPED}{link}\n</pre><hr><a href='/'>首页</a>".encode(), URL)
    assert (read.title, read.published, read.text) == (TITLE, date(2004, 6, 8), TEXT)
    assert read.conserved
    assert read.markdown.strip() == TEXT.replace("\n", "\n\n")


def test_preformatted_columns_keep_their_line_breaks_and_spaces() -> None:
    table = "\n".join(f"第{n}号样品。    湖心    {n}.5 米。" for n in range(10, 30))
    read = extract(f"<meta charset=utf-8><h1>{TITLE}</h1><pre>{table}</pre>".encode(), URL)
    assert table in read.markdown


ENGLISH = "".join(
    f"<p>Samples were collected in {n} lakes by the team, and the results will be published.</p>"
    for n in ("twelve", "nineteen", "seven")
)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("8. Juni 2010", date(2010, 6, 8)),
        ("2. März 2010", date(2010, 3, 2)),
        ("21. Dezember 2010", date(2010, 12, 21)),
        ("08.06.2010", date(2010, 6, 8)),
        ("version 1.12.2010.3", None),
    ],
)
def test_days_are_read_as_german_pages_write_them(written: str, day: date | None) -> None:
    html = f"<h1>Lake survey completed</h1><p class=date>{written}</p><p>Von Anna Schmidt</p>"
    read = extract(f"<meta charset=utf-8>{html}<main>{ENGLISH}</main>".encode(), URL)
    assert (read.published, read.author) == (day, "Anna Schmidt")


@pytest.mark.parametrize("path", ["/", "/category/news/page/2/"])
@pytest.mark.parametrize("more", [" […]", "…", " [...]"])
def test_a_page_of_teasers_with_bylines_is_no_article(path: str, more: str) -> None:
    teasers = "".join(
        f"<article><h2><a href='/{n}/'>{TITLE}之{n}</a></h2><div><time>2010年6月{n}日</time> "
        f"<a href='/author/1/'>李海波</a></div><p>{LINES[n % 2][:-1]}{more}</p></article>"
        for n in range(1, 6)
    )
    html = f"<meta charset=utf-8><title>科研进展 | 某研究所</title><h1>科研进展</h1>{teasers}{FOOT}"
    read = extract(html.encode(), f"http://www.example.ac.cn{path}")
    assert read.kind in (PageKind.LIST, PageKind.HOME)


def test_a_leaf_of_a_paper_is_no_article_and_what_stands_on_it_is() -> None:
    leaf = "<div>第02版：副刊</div><ul>" + "".join(
        f"<li><a href='content_{n}.htm'>{TITLE}之{n}</a></li>" for n in range(4)
    )
    folder = "http://www.example.ac.cn/paper/20100608/"
    read = extract(f"<meta charset=utf-8>{leaf}".encode(), f"{folder}node_2.htm")
    assert read.kind is not PageKind.ARTICLE
    story = f"<meta charset=utf-8><h1>{TITLE}</h1>{PARAGRAPHS}"
    assert extract(story.encode(), f"{folder}content_2.htm").kind is PageKind.ARTICLE


def test_particulars_that_many_people_share_stay_in_the_text_of_each() -> None:
    pages = [
        read_page(
            f"<meta charset=utf-8><title>{name}_某研究所</title><div><h2>{name}</h2>"
            f"<p>职称：研究员</p><p>研究方向：第{name}类湖泊</p><p>{name}{LINES[n % 2]}</p>"
            f"<p>{name}毕业于某大学，{name}{'曾' * n}在湖泊站工作。</p></div>{FOOT}".encode(),
            f"http://www.example.ac.cn/people/{n}.html",
        )
        for n, name in enumerate(("张志远", "李海波", "王晓燕", "陈立新", "刘建国", "周丽娜"))
    ]
    learner = Learner()
    for page in pages:
        learner.add(page)
    model = learner.model()
    assert model.has("职称：研究员")
    for page in pages:
        assert extract_page(page, model).text.startswith("职称：研究员\n研究方向：")


@pytest.mark.parametrize(
    "before", ["<title>", "<head><script>var a</script><title>", "<html><head><title>"]
)
@pytest.mark.parametrize("wrap", ["main", "article", "section"])
def test_the_body_begins_where_a_browser_begins_it(before: str, wrap: str) -> None:
    html = f"<!doctype html><meta charset=utf-8>{before}{TITLE}</title>"
    html += "<header><a href=/>某所</a></header>"
    html += f"<{wrap}><h1>{TITLE}</h1>{PARAGRAPHS}</{wrap}><footer>版权所有：某生态研究所</footer>"
    read = extract(html.encode(), URL)
    assert (read.kind, read.title, read.text) == (PageKind.ARTICLE, TITLE, TEXT)


def test_a_trail_of_thousands_of_headings_takes_no_long_time() -> None:
    headings = "<h1>甲乙丙丁</h1>" * 5_000
    trail = f"<li>当前位置：<a href=/>{headings}</a> &gt; {headings}"
    html = f"<meta charset=utf-8><ul>{trail}</ul><h1>{TITLE}</h1>{PARAGRAPHS}"
    began = time.process_time()
    extract(html.encode(), URL)
    assert time.process_time() - began < 2


def test_a_head_of_many_elements_takes_no_long_time() -> None:
    html = f"<meta charset=utf-8><title>x</title>{'<article>x</article>' * 30_000}"
    began = time.process_time()
    assert len(read_page(html.encode(), URL).flow.blocks) >= 1_000
    assert time.process_time() - began < 2


def test_a_login_that_is_told_which_article_to_go_back_to_is_none() -> None:
    page = (
        "<title>统一身份认证</title><h1>统一身份认证平台</h1><form>用户名<input name=u>"
        "密码<input type=password name=p><button>登录</button></form>"
    )
    back = "/kydt/201203/t20120301_3000.html"
    for service in (back, back.replace("/", "%2F")):
        read = extract(page.encode(), f"http://www.example.ac.cn/login?service={service}")
        assert read.kind is not PageKind.ARTICLE
    own = extract(page.encode(), f"http://www.example.ac.cn{back}")
    assert own.kind is PageKind.ARTICLE
