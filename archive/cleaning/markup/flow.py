"""The page as a browser lays it out: blocks of text in order, each knowing the element it is from.

Every later step works on this one reading: locating, trimming, labels, text, Markdown and HTML.
It promises that no shown character of the tree is missing from the blocks, that inline elements
are joined without inventing spaces, and that white space is folded as CSS folds it (CSS Text 3,
section 4.1: runs collapse, a line break between two wide characters disappears).

The tree is read as libxml2 writes it, which is made in a tenth of the time of a walk through its
elements; in that form a line or tag that other pages have too is known again and not read anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Block, Flow, Names
from archive.cleaning.markup.dom import BLOCK, HEADINGS, UNSEEN
from archive.cleaning.markup.lines import NOTHING_OPEN, Line, read_line
from archive.cleaning.markup.tables import is_data_table
from archive.cleaning.markup.tags import BEGINS, ENDS, INLINE, PARTS, TAGS, UNSHOWN, VEILS, Tag

# When hidden words outweigh the shown ones this many times, the hiding was for effect only.
REVEAL_FACTOR = 2
MIN_REVEALED_CHARS = 200
MAX_BLOCKS = 10_000
LONG_CHARS = 1_000_000
"""Of a page as it is written."""
_TAG = re.compile("(<[^>]*>)")
# What often stands between two tags, and is no line.
_NOTHING = frozenset({"", "\n", "\n\n", " "})
_WHOLE_TAG = re.compile("<([^>]*)>")


def read_flow(root: Element) -> Flow:
    """The blocks of ``root``, a tree without comments and instructions; iterative, so depth costs
    nothing."""
    reader = _Reader(root)
    reader.read()
    _reveal(reader.blocks)
    return Flow(reader.blocks, reader.spans, reader.names)


def _reveal(blocks: list[Block]) -> None:
    """Some pages hide their whole text until a script runs; a reader does see that text."""
    hidden = sum([b.size - b.linked for b in blocks if b.hidden])
    if hidden < MIN_REVEALED_CHARS:
        return
    shown = sum(b.size - b.linked for b in blocks if not b.hidden and not b.control)
    if hidden >= REVEAL_FACTOR * shown:
        for block in blocks:
            block.hidden = False


def _tokens_of(root: Element) -> list[str]:
    """The tree as it is written: at even places words, at odd places tags."""
    markup = etree.tostring(root, encoding="unicode", with_tail=False)
    if markup.count("<") != markup.count(">"):
        # An element or attribute has "<" in its name: no other "<" is written within a tag.
        markup = _WHOLE_TAG.sub(lambda tag: f"<{tag[1].replace('<', '‹')}>", markup)
    return _TAG.split(markup) if len(markup) <= LONG_CHARS else list(_shared_tokens(markup))


def _shared_tokens(markup: str) -> Iterator[str]:
    """The same of a page so long that it repeats itself: what is written alike is kept once."""
    known: dict[str, str] = {}
    done = 0
    for found in _TAG.finditer(markup):
        for token in (markup[done : found.start()], found[0]):
            yield known.setdefault(token, token)
        done = found.end()
    yield markup[done:]


_Frame = tuple[Element, str, int, Tag]
"""An open element that parts lines: the nearest block element (itself or, for a control, the one
around it) and its name, how many blocks there were when it began, and its own tag."""


@dataclass(slots=True)
class _Veil:
    """A hidden element inside a line, and how many of its name are open, itself included."""

    name: str
    count: int = 1


class _Reader:
    """The state of the reading: what is open at this place of the page."""

    def __init__(self, root: Element) -> None:
        self.blocks: list[Block] = []
        self.spans: dict[Element, tuple[int, int]] = {}
        self.names = Names()
        self._tokens = _tokens_of(root)
        self._elements: Iterator[Element] = root.iter(*BLOCK)
        self._begin = 0  # the place of the line's first token
        self._open = NOTHING_OPEN
        self._anchors = 0
        self._frames: list[_Frame] = []
        # What is in force is last; what holds outside of everything is first.
        self._levels: list[int] = [0]
        self._hiding = self._control = self._pre = 0
        self._veils: list[_Veil] = []
        self._lists: list[int | None] = []
        self._item: tuple[int, int | None] | None = None
        self._tables: list[_Table | None] = []
        self._made = 0

    def read(self) -> None:
        """Go through all tokens; called once for every tag, so that what most of them need is done
        here without further calls."""
        tokens, veils = self._tokens, self._veils
        place, end = 1, len(tokens)
        while place < end:
            tag = TAGS[tokens[place]]
            act = tag[0]
            if act == INLINE:
                if veils:
                    self._watch(place, tag)
            elif act == UNSHOWN:
                place = self._pass_over(place, tag)
            elif act == VEILS:
                self._veil(place, tag)
            else:
                if self._begin == place - 1 and tokens[place - 1] in _NOTHING and not self._pre:
                    self._begin = place + 1
                elif not self._break_line(place):
                    self._read_rest()
                    return
                self._part(tag, act)
            place += 2

    def _part(self, tag: Tag, act: int) -> None:
        if act == ENDS:
            self._end()
        elif act != PARTS:
            self._start(tag)
            if act != BEGINS:
                self._end()

    def _start(self, tag: Tag) -> None:
        if tag.is_block:
            element = next(self._elements)
            self.names[element] = tag.names
            self._frames.append((element, tag.name, len(self.blocks), tag))
            if tag.is_counted:
                self._start_counted(element, tag.name)
        else:
            # A control is a block of its own, so that it can be removed alone.
            around = self._frames[-1]
            self._frames.append((*around[:2], len(self.blocks), tag))
            self._control += 1
        if tag.is_hidden:
            self._hiding += 1

    def _end(self) -> None:
        element, name, start, tag = self._frames.pop()
        if tag.is_block:
            self.spans[element] = (start, len(self.blocks))
            if tag.is_counted:
                self._end_counted(name)
        else:
            self._control -= 1
        if tag.is_hidden:
            self._hiding -= 1

    def _start_counted(self, element: Element, name: str) -> None:
        if name in HEADINGS:
            self._levels.append(HEADINGS[name])
        elif name == "table":
            self._made += 1
            self._tables.append(_Table(self._made) if is_data_table(element) else None)
        elif name in {"ul", "ol"}:
            self._lists.append(0 if name == "ol" else None)
        elif name == "li":
            self._item = self._next_item()
        elif name == "pre":
            self._pre += 1
        elif self._tables and self._tables[-1] is not None:
            self._tables[-1].enter(name)

    def _next_item(self) -> tuple[int, int | None]:
        if not self._lists:
            return (1, None)
        number = self._lists[-1]
        if number is not None:
            number += 1
            self._lists[-1] = number
        return (len(self._lists), number)

    def _end_counted(self, name: str) -> None:
        if name in HEADINGS:
            self._levels.pop()
        elif name == "table":
            self._tables.pop()
        elif name in {"ul", "ol"}:
            self._lists.pop()
        elif name == "li":
            self._item = None
        elif name == "pre":
            self._pre -= 1

    def _pass_over(self, place: int, tag: Tag) -> int:
        """Take what an element holds that is never shown out of the line; the place of its end."""
        end, count = place, 1
        while count:
            end += 2
            inner = TAGS[self._tokens[end]]
            if inner.name == tag.name:
                count += inner.opens
            elif inner.is_block and inner.opens >= 0:
                next(self._elements)
        self._tokens[place + 1 : end] = [""] * (end - place - 1)
        return end

    def _veil(self, place: int, tag: Tag) -> None:
        """Begin a line of its own for a hidden element that elsewhere stands in one."""
        self._break_line(place)
        self._begin = place
        self._hiding += 1
        self._veils.append(_Veil(tag.name))
        if not tag.opens:
            self._unveil(place)

    def _watch(self, place: int, tag: Tag) -> None:
        veil = self._veils[-1]
        if tag.name == veil.name:
            veil.count += tag.opens
            if not veil.count:
                self._unveil(place)

    def _unveil(self, place: int) -> None:
        self._break_line(place + 1)
        self._begin = place + 1
        self._veils.pop()
        self._hiding -= 1

    def _break_line(self, end: int) -> bool:
        """End the line before the token at ``end``: it becomes a block, if it says anything. False
        where the page has as many lines as any reader's: the rest of the text stays one line."""
        begin, self._begin = self._begin, end + 1
        tokens = self._tokens
        markup = tokens[begin] if end - begin == 1 else "".join(tokens[begin:end])
        if not markup or (markup.isspace() and not self._pre):
            return True
        if len(self.blocks) >= MAX_BLOCKS and len(self._frames) > 1:
            self._begin = begin
            return False
        line = read_line(markup, self._open, self._pre > 0)
        self._open = line.open
        anchors = self._anchors + line.anchors
        self._anchors = anchors if line.is_blank else 0
        if (line.runs or line.pictures) and self._frames:
            self._add_block(line, anchors)
        return True

    def _add_block(self, line: Line, anchors: int) -> None:
        element, name, _, _ = self._frames[-1]
        table = self._tables[-1] if self._tables else None
        self.blocks.append(
            Block(
                element,
                name,
                line,
                self._levels[-1],
                table.place() if table is not None else None,
                self._item,
                self._hiding > 0,
                self._control > 0,
                self._pre > 0,
                anchors,
            )
        )
        self._item = None

    def _read_rest(self) -> None:
        """Of a full page only the words are still of interest, and that lines are set apart."""
        for element, _, start, tag in self._frames[:0:-1]:
            if tag.is_block:
                self.spans[element] = (start, len(self.blocks))
        line = read_line("".join(_words_of(self._tokens[self._begin :])), self._open, False)
        element, name, start, _ = self._frames[0]
        if line.runs:
            self.blocks.append(Block(element, name, line))
        self.spans[element] = (start, len(self.blocks))


def _words_of(tokens: Sequence[str]) -> Iterator[str]:
    """The words among ``tokens``, as they are written, a space where a line is parted."""
    unseen = 0  # elements open that are never shown
    for token in tokens:
        if not token.startswith("<"):
            if not unseen:
                yield token
            continue
        tag = TAGS[token]
        if tag.name in UNSEEN:
            unseen += tag.opens
        elif tag.act not in (INLINE, VEILS):
            yield " "


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
