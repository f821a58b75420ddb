"""One line of a page, read from its mark-up: its words in their styles and links, its pictures.

A site's pages share most of their lines, word for word. It promises that what a line says depends
on nothing but its mark-up and on what is open where it begins, so that it may be read once for all
pages that have it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from archive.cleaning.markup.files import is_attachment
from archive.cleaning.markup.folding import Piece, Run, fold, verbatim
from archive.cleaning.markup.tags import TAGS, Picture, Tag

# No line has more stretches of text or pictures than this; what follows is one more.
MAX_PIECES = 10_000
MAX_REMEMBERED_CHARS = 600
"""Of mark-up: longer lines are a page's own."""
_TAG = re.compile("(<[^>]*>)")


class Open(NamedTuple):
    """The styles (bits) and the addresses of links in force, the innermost last."""

    styles: tuple[int, ...] = (0,)
    links: tuple[str | None, ...] = (None,)


NOTHING_OPEN = Open()


class Line(NamedTuple):
    """What stands between two line breaks: its ``runs`` and ``pictures``, how many links begin in
    it, what is ``open`` behind it. ``text`` is that of the runs, ``line`` the same without white
    space, ``size`` its characters, ``linked`` those of them in links to pages. ``is_blank`` where
    there was not even white space that is kept."""

    runs: tuple[Run, ...]
    pictures: tuple[Picture, ...]
    anchors: int
    open: Open
    text: str
    line: str
    size: int
    linked: int
    is_blank: bool


def read_line(markup: str, before: Open, is_verbatim: bool) -> Line:
    """The line of ``markup`` (a stretch of a serialised tree) where ``before`` is open."""
    if len(markup) > MAX_REMEMBERED_CHARS:
        return _read(markup, before, is_verbatim)
    return _remembered(markup, before, is_verbatim)


def line_of(runs: Sequence[Run]) -> Line:
    """The line that consists of ``runs``."""
    return Line(tuple(runs), (), 0, NOTHING_OPEN, *_measured(runs), not runs)


def _measured(runs: Sequence[Run]) -> tuple[str, str, int, int]:
    text = runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])
    # Runs have lost their invisible characters already; only white space is left to squeeze.
    line = "".join(text.split())
    size, linked = len(line), 0
    for run in runs:
        if run.href is not None and not is_attachment(run.href):
            linked += size if len(runs) == 1 else len("".join(run.text.split()))
    return text, line, size, linked


def _read(markup: str, before: Open, is_verbatim: bool) -> Line:
    if "<" in markup:
        pieces, pictures, anchors, after = _taken_apart(markup, before, is_verbatim)
    else:
        words = unescape(markup) if "&" in markup else markup
        pieces = [(words, before.styles[-1], before.links[-1])]
        pictures, anchors, after = (), 0, before
        if not is_verbatim and words.isspace():
            pieces = []
    is_blank = not pieces and not pictures
    runs = tuple(verbatim(pieces) if is_verbatim else fold(pieces))
    return Line(runs, pictures, anchors, after, *_measured(runs), is_blank)


_remembered = lru_cache(maxsize=8192)(_read)


def _taken_apart(
    markup: str, before: Open, is_verbatim: bool
) -> tuple[list[Piece], tuple[Picture, ...], int, Open]:
    styles, links = list(before.styles), list(before.links)
    pieces: list[Piece] = []
    rest: list[str] = []
    pictures: list[Picture] = []
    anchors = 0
    for place, written in enumerate(_TAG.split(markup)):
        if place % 2:
            tag = TAGS[written]
            if tag.style or tag.name == "a":
                _enter(tag, styles, links)
                anchors += tag.href is not None
            elif tag.picture is not None and len(pictures) < MAX_PIECES:
                pictures.append(tag.picture)
        elif written:
            words = unescape(written) if "&" in written else written
            if len(pieces) >= MAX_PIECES:
                rest.append(words)
            elif pieces or is_verbatim or not words.isspace():
                pieces.append((words, styles[-1], links[-1]))
    if rest:
        pieces.append(("".join(rest), styles[-1], links[-1]))
    after = Open(tuple(styles), tuple(links))
    return pieces, tuple(pictures), anchors, before if after == before else after


def _enter(tag: Tag, styles: list[int], links: list[str | None]) -> None:
    """Change what is open by one tag."""
    if tag.opens > 0:
        if tag.style:
            styles.append(styles[-1] | tag.style)
        else:
            links.append(links[-1] if tag.href is None else tag.href)
    elif tag.opens < 0:
        (styles if tag.style else links).pop()
