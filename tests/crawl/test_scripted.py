"""A site of which no page has a link to the next but by script is walked to its last article."""

from __future__ import annotations

from pathlib import Path

from archive.store import open_archive
from crawler.run import crawl_site
from tests.crawl.server import Answer, Pages, links, served

TEXT = "".join(
    f"<p>第{n}段：研究所职工代表参加了本次会议，会议讨论了明年的工作安排并通过决议。</p>"
    for n in range(5)
)


def article(title: str) -> str:
    return (
        f"<title>{title}_某研究所</title><div class=bt>{title}</div>"
        f"<div>发布时间：2010-12-09</div><div class=zw>{TEXT}<p>{title}。</p></div>"
    )


def records(*entries: str, following: str = "") -> str:
    rows = "".join(f"<record><![CDATA[<li>{entry}</li>]]></record>" for entry in entries)
    group = f'<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup>' if following else ""
    return f"<datastore>{group}<recordset>{rows}</recordset></datastore>"


def test_a_site_whose_ways_are_all_scripts_is_walked_to_the_end(tmp_path: Path) -> None:
    pages: Pages = {
        "/": "<html><script>window.location.href='/web/index.html'</script></html>",
        "/web/index.html": '<title>某研究所</title><script src="menu.js"></script><p>欢迎',
        "/web/menu.js": Answer(
            "document.write('<a href=\"xw/index.html\">新闻动态</a>');"
            "document.write('<a href=\"/tz/list.do\">通知公告</a>');",
            content_type="application/javascript",
        ),
        "/web/xw/index.html": "<title>新闻动态</title><script type='text/xml'>"
        + records(
            "<a href='/art/2010/12/9/art_12_1001.html'>离退休党总支召开总结大会</a>",
            following="/dataproxy.jsp?startrecord=2&endrecord=3",
        )
        + "</script>",
        "/dataproxy.jsp?startrecord=2&endrecord=3": Answer(
            records("<a href='/art/2010/12/9/art_12_1002.html'>光学工程学科评估会议举行</a>"),
            content_type="text/xml",
        ),
        "/tz/list.do": "<title>通知公告</title>"
        "<ul><li onclick=\"location.href='/tz/1003.html'\">关于放假安排的通知</li></ul>"
        "<form action='/tz/list.do'><input type=hidden name=page></form>"
        "<script>function go(n){document.forms[0].page.value=n;document.forms[0].submit()}</script>"
        "<a href='javascript:go(2)'>2</a><button data-url='/tz/more?from=5'>加载更多</button>",
        "/tz/more?from=5": Answer(
            r"""{"html":"<li><a href=\"\/tz\/1005.html\">关于开展安全检查的通知<\/a>"}""",
            content_type="application/json",
        ),
        "/tz/list.do?page=2": "<title>通知公告</title><script>var u = './1004.html';"
        "document.write('<a href=\"'+u+'\">'+t+'</a>')</script>",
        "/art/2010/12/9/art_12_1001.html": article("离退休党总支召开总结大会"),
        "/art/2010/12/9/art_12_1002.html": article("光学工程学科评估会议举行"),
        "/tz/1003.html": article("关于放假安排的通知"),
        "/tz/1004.html": article("关于评选先进工作者的通知"),
        "/tz/1005.html": article("关于开展安全检查的通知"),
    }
    with served(pages) as site:
        crawl_site(tmp_path, [site.url], name="s")
        assert set(pages) <= set(site.asked)
        # Nothing was asked for that is not there, but what every site is asked for.
        assert set(site.asked) - set(pages) <= {"/robots.txt", "/sitemap.xml", "/favicon.ico"}
    with open_archive(tmp_path) as archive:
        assert {one.reading.title for one in archive.store.articles("s")} == {
            "离退休党总支召开总结大会",
            "光学工程学科评估会议举行",
            "关于放假安排的通知",
            "关于评选先进工作者的通知",
            "关于开展安全检查的通知",
        }


def test_a_list_whose_next_pages_only_a_form_gives_is_told_in_the_report(tmp_path: Path) -> None:
    def turned(words: str) -> str:
        return f"<a href=\"javascript:__doPostBack('Pager','2')\">{words}</a>"

    pages: Pages = {
        "/": links("/list.aspx", "/poll.aspx"),
        "/list.aspx": f"<title>新闻</title>{turned('<b>2</b>')}{turned('下一页')}",
        "/poll.aspx": f"<title>调查</title>{turned('投票')}",
    }
    with served(pages) as site:
        report = crawl_site(tmp_path, [site.url], name="s")
    (told,) = [note for note in report.notes if "POST" in note]
    assert f"{site.url}list.aspx;" in told
    assert "poll" not in told


def test_pages_that_only_a_script_fills_are_told_in_the_report(tmp_path: Path) -> None:
    shell = (
        "<!DOCTYPE html><title>某研究所</title><script defer src=/js/app.js></script><noscript>"
        "本网站需要启用 JavaScript 才能正常使用。</noscript><div id=app></div>"
    )
    pages: Pages = {
        "/": shell,
        "/js/app.js": Answer("var r=[{path:'/news/:id'}]", content_type="text/javascript"),
    }
    with served(pages) as site:
        report = crawl_site(tmp_path, [site.url], name="s")
    (told,) = [note for note in report.notes if "until a script has run" in note]
    assert f"run: {site.url};" in told


def test_pages_with_words_or_ways_on_are_not_called_a_scripts(tmp_path: Path) -> None:
    script = "<script src=a.js></script><div id=app></div>"
    pages: Pages = {
        "/": f"<title>x</title>{script}<a href=/b.html>本所概况</a>",
        "/b.html": f"<title>x</title>{script}<p>{'本所成立于一九五二年，以光学研究为主。' * 3}</p>",
        "/a.js": Answer("1", content_type="text/javascript"),
    }
    with served(pages) as site:
        report = crawl_site(tmp_path, [site.url], name="s")
    assert not [note for note in report.notes if "script" in note]
