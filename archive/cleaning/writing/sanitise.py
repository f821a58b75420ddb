"""The kept blocks as HTML that is safe to show: written anew, never filtered.

It promises only the elements named here; no attribute but ``href`` and ``src`` (http and https
addresses only), ``alt``, and numbers: of a list's first item, and of the rows and columns that a
cell covers. Every character of text is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from archive.cleaning.markup.blocks import BOLD_STYLE, ITALIC_STYLE, SUB_STYLE, SUP_STYLE, Block
from archive.cleaning.markup.dom import name_of
from archive.cleaning.markup.folding import Run
from archive.cleaning.writing.media import Addresses
from archive.cleaning.writing.serialise import Group, Row, opened
from archive.cleaning.writing.spans import cell_of, spans_of

_STYLES = ((SUB_STYLE, "sub"), (SUP_STYLE, "sup"), (ITALIC_STYLE, "em"), (BOLD_STYLE, "strong"))


def to_html(groups: Sequence[Group], addresses: Addresses) -> str:
    """The sanitised HTML of blocks, ``grouped``; ``addresses`` resolves what they refer to."""
    out: list[str] = []
    lists: list[str] = []  # open ones, each with an item open in it
    above: list[int] = []  # their depths in the page
    for group in groups:
        item = group.item if isinstance(group, Block) else None
        words = _block(group, addresses) if isinstance(group, Block) else _table(group, addresses)
        if item is None:
            out += _closed(lists, 0)
            above.clear()
        elif words:
            out += _item(lists, len(opened(above, item[0])), item[1])
        out.append(words)
    return "".join([*out, *_closed(lists, 0)])


def _item(lists: list[str], depth: int, number: int | None) -> list[str]:
    """The tags before an item at ``depth``, whatever lists are open."""
    kind = "ol" if number else "ul"
    out = _closed(lists, depth)
    if len(lists) >= depth and lists[-1] == kind:
        return [*out, "</li><li>"]
    if len(lists) >= depth:
        out += _closed(lists, depth - 1)
    lists.append(kind)
    start = f' start="{number}"' if number and number > 1 else ""
    return [*out, f"<{kind}{start}><li>"]


def _closed(lists: list[str], depth: int) -> list[str]:
    """The tags that close the ``lists`` deeper than ``depth``."""
    return [f"</li></{lists.pop()}>" for _ in range(len(lists) - depth)]


def _block(block: Block, addresses: Addresses) -> str:
    words = "".join(_run(r, addresses) for r in block.runs) + "".join(
        _picture(p.src, p.alt, addresses) for p in block.pictures
    )
    if not words:
        return ""
    if block.pre:
        return f"<pre>{words}</pre>"
    if block.item is not None:
        return words
    tag = f"h{block.level}" if block.level else "p"
    return f"<{tag}>{words}</{tag}>"


def _run(run: Run, addresses: Addresses) -> str:
    words = escape(run.text)
    if run.style:
        for bit, tag in _STYLES:
            if run.style & bit:
                words = f"<{tag}>{words}</{tag}>"
    address = addresses[run.href] if run.href else None
    return f'<a href="{escape(address)}">{words}</a>' if address else words


def _picture(src: str, alt: str | None, addresses: Addresses) -> str:
    address = addresses[src]
    return f'<img src="{escape(address)}" alt="{escape(alt or "")}">' if address else ""


def _table(rows: list[Row], addresses: Addresses) -> str:
    body = "".join(
        "<tr>" + "".join(_placed(cell, addresses) for cell in row) + "</tr>" for row in rows
    )
    return f"<table>{body}</table>"


def _placed(cell: list[Block], addresses: Addresses) -> str:
    element = cell_of(cell)
    tag = "th" if element is not None and name_of(element) == "th" else "td"
    down, across = spans_of(element)
    covers = (f' rowspan="{down}"' if down > 1 else "") + (
        f' colspan="{across}"' if across > 1 else ""
    )
    return f"<{tag}{covers}>{_cell(cell, addresses)}</{tag}>"


def _cell(cell: list[Block], addresses: Addresses) -> str:
    return "<br>".join(
        "".join(_run(r, addresses) for r in b.runs)
        + "".join(_picture(p.src, p.alt, addresses) for p in b.pictures)
        for b in cell
    )
