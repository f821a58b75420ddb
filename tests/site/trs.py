"""The first generation: pages as a TRS-like publishing system wrote them around 2010.

UTF-8, relative links, ``tYYYYMMDD_id.html``, a label line with editor, source and hits, a
``<style>`` inside the body container, list paging that only a script call knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from html import escape

from tests.site import institute, noise
from tests.site.articles import Draft
from tests.site.bodies import render
from tests.site.institute import Branch, Generation
from tests.site.plan import pages_by_script
from tests.site.resources import Resource, cut, relative
from tests.site.snapshot import Snapshot, branches_of, in_pages

LIST_SIZE = 6
LIST_CUT = 30
RELATED = 4
GENERATED = "页面生成时间 2016-11-08 09:30:21"
EDITOR_STYLE = (
    '<style type="text/css">\n.TRS_Editor P{margin-top:0;margin-bottom:0;line-height:2;'
    "font-family:宋体;font-size:12pt;}.TRS_Editor DIV{line-height:2;font-size:12pt;}"
    ".TRS_Editor TD{line-height:1.5;}\n</style>"
)


def resources(snapshot: Snapshot) -> Iterator[tuple[str, Resource]]:
    """All pages of this generation, by path."""
    for branch in branches_of(Generation.TRS):
        yield from _lists(snapshot, branch)
        for draft in snapshot.of(branch):
            yield from _article(snapshot, draft)


def page(path: str, title: str, crumbs: str, main: str, snapshot: Snapshot) -> str:
    """The frame around everything: head, banner, navigation, breadcrumb, footer."""
    up = relative(path, "/")
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(title)}--{institute.FULL_NAME}</title>
<meta name="keywords" content="{institute.FULL_NAME},{institute.SHORT_NAME},光学,材料" />
<meta name="others" content="{GENERATED}" />
<link href="{up}images/style.css" rel="stylesheet" type="text/css" />
<script language="JavaScript" src="{up}images/createpage.js"></script>
<script language="JavaScript">
function doZoom(size){{document.getElementById('zoom').style.fontSize=size+'px'}}
</script>
</head>
<body>
{noise.trs_banner(path)}
<div class="weizhi">您现在的位置：{crumbs}</div>
<div class="main">
<div class="left">
<div class="lm_tit">栏目导航</div>
{noise.trs_side(path)}
</div>
<div class="right">
{main}
</div>
</div>
{noise.trs_footer(path, snapshot.stranger)}
</body>
</html>
"""


def _crumbs(path: str, branch: Branch) -> str:
    return (
        f'<a href="{relative(path, "/")}" class="CurrChnlCls">首页</a>&nbsp;&gt;&nbsp;'
        f'<a href="{relative(path, "/xwzx/")}" class="CurrChnlCls">{branch.parent}</a>'
        f'&nbsp;&gt;&nbsp;<a href="{relative(path, f"/{branch.folder}/")}" '
        f'class="CurrChnlCls">{branch.name}</a>'
    )


def list_path(branch: Branch, number: int) -> str:
    """The address of a list page (from 0)."""
    return f"/{branch.folder}/" + (f"index_{number}.html" if number else "")


def _lists(snapshot: Snapshot, branch: Branch) -> Iterator[tuple[str, Resource]]:
    pages = in_pages(snapshot.of(branch), LIST_SIZE)
    for number, drafts in enumerate(pages):
        path = list_path(branch, number)
        rows = "".join(
            f'<li><span class="riqi">{draft.published:%Y-%m-%d}</span>'
            f'<a href="{relative(path, draft.path)}" target="_blank" '
            f'title="{escape(draft.title)}">{escape(cut(draft.title, LIST_CUT))}</a></li>\n'
            for draft in drafts
        )
        main = (
            f'<h2 class="lm_name">{branch.name}</h2>\n<ul class="list">\n{rows}</ul>\n'
            f'<div class="page">{_pager(path, len(pages), number, "index", snapshot)}</div>'
        )
        text = page(path, branch.name, _crumbs(path, branch), main, snapshot)
        answer = Resource(text=text, etag=True)
        yield path, answer
        if not number:
            yield f"{path}index.html", answer


def _pager(path: str, total: int, current: int, stem: str, snapshot: Snapshot) -> str:
    """The pager; in a saved rendering its links stand in the page."""
    script = f'<script>createPageHTML({total}, {current}, "{stem}", "html");</script>'
    if not snapshot.written_paging:
        return script
    return " ".join(
        f'<a href="./{stem}{f"_{number}" if number else ""}.html">{number + 1}</a>'
        for number in range(total)
    )


def _label_line(draft: Draft) -> str:
    parts = [f"发布时间：{draft.published:%Y-%m-%d}"]
    if draft.author:
        parts.append(f"作者：{draft.author}")
    parts.append(f"文章来源：{draft.source}")
    parts.append(f"责任编辑：{draft.editor}")
    parts.append(f'点击率：<span id="hit">{draft.hits}</span>')
    return (
        '<div class="xl_info">' + "&nbsp;&nbsp;|&nbsp;&nbsp;".join(parts) + "&nbsp;【字体："
        '<a href="javascript:doZoom(16)">大</a>&nbsp;<a href="javascript:doZoom(14)">中</a>&nbsp;'
        '<a href="javascript:doZoom(12)">小</a>】</div>'
    )


def _offers(draft: Draft, path: str) -> str:
    if not draft.offers:
        return ""
    rows = "".join(
        f'<li><a href="{relative(path, address)}">{escape(name)}</a></li>'
        for address, name in draft.attachments
    )
    return f'<div class="fujian">附件下载：<ul>{rows}</ul></div>\n'


def _article_pager(draft: Draft, path: str, number: int, snapshot: Snapshot) -> str:
    total = len(draft.pages)
    if total == 1:
        return ""
    if pages_by_script(draft):
        stem = f"t{draft.published:%Y%m%d}_{draft.number}"
        return f'<div class="fy">{_pager(path, total, number, stem, snapshot)}</div>\n'
    links = [
        f"<b>{at + 1}</b>"
        if at == number
        else f'<a href="{relative(path, draft.page_path(at))}">{at + 1}</a>'
        for at in range(total)
    ]
    if number + 1 < total:
        links.append(f'<a href="{relative(path, draft.page_path(number + 1))}">下一页</a>')
    return f'<div class="fy">{"&nbsp;".join(links)}</div>\n'


def _related(draft: Draft, path: str, snapshot: Snapshot) -> str:
    others = [other for other in snapshot.of(draft.branch) if other is not draft][:RELATED]
    rows = "".join(
        f'<li><a href="{relative(path, other.path)}">{escape(cut(other.title, 22))}</a></li>\n'
        for other in others
    )
    return f'<div class="xgwz"><h3>相关新闻</h3><ul>\n{rows}</ul></div>'


def _article(snapshot: Snapshot, draft: Draft) -> Iterator[tuple[str, Resource]]:
    for number, blocks in enumerate(draft.pages):
        path = draft.page_path(number)
        body = render(
            blocks,
            draft.style,
            lambda image, path=path: relative(path, f"{draft.folder}/{image}"),
            f"{draft.key}/{number}",
            draft.published.year,
        )
        main = (
            f'<h2 class="lm_name">{draft.branch.name}</h2>\n'
            f'<div class="xl_tit">{escape(draft.title)}</div>\n{_label_line(draft)}\n'
            f'<div id="zoom" class="xl_content"><div class="TRS_Editor">{EDITOR_STYLE}\n'
            f'<div class="Custom_UnionStyle">\n{body}</div></div></div>\n'
            f"{_article_pager(draft, path, number, snapshot)}{_offers(draft, path)}"
            '<div class="gongneng"><a href="javascript:window.print()">【打印本页】</a>'
            '<a href="javascript:window.close()">【关闭窗口】</a></div>\n'
            f"{_related(draft, path, snapshot)}"
        )
        text = page(path, draft.title, _crumbs(path, draft.branch), main, snapshot)
        written = datetime.combine(draft.published, time(9, 30))
        yield path, Resource(text=text, etag=True, modified=written)
