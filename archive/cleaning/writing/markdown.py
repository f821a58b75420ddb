"""The kept blocks as Markdown (CommonMark, with the table extension of GitHub's flavour).

It promises that what reads as markup in the article's own words is escaped, and that a link or
image leads to http or https only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from archive.cleaning.markup.blocks import BOLD_STYLE, ITALIC_STYLE, SUB_STYLE, SUP_STYLE, Block
from archive.cleaning.markup.folding import Run
from archive.cleaning.writing.media import Addresses
from archive.cleaning.writing.serialise import Group, Row, opened
from archive.cleaning.writing.spans import laid_out

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|~&"} | {"\n": " "})
_NEEDS_ESCAPE = re.compile(r"[\\`*_\[\]<>|~&\n]")
_LINE_START = re.compile(r"^(\s*)([#+>-]|\d{1,9}[.)](?=\s|$)|=+$)")
_WRAPS = ((BOLD_STYLE, "**", "strong"), (ITALIC_STYLE, "*", "em"))
_WRAPPED = BOLD_STYLE | ITALIC_STYLE
_BESIDE_SIGN = "*"
# What would close a heading (CommonMark 4.2); begun nowhere within a row of signs.
_CLOSING_SIGNS = re.compile(r"(?<!#)(#+)$")
_TAGS = ((SUB_STYLE, "<sub>", "</sub>"), (SUP_STYLE, "<sup>", "</sup>"))


def to_markdown(groups: Sequence[Group], addresses: Addresses) -> str:
    """The Markdown of blocks, ``grouped``; ``addresses`` resolves what they refer to."""
    out: list[str] = []
    above: list[int] = []  # the depths, in the page, of the lists that are open
    for group in groups:
        item = group.item if isinstance(group, Block) else None
        if isinstance(group, Block) and item is not None:
            before = len(above)
            part = _item(group, len(opened(above, item[0])), addresses)
            # Deeper, only the first item of a list can follow without a line between (5.3).
            close = before and (len(above) <= before or item[1] in (None, 0, 1))
        else:
            part = (
                _block(group, addresses) if isinstance(group, Block) else _table(group, addresses)
            )
            close = False
            above.clear()
        if part:
            out.append(("\n" if close else "\n\n") + part if out else part)
    return "".join(out) + "\n" if out else ""


def _block(block: Block, addresses: Addresses) -> str:
    shown = [_picture(p.src, p.alt, addresses) for p in block.pictures]
    pictures = "\n\n".join([picture for picture in shown if picture])
    if block.pre and block.size:
        return f"```\n{block.text.replace('```', '` ` `').strip(chr(10))}\n```"
    words = _inline(block.runs, addresses)
    words = _LINE_START.sub(_escape_start, words)
    if words and block.level:
        words = f"{'#' * block.level} {_CLOSING_SIGNS.sub(_escape_signs, words)}"
    return f"{words}\n\n{pictures}" if words and pictures else words or pictures


def _item(block: Block, depth: int, addresses: Addresses) -> str:
    """One line of a list; what belongs to an item is set in by four (CommonMark 5.2)."""
    words = _LINE_START.sub(_escape_start, _inline(block.runs, addresses))
    shown = (_picture(p.src, p.alt, addresses) for p in block.pictures)
    words = " ".join(part for part in (words, *shown) if part)
    number = block.item[1] if block.item else None
    return f"{'    ' * (depth - 1)}{f'{number}.' if number else '-'} {words}" if words else ""


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


def _escape_signs(match: re.Match[str]) -> str:
    return "\\#" * len(match[1])


def _inline(runs: Sequence[Run], addresses: Addresses) -> str:
    if len(runs) == 1:
        return _run(runs[0], addresses, " ", " ")
    ends = [" ", *(run.text[-1:] for run in runs)]
    starts = [*(run.text[:1] for run in runs[1:]), " "]
    for index, run in enumerate(runs):
        if run.style & _WRAPPED:
            # Signs of two runs side by side would read as one sign.
            ends[index + 1] = _BESIDE_SIGN
            starts[max(index - 1, 0)] = _BESIDE_SIGN if index else starts[0]
    return "".join(
        _run(run, addresses, ends[index], starts[index]) for index, run in enumerate(runs)
    )


def _run(run: Run, addresses: Addresses, before: str, behind: str) -> str:
    """The words of ``run`` between the characters ``before`` and ``behind`` it."""
    core = run.text.strip()
    if not core:
        return run.text.replace("\n", " ")
    words = _escape(core)
    if core == run.text and not run.style and not run.href:
        return words
    lead = run.text[: len(run.text) - len(run.text.lstrip())]
    tail = run.text[len(run.text.rstrip()) :]
    for bit, begin, end in _TAGS:
        if run.style & bit:
            words = f"{begin}{words}{end}"
    address = addresses[run.href] if run.href else None
    if run.style & _WRAPPED:
        words = _emphasised(
            words, run.style, "[" if address else lead or before, "]" if address else tail or behind
        )
    if address:
        words = f"[{words}](<{_address(address)}>)"
    return f"{lead}{words}{tail}"


def _emphasised(words: str, style: int, before: str, behind: str) -> str:
    """``words`` in asterisks where a reader takes them for signs (CommonMark 6.2: between a stop
    and a letter they are none, 他说：**好。**我们), else in tags."""
    signs = (before == "[" or _opens(before, words[0])) and (
        behind == "]" or _opens(behind, words[-1])
    )
    for bit, sign, tag in _WRAPS:
        if style & bit:
            words = f"{sign}{words}{sign}" if signs else f"<{tag}>{words}</{tag}>"
    return words


def _opens(outside: str, inside: str) -> bool:
    """Whether a sign between two characters is one of emphasis."""
    if outside == _BESIDE_SIGN:
        return False
    return outside.isspace() or not _is_stop(inside) or _is_stop(outside)


def _is_stop(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _table(rows: list[Row], addresses: Addresses) -> str:
    placed = list(laid_out(rows))
    width = max(len(row) for row in placed)
    lines = []
    for index, row in enumerate(placed):
        cells = [" ".join(_in_cell(b, addresses) for b in cell) for cell in row]
        lines.append("| " + " | ".join(cells + [""] * (width - len(cells))) + " |")
        if index == 0:
            lines.append("|" + " --- |" * width)
    return "\n".join(lines)


def _in_cell(block: Block, addresses: Addresses) -> str:
    shown = (_picture(p.src, p.alt, addresses) for p in block.pictures)
    return " ".join(part for part in (_inline(block.runs, addresses), *shown) if part)
