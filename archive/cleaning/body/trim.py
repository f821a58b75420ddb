"""What inside the chosen container is template and not article.

It promises that a block is left out only at the ends of the body or when the whole line is
template, that every block left out becomes a Removal with its rule and evidence, and that a body
is never eaten: when the removals would take most of it, they are not made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from archive.cleaning.body import boxes
from archive.cleaning.body.abstract import abstract_lines
from archive.cleaning.body.closing import (
    attached_end,
    closing_reason,
    is_tools,
    notes_end,
    related_from,
    told_end,
)
from archive.cleaning.body.contents import contents_lines
from archive.cleaning.body.particulars import begins_particulars, particulars_end, record_lines
from archive.cleaning.body.reach import (
    addressed_start,
    event_start,
    headed_start,
    is_caption,
    list_end,
    paragraphs_apart,
    picture_story,
    signature_end,
    table_end,
    table_start,
    with_like_boxes,
    with_siblings,
    without_neutral,
)
from archive.cleaning.body.weigh import heaviest_run
from archive.cleaning.facts import phrases
from archive.cleaning.facts.breadcrumb import is_trail
from archive.cleaning.facts.dates import is_month_day
from archive.cleaning.facts.events import is_event
from archive.cleaning.facts.heading import is_subtitle
from archive.cleaning.facts.values import COLONS
from archive.cleaning.markup.blocks import Block
from archive.cleaning.markup.dom import path_of
from archive.cleaning.script import plain
from archive.model import Removal

# Removals that take more than this share of the container's text are doubted (flag, keep).
MAX_REMOVED = 0.8
# At most this many lines at each end of the body are looked at as possible template.
EDGE_BLOCKS = 30
# A body that weighs less is hardly a text.
MIN_STORY_CHARS = 40
# So many lines may stand above the place in the site, and none of them is longer.
ABOVE_TRAIL_LINES = 2
MAX_SECTION_CHARS = 20
# Rules that know a line for what it is, whatever else the page holds.
_SURE = frozenset(
    {
        "attachments",
        "labels",
        "title-repeated",
        "breadcrumb",
        "tools",
        "neighbours",
        "rule-line",
        "counter",
    }
)
# And of these no line was ever a text.
_TEMPLATE = frozenset({"labels", "breadcrumb", "neighbours", "tools", "counter"})
# Such lines stand between a text and its pictures.
_BESIDE_PICTURES = frozenset({"labels", "rule-line", "attachments", "announcement", "counter"})
_BEGINS_WITH_DAY = re.compile(r"\W{0,3}\d{1,2}\s?月\s?\d{1,2}\s?日")
_SIGNING_DAY = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
"""A text is signed with such a line. Where a mirror wrote one day on all pages, it is the same at
all their ends, and so is whoever signed above it."""


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The blocks kept, the removals in order, and whether removing was given up."""

    kept: list[Block]
    removals: tuple[Removal, ...]
    doubted: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the page and the host already told: ``is_label`` recognises a byline, ``titles`` are
    the squeezed title readings in small letters, ``heading`` the title where the page's head does
    not say it, ``shared`` the lines other pages of the host have too; ``files`` tells whether the
    article offers files, ``latin`` is the container where the script is Latin, ``between`` the
    places of the blocks between two pieces of the body."""

    titles: frozenset[str]
    is_label: Callable[[str], bool]
    heading: str = ""
    shared: frozenset[str] = frozenset()
    trusted: bool = False
    files: bool = False
    latin: Element | None = None
    between: frozenset[int] = frozenset()


def trim(blocks: Sequence[Block], weights: Sequence[float], known: Known) -> Trimmed:
    """Part ``blocks`` (the container's, with their ``weights``) into kept and removed."""
    reasons: list[tuple[str, str] | None] = [_anywhere(block) for block in blocks]
    for index in known.between:
        reasons[index] = reasons[index] or ("outside-body", "between two pieces of the text")
    for index in contents_lines(blocks):
        reasons[index] = reasons[index] or ("contents", "links to places in the text itself")
    if known.latin is not None:
        in_boxes = boxes.reasons(blocks, known.latin)
        reasons = [one or other for one, other in zip(reasons, in_boxes, strict=True)]
    _mark_head(blocks, reasons, known)
    _mark_tail(blocks, reasons, known)
    if not known.trusted:
        _mark_outside_best(blocks, weights, reasons)
        _mark_head(blocks, reasons, known)
        _mark_tail(blocks, reasons, known)
    for index in abstract_lines(blocks):
        reasons[index] = _anywhere(blocks[index])
    for index in record_lines(blocks):
        reasons[index] = ("labels", "in the table of a paper's record")
    _mark_pictures_apart(blocks, reasons)
    doubted = _is_eaten(blocks, reasons)
    if (
        doubted
        and (known.files or _keeps_picture(blocks, reasons))
        and _only_frame(blocks, reasons)
    ):
        doubted = False
    if doubted:
        reasons = _without_doubts(blocks, reasons)
    kept = [b for b, r in zip(blocks, reasons, strict=True) if r is None]
    removals = tuple(
        Removal(b.text, r[0], r[1], path_of(b.element))
        for b, r in zip(blocks, reasons, strict=True)
        if r is not None and b.size
    )
    return Trimmed(kept, removals, doubted)


def _is_eaten(blocks: Sequence[Block], reasons: Sequence[tuple[str, str] | None]) -> bool:
    """Whether next to nothing is left of what is not known for the page's frame."""
    doubtful = left = 0
    for block, reason in zip(blocks, reasons, strict=True):
        if reason is None:
            left += block.size
        elif reason[0] not in _SURE and not block.hidden and not block.control:
            doubtful += block.size
    return left < (1 - MAX_REMOVED) * (left + doubtful) or (
        left == 0 and any(b.size for b in blocks)
    )


def _without_doubts(
    blocks: Sequence[Block], reasons: Sequence[tuple[str, str] | None]
) -> list[tuple[str, str] | None]:
    """The reasons that hold where the others took too much: those of lines that no text ever was,
    and of the title where anything else is left."""
    for sure in (_TEMPLATE | {"title-repeated"}, _TEMPLATE):
        holding = [
            reason if reason is not None and reason[0] in sure else _anywhere(block)
            for reason, block in zip(reasons, blocks, strict=True)
        ]
        if any(b.size and r is None for b, r in zip(blocks, holding, strict=True)):
            break
    return holding


def _only_frame(blocks: Sequence[Block], reasons: Sequence[tuple[str, str] | None]) -> bool:
    """Whether every line is known for no text: a notice that consists of its attachments, a story
    of its pictures."""
    return all(
        reason[0] in _SURE or block.hidden or block.control
        if reason is not None
        else not block.size
        for block, reason in zip(blocks, reasons, strict=True)
    )


def _keeps_picture(blocks: Sequence[Block], reasons: Sequence[tuple[str, str] | None]) -> bool:
    return any(b.pictures for b, r in zip(blocks, reasons, strict=True) if r is None)


def _anywhere(block: Block) -> tuple[str, str] | None:
    if block.hidden:
        return "hidden", "the page hides this element"
    if block.control:
        return "control", "part of a form or frame"
    if block.size > 90:
        return None
    text = plain(block.text)
    if phrases.only_tools(text) and (block.linked or block.size > 3) and not block.cell:
        return "tools", "the whole line is page tools"
    if phrases.COUNTER.match(text) and any(c in text for c in "击浏阅访气"):
        return "counter", "the whole line is a visit counter"
    return None


def _mark_head(
    blocks: Sequence[Block], reasons: list[tuple[str, str] | None], known: Known
) -> None:
    table = 0  # the end of a table of particulars
    _mark_above_trail(blocks, reasons)
    for index, block in enumerate(blocks):
        if index >= EDGE_BLOCKS + table:
            return
        if reasons[index] is not None or block.size == 0:
            continue
        if index >= table:
            table = particulars_end(blocks, index)
        if index < table:
            reasons[index] = ("labels", "in the table of particulars above a document")
            continue
        if is_event(blocks, index):
            return
        if block.line in known.shared and _is_own(blocks, index, known):
            return
        reasons[index] = (
            _head_reason(block, known)
            or _heading_reason(blocks, index, known)
            or _day_reason(blocks, index)
        )
        if reasons[index] is None and not _is_over_labels(blocks, index, known):
            return


def _is_own(blocks: Sequence[Block], index: int, known: Known) -> bool:
    """Whether a line is text although other pages have it: the first of particulars."""
    return not known.is_label(blocks[index].text) and begins_particulars(blocks, index)


def _mark_above_trail(blocks: Sequence[Block], reasons: list[tuple[str, str] | None]) -> None:
    """A section's name over the line that names the place in the site is none of the text."""
    lines: list[int] = []
    for index, block in enumerate(blocks):
        if not block.size or reasons[index] is not None:
            continue
        if lines and is_trail(plain(block.text)):
            for above in lines:
                reasons[above] = ("breadcrumb", "above the line that names the place in the site")
            return
        lines.append(index)
        if len(lines) > ABOVE_TRAIL_LINES or block.size > MAX_SECTION_CHARS or block.pictures:
            return


def _heading_reason(blocks: Sequence[Block], index: int, known: Known) -> tuple[str, str] | None:
    """A title that the head does not confirm may be the author's own first line: it is the
    page's where it is marked up as a heading, or a line of labels follows."""
    if blocks[index].line.lower() != known.heading:
        return None
    if blocks[index].level:
        return "title-repeated", "the line is the heading, marked up as one"
    if not _has_label_behind(blocks, index, known):
        return None
    return "title-repeated", "the line is the heading over a line of labels"


def _day_reason(blocks: Sequence[Block], index: int) -> tuple[str, str] | None:
    """A month and a day alone date the text, unless further lines do the same: a chronicle's."""
    if not is_month_day(blocks[index].text):
        return None
    if any(_BEGINS_WITH_DAY.match(b.text) for b in blocks[index + 1 :]):
        return None
    return "labels", "a line of the month and the day over the body"


def _has_label_behind(blocks: Sequence[Block], index: int, known: Known) -> bool:
    behind = next((b for b in blocks[index + 1 :] if b.size), None)
    return behind is not None and known.is_label(behind.text)


def _is_over_labels(blocks: Sequence[Block], index: int, known: Known) -> bool:
    """Whether a line is the heading's second, between the first and the labels: it is text, and
    they are none."""
    return is_subtitle(blocks[index].text) and _has_label_behind(blocks, index, known)


def _head_reason(block: Block, known: Known) -> tuple[str, str] | None:
    line = block.line
    if line.lower() in known.titles:
        return "title-repeated", "the line is the page's title again"
    if known.is_label(block.text):
        return "labels", "a line of labels above the body"
    if phrases.SUBMITTED.match(block.text):
        return "labels", "a line that says who put the text there, and when"
    if known.latin is not None and boxes.is_edge_line(block.text):
        return "labels", "a line that says who wrote the text, or when"
    if is_trail(plain(block.text)):
        return "breadcrumb", "a line that names the place in the site"
    if line in known.shared:
        return "shared", "other pages of the host have this line at the same end"
    if is_tools(block, plain(block.text)):
        return "tools", "the whole line is page tools"
    if phrases.NOTHING.match(block.text) and block.cell is None:
        return "rule-line", "no letters in the line"
    return None


def _mark_tail(
    blocks: Sequence[Block], reasons: list[tuple[str, str] | None], known: Known
) -> None:
    related = related_from(blocks)
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if reasons[index] is not None or block.size == 0:
            continue
        if related is not None and index >= related:
            reasons[index] = ("related", "from a line that announces related pages to the end")
            continue
        reason = _tail_reason(block, known)
        if reason is None or (reason[0] == "address-line" and _is_announced(blocks, index)):
            return
        reasons[index] = reason


def _is_announced(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line before ends with a colon (原文详见：) and says nothing of who may copy it
    (转载请注明出处：)."""
    before = next((blocks[i] for i in range(index - 1, -1, -1) if blocks[i].size), None)
    if before is None or before.text.rstrip()[-1:] not in COLONS:
        return False
    return not phrases.is_legal(plain(before.text))


def _tail_reason(block: Block, known: Known) -> tuple[str, str] | None:
    text = plain(block.text)
    if known.latin is not None and boxes.is_edge_line(block.text):
        return "labels", "a line that says who wrote the text, or when"
    if phrases.NEIGHBOURS.match(text):
        return "neighbours", "a line that leads to the next or previous page"
    if block.size < 200 and phrases.is_foot(text):
        return "footer", "a line with the words of a page footer"
    if block.line in known.shared and not _SIGNING_DAY.fullmatch(block.line):
        return "shared", "other pages of the host have this line at the same end"
    if known.latin is not None and boxes.leads_on(block):
        return "related", "a line that leads to other pages"
    return closing_reason(block, text)


def _mark_outside_best(
    blocks: Sequence[Block], weights: Sequence[float], reasons: list[tuple[str, str] | None]
) -> None:
    """Outside the heaviest run of blocks nothing speaks for the body."""
    open_weights = [
        0.0 if reason is not None else weight
        for weight, reason in zip(without_neutral(blocks, weights), reasons, strict=True)
    ]
    start, end = heaviest_run(open_weights)
    if sum(open_weights[start:end]) < MIN_STORY_CHARS:
        start, end = picture_story(blocks, start, end)
    start = event_start(blocks, table_start(blocks, start, end))
    start = headed_start(blocks, addressed_start(blocks, start), end)
    while start > 1 and reasons[start - 1] is None and is_caption(blocks, start - 1):
        start -= 2  # the picture above the text, and what is said under it
    end = list_end(blocks, start, table_end(blocks, end))
    end = notes_end(blocks, end)
    listed = attached_end(blocks, end)
    signed = signature_end(blocks, listed)
    # Files between a text and its signature are the text's, whatever their links lead to.
    end = signed if signed > listed else signature_end(blocks, told_end(blocks, end))
    end = told_end(blocks, end)
    start, end = with_siblings(blocks, reasons, start, end)
    start, end = with_like_boxes(blocks, reasons, start, end)
    apart = paragraphs_apart(blocks, open_weights, start, end)
    for index in (*range(start), *range(end, len(blocks))):
        if reasons[index] is None and blocks[index].size and index not in apart:
            reasons[index] = ("outside-body", "weighs against the body, at its edge")


def _mark_pictures_apart(blocks: Sequence[Block], reasons: list[tuple[str, str] | None]) -> None:
    """A picture beyond a line that is none of the body is none of it either: a reader's portrait,
    the sign of a related story."""
    lines = [i for i, block in enumerate(blocks) if block.size and reasons[i] is None]
    if not lines:
        return
    for places in (range(lines[-1] + 1, len(blocks)), range(lines[0] - 1, -1, -1)):
        apart = False
        for index in places:
            reason = reasons[index]
            apart = apart or (reason is not None and reason[0] not in _BESIDE_PICTURES)
            if apart and reason is None:
                reasons[index] = ("outside-body", "a picture beyond what is none of the body")
