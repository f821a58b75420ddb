"""What the elements around a block are named as: comments, sidebars, menus, or the body itself.

It promises one byte an element with one bit for each kind of name; the words are those that
templates everywhere use, in English or Pinyin.
"""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Names
from archive.cleaning.markup.dom import up_to_known
from archive.remembered import remembered

CHROME = {
    "comment": re.compile(r"comment|reply|pinglun|liuyan|guestbook|feedback|review"),
    "side": re.compile(r"side|right|aside|widget|column_?r\b|col_?r\b"),
    "foot": re.compile(r"foot|copyright|bottom|bei_?an|disclaim|declare|statement"),
    "nav": re.compile(r"nav|menu|head|top\b|topbar|crumb|position|logo|search|login|tool|tabs?\b"),
    "more": re.compile(
        r"relat|recommend|hot|rank|more|tuijian|xiangguan|list|other|links?\b|tag|about|slider"
        r"|guess|next|prev|pages?\b|pager|pagination|share|bds|social|print|vote|mood"
    ),
    "ad": re.compile(
        r"\bads?\b|ad_|_ad|advert|banner|guanggao|popup|promo|qr_?code|erweima|wechat"
    ),
    "body": re.compile(
        r"article|content|zoom|editor|text|txt|body|detail|entry|post|zhengwen|neirong|story|news"
    ),
    "main": re.compile(r"main|left|center|wrap|container"),
}
# How many elements above a block are asked for their names, and how many of them count as near.
CLIMB = 6
NEAR = 2
KINDS = len(CHROME)
_ONE = (1 << KINDS) - 1
_ALL = (1 << KINDS * CLIMB) - 1


def near_and_far(around: int) -> tuple[int, int]:
    """The bits of the elements nearest to a block in one byte, those of the others in another."""
    near = far = 0
    for step in range(CLIMB):
        bits = around >> KINDS * step & _ONE
        if step <= NEAR:
            near |= bits
        else:
            far |= bits
    return near, far


@remembered(8192)
def _bits_of(own: str) -> int:
    bits = 0
    if own != " ":
        for place, pattern in enumerate(CHROME.values()):
            if pattern.search(own):
                bits |= 1 << place
    return bits


def around(element: Element, known: dict[Element, int], names: Names) -> int:
    """The bits of ``element`` in the lowest byte, those of the elements it stands in one byte
    higher each; ``known`` remembers them, and has not this element's."""
    parent = element.getparent()
    if parent is None or parent in known:
        bits = known[parent] if parent is not None else 0
    else:
        bits = _climbed(parent, known, names)
    bits = known[element] = (bits << KINDS | _bits_of(names[element])) & _ALL
    return bits


def _climbed(element: Element, known: dict[Element, int], names: Names) -> int:
    climbed, node = up_to_known(element, known)
    bits = known[node] if node is not None else 0
    for node in reversed(climbed):
        bits = known[node] = (bits << KINDS | _bits_of(names[node])) & _ALL
    return bits
