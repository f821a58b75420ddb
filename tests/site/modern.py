"""The third generation: the responsive site under ``/new/``.

``meta PubDate``, hits loaded by a script, a share bar, 上一篇/下一篇, recommended reading,
list paging by plain links, and a calendar that goes on for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from html import escape

from tests.site import institute
from tests.site.articles import Draft
from tests.site.bodies import render
from tests.site.frames import fill
from tests.site.institute import Branch, Generation
from tests.site.resources import Resource
from tests.site.snapshot import Snapshot, branches_of, in_pages

HOME = "/new/"
LIST_SIZE = 5
RECOMMENDED = 3
MONTH = re.compile(r"^/new/calendar\?month=(\d{4})-(\d{2})$")
DAYS_SHOWN = 28


def resources(snapshot: Snapshot) -> Iterator[tuple[str, Resource]]:
    """All pages of this generation, by path (the calendar is made on request)."""
    yield HOME, _home(snapshot)
    yield "/new/en/", _english(snapshot)
    for branch in branches_of(Generation.MODERN):
        yield from _lists(snapshot, branch)
        for draft in snapshot.of(branch):
            yield from _article(snapshot, draft)


def page(title: str, metas: str, crumbs: str, main: str, snapshot: Snapshot) -> str:
    """The frame around everything."""
    branches = "".join(
        f'<li class="nav-item"><a href="/new/{branch.folder}/">{branch.name}</a></li>\n'
        for branch in branches_of(Generation.MODERN)
    )
    return fill(
        "modern_page",
        title=escape(title),
        metas=metas,
        branches=branches,
        crumbs=crumbs,
        main=main,
        stranger=snapshot.stranger,
    )


def list_path(branch: Branch, number: int) -> str:
    """The address of a list page (from 1)."""
    return f"/new/{branch.folder}/" + (f"list_{number}.html" if number > 1 else "")


def _card(draft: Draft) -> str:
    summary = escape(draft.text.replace("\n", "").replace("\t", "")[:48])
    return (
        f'<li class="news-item"><a href="{draft.path}"><h3>{escape(draft.title)}</h3>'
        f'<p class="summary">{summary}…</p></a>'
        f'<time datetime="{draft.published}">{draft.published:%Y-%m-%d}</time></li>\n'
    )


def _home(snapshot: Snapshot) -> Resource:
    boxes = "".join(
        f'<section><h2><a href="/new/{branch.folder}/">{branch.name}</a></h2><ul>\n'
        + "".join(_card(draft) for draft in snapshot.of(branch)[:3])
        + "</ul></section>\n"
        for branch in branches_of(Generation.MODERN)
    )
    return Resource(text=page("首页", "", "", boxes, snapshot))


def _english(snapshot: Snapshot) -> Resource:
    main = (
        f"<h1>{institute.ENGLISH_NAME}</h1><p>The English pages are being prepared. "
        "Please write to our office if you need information about visits.</p>"
    )
    return Resource(text=page(institute.ENGLISH_NAME, "", "", main, snapshot))


def _lists(snapshot: Snapshot, branch: Branch) -> Iterator[tuple[str, Resource]]:
    pages = in_pages(snapshot.of(branch), LIST_SIZE)
    for number, drafts in enumerate(pages, start=1):
        links = "".join(
            f'<li class="active"><span>{at}</span></li>'
            if at == number
            else f'<li><a href="{list_path(branch, at)}">{at}</a></li>'
            for at in range(1, len(pages) + 1)
        )
        if number < len(pages):
            links += f'<li><a rel="next" href="{list_path(branch, number + 1)}">下一页</a></li>'
        main = (
            f'<h1 class="column">{branch.name}</h1>\n<ul class="news-list">\n'
            + "".join(_card(draft) for draft in drafts)
            + f'</ul>\n<ul class="pagination">{links}</ul>'
        )
        crumbs = f" &gt; {branch.parent} &gt; <span>{branch.name}</span>"
        yield (
            list_path(branch, number),
            Resource(text=page(branch.name, "", crumbs, main, snapshot), etag=True),
        )


def _metas(draft: Draft) -> str:
    author = f'<meta name="Author" content="{escape(draft.author)}">\n' if draft.author else ""
    return (
        f'<meta name="ArticleTitle" content="{escape(draft.title)}">\n'
        f'<meta name="PubDate" content="{draft.published} 10:20">\n'
        f'<meta name="ColumnName" content="{draft.branch.name}">\n'
        f'<meta name="ContentSource" content="{draft.source}">\n{author}'
    )


def _label_line(draft: Draft) -> str:
    author = f"<span>作者：{draft.author}</span>\n" if draft.author else ""
    return (
        '<div class="article-info">\n'
        f"<span>发布时间：{draft.published:%Y-%m-%d}</span>\n<span>来源：{draft.source}</span>\n"
        f"{author}<span>编辑：{draft.editor}</span>\n"
        '<span>浏览量：<em id="hits"></em><script>loadHits('
        f'{draft.number}, "hits");</script></span>\n</div>\n'
        '<div class="share">分享到：<a class="share-weixin" href="#">微信</a>'
        '<a class="share-weibo" href="#">微博</a><a class="share-qq" href="#">QQ空间</a></div>\n'
    )


def _offers(draft: Draft) -> str:
    rows = "".join(
        f'<li>附件【<a href="{address}" target="_blank">{escape(name)}</a>】已下载'
        f'<span id="nattach{draft.number}"></span>次</li>\n'
        for address, name in draft.attachments
    )
    return f'<ul class="attachments">\n{rows}</ul>\n' if rows else ""


def _article_pager(draft: Draft, number: int) -> str:
    total = len(draft.pages)
    if total == 1:
        return ""
    links = "".join(
        f"<span>{at + 1}</span>"
        if at == number
        else f'<a href="{draft.page_path(at)}">{at + 1}</a>'
        for at in range(total)
    )
    if number + 1 < total:
        links += f'<a rel="next" href="{draft.page_path(number + 1)}">下一页</a>'
    return f'<div class="article-pages">{links}</div>\n'


def _beside(draft: Draft, snapshot: Snapshot) -> str:
    newer, older = snapshot.neighbours(draft)
    links = "".join(
        f'<p>{label}：<a href="{other.path}">{escape(other.title)}</a></p>\n'
        if other
        else f"<p>{label}：没有了</p>\n"
        for label, other in (("上一篇", newer), ("下一篇", older))
    )
    others = [d for d in snapshot.of_generation(Generation.MODERN) if d.branch != draft.branch]
    picked = others[draft.number % 5 :: 7][:RECOMMENDED]
    rows = "".join(f'<li><a href="{d.path}">{escape(d.title)}</a></li>\n' for d in picked)
    return (
        f'<nav class="prev-next">\n{links}</nav>\n'
        f'<aside class="recommend"><h4>推荐阅读</h4><ul>\n{rows}</ul></aside>'
    )


def _article(snapshot: Snapshot, draft: Draft) -> Iterator[tuple[str, Resource]]:
    branch = draft.branch
    crumbs = (
        f' &gt; {branch.parent} &gt; <a href="/new/{branch.folder}/">{branch.name}</a>'
        " &gt; <span>正文</span>"
    )
    for number, blocks in enumerate(draft.pages):
        body = render(
            blocks,
            draft.style,
            lambda image: f"{draft.folder}/{image}",
            f"{draft.key}/{number}",
            draft.published.year,
        )
        main = (
            f'<article class="article">\n<h1 class="article-title">{escape(draft.title)}</h1>\n'
            f'{_label_line(draft)}<div class="v_news_content">\n{body}</div>\n'
            f"{_article_pager(draft, number)}{_offers(draft)}</article>\n"
            f"{_beside(draft, snapshot)}"
        )
        written = datetime.combine(draft.published, time(10, 20))
        yield (
            draft.page_path(number),
            Resource(
                text=page(draft.title, _metas(draft), crumbs, main, snapshot),
                etag=draft.number % 2 == 0,
                modified=written,
            ),
        )


def calendar(target: str, snapshot: Snapshot) -> Resource | None:
    """A month of the events calendar; there is always a next one. None for other addresses."""
    found = MONTH.match(target)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    months = int(found[1]) * 12 + int(found[2]) - 1
    before, after = months - 1, months + 1
    cells = "".join(f"<td>{day}</td>" for day in range(1, DAYS_SHOWN + 1))
    main = (
        f"<h1>{found[1]}年{found[2]}月</h1>\n<table><tr>{cells}</tr></table>\n"
        f'<a href="/new/calendar?month={before // 12:04d}-{before % 12 + 1:02d}">上个月</a> '
        f'<a href="/new/calendar?month={after // 12:04d}-{after % 12 + 1:02d}">下个月</a>'
    )
    return Resource(text=page("活动日历", "", " &gt; 活动日历", main, snapshot))
