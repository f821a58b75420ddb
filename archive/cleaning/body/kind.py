"""What a page is, told from the page alone (and its host's model): only articles become articles.

It promises that a page of links is never an article, and that a short note, a notice with only an
attachment and a story in pictures are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from archive.cleaning.body.rows import is_counter
from archive.cleaning.facts import phrases
from archive.cleaning.markup.blocks import Block, Flow, squeeze
from archive.cleaning.markup.files import is_file_link
from archive.model import PageKind

_MISSING = re.compile(
    r"页面(?:不存在|没有找到|未找到|已(?:被)?删除)"
    r"|您?(?:访问|查看|请求|查找|浏览)的(?:页面|文章|信息|网页|内容|资源)"
    r"(?:不存在|已(?:被)?删除|未找到|没有找到|可能)"
    r"|找不到(?:该|此|您)?.{0,12}(?:页面|网页|文件|内容)"
    r"|(?:文章|信息|内容|新闻)(?:不存在|已(?:被)?删除)"
    r"|无法找到该页|404\s*(?:not found|error|错误|页面)"
    r"|page not found|not found on this server|无法显示该页|对不起.{0,20}(?:不存在|找不到|已删除)",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"(?:50[0234]|403)\s*(?:internal server error|bad gateway|service|forbidden|gateway)"
    r"|服务器错误|应用程序中的服务器错误"
    r"|internal server error|数据库(?:连接|操作)?(?:错误|失败)"
    r"|fatal error|mysql_connect|ODBC Driver|access denied"
    r"|网站(?:正在)?(?:维护|建设)中|禁止访问",
    re.IGNORECASE,
)
# One of these stands, in small letters, in whatever those find; they are found much faster.
_MISSING_SIGN = re.compile("不存在|找不到|找到|删除|无法显示|404|可能|not found")
_BROKEN_SIGN = re.compile(
    "gateway|service|forbidden|错误|失败|error|mysql|odbc|denied|维护|建设中|禁止"
)
_HOME_PATH = re.compile(r"^/(?:(?:index|default|home|main)(?:\.\w{2,5})?)?$", re.IGNORECASE)
_LIST_PATH = re.compile(
    r"/(?:index|list|default|more)?(?:_\d+)?(?:\.\w{2,5})?$|/list\d*\.|[?&]page=", re.IGNORECASE
)
# node_2.htm: a leaf of a paper, as systems for digital newspapers name them.
_LIST_NAME = re.compile(r"/(?:list|more|node)(?:_\d+)?\.\w{2,5}$", re.IGNORECASE)
_ARTICLE_PATH = re.compile(
    r"t\d{8}_\d+|/\d{4}-?\d{2}/?\d{2}/|/\d{4,}\.s?html?$|/info/\d+/\d+|content[-_]\d+|[?&](?:id|aid|articleid|newsid)=\d+|/c\d+a\d+/page",
    re.IGNORECASE,
)
# A page with less text than this that says it is missing is a soft 404.
MAX_MISSING_CHARS = 1200
MIN_PROSE_CHARS = 60
# A line of prose has this much text that is no link.
MIN_LINE_CHARS = 30
LIST_LINKED_SHARE = 0.55
# A teaser has less text than this.
MIN_STORY_CHARS = 300
# A section without a list says this much in lines that end as Chinese sentences do.
MIN_SECTION_CHARS = 80
SECTION_ENDS = "。！？"
HALF = 0.5
# Of such a text less is links than this.
LED_ON = 0.1
# Unlinked text that is this share of the whole page is what the page is for.
OWN_SHARE = 0.3
MIN_LIST_LINKS = 8
# Teasers are cut: …, or end with words that lead on.
_CUT = re.compile(
    r"(?:[\[【(（]?(?:\.{3,6}|…{1,2})[\]】)）]?"
    r"|[\[【]?(?:查看|阅读)?(?:详情|详细|全文)[\]】]?"
    r"|继续阅读|[Rr]ead more|[Cc]ontinue reading)[\s>»→]{0,3}$"
)
_CUT_SIGN = re.compile("[.…详全继Rr]")
CUT_REACH = 16
MIN_TEASERS = 3
# A page of nothing but teasers has a foot, too.
TEASER_SHARE = 0.75
# A text has this many lines that end as sentences do.
SENTENCE_ENDS = "。！？；.!?;”"
MIN_SENTENCES = 2
# A front page has this many lines that are links, and less than this share of prose.
MIN_FRONT_LINKS = 30
FRONT_PROSE_SHARE = 0.1
ROOT_PROSE_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Seen:
    """What extraction found of the page: its ``flow``, the ``body`` kept, the ``title``,
    whether a day or a byline stands by the body, whether the title is a heading above it,
    whether the page plays a video or offers files (``shows``), and the places of the lines of each
    of the ``rows`` in which it lists others."""

    url: str | None
    flow: Flow
    body: Sequence[Block]
    title: str | None
    dated: bool
    labelled: bool
    headed: bool = False
    shows: bool = False
    rows: Sequence[tuple[int, ...]] = ()


def may_list(url: str | None, body: Sequence[Block]) -> bool:
    """Whether the rows of a page have a say in what it is: where its ``body`` is no story, or where
    lists lie."""
    if sum(b.size - b.linked for b in body) < MIN_STORY_CHARS:
        return True
    return _LIST_PATH.search(_path(url)) is not None


def kind_of(seen: Seen) -> PageKind:
    """The kind of the page."""
    shown = [b for b in seen.flow.blocks if not b.hidden and not b.control]
    size = sum(b.size for b in shown)
    if size == 0 and not any(b.pictures for b in shown):
        return PageKind.EMPTY
    failed = _failure(shown, size, seen.title)
    if failed is not None:
        return failed
    plain = sum(b.size - b.linked for b in seen.body)
    linked = sum(b.linked for b in seen.body)
    front = _front_page(seen, shown, size, plain)
    return front if front is not None else _by_body(seen, plain, linked)


def _front_page(seen: Seen, shown: Sequence[Block], size: int, plain: int) -> PageKind | None:
    """A page of teasers: at the root of the host, or with hardly any prose among its links."""
    links = sum(1 for b in shown if b.size >= 2 and b.linked > 0.6 * b.size)
    crowded = links >= MIN_FRONT_LINKS and plain < FRONT_PROSE_SHARE * size
    at_root = bool(seen.url and _HOME_PATH.match(_path(seen.url)))
    told, cut = _teasers(seen.body)
    all_told, all_cut = _teasers(shown)
    # Where hardly anything else is on the page, a teaser's byline is no article's.
    only = all_cut >= max(MIN_TEASERS, TEASER_SHARE * all_told)
    if cut == told > 0 and (only or (not seen.labelled and (crowded or all_cut >= MIN_TEASERS))):
        return PageKind.HOME if at_root else PageKind.LIST
    if links < MIN_LIST_LINKS or (seen.headed and (seen.dated or seen.labelled)):
        return None
    if seen.url is None:
        return PageKind.HOME if crowded else None
    if at_root and (crowded or not seen.labelled) and plain < ROOT_PROSE_SHARE * size:
        return PageKind.HOME
    if crowded and not seen.headed and not _stands_out(seen, plain):
        return PageKind.LIST
    if cut >= MIN_TEASERS and 2 * cut >= told and not (seen.labelled or _is_placed(seen)):
        return PageKind.LIST
    bare = crowded and plain < MIN_PROSE_CHARS and not seen.dated and not seen.labelled
    return PageKind.LIST if bare and not (_has_picture(seen.body) or _has_file(seen.body)) else None


def _is_placed(seen: Seen) -> bool:
    """Whether a page with a day lies where articles do: one that sends its readers on after each
    paragraph is an article all the same."""
    return seen.dated and bool(_ARTICLE_PATH.search(urlsplit(seen.url or "").path))


def _lies_with_articles(url: str | None) -> bool:
    """Whether an address is made as articles' are; one that is handed on in it (as a login is told
    where to go back to) says nothing of its page."""
    parts = urlsplit(url or "")
    own = (one for one in parts.query.split("&") if "/" not in unquote(one))
    return _ARTICLE_PATH.search(f"{parts.path}?{'&'.join(own)}") is not None


def _teasers(body: Sequence[Block]) -> tuple[int, int]:
    """How many lines of prose there are, and how many of them are cut."""
    prose = [b.text[-CUT_REACH:] for b in body if b.size - b.linked >= MIN_LINE_CHARS]
    cut = (_CUT.search(end) for end in prose if _CUT_SIGN.search(end))
    return len(prose), sum(found is not None for found in cut)


def _stands_out(seen: Seen, plain: int) -> bool:
    """Is there an article among the links of a crowded page, however little of it that is?"""
    if _ARTICLE_PATH.search(urlsplit(seen.url or "").path):
        return _has_prose(seen.body)
    return seen.dated and plain >= MIN_STORY_CHARS and not _entries(seen.body)


def _failure(shown: Sequence[Block], size: int, title: str | None) -> PageKind | None:
    if size > MAX_MISSING_CHARS:
        return None
    head = f"{title or ''}\n" + "\n".join(b.text for b in shown[:60] if b.size < 120)
    small = head.lower()
    if _MISSING_SIGN.search(small) and _MISSING.search(head):
        return PageKind.SOFT_404
    if _BROKEN_SIGN.search(small) and _BROKEN.search(head):
        return PageKind.ERROR
    return None


def _by_body(seen: Seen, plain: int, linked: int) -> PageKind:
    if plain < MIN_STORY_CHARS and _is_index(seen):
        return PageKind.LIST
    entries = _entries(seen.body)
    paged = entries > 1 and bool(_LIST_PATH.search(_path(seen.url)))
    list_like = linked >= LIST_LINKED_SHARE * (plain + linked) and (
        entries >= MIN_LIST_LINKS or paged
    )
    if list_like and not _has_prose(seen.body):
        return PageKind.LIST
    path = _path(seen.url)
    named = bool(_LIST_NAME.search(path))
    front = (named or (bool(_LIST_PATH.search(path)) and not seen.dated)) and not seen.labelled
    if front and seen.url is not None and _path(seen.url) != "/":
        if _is_own_text(seen, plain, entries):
            return PageKind.ARTICLE
        # The front page of a section is none of its articles, whatever it says.
        return PageKind.LIST if _list_page(seen, entries) else PageKind.OTHER
    if _has_prose(seen.body) or (plain >= MIN_PROSE_CHARS and (seen.dated or seen.labelled)):
        return PageKind.ARTICLE
    whole = sum(b.size for b in seen.flow.blocks)
    if plain >= MIN_PROSE_CHARS and plain >= OWN_SHARE * whole:
        return PageKind.ARTICLE
    short = seen.labelled or seen.dated or _lies_with_articles(seen.url)
    if short and (plain >= 4 or _has_picture(seen.body) or _has_file(seen.body)):
        return PageKind.ARTICLE
    if short and seen.shows and seen.headed:
        return PageKind.ARTICLE
    if _list_page(seen, entries):
        return PageKind.LIST
    return PageKind.ARTICLE if plain >= MIN_PROSE_CHARS else PageKind.OTHER


def _is_own_text(seen: Seen, plain: int, entries: int) -> bool:
    """Whether a section consists of one text, as an institute's 简介 does: most of what the page
    says is that text, and none of it leads to other pages."""
    if _HOME_PATH.match(urlsplit(seen.url or "").path):
        return False
    if _is_text_alone(seen, plain, sum(b.linked for b in seen.body)):
        return True
    whole = sum(b.size for b in seen.flow.blocks)
    if not _has_prose(seen.body) or plain < max(MIN_STORY_CHARS, OWN_SHARE * whole):
        return False
    ends = [b.text.rstrip()[-1:] for b in seen.body if b.size - b.linked >= MIN_LINE_CHARS]
    if sum(end in SENTENCE_ENDS for end in ends) < MIN_SENTENCES or _teasers(seen.body)[1]:
        return False
    return entries == 0 and not _is_index(seen)


def _is_text_alone(seen: Seen, plain: int, linked: int) -> bool:
    """Whether a section that lists nothing (no titles with days, no pages to turn, no count of its
    entries) says something in sentences, however short and however long its menu, or half of its
    page stands under its name."""
    if linked > LED_ON * plain or seen.rows or _teasers(seen.body)[1]:
        return False
    blocks = seen.flow.blocks
    if any(phrases.is_pager(b.text) or is_counter(b) for b in blocks):
        return False
    told = [b for b in seen.body if b.text.rstrip()[-1:] in SECTION_ENDS]
    if sum(b.size - b.linked for b in told) >= MIN_SECTION_CHARS:
        return True
    return seen.headed and plain >= max(MIN_STORY_CHARS, HALF * sum(b.size for b in blocks))


def forms_of(body: Sequence[Block], files: bool, video: bool) -> tuple[str, ...]:
    """What an article without prose consists of: ``pictures``, ``attachments``, ``video``."""
    if sum(b.size - b.linked for b in body) >= MIN_PROSE_CHARS:
        return ()
    told = {"pictures": _has_picture(body), "attachments": files, "video": video}
    return tuple(form for form, there in told.items() if there)


def _is_index(seen: Seen) -> bool:
    """Whether the page lists titles with their days (be they hidden until a script shows them), and
    neither a heading nor a byline stands between that list and what was taken for a body."""
    if seen.labelled or not seen.rows or _lies_with_articles(seen.url):
        return False
    blocks = seen.flow.blocks
    entries = {id(blocks[place]) for row in seen.rows for place in row}
    if not any(((b.size - b.linked > 1) or b.pictures) and id(b) not in entries for b in seen.body):
        return True
    own = squeeze(seen.title or "")
    heading = next((i for i in range(len(blocks) - 1, -1, -1) if blocks[i].line == own), -1)
    body = next((i for i, b in enumerate(blocks) if b in seen.body), len(blocks))
    first, last = seen.rows[0][0], seen.rows[-1][0]
    return max(heading, first) < body and not last < heading < body


def _list_page(seen: Seen, entries: int) -> bool:
    links = sum(1 for b in seen.flow.blocks if b.size and b.linked > b.size / 2)
    return (
        entries >= 3
        or links >= MIN_LIST_LINKS
        or bool(_LIST_PATH.search(_path(seen.url)) and links)
    )


def _entries(body: Sequence[Block]) -> int:
    """Lines that are mostly one link, as the entries of a list page are."""
    return sum(1 for b in body if b.size >= 5 and b.linked > 0.5 * b.size)


def _has_prose(body: Sequence[Block]) -> bool:
    long = [
        b.size - b.linked
        for b in body
        if b.size - b.linked >= MIN_LINE_CHARS and any(c in b.text for c in "，。；：、,.！")
    ]
    return sum(long) >= MIN_PROSE_CHARS


def _has_picture(body: Sequence[Block]) -> bool:
    return any(b.pictures for b in body)


def _has_file(body: Sequence[Block]) -> bool:
    return any(r.href is not None and is_file_link(r.href, r.text) for b in body for r in b.runs)


def _path(url: str | None) -> str:
    if url is None:
        return "/"
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
