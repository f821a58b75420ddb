"""Which line of a page looks like the heading of its article.

It promises to judge by place, markup and likeness to ``<title>``, each line alone, and to give
headings whole that line breaks part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from lxml.etree import _Element as Element

from archive.cleaning.facts import phrases
from archive.cleaning.facts.breadcrumb import is_trail
from archive.cleaning.facts.labels import is_label_line, read_labels
from archive.cleaning.facts.titleparts import (
    SEPARATORS,
    SITE_END,
    end_of,
    parts,
    without_brackets,
)
from archive.cleaning.markup.blocks import Block, squeeze
from archive.cleaning.markup.dom import names
from archive.cleaning.script import plain
from archive.remembered import remembered

MAX_TITLE_CHARS = 150
_TITLE_NAME = re.compile(r"title|headline|\btit\b|biaoti|\bbt\b|arti?_?tit|heading|subject|h1")
_NOT_TITLE = re.compile(r"sub_?title|副标题|site|logo|column|nav|list|block|box|menu|comment")
# A word that announces a title (打印：) is at most this long, colon included.
MAX_ANNOUNCEMENT = 6
MIN_ANNOUNCED = 4
# A shorter part of <title> than this is a heading's only where it is the first (讣告, 简介).
MIN_PART = 3
# A heading with a separator in it is no shorter.
MIN_UNPARTED = 6


def likeliest(near: Sequence[Block], shown: str, said: str) -> tuple[Block | None, float]:
    """The block most like the title, of equals the nearest to the body, and how much it is."""
    best: Block | None = None
    best_mark = 0.0
    for index, block in enumerate(near):
        mark = _mark(block, shown, said, (index + 1) / len(near))
        if mark >= best_mark and mark > 0:
            best, best_mark = block, mark
    return best, best_mark


def whole_heading(best: Block, near: Sequence[Block], said: str) -> str:
    """The heading of which ``best`` is a line: line breaks part long ones, and what ``<title>``
    (``said``) says, or the markup, joins them again."""
    place = next(index for index, block in enumerate(near) if block is best)
    first = last = place
    while first > 0 and near[first - 1].element is best.element and near[first - 1].size:
        first -= 1
    while last + 1 < len(near) and near[last + 1].element is best.element and near[last + 1].size:
        last += 1
    lines = [b for b in near[first : last + 1] if b is best or not is_label_line(b.text)]
    whole = "".join([block.line for block in lines])
    joined = best.level > 0 or whole in said
    if (
        len(lines) == 1
        or len(whole) > MAX_TITLE_CHARS
        or not joined
        or any(b.linked for b in lines)
    ):
        return best.text.strip()
    between = " " if whole.isascii() else ""
    return between.join(block.text.strip() for block in lines)


def over_byline(near: Sequence[Block]) -> str | None:
    """The unlinked line right above the first line of labels, with a second line of it."""
    lines = [block for block in near if block.size and not block.hidden]
    heads = [block for block in lines if not is_subtitle(block.text)]
    for heading, byline in pairwise(heads):
        if is_label_line(byline.text) and not is_label_line(heading.text):
            if not 2 <= heading.size <= MAX_TITLE_CHARS or heading.linked:
                return None
            between = lines[lines.index(heading) + 1 : lines.index(byline)]
            return "".join(block.text.strip() for block in (heading, *between))
    return None


def linked_words(above: Sequence[Block]) -> set[str]:
    """The words of the links above the body: sections of the site."""
    return {
        squeeze(plain(run.text)) for block in above for run in block.runs if run.href is not None
    }


@remembered(4096)
def is_frame(text: str) -> bool:
    """Whether a line is labels, tools, a pager or a breadcrumb, in whatever script."""
    said = plain(text)
    return bool(
        is_label_line(text) or phrases.only_tools(said) or phrases.is_pager(said) or is_trail(said)
    )


def _mark(block: Block, title: str, said: str, nearness: float) -> float:
    """How much a block looks like the ``title`` (``said`` without white space); 2.5 and more is
    convincing."""
    if not 2 <= block.size <= MAX_TITLE_CHARS or block.hidden or block.control:
        return 0.0
    text = block.text.strip()
    if is_frame(text):
        return 0.0
    mark = nearness
    if said:
        mark += _agreement(block.line, said, title)
    level = block.level
    if level:
        mark += 1.5 if level <= 2 else 0.8
    if _is_title_name(names(block.element) + " " + _parent_names(block.element)):
        mark += 0.8
    if block.linked > block.size / 2:
        mark -= 2.0
    if ends_otherwise(text) or is_subtitle(text):
        mark -= 1.0
    return mark


def is_subtitle(text: str) -> bool:
    """Whether a line begins with a dash, as the second line of a Chinese heading does."""
    return text.startswith(("——", "－－", "--", "──"))


@remembered(8192)
def ends_otherwise(text: str) -> bool:
    """Whether a line ends as no title does, or holds labels."""
    return text[-1:] in "。；;，," or bool(read_labels(text))


@remembered(4096)
def _is_title_name(hint: str) -> bool:
    return bool(_TITLE_NAME.search(hint) and not _NOT_TITLE.search(hint))


def _agreement(own: str, said: str, title: str) -> float:
    if own == said:
        return 3.5
    if own in said:
        # A section's or the site's name is in <title> too, but not as its first part.
        found = [squeeze(without_brackets(part)) for part in parts(title)]
        if own in found and (len(own) >= MIN_PART or own == found[0]):
            first = own == found[0] or (own == found[-1] and _begins_with_site(found))
            return 3.2 if first else -0.5 + len(own) / max(map(len, found))
        if _is_announced(own, said) or _is_begun_with(title, own):
            return 3.2
        return 0.5 + 2.0 * len(own) / len(said) if len(own) >= 4 else 0.3
    if len(said) >= MIN_PART and own.startswith(said) and squeeze(without_brackets(own)) == said:
        return 3.2
    if said in own and len(said) >= 6:
        return 2.0
    return -0.5


def _begins_with_site(found: Sequence[str]) -> bool:
    """Whether the first part of ``<title>`` is a site's name, and the last is none."""
    return SITE_END.search(found[0]) is not None and SITE_END.search(found[-1]) is None


def _is_begun_with(title: str, own: str) -> bool:
    """Whether ``<title>`` begins with a heading (``own``, without white space) that has dashes or
    brackets itself, and a separator ends it there."""
    if len(own) < MIN_UNPARTED:
        return False
    place = end_of(title, own)
    return place is not None and SEPARATORS.match(title, place) is not None


def _is_announced(own: str, said: str) -> bool:
    """Whether ``said`` is ``own`` behind a short word and a colon, 打印：…, as print views have."""
    before = said[: -len(own)]
    return (
        said.endswith(own)
        and len(own) >= MIN_ANNOUNCED
        and 1 < len(before) <= MAX_ANNOUNCEMENT
        and before[-1] in "：:"
    )


def _parent_names(element: Element) -> str:
    parent = element.getparent()
    return names(parent) if parent is not None else ""
