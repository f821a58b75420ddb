"""The page as a browser lays it out: blocks of text in order, each knowing the element it is from.

Every later step works on this one reading: locating, trimming, labels, text, Markdown and HTML.
It promises that no shown character of the tree is missing from the blocks, that inline elements
are joined without inventing spaces, and that white space is folded as CSS folds it (CSS Text 3,
section 4.1: runs collapse, a line break between two wide characters disappears).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree
from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Block, Flow, Names, Picture
from archive.cleaning.markup.dom import (
    CONTROLS,
    HEADINGS,
    PICTURES,
    is_formula,
    is_hiding,
    local_name,
)
from archive.cleaning.markup.folding import Piece, Run, fold, paragraphs, verbatim
from archive.cleaning.markup.holders import holders
from archive.cleaning.markup.lines import lines_as_paragraphs
from archive.cleaning.markup.revealed import reveal
from archive.cleaning.markup.roles import (
    ACTS,
    AS_BLOCK,
    BREAKS,
    COUNTS,
    MAY_BREAK,
    NEVER_SHOWN,
    ROLES,
    STYLE_OF,
    breaks,
)
from archive.cleaning.markup.tables import is_data_table

_READ_ONLY = ("readonly", "disabled")
MAX_BLOCKS = 10_000
# Nor are there more stretches of text or pictures than this in one line.
MAX_PIECES = 10_000
# CommonMark's items have no longer numbers (5.2).
MAX_NUMBER_DIGITS = 9
_EVENTS = ("start", "end", "comment", "pi")


def read_flow(root: Element) -> Flow:
    """The blocks of ``root``; iterative, so depth costs nothing."""
    reader = _Reader()
    reader.read(root)
    reveal(reader.blocks, reader.hidden_by, reader.control_by)
    reader.spans.update(holders(reader.spans))
    lines_as_paragraphs(reader.blocks, reader.spans)
    return Flow(reader.blocks, reader.spans, Names())


class _Reader:
    """The state of the walk: what is open at this place of the tree."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.spans: dict[Element, tuple[int, int]] = {}
        self._pieces: list[Piece] = []
        self._pictures: list[Picture] = []
        self._anchors = 0
        # Block elements, their tags, and how many blocks there were when they began.
        self._open: list[tuple[Element, str, int]] = []
        # What is in force is last; what holds outside of everything is first.
        self._levels: list[int] = [0]
        self._styles: list[int] = [0]
        self._links: list[str | None] = [None]
        self._hiding: list[Element] = []
        self.hidden_by: dict[Element, list[Block]] = {}
        self._controls: list[Element] = []
        self.control_by: dict[Element, list[Block]] = {}
        self._pre = 0
        self._lists: list[int | None] = []
        self._item: tuple[int, int | None] | None = None
        self._tables: list[_Table | None] = []
        self._made = 0
        self._full = False

    def read(self, root: Element) -> None:
        """Walk through ``root``; called once for every element, so that what most of them need
        is done here without further calls."""
        pieces, hiding, styles, links = self._pieces, self._hiding, self._styles, self._links
        opened = self._open
        walk = etree.iterwalk(root, events=_EVENTS)
        for event, node in walk:
            tag, role = ROLES[node.tag]
            if event == "start":
                if role == NEVER_SHOWN and not is_formula(node):
                    walk.skip_subtree()
                    continue
                # Asked for every element: most have neither.
                style = node.get("style")
                if style or role == MAY_BREAK or node.get("hidden") is not None:
                    tag, role = self._laid_out(node, tag, role, style)
                if role > NEVER_SHOWN:
                    self._start(node, tag, role)
                words = node.text
            else:
                if role > NEVER_SHOWN or (opened and opened[-1][0] is node):
                    self._end(node, tag, role)
                if hiding and hiding[-1] is node:
                    self._break_line()
                    hiding.pop()
                words = node.tail if node is not root else None
            # White space at the start of a line vanishes at once.
            if words is not None and (pieces or self._pre or not words.isspace()):
                pieces.append((words, styles[-1], links[-1]))
            if self._full:
                self._read_rest(root, walk)
                break
        self._break_line()

    def _laid_out(self, node: Element, tag: str, role: int, style: str | None) -> tuple[str, int]:
        """Tag and role of an element as it is told to look; what is told to be hidden is noted."""
        if (style and is_hiding(style)) or node.get("hidden") is not None:
            self._break_line()
            self._hiding.append(node)
        return (
            (AS_BLOCK, BREAKS) if role <= MAY_BREAK and breaks(node, role, style) else (tag, role)
        )

    def _read_rest(self, root: Element, walk: Iterable[tuple[str, Element]]) -> None:
        """On a full page only the words are still of interest, and that lines are set apart."""
        rest: list[str] = []
        inner = unseen = 0  # elements begun since, and still open; those of them never shown
        for event, node in walk:
            tag, role = ROLES[node.tag]
            if event == "start":
                inner += 1
                unseen += role == NEVER_SHOWN and not is_formula(node)
                words = node.text
            else:
                words = node.tail if node is not root else None
                if event == "end" and inner:
                    inner -= 1
                    unseen -= role == NEVER_SHOWN and not is_formula(node)
                elif event == "end":
                    self._add("".join(rest))
                    rest.clear()
                    self._end_outer(node, tag, role)
            if role >= BREAKS or tag == "br":
                rest.append(" ")
            if words is not None and not unseen:
                rest.append(words)
        self._add("".join(rest))

    def _end_outer(self, node: Element, tag: str, role: int) -> None:
        if role > NEVER_SHOWN or (self._open and self._open[-1][0] is node):
            self._end(node, tag, role)
        if self._hiding and self._hiding[-1] is node:
            self._hiding.pop()

    def _add(self, words: str) -> None:
        if words and (self._pieces or self._pre or not words.isspace()):
            self._pieces.append((words, self._styles[-1], self._links[-1]))

    def _start(self, node: Element, tag: str, role: int) -> None:
        if len(self._pieces) > MAX_PIECES or len(self._pictures) > MAX_PIECES:
            self._full = True
        if role == ACTS:
            self._start_inline(node, tag)
            return
        if self._pieces or self._pictures:
            self._break_line()
        self._open.append((node, tag, len(self.blocks)))
        if role == COUNTS:
            self._start_counted(node, tag)

    def _start_counted(self, node: Element, tag: str) -> None:
        if tag in HEADINGS:
            self._levels.append(HEADINGS[tag])
        elif tag == "table":
            self._made += 1
            self._tables.append(_Table(self._made) if is_data_table(node) else None)
        elif tag in {"ul", "ol"}:
            self._lists.append(_first_number(node) - 1 if tag == "ol" else None)
        elif tag == "li":
            self._item = self._next_item()
        elif tag == "pre":
            self._pre += 1
        elif self._tables and self._tables[-1] is not None:
            self._tables[-1].enter(tag)

    def _next_item(self) -> tuple[int, int | None]:
        if not self._lists:
            return (1, None)
        number = self._lists[-1]
        if number is not None:
            number += 1
            self._lists[-1] = number
        return (len(self._lists), number)

    def _start_inline(self, node: Element, tag: str) -> None:
        if tag == "br":
            self._break_line()
        elif tag == "a":
            href = node.get("href")
            if href is not None:
                self._links.append(href)
                self._anchors += 1
        elif tag in PICTURES:
            self._picture(node)
        elif tag in STYLE_OF:
            self._styles.append(self._styles[-1] | STYLE_OF[tag])
        else:
            # A control is a block of its own, so that it can be removed alone.
            self._break_line()
            self._controls.append(node)
            self._pre += _is_shown_field(node, tag)

    def _end(self, node: Element, tag: str, role: int) -> None:
        """``role`` is that of its name: what breaks lines as it stands there has ``_open``."""
        if role == ACTS:
            self._end_inline(node, tag)
            return
        if self._pieces or self._pictures:
            self._break_line()
        self.spans[node] = (self._open.pop()[2], len(self.blocks))
        if role == COUNTS:
            self._end_counted(tag)

    def _end_inline(self, node: Element, tag: str) -> None:
        if tag == "a":
            if node.get("href") is not None:
                self._links.pop()
        elif tag in STYLE_OF:
            self._styles.pop()
        elif tag in CONTROLS:
            self._break_line()
            self._controls.pop()
            self._pre -= _is_shown_field(node, tag)

    def _end_counted(self, tag: str) -> None:
        if tag in HEADINGS:
            self._levels.pop()
        elif tag == "table":
            self._tables.pop()
        elif tag in {"ul", "ol"}:
            self._lists.pop()
        elif tag == "li":
            self._item = None
        elif tag == "pre":
            self._pre -= 1

    def _picture(self, node: Element) -> None:
        for name in ("data-src", "data-original", "original", "_src", "src"):
            src = (node.get(name) or "").strip()
            if src and not src.startswith("data:"):
                self._pictures.append(Picture(src, node.get("alt") or node.get("title") or None))
                return

    def _break_line(self) -> None:
        """End the line: what was gathered becomes a block, if anything was.

        On a page with more lines than any reader's, the rest of the text stays one line.
        """
        pieces, pictures = self._pieces, self._pictures
        if not pieces and not pictures:
            return
        if len(self.blocks) >= MAX_BLOCKS and len(self._open) > 1:
            self._full = True
            self._add(" ")
            return
        if self._pre and (parts := paragraphs(pieces)):
            self._add_paragraphs(parts)
            return
        runs = verbatim(pieces) if self._pre else fold(pieces)
        pieces.clear()
        anchors, self._anchors = self._anchors, 0
        if (runs or pictures) and self._open:
            self._add_block(runs, pictures, anchors)
        if pictures:
            self._pictures = []

    def _add_paragraphs(self, parts: Sequence[list[Piece]]) -> None:
        """Preformatted prose: each of its paragraphs is a line like any other."""
        inside, self._pre = self._pre, 0
        self._pieces.clear()
        for part in parts:
            self._pieces += part
            self._break_line()
        self._pre = inside

    def _add_block(self, runs: list[Run], pictures: Sequence[Picture], anchors: int) -> None:
        element, tag, _ = self._open[-1]
        table = self._tables[-1] if self._tables else None
        self.blocks.append(
            Block(
                element,
                tag,
                runs,
                self._levels[-1],
                table.place() if table is not None else None,
                self._item,
                bool(self._hiding),
                bool(self._controls),
                self._pre > 0,
                pictures or (),
                anchors,
            )
        )
        self._item = None
        if self._hiding:
            self.hidden_by.setdefault(self._hiding[0], []).append(self.blocks[-1])
        if self._controls and _may_be_read(self._controls[0]):
            self.control_by.setdefault(self._controls[0], []).append(self.blocks[-1])


def _may_be_read(control: Element) -> bool:
    """Whether a control may hold a text for readers: what a browser without scripts shows, and a
    field that cannot be written into."""
    tag = local_name(control.tag)
    return tag == "noscript" or _is_shown_field(control, tag)


def _is_shown_field(node: Element, tag: str) -> bool:
    return tag == "textarea" and any(node.get(name) is not None for name in _READ_ONLY)


def _first_number(listing: Element) -> int:
    """The number of an ordered list's first item; counting from less than one is not followed."""
    start = listing.get("start") or ""
    return max(1, int(start)) if start.isdecimal() and len(start) <= MAX_NUMBER_DIGITS else 1


class _Table:
    """Where we are in a data table."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._row = self._column = -1

    def enter(self, tag: str) -> None:
        if tag == "tr":
            self._row += 1
            self._column = -1
        elif tag in {"td", "th"}:
            self._column += 1

    def place(self) -> tuple[int, int, int] | None:
        if self._row < 0 or self._column < 0:
            return None
        return (self._number, self._row, self._column)
