"""The second generation: an old ASP site under ``/old/``, older than the rest.

Upper-case tags, layout tables, ``<BR>`` paragraphs, ``ReadNews.asp?NewsID=``, ``?page=`` lists,
titles cut in lists, a print view of every article; GB 18030 bytes that a meta calls gb2312.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tests.site import institute
from tests.site.articles import Draft
from tests.site.bodies import render
from tests.site.frames import fill
from tests.site.institute import Branch, Generation
from tests.site.resources import HTML_WITHOUT_CHARSET, Resource, cut
from tests.site.snapshot import Snapshot, branches_of, in_pages

LIST_SIZE = 5
LIST_CUT = 16
HOT = 5
HOME = "/old/index.asp"
SESSION = "SessionID=KHGFNDCAPLLMEOJB"


def _resource(text: str) -> Resource:
    return Resource(text=text, encoding="gb18030", content_type=HTML_WITHOUT_CHARSET)


def resources(snapshot: Snapshot) -> Iterator[tuple[str, Resource]]:
    """All pages of this generation, by path and query."""
    yield HOME, _home(snapshot)
    for branch in branches_of(Generation.ASP):
        yield from _lists(snapshot, branch)
        for draft in snapshot.of(branch):
            yield from _article(snapshot, draft)
            yield f"/old/Print.asp?NewsID={draft.number}", _print_view(draft)


def _page(title: str, place: str, main: str, snapshot: Snapshot) -> Resource:
    branches = "".join(
        f'<TD WIDTH=100 ALIGN=center><A HREF="NewsList.asp?ClassID={branch.folder}">'
        f"{branch.name}</A></TD>"
        for branch in branches_of(Generation.ASP)
    )
    return _resource(
        fill(
            "asp_page",
            title=escape(title),
            branches=branches,
            hot=_hot(snapshot),
            place=place,
            main=main,
            stranger=snapshot.stranger,
        )
    )


def _hot(snapshot: Snapshot) -> str:
    """The box of most read articles; its links carry a session, as the old server wrote them."""
    shown = sorted(
        snapshot.of_generation(Generation.ASP), key=lambda d: (-(d.hits or 0), d.number)
    )[:HOT]
    return "".join(
        f'<TR><TD>·<A HREF="ReadNews.asp?NewsID={draft.number}&{SESSION}">'
        f"{escape(cut(draft.title, 10))}</A></TD></TR>\n"
        for draft in shown
    )


def _row(draft: Draft) -> str:
    day = draft.published
    shown = f"({day.year}-{day.month}-{day.day})" if draft.dated else ""
    return (
        f'<TR><TD HEIGHT=22>·<A HREF="ReadNews.asp?NewsID={draft.number}" TARGET=_blank>'
        f"{escape(cut(draft.title, LIST_CUT))}</A> <FONT COLOR=#999999>{shown}</FONT></TD></TR>\n"
    )


def _home(snapshot: Snapshot) -> Resource:
    boxes = "".join(
        f"<TABLE WIDTH=100%><TR><TD><B>{branch.name}</B></TD>"
        f'<TD ALIGN=right><A HREF="NewsList.asp?ClassID={branch.folder}">更多...</A></TD></TR>\n'
        + "".join(_row(draft) for draft in snapshot.of(branch)[:4])
        + "</TABLE>\n"
        for branch in branches_of(Generation.ASP)
    )
    return _page(institute.FULL_NAME, "网站首页", boxes, snapshot)


def list_path(branch: Branch, number: int) -> str:
    """The address of a list page (from 1); the first has two."""
    tail = f"&page={number}" if number > 1 else ""
    return f"/old/NewsList.asp?ClassID={branch.folder}{tail}"


def _lists(snapshot: Snapshot, branch: Branch) -> Iterator[tuple[str, Resource]]:
    shown = snapshot.of(branch)
    pages = in_pages(shown, LIST_SIZE)
    base = f"NewsList.asp?ClassID={branch.folder}"
    for number, drafts in enumerate(pages, start=1):
        before, after = "上一页", "下一页"
        if number > 1:
            before = f'<A HREF="{base}&page={number - 1}">上一页</A>'
        if number < len(pages):
            after = f'<A HREF="{base}&page={number + 1}">下一页</A>'
        pager = (
            f'<A HREF="{base}&page=1">首页</A> {before} {after} '
            f'<A HREF="{base}&page={len(pages)}">尾页</A> '
            f"页次：{number}/{len(pages)}页 共{len(shown)}篇文章"
        )
        rows = "".join(_row(draft) for draft in drafts)
        main = (
            f"<TABLE WIDTH=100% BORDER=0>\n{rows}</TABLE>\n"
            f"<TABLE WIDTH=100%><TR><TD ALIGN=center>{pager}</TD></TR></TABLE>"
        )
        answer = _page(f"{institute.SHORT_NAME}--{branch.name}", branch.name, main, snapshot)
        yield list_path(branch, number), answer
        if number == 1:
            yield f"/old/{base}&page=1", answer


def _label_line(draft: Draft) -> str:
    day = draft.published
    author = f"作者：{draft.author}　" if draft.author else ""
    when = f"{day.year}-{day.month}-{day.day} {8 + draft.number % 9}:{10 + draft.number % 49}:06"
    return (
        f"{author}文章来源：{draft.source}　点击数：{draft.hits}　"
        f"更新时间：{when if draft.dated else ''}　责任编辑：{draft.editor}"
    )


def _link_in_old(address: str) -> str:
    return address.removeprefix("/old/")


def _body(draft: Draft, number: int) -> str:
    body = render(
        draft.pages[number],
        draft.style,
        lambda image: _link_in_old(f"{draft.folder}/{image}"),
        f"{draft.key}/{number}",
        draft.published.year,
    )
    if draft.offers and number == len(draft.pages) - 1:
        links = "　".join(
            f'<A HREF="{_link_in_old(address)}">{escape(name)}</A>'
            for address, name in draft.attachments
        )
        body += f"<BR><BR>附件：{links}"
    return body


def _article_pager(draft: Draft, number: int) -> str:
    total = len(draft.pages)
    if total == 1:
        return ""
    links = " ".join(
        f"[{at + 1}]"
        if at == number
        else f'<A HREF="{_link_in_old(draft.page_path(at))}">[{at + 1}]</A>'
        for at in range(total)
    )
    if number + 1 < total:
        links += f' <A HREF="{_link_in_old(draft.page_path(number + 1))}">下一页</A>'
    return f"<TR><TD ALIGN=center>本文共{total}页 {links}</TD></TR>\n"


def _neighbour(label: str, draft: Draft | None) -> str:
    if draft is None:
        return f"<LI>{label}：没有了</LI>"
    link = f'<A HREF="ReadNews.asp?NewsID={draft.number}">{escape(cut(draft.title, 20))}</A>'
    return f"<LI>{label}：{link}</LI>"


def _article(snapshot: Snapshot, draft: Draft) -> Iterator[tuple[str, Resource]]:
    newer, older = snapshot.neighbours(draft)
    branch = draft.branch
    place = f'<A HREF="NewsList.asp?ClassID={branch.folder}">{branch.name}</A> &gt;&gt; 浏览文章'
    for number in range(len(draft.pages)):
        main = (
            "<TABLE WIDTH=100% BORDER=0 CELLPADDING=5>\n"
            f"<TR><TD ALIGN=center><FONT SIZE=4 COLOR=#CC0000><B>{escape(draft.title)}</B>"
            f"</FONT></TD></TR>\n<TR><TD ALIGN=center BGCOLOR=#EEEEEE>{_label_line(draft)}</TD>"
            f'</TR>\n<TR><TD CLASS=zw STYLE="line-height:180%">{_body(draft, number)}</TD></TR>\n'
            f"{_article_pager(draft, number)}<TR><TD ALIGN=right>"
            f'【<A HREF="Print.asp?NewsID={draft.number}" TARGET=_blank>打印本页</A>】'
            '【<A HREF="javascript:window.close()">关闭窗口</A>】</TD></TR>\n'
            f"<TR><TD>{_neighbour('上一篇', newer)}{_neighbour('下一篇', older)}</TD></TR>\n"
            "</TABLE>"
        )
        title = f"{institute.SHORT_NAME}--{branch.name}"
        if branch.story != "party":
            title = f"{draft.title} - {institute.FULL_NAME}"
        yield draft.page_path(number), _page(title, place, main, snapshot)


def _print_view(draft: Draft) -> Resource:
    body = "".join(_body(draft, number) for number in range(len(draft.pages)))
    return _resource(
        fill(
            "asp_print",
            title=escape(draft.title),
            label_line=_label_line(draft),
            body=body,
            number=str(draft.number),
        )
    )
