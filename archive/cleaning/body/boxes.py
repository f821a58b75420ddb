"""What stands inside an article in Latin script and is not of it: boxes and lines of its publisher.

Newsrooms put sign-up forms, share bars, teasers and advertisements between the paragraphs. It
promises that a box is known by the names of its elements and is small beside the text, that a line
is known as a whole, and that no paragraph is ever cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element as Element

from archive.cleaning.facts.dates import find_dates
from archive.cleaning.markup.blocks import Block, is_address
from archive.cleaning.markup.dom import name_of, names, up_to_known
from archive.remembered import remembered

# A box with more than this share of the container's words is the article itself, whatever its name.
MAX_BOX_SHARE = 0.25
MAX_LINE_CHARS = 160
# A line is a link to another page with this share of its words in it.
LEADING_SHARE = 0.8
MAX_EDGE_CHARS = 120
_BOX_TAGS = frozenset({"aside", "nav"})
_BOX = re.compile(
    r"newsletter|sign-?_?up|subscri|shar(?:e|ing)|social(?![\w-]*embed)|recirc|relat(?!ive)|recommend|read-?_?more"
    r"|promo|advert|\bads?\b|\bads?[-_]|[-_]ads?\b|ad(?:caption|unit|container)|sponsor|trending"
    r"|breaking|popular|most-?_?read|you-?_?(?:may|might)|also-?_?like|teaser|more-?_?(?:on|from)"
    r"|author-?_?(?:box|bio|info|card)|about-?_?author|by-?line|date-?line|publish-?_?(?:date|info)"
    r"|time-?stamp|comment|gallery|slide-?(?:show|count)|paywall|cookie|privacy"
    r"|breadcrumb|\btags?\b|topics|paginat|follow-|report-|\brail|inset"
)
_RELATED = re.compile(
    r"^\W{0,3}(?:read|see|watch|learn|find out) (?:more|also|next)\b"
    r"|^\W{0,3}(?:also )?(?:see|read|on):|^\W{0,3}related (?:articles|stories|news)"
    r"|^\W{0,3}(?:related|more|also|recommended|trending)(?: (?:post|story|stories|article|articles"
    r"|news|coverage|content|links|on|from|in|reading))?\b.{0,3}:"
    r"|^\W{0,3}you (?:may|might) also (?:like|be interested)|^\W{0,3}(?:don.t miss|click here)\b"
    r"|^\W{0,3}(?:sign up|subscribe|follow us|follow @|join us|like us|have a tip)\b"
    r"|^\W{0,3}(?:get|want) (?:the|more|our) .{0,60}(?:newsletter|updates|app|inbox|alerts)\b",
    re.IGNORECASE,
)
_TOOLS = re.compile(
    r"^\W{0,3}(?:advert(?:isement|isment)?s?|continue reading(?: below)?|story continues below"
    r"(?: advertisement)?|article continues below(?: advertisement)?|loading|share|tweet|print"
    r"|email|close|caption|report|video|share this(?: on \w+| article| story)?|sharing is caring"
    r"|follow(?: \w+)? on|trending news|breaking news|related stories|read more|see more"
    r"|image \d+ of(?: /)? \d+|\d+ of \d+|\d+ ?shares?|(?:\d+ )?comments?|view all \(\d+\)"
    r"|this slideshow requires javascript|like this story\W+share it with a friend)\W{0,3}$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\W{0,3}(?:image (?:copyright|credit|caption|source)|(?:photo|image|picture|source|credit)s?"
    r"(?: (?:by|courtesy))?\s?[:/])",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:By|by|BY|Reporting by|Posted by|Written by)\s[A-Z][\w.’'-]+(?:[\s,|/&]|and\s|$)"
)
_TIMED = re.compile(
    r"^\W{0,3}(?:(?:first |last )?(?:published|updated|posted|modified|released)"
    r"|\d+ min(?:ute)?s? read)"
    r"|\b\d{1,2}:\d\d\b",
    re.IGNORECASE,
)
# A press release says so of itself.
_EMBARGO = re.compile("embargo", re.IGNORECASE)


def reasons(blocks: Sequence[Block], container: Element) -> list[tuple[str, str] | None]:
    """For each of the container's ``blocks`` why it is no part of the article, if it is not: a
    rule's name and its evidence."""
    boxes = _boxes(blocks, container)
    found: list[tuple[str, str] | None] = []
    for block, box in zip(blocks, boxes, strict=True):
        if box is not None:
            found.append(("box", f"in an element named {box}"))
        else:
            found.append(_line_reason(block))
    return found


def is_edge_line(text: str) -> bool:
    """Whether a line at an article's end or beginning says who wrote it or when, and no more."""
    if len(text) > MAX_EDGE_CHARS or _EMBARGO.search(text):
        return False
    if _BYLINE.match(text) or _CREDIT.match(text):
        return True
    dated = bool(find_dates(text)) and len(text) <= MAX_EDGE_CHARS // 2
    return bool(_TIMED.search(text)) and (dated or not text.rstrip().endswith((".", "?", "!")))


def leads_on(block: Block) -> bool:
    """Whether a line at an article's end is nothing but another page's title that leads there."""
    return block.size > 0 and block.linked >= LEADING_SHARE * block.size and not is_address(block)


def _line_reason(block: Block) -> tuple[str, str] | None:
    text = block.text
    if not block.size or block.size > MAX_LINE_CHARS:
        return None
    if _TOOLS.match(text):
        return "tools", "the whole line is page tools"
    if block.linked >= 0.6 * block.size and (_RELATED.match(text) or _shouts(text)):
        return "related", "a line that leads to other pages"
    if _RELATED.match(text) and (block.linked or block.size < MAX_LINE_CHARS // 2):
        return "related", "a line that announces other pages"
    return None


def _shouts(text: str) -> bool:
    """A headline in capitals, as links to other stories between paragraphs are set."""
    return text.isupper() and len(text.split()) > 3


def _boxes(blocks: Sequence[Block], container: Element) -> list[str | None]:
    """For each block the name of the small box it stands in, if it stands in one."""
    known: dict[Element, Element | None] = {container: None}
    # A data table's rows are text whatever they are named.
    boxes = [None if block.cell else _box_of(block.element, known) for block in blocks]
    sizes: dict[Element, int] = {}
    for block, box in zip(blocks, boxes, strict=True):
        if box is not None:
            sizes[box] = sizes.get(box, 0) + block.size
    room = MAX_BOX_SHARE * sum(block.size for block in blocks)
    return [
        (names(box).strip() or name_of(box))[:60] if box is not None and sizes[box] < room else None
        for box in boxes
    ]


def _box_of(element: Element, known: dict[Element, Element | None]) -> Element | None:
    """The outermost element around a block, inside the container, that is named as a box."""
    climbed, node = up_to_known(element, known)
    box = known[node] if node is not None else None
    for one in reversed(climbed):
        if box is None and (name_of(one) in _BOX_TAGS or _is_box(names(one))):
            box = one
        known[one] = box
    return box


@remembered(4096)
def _is_box(own: str) -> bool:
    return _BOX.search(own) is not None
