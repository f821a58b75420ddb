"""The kept blocks as Markdown (CommonMark, with the table extension of GitHub's flavour).

It promises that what reads as markup in the article's own words is escaped, and that a link or
image leads to http or https only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.cleaning.markup.blocks import Block
from archive.cleaning.markup.folding import Run
from archive.cleaning.markup.tags import BOLD_STYLE, ITALIC_STYLE, SUB_STYLE, SUP_STYLE
from archive.cleaning.writing.media import Addresses
from archive.cleaning.writing.serialise import Row, grouped

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|~"} | {"\n": " "})
_NEEDS_ESCAPE = re.compile(r"[\\`*_\[\]<>|~\n]")
_LINE_START = re.compile(r"^(\s*)([#+>-]|\d{1,9}[.)](?=\s|$)|=+$)")
_WRAPS = ((BOLD_STYLE, "**", "**"), (ITALIC_STYLE, "*", "*"))
_TAGS = ((SUB_STYLE, "<sub>", "</sub>"), (SUP_STYLE, "<sup>", "</sup>"))


def to_markdown(blocks: Sequence[Block], addresses: Addresses) -> str:
    """The Markdown of ``blocks``; ``addresses`` resolves what they refer to."""
    out: list[str] = []
    listed = False
    for group in grouped(blocks):
        if isinstance(group, Block):
            part = _block(group, addresses)
            item = group.item is not None
        else:
            part, item = _table(group, addresses), False
        if part:
            out.append(("\n" if listed and item else "\n\n") + part if out else part)
            listed = item
    return "".join(out) + "\n" if out else ""


def _block(block: Block, addresses: Addresses) -> str:
    shown = (_picture(p.src, p.alt, addresses) for p in block.pictures)
    pictures = "\n\n".join(picture for picture in shown if picture)
    if block.pre and block.size:
        return f"```\n{block.text.replace('```', '` ` `').strip(chr(10))}\n```"
    words = _inline(block.runs, addresses)
    if words and not block.level and block.item is None:
        words = _LINE_START.sub(_escape_start, words)
    if words and block.level:
        words = f"{'#' * block.level} {words}"
    elif words and block.item is not None:
        depth, number = block.item
        words = f"{'   ' * (depth - 1)}{f'{number}.' if number else '-'} {words}"
    return "\n\n".join(p for p in (words, pictures) if p)


def _escape_start(match: re.Match[str]) -> str:
    mark = match[2]
    return f"{match[1]}{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"{match[1]}\\{mark}"


def _picture(src: str, alt: str | None, addresses: Addresses) -> str:
    address = addresses[src]
    return f"![{_escape(alt or '')}](<{_address(address)}>)" if address else ""


def _address(address: str) -> str:
    return address.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


def _escape(text: str) -> str:
    return text.translate(_SPECIAL) if _NEEDS_ESCAPE.search(text) else text


def _inline(runs: Sequence[Run], addresses: Addresses) -> str:
    return "".join(_run(run, addresses) for run in runs)


def _run(run: Run, addresses: Addresses) -> str:
    core = run.text.strip()
    if not core:
        return run.text.replace("\n", " ")
    lead = run.text[: len(run.text) - len(run.text.lstrip())]
    tail = run.text[len(run.text.rstrip()) :]
    words = _escape(core)
    for bit, before, after in (*_TAGS, *_WRAPS):
        if run.style & bit:
            words = f"{before}{words}{after}"
    address = addresses[run.href] if run.href else None
    if address:
        words = f"[{words}](<{_address(address)}>)"
    return f"{lead}{words}{tail}"


def _table(rows: list[Row], addresses: Addresses) -> str:
    width = max(len(row) for row in rows)
    lines = []
    for index, row in enumerate(rows):
        cells = [" ".join(_inline(b.runs, addresses) for b in cell) for cell in row]
        lines.append("| " + " | ".join(cells + [""] * (width - len(cells))) + " |")
        if index == 0:
            lines.append("|" + " --- |" * width)
    return "\n".join(lines)
