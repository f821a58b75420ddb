"""The page as a browser lays it out: blocks of text in order, each knowing the element it is from.

Every later step works on this one reading: locating, trimming, labels, text, Markdown and HTML.
It promises that no shown character of the tree is missing from the blocks, that inline elements
are joined without inventing spaces, and that white space is folded as CSS folds it (CSS Text 3,
section 4.1: runs collapse, a line break between two wide characters disappears).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from archive.cleaning.dom import BLOCK, BOLD, CONTROLS, HEADINGS, ITALIC, UNSEEN, hides, local_name
from archive.cleaning.files import is_attachment
from archive.cleaning.folding import Piece, Run, fold, verbatim
from archive.cleaning.tables import is_data_table

# When hidden words outweigh the shown ones this many times, the hiding was for effect only.
REVEAL_FACTOR = 2
MIN_REVEALED_CHARS = 200
BOLD_STYLE, ITALIC_STYLE, SUB_STYLE, SUP_STYLE = 1, 2, 4, 8
_STYLE_OF = {
    **dict.fromkeys(BOLD, BOLD_STYLE),
    **dict.fromkeys(ITALIC, ITALIC_STYLE),
    "sub": SUB_STYLE,
    "sup": SUP_STYLE,
}
# Block elements of which more is to be known than where they begin and end.
_COUNTED = frozenset({*HEADINGS, "table", "tr", "td", "th", "ul", "ol", "li", "pre"})
MAX_BLOCKS = 10_000
# Stands between what would be lines of their own on a page with more lines than that.
_GAP: Piece = (" ", 0, None)
_SQUEEZE = re.compile(r"[\s\u200b\u2060\ufeff\u00ad\u200e\u200f]+")


def squeeze(text: str) -> str:
    """``text`` without white space and invisible characters: what conservation counts."""
    return _SQUEEZE.sub("", text)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image where it stands: the raw address and the alternative text."""

    src: str
    alt: str | None


@dataclass(slots=True)
class Block:
    """One line of the page: the runs between two line breaks.

    ``element`` is the nearest block element. ``cell`` is (table, row, column) in a data table,
    ``item`` is (depth, number or None) on the first line of a list item. ``hidden`` and
    ``control`` mark what a reader does not see as text. ``line`` is the text without white
    space, ``linked`` counts the characters in links
    to pages; links to files are text of their own.
    """

    element: Element
    tag: str
    runs: list[Run]
    level: int = 0
    cell: tuple[int, int, int] | None = None
    item: tuple[int, int | None] | None = None
    hidden: bool = False
    control: bool = False
    pre: bool = False
    pictures: list[Picture] = field(default_factory=list)
    anchors: int = 0
    text: str = ""
    line: str = ""
    size: int = 0
    linked: int = 0

    def close(self) -> None:
        """Work out the measures once the runs are complete."""
        runs = self.runs
        self.text = runs[0].text if len(runs) == 1 else "".join([r.text for r in runs])
        # Runs have lost their invisible characters already; only white space is left to squeeze.
        self.line = "".join(self.text.split())
        self.size = len(self.line)
        for run in runs:
            if run.href is not None and not is_attachment(run.href):
                self.linked += self.size if len(runs) == 1 else len("".join(run.text.split()))


@dataclass(frozen=True, slots=True)
class Flow:
    """All blocks of a tree in order; ``spans`` gives each element its half-open range of them."""

    blocks: list[Block]
    spans: dict[Element, tuple[int, int]]


def read_flow(root: Element) -> Flow:
    """The blocks of ``root``; iterative, so depth costs nothing."""
    reader = _Reader()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            if not reader.start(node):
                walk.skip_subtree()
            continue
        if event == "end":
            reader.end(node)
        tail = node.tail
        if tail is not None and node is not root:
            reader.words(tail)
    reader.break_line()
    _reveal(reader.blocks)
    return Flow(reader.blocks, reader.spans)


def _reveal(blocks: list[Block]) -> None:
    """Some pages hide their whole text until a script runs; a reader does see that text."""
    hidden = sum(b.size - b.linked for b in blocks if b.hidden)
    shown = sum(b.size - b.linked for b in blocks if not b.hidden and not b.control)
    if hidden >= MIN_REVEALED_CHARS and hidden >= REVEAL_FACTOR * shown:
        for block in blocks:
            block.hidden = False


# What an element does to the lines: nothing, act inside one, break them, break them and count.
_PLAIN, _NEVER_SHOWN, _ACTS, _BREAKS, _COUNTS = range(5)
MAX_TAGS = 4096


class _Roles(dict[object, tuple[str, int]]):
    """Tag and role of an element by lxml's tag of it, worked out at first use."""

    def __missing__(self, tag: object) -> tuple[str, int]:
        if len(self) > MAX_TAGS:
            self.clear()
        name = local_name(tag)
        self[tag] = found = (name, _role(name))
        return found


def _role(tag: str) -> int:
    if tag in UNSEEN:
        return _NEVER_SHOWN
    if tag in BLOCK:
        return _COUNTS if tag in _COUNTED else _BREAKS
    acts = tag in {"br", "img", "a"} or tag in _STYLE_OF or tag in CONTROLS
    return _ACTS if acts else _PLAIN


_ROLES = _Roles()


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
        self._levels: list[int] = [0]
        self._styles: list[int] = [0]
        self._links: list[str] = []
        self._hiding: list[Element] = []
        self._unseen = self._control = self._pre = 0
        self._lists: list[int | None] = []
        self._item: tuple[int, int | None] | None = None
        self._tables: list[_Table | None] = []
        self._made = 0
        self._full = False
        self._extra = 0  # elements begun since the page was full, and still open

    def start(self, node: Element) -> bool:
        """Enter ``node``; False when nothing in it is ever shown."""
        tag, role = _ROLES[node.tag]
        if role == _NEVER_SHOWN:
            self._unseen += 1
            return False
        if self._full:
            self._extra += 1
            self._beyond(role, node.text)
            return True
        if hides(node):
            self.break_line()
            self._hiding.append(node)
        if role >= _BREAKS:
            if self._pieces or self._pictures:
                self.break_line()
            self._open.append((node, tag, len(self.blocks)))
            if role == _COUNTS:
                self._start_counted(node, tag)
        elif role == _ACTS:
            self._start_inline(node, tag)
        text = node.text
        if text is not None:
            self.words(text)
        return True

    def _start_counted(self, node: Element, tag: str) -> None:
        if tag in HEADINGS:
            self._levels.append(HEADINGS[tag])
        elif tag == "table":
            self._made += 1
            self._tables.append(_Table(self._made) if is_data_table(node) else None)
        elif tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else None)
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
            self.break_line()
        elif tag == "img":
            self._picture(node)
        elif tag == "a" and node.get("href") is not None:
            self._links.append(node.get("href") or "")
            self._anchors += 1
        elif tag in _STYLE_OF:
            self._styles.append(self._styles[-1] | _STYLE_OF[tag])
        elif tag in CONTROLS:
            # A control is a block of its own, so that it can be removed alone.
            self.break_line()
            self._control += 1

    def end(self, node: Element) -> None:
        tag, role = _ROLES[node.tag]
        if self._unseen:
            self._unseen -= role == _NEVER_SHOWN
            return
        if self._extra:
            self._extra -= 1
            self._beyond(role, None)
            return
        if role >= _BREAKS:
            if self._pieces or self._pictures:
                self.break_line()
            _, _, begin = self._open.pop()
            self.spans[node] = (begin, len(self.blocks))
            if role == _COUNTS:
                self._end_counted(tag)
        elif role == _ACTS:
            self._end_inline(node, tag)
        if self._hiding and self._hiding[-1] is node:
            self.break_line()
            self._hiding.pop()

    def _end_inline(self, node: Element, tag: str) -> None:
        if tag == "a":
            if node.get("href") is not None:
                self._links.pop()
        elif tag in _STYLE_OF:
            self._styles.pop()
        elif tag in CONTROLS:
            self.break_line()
            self._control -= 1

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

    def words(self, text: str) -> None:
        """Take in ``text``; white space at the start of a line vanishes at once."""
        if not self._unseen and (self._pieces or self._pre or not text.isspace()):
            href = self._links[-1] if self._links else None
            self._pieces.append((text, self._styles[-1], href))

    def _picture(self, node: Element) -> None:
        for name in ("data-src", "data-original", "original", "_src", "src"):
            src = (node.get(name) or "").strip()
            if src and not src.startswith("data:"):
                self._pictures.append(Picture(src, node.get("alt") or node.get("title") or None))
                return

    def break_line(self) -> None:
        """End the line: what was gathered becomes a block, if anything was.

        On a page with more lines than any reader's, the rest of the text stays one line.
        """
        pieces, pictures = self._pieces, self._pictures
        if not pieces and not pictures:
            return
        if len(self.blocks) >= MAX_BLOCKS and len(self._open) > 1:
            self._full = True
            self._beyond(_BREAKS, None)
            return
        runs = verbatim(pieces) if self._pre else fold(pieces)
        self._pieces, self._pictures = [], []
        anchors, self._anchors = self._anchors, 0
        if not runs and not pictures:
            return
        if not self._open:
            return
        element, tag, _ = self._open[-1]
        table = self._tables[-1] if self._tables else None
        block = Block(
            element,
            tag,
            runs,
            level=self._levels[-1],
            cell=table.place() if table is not None else None,
            item=self._item,
            hidden=bool(self._hiding),
            control=self._control > 0,
            pre=self._pre > 0,
            pictures=pictures,
            anchors=anchors,
        )
        self._item = None
        block.close()
        self.blocks.append(block)

    def _beyond(self, role: int, text: str | None) -> None:
        """On a full page only the words are still of interest, and that lines are set apart."""
        if role >= _BREAKS and self._pieces and self._pieces[-1] is not _GAP:
            self._pieces.append(_GAP)
        if text is not None:
            self.words(text)


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
