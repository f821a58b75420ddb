"""White space as a browser shows it: the pieces of one line become runs of text.

It promises what CSS Text 3, section 4.1, says: runs of white space collapse to one space, a line
break of the source between two wide characters disappears, and that nothing else is changed but
characters without width that carry no meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

# Characters without width that carry no meaning of their own; joiners are kept (emoji need them).
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad\u200e\u200f]")
# Begin with one set of characters, so that others are passed over quickly.
_SPACES = re.compile(r"[ \t\r\n\f\xa0][ \t\r\n\f\xa0]*")
_ODD_SPACE = re.compile(r"[ \t\r\n\f\xa0](?:(?<! )| )")
_WIDE = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2018-\u201d]"
_WIDE_BREAK = re.compile(rf"(?<={_WIDE})\n(?={_WIDE})")

_PARAGRAPH = re.compile(r"\n(?:[ \t\u3000]*\n)+|\n(?=\u3000\u3000| {4})")
_COLUMNS = re.compile(r"\S {3,}\S|\S\t+\S")
MIN_STOPS = 2
"""Full stops of preformatted text that is prose."""
COLUMN_SHARE = 0.1
"""Of its lines that may have gaps as columns have."""

Piece = tuple[str, int, str | None]
"""Text of the source, its style (bits), and the address of the link it stands in."""


class Run(NamedTuple):
    """A stretch of text in one style (bits of ``*_STYLE``), perhaps inside a link."""

    text: str
    style: int = 0
    href: str | None = None


def verbatim(pieces: Sequence[Piece]) -> list[Run]:
    """The runs of preformatted text: white space stays as it is."""
    runs = [Run(_INVISIBLE.sub("", t).replace("\r", ""), s, h) for t, s, h in pieces]
    return [r for r in runs if r.text] if any(r.text.strip() for r in runs) else []


def paragraphs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Preformatted prose, parted where its paragraphs end: at empty lines, and before lines set in.
    As one where it is no prose in wide characters: what programs, tables and verses mean by their
    line breaks is theirs."""
    whole = "".join(piece[0] for piece in pieces)
    if not _is_wide_prose(whole):
        return []
    found: list[list[Piece]] = [[]]
    for text, style, href in pieces:
        first, *rest = _PARAGRAPH.split(text.replace("\r", ""))
        found[-1].append((first, style, href))
        found += [[(part, style, href)] for part in rest]
    return found


def _is_wide_prose(text: str) -> bool:
    if text.count("。") < MIN_STOPS:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(_COLUMNS.search(line) is not None for line in lines) <= COLUMN_SHARE * len(lines)


def fold(pieces: list[Piece]) -> list[Run]:
    """CSS white space folding over the pieces of one line; pieces of one style become one run.

    White space at the end of ``pieces`` is taken from the list itself.
    """
    while pieces and pieces[-1][0].isspace():
        pieces.pop()  # at the end of a line it vanishes
    return _fold_alone(*pieces[0]) if len(pieces) == 1 else _fold_row(pieces)


def _fold_alone(raw: str, style: int, href: str | None) -> list[Run]:
    text = _fold_one(raw.strip())
    if "\n" in text:
        text = _WIDE_BREAK.sub("", text).replace("\n", " ")
    text = text.strip()
    return [Run(text, style, href)] if text else []


def _fold_row(pieces: Sequence[Piece]) -> list[Run]:
    folded: list[Run] = []
    alike: list[str] = []
    kind: tuple[int, str | None] = (0, None)
    spaced = True  # at the start of a line, white space vanishes
    for raw, style, href in pieces:
        text = _fold_one(raw)
        if spaced:
            text = text.lstrip(" \n")
        if not text:
            continue
        spaced = text[-1] in " \n"
        if alike and kind != (style, href):
            folded.append(Run("".join(alike), *kind))
            alike = []
        alike.append(text)
        kind = (style, href)
    if alike:
        folded.append(Run("".join(alike), *kind))
    for run in folded:
        if "\n" in run.text:
            folded = _resolve_breaks(folded)
            break
    return _strip(folded)


def _fold_one(raw: str) -> str:
    """One piece without invisible characters, its white space folded; "\\n" where it held a line
    break of the source."""
    # What Python calls printable has no invisible characters and of all white space only " ".
    if raw.isprintable():
        return _SPACES.sub(" ", raw) if "  " in raw else raw
    text = _INVISIBLE.sub("", raw)
    return _SPACES.sub(_space, text) if _ODD_SPACE.search(text) else text


def _space(match: re.Match[str]) -> str:
    found = match[0]
    return "\n" if "\n" in found and "\xa0" not in found else " "


def _resolve_breaks(runs: list[Run]) -> list[Run]:
    """A source line break between two wide characters is nothing, elsewhere a space."""
    whole = "".join([r.text for r in runs])
    # Folding has left no "\r": here it marks the breaks that are nothing.
    whole = _WIDE_BREAK.sub("\r", whole).replace("\n", " ")
    out: list[Run] = []
    at = 0
    for run in runs:
        kept = whole[at : at + len(run.text)].replace("\r", "")
        at += len(run.text)
        if kept:
            out.append(Run(kept, run.style, run.href))
    return out


def _strip(runs: list[Run]) -> list[Run]:
    while runs:
        first = runs[0].text.lstrip()
        if first == runs[0].text:
            break
        runs[:1] = [Run(first, runs[0].style, runs[0].href)] if first else []
    while runs:
        last = runs[-1].text.rstrip()
        if last == runs[-1].text:
            break
        runs[-1:] = [Run(last, runs[-1].style, runs[-1].href)] if last else []
    return runs
