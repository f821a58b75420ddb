"""What an address gives away about its page before anyone has seen it.

Content management systems name articles, lists and files in few ways; these are clues that set
priorities, never verdicts: a wrong guess costs a place in the queue, not a page.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from archive.model import LeadKind
from archive.remembered import remembered
from crawler.canonical import CACHE_SIZE

Kind = LeadKind

ASSET_EXTENSIONS = frozenset(
    {"jpg", "jpeg", "png", "gif", "bmp", "webp", "svg", "ico", "tif", "tiff"}
    | {"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pps", "wps", "et", "dps", "rtf"}
    | {"caj", "ceb", "ofd", "epub", "txt", "csv", "xml", "json", "css", "js", "rss"}
    | {"zip", "rar", "7z", "gz", "tgz", "tar", "exe", "apk", "iso"}
    | {"mp3", "mp4", "wav", "wma", "wmv", "avi", "flv", "mov", "rm", "rmvb", "swf"}
)

MAX_CLUE = 12
"""Characters of a link's words that can still be a clue instead of a headline."""

_DYNAMIC = r"(?:s?html?|jspx?|aspx?|php|do|action|cfm)"

# Each with the system or habit it comes from.
_ARTICLE_PATHS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"/t[0-9]{{8}}_[0-9]+(?:_[0-9]+)?\.{_DYNAMIC}$",  # TRS WCM: tYYYYMMDD_id
        rf"/info/[0-9]+/[0-9]+(?:_[0-9]+)?\.{_DYNAMIC}$",  # VSB: info/column/id
        rf"/(?:19|20)[0-9]{{2}}[-/_]?[0-9]{{2}}[-/_]?[0-9]{{0,2}}/[^/]*\w\.{_DYNAMIC}$",  # by day
        # A file named by a number. The end is asked for first: digits behind digits could be
        # shared out in as many ways as there are pairs of them.
        rf"/(?=[^/]*\.{_DYNAMIC}$)[^/]*?[0-9]{{3}}",
        r"/(?:content|article|detail|news|show|view|read)s?[-_/][0-9]+/?$",  # /article/17
    )
)
# Dated folders without an extension; any other folder is taken for a list.
_ARTICLE_FOLDER = re.compile(r"/(?:19|20)[0-9]{2}/[0-9]{2}/[0-9]{2}/[^/]+/?$")
_ARTICLE_NAME = re.compile(r"(?:read|show|view|detail|article|news|content|info|text)", re.I)
_ARTICLE_ID = re.compile(r"(?:\w*(?:news|art|article|info|doc|content|text)_?id|id|nid|aid)", re.I)
_PRINT_NAME = re.compile(r"print|/(?:email|favorite|comment|login|reg|search)", re.IGNORECASE)

_LIST_PATH = re.compile(
    r"(?:/|/(?:index|list|default|more|channel|column|col|class|type|category|cat|node|sub)"
    rf"[-_]?[0-9a-z]{{0,12}}(?:_[0-9]{{1,5}})?\.{_DYNAMIC})$",
    re.IGNORECASE,
)
_PAGE_NAME = re.compile(r"(?:cur|to|now|p)?_?page(?:_?(?:no|num|index|id))?|p|pn|start", re.I)
_CLASS_NAME = re.compile(
    r"\w*(?:class|type|column|channel|cat|category|sort|lm|tree|node|branch|part)_?(?:id|code|no)?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"[0-9]+")

_PAGING_WORDS = frozenset(
    {"下一页", "下页", "后一页", "上一页", "上页", "前一页", "尾页", "末页", "更多"}
    | {"下一頁", "下頁", "後一頁", "上一頁", "上頁", "前一頁", "尾頁", "末頁"}
    | {"加载更多", "点击加载更多", "查看更多", "浏览更多", "显示更多"}
    | {"next", "prev", "previous", "last", "more", "load more", "show more", "view more"}
    | {
        "older posts",
        "次へ",
        "次のページ",
        "前へ",
        "もっと見る",
        "다음",
        "이전",
        "더보기",
        "weiter",
    }
    | {"suivant", "siguiente"}
)
_PAGING_SIGNS = frozenset({">", ">>", "»", "›", "<", "<<", "«", "‹"})
_HOME_WORDS = frozenset(
    {"首页", "首頁", "网站首页", "網站首頁", "本站首页", "返回首页", "主页", "home"}
)
_DECORATION = " []【】()（）<>《》«»‹›|.…+·"


def anchor_kind(anchor: str) -> Kind | None:
    """What the words of a link tell by themselves: paging, "more", the way home; else None."""
    if len(anchor) > MAX_CLUE:
        return None
    words = anchor.strip(_DECORATION).lower()
    if words in _PAGING_WORDS or anchor in _PAGING_SIGNS:
        return "list"
    return "home" if words in _HOME_WORDS else None


@remembered(CACHE_SIZE)
def address_kind(url: str) -> Kind:
    """Article, list or page, by the address alone."""
    parts = urlsplit(url)
    if _PRINT_NAME.search(parts.path):
        return "page"
    pairs = [] if not parts.query else parse_qsl(parts.query[:1000])
    if any(_PAGE_NAME.fullmatch(name) and value.isdigit() for name, value in pairs):
        return "list"
    name = parts.path.rpartition("/")[2]
    if _ARTICLE_NAME.search(name) and any(
        _ARTICLE_ID.fullmatch(key) and any(c.isdigit() for c in value) for key, value in pairs
    ):
        return "article"
    if any(_CLASS_NAME.fullmatch(key) for key, _ in pairs):
        return "list"
    if _ARTICLE_FOLDER.search(parts.path):
        return "article"
    if _LIST_PATH.search(parts.path) and not pairs:
        return "list"
    if any(pattern.search(parts.path) for pattern in _ARTICLE_PATHS):
        return "article"
    return "page"


@remembered(CACHE_SIZE)
def is_attachment(url: str) -> bool:
    """Does the address name a file instead of a page?"""
    name = urlsplit(url).path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() in ASSET_EXTENSIONS if "." in name else False


def is_page_number_variant(one: str, other: str) -> bool:
    """Do the two addresses differ only in numbers (``index_2`` against ``index`` included)?"""
    return _without_numbers(one) == _without_numbers(other)


def _without_numbers(url: str) -> str:
    parts = urlsplit(url)
    path = re.sub(r"[-_]#(?=\.|$)", "", _NUMBERS.sub("#", parts.path))
    names = {name for name, _ in parse_qsl(parts.query) if not _PAGE_NAME.fullmatch(name)}
    return f"{parts.netloc}{path}?{'&'.join(sorted(names))}"
