"""The first generation: pages as a TRS-like publishing system wrote them around 2010.

UTF-8, relative links, ``tYYYYMMDD_id.html``, a label line with editor, source and hits, a
``<style>`` inside the body container, list paging that only a script call knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial
from html import escape

from tests.site.articles import Draft
from tests.site.bodies import render
from tests.site.frames import fill
from tests.site.institute import Branch, Generation
from tests.site.plan import pages_by_script
from tests.site.resources import Resource, cut, relative
from tests.site.snapshot import Snapshot, branches_of, in_pages

LIST_SIZE = 6
LIST_CUT = 30
RELATED = 4
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
    branches = "".join(
        f'<li><a href="{relative(path, f"/{branch.folder}/")}">{branch.name}</a></li>\n'
        for branch in branches_of(Generation.TRS)
    )
    return fill(
        "trs_page",
        title=escape(title),
        up=relative(path, "/"),
        branches=branches,
        crumbs=crumbs,
        main=main,
        stranger=snapshot.stranger,
    )


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


def _label_parts(draft: Draft) -> list[str]:
    """What the label line says; every branch's template has its own order and words."""
    day = draft.published
    author = f"作者：{draft.author}" if draft.author else ""
    source = f"来源：{draft.source}"
    hits = f'<span id="hit">{draft.hits}</span>'
    match draft.branch.story:
        case "research":
            when = f"日期：{day.year}年{day.month}月{day.day}日"
            return [author, f"文章{source}", f"编辑：{draft.editor}", when, f"浏览次数：{hits}"]
        case "seminar":
            when = f"发布时间：{day:%Y-%m-%d} 14:06"
            return [f"文章{source}", author, when, f"责任编辑：{draft.editor}", f"点击：{hits}次"]
        case "retiree":
            return [f"{day:%Y-%m-%d}", author, source, f"编辑：{draft.editor}", f"点击率:{hits}"]
        case _:
            when = f"发布时间：{day:%Y-%m-%d}"
            return [when, author, f"文章{source}", f"责任编辑：{draft.editor}", f"点击率：{hits}"]


def _label_line(draft: Draft) -> str:
    line = "&nbsp;&nbsp;|&nbsp;&nbsp;".join(part for part in _label_parts(draft) if part)
    return (
        f'<div class="xl_info">{line}&nbsp;【字体：'
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


def _image_link(path: str, draft: Draft, image: str) -> str:
    return relative(path, f"{draft.folder}/{image}")


def _article(snapshot: Snapshot, draft: Draft) -> Iterator[tuple[str, Resource]]:
    for number, blocks in enumerate(draft.pages):
        path = draft.page_path(number)
        body = render(
            blocks,
            draft.style,
            partial(_image_link, path, draft),
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
