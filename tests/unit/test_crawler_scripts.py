"""Pages to which only a script leads are found, and no address is made up."""

from __future__ import annotations

import time

import pytest

from archive.cleaning import read_page
from archive.model import Lead
from crawler.discovery import discover, discover_in_records, discover_in_script
from crawler.script_links import MAX_SCRIPT, MAX_SCRIPT_LINKS
from crawler.unfollowed import turns_by_post

HOST = "http://www.example.ac.cn/"
URL = HOST + "xwzx/index.html"


def leads(html: str, url: str = URL, *, is_home: bool = False) -> dict[str, Lead]:
    page = read_page(html.encode(), url, "text/html; charset=utf-8")
    return {
        lead.url.removeprefix(HOST): lead
        for lead in discover(page, url, is_home=is_home)
        if lead.kind != "asset" or not lead.url.endswith(".js")
    }


@pytest.mark.parametrize(
    ("html", "target", "kind", "anchor"),
    [
        # a list that lies in a script element (JCMS)
        (
            '<script type="text/xml"><datastore><recordset><record><![CDATA[<li><a href="/art/2010/'
            '12/9/art_12_345.html">运动会圆满结束</a></li>]]></record></recordset></datastore>'
            "</script>",
            "art/2010/12/9/art_12_345.html",
            "article",
            "运动会圆满结束",
        ),
        # the next piece of that list
        (
            '<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/'
            'dataproxy.jsp?startrecord=61&endrecord=120&perpage=20"></a>]]></nextgroup>'
            "</datastore></script>",
            "module/web/jpage/dataproxy.jsp?startrecord=61&endrecord=120&perpage=20",
            "page",
            None,
        ),
        # links that a script writes
        (
            '<script>document.write("<li><a href=\\"../tzgg/\\" target=\'_blank\'>通知</a></li>")'
            "</script>",
            "tzgg/",
            "list",
            "通知",
        ),
        # what a script names and puts into a link later
        (
            "<script>var str_1 = './t20191106_219.html'; "
            "document.write('<a href=\"'+str_1+'\">'+title+'</a>');</script>",
            "xwzx/t20191106_219.html",
            "article",
            None,
        ),
        ('<script>var f = "P0201909243.pdf";</script>', "xwzx/P0201909243.pdf", "asset", None),
        ('<script>{"url":"\\/info\\/3\\/16.htm"}</script>', "info/3/16.htm", "article", None),
        # where a script sends its reader
        ("<script>window.location.href='/w/index.htm';</script>", "w/index.htm", "list", None),
        ('<script>top.location.replace("../b.aspx")</script>', "b.aspx", "page", None),
        # chosen from a list
        (
            '<select onchange="window.open(this.options[this.selectedIndex].value)">'
            '<option>--请选择--</option><option value="list_46_2.html">2</option></select>',
            "xwzx/list_46_2.html",
            "list",
            "2",
        ),
        (
            '<select onChange="MM_jumpMenu(\'parent\',this,0)"><option value="/gk/">概况</option>'
            "</select>",
            "gk/",
            "list",
            "概况",
        ),
        # a click on what is no link
        ("<li onclick=\"location.href='/dj/'\">党建</li>", "dj/", "list", "党建"),
        ("<p ONCLICK=\"window.open('/c.asp?id=7')\">会议</p>", "c.asp?id=7", "page", "会议"),
        ('<a href="javascript:;" data-href="/m/9.htm">九</a>', "m/9.htm", "page", "九"),
        # what elements hold for a script
        (
            '<button data-url="/news/more?p=2">加载更多</button>',
            "news/more?p=2",
            "list",
            "加载更多",
        ),
        ('<div data-next="list_2.html"><i></i></div>', "xwzx/list_2.html", "list", None),
        ('<li data-href="/info/3/17.htm">会议</li>', "info/3/17.htm", "article", "会议"),
        # saved by Teleport: the address stands in its question
        (
            '<a href="javascript:if(confirm(%27http://www.example.ac.cn/x.htm \\n\\nThis file was '
            'not retrieved%27))window.location=%27http://www.example.ac.cn/x.htm%27">x</a>',
            "x.htm",
            "page",
            "x",
        ),
        # functions of the page
        (
            '<script>function goPage(n){ location.href = "list_" + n + ".html"; }</script>'
            '<a href="javascript:goPage(2)">2</a>',
            "xwzx/list_2.html",
            "list",
            "2",
        ),
        (
            "<script>var base = '/tz/'; function go(p) { if (p > 1) { var u = base + 'index_' + "
            "(p-1) + '.htm'; location = u; } }</script><a href='#' onclick='go(\"3\")'>3</a>",
            "tz/index_2.htm",
            "list",
            "3",
        ),
        (
            "<script>toPage = function (a, n) { self.location.replace('?id='+a+'&page='+"
            "parseInt(n)); }</script><span onclick=\"toPage('x7', 5);\">下一页</span>",
            "xwzx/index.html?id=x7&page=5",
            "list",
            "下一页",
        ),
        (
            "<script>function openNews(url, name) { window.open(url, name, 'width=600'); }</script>"
            "<a href=\"javascript:openNews('/news/2010/120912.html','w')\">运动会</a>",
            "news/2010/120912.html",
            "article",
            "运动会",
        ),
        # a form that asks by GET
        (
            '<form name="f" action="list.do"><input type="hidden" name="channel" value="12">'
            '<input type="text" name="pageNo" value="1"><input type="submit" name="s"></form>'
            "<script>function turn(n){ document.f.pageNo.value = n; document.f.submit(); }</script>"
            '<a href="javascript:turn(4)">4</a>',
            "xwzx/list.do?channel=12&pageNo=4",
            "list",
            "4",
        ),
        (
            '<form id="q"><input type="hidden" id="p" name="page"></form>'
            '<script>function turn(n){ $("#p").val(n); $("#q").submit(); }</script>'
            '<a href="javascript:turn(4)">4</a>',
            "xwzx/index.html?page=4",
            "list",
            "4",
        ),
    ],
)
def test_a_page_to_which_only_a_script_leads_is_found(
    html: str, target: str, kind: str, anchor: str | None
) -> None:
    found = leads(html)
    assert {name: (lead.kind, lead.anchor) for name, lead in found.items()} == {
        target: (kind, anchor)
    }


@pytest.mark.parametrize(
    "html",
    [
        "<script>location.href = 'list.asp?page=' + n;</script>",
        "<script>location.href = base + '/x/y.html';</script>",
        "<script>var a = '<a href=\"' + url + '\">' + title + '</a>';</script>",
        '<script>var a = "<a href=\\"" + url + "\\">x</a>";</script>',
        '<script type="text/template"><a href="{{ url }}">{{ title }}</a></script>',
        '<script type="text/template"><a href="<%= url %>">x</a></script>',
        "<script>xhr.open('POST', u); var at = 'index_1.html', b = 'jpg';</script>",
        "<script>location.href = 'search.php?q=';</script>",
        '<select onchange="count(this)"><option value="a/b.html">x</option></select>',
        '<select onchange="go(location)"><option value="">x</option><option>3</option></select>',
        '<li onclick="show(2)">x</li>',
        '<button data-url="/praise.do?n=3">赞</button><div data-href="/share/wb">分享</div>',
        # a part of the address is not known
        '<script>function go(n){ location.href = "list_" + m + ".html"; }</script>'
        '<a href="javascript:go(2)">2</a>',
        '<script>function go(n){ n = $("#p").val(); location.href = "a_" + n + ".html"; }</script>'
        '<a href="javascript:go(2)">2</a>',
        '<script>function go(n){ n = n * 2; location.href = "a_" + n + ".html"; }</script>'
        '<a href="javascript:go(2)">2</a>',
        '<script>function go(n){ location.href = "index_" + (n - 1) + ".html"; }</script>'
        '<a href="javascript:go(1)">1</a>',
        '<a href="javascript:go(1)">1</a>',
        # a form that is sent by POST has no address of its own
        '<form method="POST" action="l.do"><input name="page"></form><script>function turn(n){'
        "document.forms[0].page.value = n; document.forms[0].submit(); }</script>"
        '<a href="javascript:turn(4)">4</a>',
    ],
)
def test_no_address_is_made_up_of_what_is_not_known(html: str) -> None:
    assert leads(html) == {}


def test_a_home_page_that_only_sends_on_makes_the_next_one_the_home_page() -> None:
    for html in (
        "<script>window.location.href='web/index.html'</script>",
        '<meta http-equiv="refresh" content="0;url=web/index.html">',
        '<frameset><frame src="web/index.html"></frameset>',
    ):
        found = leads(html, HOST, is_home=True)
        assert {name: lead.kind for name, lead in found.items()} == {"web/index.html": "home"}
    found = leads(
        "<a href='/a/'>概况</a><script>location.href='web/index.html'</script>", HOST, is_home=True
    )
    assert found["web/index.html"].kind == "list"


def test_a_script_file_s_links_are_those_of_the_page_that_loads_it() -> None:
    code = (
        "document.write('<a href=\"../gk/\">概况</a><a href=/dj/>党建</a>'); u='http://b.cn/1.pdf'"
    )
    found = discover_in_script(code.encode(), HOST + "js/menu.js", URL)
    assert [(lead.url, lead.kind) for lead in found] == [
        (HOST + "gk/", "list"),
        (HOST + "dj/", "list"),
        ("http://b.cn/1.pdf", "asset"),
    ]


def test_a_list_that_comes_as_records_leads_to_its_articles() -> None:
    records = (
        '<?xml version="1.0"?><datastore><record><![CDATA[<a href="art/2010/1/2/art_31_412.html">'
        "年会</a>]]></record></datastore>"
    )
    found = discover_in_records(records.encode(), HOST + "dataproxy.jsp")
    assert [(lead.url, lead.kind, lead.anchor) for lead in found] == [
        (HOST + "art/2010/1/2/art_31_412.html", "article", "年会")
    ]
    # The same answer often calls itself HTML.
    assert "art/2010/1/2/art_31_412.html" in leads(records, HOST + "dataproxy.jsp")


def test_records_that_a_page_holds_as_data_name_its_pages() -> None:
    data = '{"list":[{"title":"年会","url":"/news/10"},{"link":"https:\\/\\/b.cn\\/n\\/2"}]}'
    for kind in ("application/json", "APPLICATION/JSON"):
        found = leads(f'<script id=__NEXT_DATA__ type="{kind}">{data}</script>')
        assert set(found) == {"news/10", "https://b.cn/n/2"}
    sent = discover_in_script(data.encode(), HOST + "api/list", URL)
    assert [lead.url for lead in sent] == [HOST + "news/10", "https://b.cn/n/2"]


def test_what_code_would_send_is_no_page() -> None:
    code = 'fetch({"url":"/praise/10"}); routes=[{path:"/news/:id"}]; $.post({url:"/delete/3"})'
    assert leads(f"<script>{code}</script>") == {}
    routes = '{"url":"/news/[id]"},{"url":"/n/{id}"},{"path":"/news/:id"}'
    assert leads(f'<script type="application/json">{routes}</script>') == {}


@pytest.mark.parametrize(
    ("link", "script", "told"),
    [
        ('href="#" onclick="f.page.value=2;f.submit()"', "", True),
        ('href="javascript:go(3)"', "function go(n){f.page.value=n;f.submit();}", True),
        ('href="javascript:go(3)"', "function go(n){location='list_'+n+'.html';}", False),
        ('href="?page=3"', "function go(n){f.submit();}", False),
    ],
)
def test_a_list_that_a_form_sent_by_post_turns_is_told(link: str, script: str, told: bool) -> None:
    form = '<form name="f" method="post"><input type=hidden name=page></form>'
    html = f"{form}<a {link}>下一页</a><script>{script}</script>"
    assert turns_by_post(read_page(html.encode())) is told
    assert not turns_by_post(read_page(html.replace("post", "get").encode()))


@pytest.mark.parametrize(
    "script",
    [
        "<a href=" * 40_000,
        "<a " + "href=x" * 60_000,
        ("<a " + "href=x " * 40 + "y" * 500) * 300,
        "'" + "1234" * 90_000 + "'",
        "location.href=" + "a+" * 100_000,
        "function f(" + "a," * 50_000,
        "function go(n){" + "x = n + 'a' + 'b';" * 20_000,
        "<![CDATA[" * 30_000,
        ".value=" * 40_000 + "submit()",
    ],
)
def test_no_script_takes_long_to_read(script: str) -> None:
    html = f'<script>{script}</script><a href="javascript:go(2)">2</a><p onclick="f(1)">x</p>'
    began = time.process_time()
    leads(html)
    assert time.process_time() - began < 2


def test_a_script_cannot_name_pages_without_end() -> None:
    script = "".join(f"'/a/{n}.pdf'," for n in range(4 * MAX_SCRIPT_LINKS))
    assert len(script) < MAX_SCRIPT
    assert len(leads(f"<script>{script}</script>")) == MAX_SCRIPT_LINKS
