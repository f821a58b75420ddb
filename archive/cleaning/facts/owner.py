"""Whose page it is, as its own title and foot say together: the name behind the last separator of
``<title>`` that stands in the foot, too.

It promises to name a site by two places of one page, never by a word: what only the title's end
has may be the article's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.cleaning.facts.phrases import is_foot
from archive.cleaning.markup.blocks import Block, squeeze

FOOT_LINES = 40
"""Lines at the end of a page among which its foot is."""
MAX_FOOT_CHARS = 300
"""Characters; a longer line is a text that speaks of copyright."""
MIN_NAME_CHARS = 3
MAX_NAME_CHARS = 30
MIN_LEFT_CHARS = 2
"""Characters of a title that must be left (讣告, 简介)."""
# A dash of two (——) is punctuation of the title itself.
_END = re.compile(r"(?<![-_|—–―])\s*[-_|｜]\s*([^-_|｜—–―]+)$")


def owned_end(title: str | None, below: Sequence[Block]) -> str | None:
    """The end of ``title`` (``<title>``, one line), separator included, that names the owner of
    the page by a foot's line among those ``below`` its body; None where none does."""
    found = _END.search(title) if title else None
    if title is None or found is None:
        return None
    name = squeeze(found[1]).lower()
    left = squeeze(title[: found.start()])
    if not MIN_NAME_CHARS <= len(name) <= MAX_NAME_CHARS or len(left) < MIN_LEFT_CHARS:
        return None
    for block in below[-FOOT_LINES:]:
        short = block.size <= MAX_FOOT_CHARS
        if short and name in block.line.lower() and is_foot(block.text):
            return found[0].strip()
    return None
