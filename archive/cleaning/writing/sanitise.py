"""The kept blocks as HTML that is safe to show: written anew, never filtered.

It promises only the elements named here, no attribute but ``href``, ``src`` and ``alt``, and in
those http and https addresses only; every character of text is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from archive.cleaning.markup.blocks import Block
from archive.cleaning.markup.folding import Run
from archive.cleaning.markup.tags import BOLD_STYLE, ITALIC_STYLE, SUB_STYLE, SUP_STYLE
from archive.cleaning.writing.media import Addresses
from archive.cleaning.writing.serialise import Row, grouped

_STYLES = ((SUB_STYLE, "sub"), (SUP_STYLE, "sup"), (ITALIC_STYLE, "em"), (BOLD_STYLE, "strong"))


def to_html(blocks: Sequence[Block], addresses: Addresses) -> str:
    """The sanitised HTML of ``blocks``; ``addresses`` resolves what they refer to."""
    out: list[str] = []
    open_list: str | None = None
    for group in grouped(blocks):
        wanted = _list_of(group) if isinstance(group, Block) else None
        if wanted != open_list:
            out += ([f"</{open_list}>"] if open_list else []) + ([f"<{wanted}>"] if wanted else [])
            open_list = wanted
        out.append(
            _block(group, addresses) if isinstance(group, Block) else _table(group, addresses)
        )
    if open_list:
        out.append(f"</{open_list}>")
    return "".join(out)


def _list_of(block: Block) -> str | None:
    if block.item is None:
        return None
    return "ol" if block.item[1] else "ul"


def _block(block: Block, addresses: Addresses) -> str:
    words = "".join(_run(r, addresses) for r in block.runs) + "".join(
        _picture(p.src, p.alt, addresses) for p in block.pictures
    )
    if not words:
        return ""
    if block.pre:
        return f"<pre>{words}</pre>"
    if block.item is not None:
        return f"<li>{words}</li>"
    tag = f"h{block.level}" if block.level else "p"
    return f"<{tag}>{words}</{tag}>"


def _run(run: Run, addresses: Addresses) -> str:
    words = escape(run.text)
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
        "<tr>" + "".join(f"<td>{_cell(cell, addresses)}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table>{body}</table>"


def _cell(cell: list[Block], addresses: Addresses) -> str:
    return "<br>".join(
        "".join(_run(r, addresses) for r in b.runs)
        + "".join(_picture(p.src, p.alt, addresses) for p in b.pictures)
        for b in cell
    )
