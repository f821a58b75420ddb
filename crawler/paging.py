"""List pages that no link leads to: their addresses stand only in a script.

TRS WCM writes ``createPageHTML(count, current, "index", "html")`` and its readers' browsers make
index_1.html, index_2.html … of it (others call it ``pageHtml`` and the like); older templates set
``countPage`` and write the links themselves. It promises to name those pages from the call alone,
whatever the order of its arguments, and never more than a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

MAX_LIST_PAGES = 2_000
"""Pages of one list; a count above it is a mistake or a trap."""

# A call, not the definition: "function createPageHTML(" takes names, never a quoted extension.
_CALL = re.compile(r"\b(?:create\w{0,12})?page\w{0,12}\s*\(([^()]{1,300})\)", re.IGNORECASE)
# What both the call and the count have, sought in a third of the time: most scripts have neither.
_HINT = re.compile(r"[pP][aA][gG][eE](?:\w{0,12}\s*\(|\s*=)")
_ARGUMENT = re.compile(r"'([^']{0,100})'|\"([^\"]{0,100})\"|(?<![\w.])([0-9]{1,6})(?![\w.])")
_EXTENSION = re.compile(r"\.?(s?html?|jspx?|aspx?|php)", re.IGNORECASE)
_COUNT = re.compile(r"\bcountPage\s*=\s*([0-9]{1,6})\b", re.IGNORECASE)
_QUOTED_EXTENSION = re.compile(r"[\"'][^\"'<>]{0,40}?\.?(s?html?|jsp|aspx?|php)\s*\\?[\"']", re.I)
_COMMENT = re.compile(r"^\s*//[^\n]*$", re.MULTILINE)
_PAGE_SUFFIX = re.compile(r"_[0-9]{1,5}$")


def script_pages(script: str, url: str) -> Iterator[str]:
    """Relative references of the pages that ``script``, on the page ``url``, would link to."""
    if "age" not in script or not _HINT.search(script):
        return
    script = _COMMENT.sub("", script)
    called = False
    for call in _CALL.finditer(script):
        pages = _from_call(call[1])
        called = called or bool(pages)
        yield from pages
    if not called and (count := _COUNT.search(script)):
        yield from _from_count(int(count[1]), script, url)


def _from_call(arguments: str) -> list[str]:
    numbers: list[int] = []
    names: list[str] = []
    extension = None
    for single, double, number in _ARGUMENT.findall(arguments):
        text = single or double
        if number:
            numbers.append(int(number))
        elif names and _EXTENSION.fullmatch(text):
            extension = text.lstrip(".")
        elif text.isdecimal():
            numbers.append(int(text))
        elif text and extension is None:
            names.append(text)
    if not numbers or extension is None:
        return []
    # Whichever order: the count of pages comes among the first two, and is the larger.
    return _names(max(numbers[:2]), names[-1], extension)


def _from_count(count: int, script: str, url: str) -> list[str]:
    stem, _, extension = urlsplit(url).path.rpartition("/")[2].rpartition(".")
    if not stem:
        quoted = _QUOTED_EXTENSION.search(script)
        stem, extension = "index", quoted[1] if quoted else "html"
    return _names(count, _PAGE_SUFFIX.sub("", stem), extension)


def _names(count: int, name: str, extension: str) -> list[str]:
    if count < 2:
        return []
    following = [f"{name}_{n}.{extension}" for n in range(1, min(count, MAX_LIST_PAGES))]
    return [f"{name}.{extension}", *following]
