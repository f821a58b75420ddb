"""Text as HTML, where it is not a template that escapes it.

It promises that an ``Escaped`` can stand in an element or in a quoted attribute as it is. A type of
its own, which only the functions here give, and no class: markupsafe's ``Markup`` costs ten times
as much a piece, and a page of results has hundreds.
"""

from __future__ import annotations

import re
from html import escape
from typing import NewType

from archive.search.snippet import Snippet

Escaped = NewType("Escaped", str)

_to_escape = re.compile("[&<>\"']").search


def escaped(text: str) -> Escaped:
    """The text with what HTML would read otherwise written out."""
    # Most pieces have nothing to escape, and to see that takes a third of the time.
    return Escaped(text if _to_escape(text) is None else escape(text))


def marked(snippet: Snippet) -> Escaped:
    """The piece of text with what was searched for in ``mark`` elements."""
    text = snippet.text
    if not snippet.marks:
        return escaped(text)
    pieces: list[str] = []
    done = 0
    for start, end in snippet.marks:
        pieces += [escaped(text[done:start]), "<mark>", escaped(text[start:end]), "</mark>"]
        done = end
    return Escaped("".join([*pieces, escaped(text[done:])]))
