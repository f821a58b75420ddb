"""Addresses that stand as they are in a script: where it goes, links it writes, documents it names.

Home pages that only send the reader on, menus written by ``document.write``, lists whose entries
lie in a script element (大汉 JCMS: ``<datastore>``), attachments that are shown when there is one:
a reader comes to all of these, and no link of the page leads there. It promises addresses that are
written out in one piece (what a script puts together of pieces is for ``script_calls``), no
template's placeholders, and to look at a bounded part of each script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

MAX_ANCHOR = 120
MAX_SCRIPT = 200_000
"""Characters of a script that are looked at."""

MAX_SCRIPT_LINKS = 1_000
"""Addresses taken from one script."""

NEVER = ("#", "javascript:", "mailto:", "tel:", "data:", "about:", "vbscript:")
"""How references begin that lead to no other page."""
_OPEN_ENDS = ("=", "&", "+")
"""How a reference ends that waits for a value."""

Written = tuple[str, str]
"""A reference as it is written, and the words that stand for it."""

# Neither side of the literal may be joined to something else: half an address leads nowhere.
_NOT_JOINED = r"(?!\s{0,9}\+)"
_NAVIGATION = re.compile(
    r"(?:(?:\bwindow\.|(?<![\w.]))open\s{0,9}\(|\bhref\s{0,9}="
    r"|\blocation(?:\.(?:replace|assign)\s{0,9}\(|\s{0,9}=))"
    r"\s{0,9}([\"'])([^\"'<>\s{}]{1,500})\1" + _NOT_JOINED
)
_WRITTEN_LINK = re.compile(
    r"<a\s[^<>]{0,300}?href\s{0,9}=\s{0,9}[\"']?\s{0,9}([^\"'<>\s{}]{1,500}+)[^<>]{0,300}+>"
    r"(.{0,300}?)</a\s{0,9}>",
    re.IGNORECASE | re.DOTALL,
)
# A name alone may be anything; a path, a number as articles have it, and a file to load say more.
_DOCUMENT = re.compile(
    r"(?<!\+)(?<!\+ )(?P<quote>[\"'])(?P<reference>(?:"
    r"(?:https?:/|\.{0,2})/[^\s\"'<>\\+(){}|*^$,;]{1,300}\.s?html?"
    r"|[^\s\"'<>\\+(){}|*^$,;]{0,200}?[0-9]{4}[^\s\"'<>\\+(){}|*^$,;]{0,100}\.s?html?"
    r"|[^\s\"'<>\\+(){}|*^$,;]{1,300}\.(?:pdf|docx?|xlsx?|pptx?|wps|zip|rar)))(?P=quote)"
    + _NOT_JOINED,
    re.IGNORECASE,
)
# The address of a page in a record, {"title": …, "url": "/news/10"}: in data alone, for in code the
# same may be what a button sends.
_RECORDED = re.compile(
    r'"(?:url|link|href|permalink|(?:detail|page|article|news|content)_?url)"\s{0,3}:\s{0,3}'
    r'"((?:https?:/|\.{0,2})/[^\s"\'<>\\+(){}\[\]|*^$,;]{1,300})"',
    re.IGNORECASE,
)
_JOINED = re.compile(r"[\"']\s?\+|\+\s?[\"']")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\([/\"'])")
CDATA = "<![CDATA["
"""What a section begins with in which markup stands as words."""


def navigations(code: str) -> Iterator[str]:
    """Where ``code`` (a script, an event handler, a ``javascript:`` address) sends its reader."""
    if "'" not in code and '"' not in code:
        return
    for match in _NAVIGATION.finditer(code):
        if _leads_on(match[2]):
            yield match[2]


def written_links(markup: str) -> Iterator[Written]:
    """The links in ``markup`` that no parser has taken for elements."""
    if "href" not in markup and "HREF" not in markup:
        return
    for match in _WRITTEN_LINK.finditer(markup):
        reference = unescape(match[1])
        if _leads_on(reference):
            anchor = " ".join(_TAG.sub("", match[2]).split())[:MAX_ANCHOR]
            yield reference, "" if _JOINED.search(anchor) else anchor


def held_links(markup: str) -> Iterator[Written]:
    """The links in CDATA sections, which a parser of HTML takes for comments."""
    for section in markup.split(CDATA)[1:]:
        yield from written_links(section.partition("]]>")[0])


def script_links(script: str) -> Iterator[Written]:
    """All of them in one script."""
    script = script[:MAX_SCRIPT]
    if "." not in script and "/" not in script:
        return
    yield from islice(_in_script(_ESCAPED.sub(r"\1", script)), MAX_SCRIPT_LINKS)


def record_links(data: str) -> Iterator[Written]:
    """The addresses that the records of JSON ``data`` name for their pages."""
    data = _ESCAPED.sub(r"\1", data[:MAX_SCRIPT])
    for match in islice(_RECORDED.finditer(data), MAX_SCRIPT_LINKS):
        yield match[1], ""


def _in_script(script: str) -> Iterator[Written]:
    yield from written_links(script)
    for reference in navigations(script):
        yield reference, ""
    for match in _DOCUMENT.finditer(script):
        yield match["reference"], ""


def _leads_on(reference: str) -> bool:
    is_whole = not reference.endswith(_OPEN_ENDS) and not reference.startswith("+")
    return is_whole and not reference.lower().startswith(NEVER)
