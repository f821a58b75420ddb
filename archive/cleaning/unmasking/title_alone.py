"""A keyword in the place of one page's title, proven by that page without its host's others.

A title of whose neighbouring characters the page's own text has none proves nothing: poems and
tables are titled so, too. It promises to ask for that only where the page was built for search
engines or converted by a program, besides, and to believe a title that the page shows in a line,
unless a link to strangers bears the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from archive.cleaning.markup.blocks import Block
from archive.cleaning.unmasking.marks import MirrorMarks, PageLike, Retitled
from archive.cleaning.unmasking.signs import (
    ENCODED_HEAD,
    SAME_WORDS,
    leads_away,
    repeats_words,
    signs_of,
    title_words,
)
from archive.cleaning.unmasking.titles import ENOUGH, KNOWN, besides, knows, pairs_of, squeezed
from archive.model import Extraction

CONVERTED = "its text was converted by a program"
HEADING_LEVELS = 3
HEADING_CHARS = 8
"""Characters of a heading that is no section's name."""
BODY_CHARS = 20
"""Characters of a line that is the text's and no heading."""


def proof_of(
    page: PageLike, read: Extraction, shown: Collection[str], marks: MirrorMarks | None
) -> str | None:
    """What proves that the title of ``read``, made of ``page``, is none of the article's; None:
    nothing. ``shown``: the page's lines that are no links, without white space; ``marks``: what is
    known of the page."""
    title = squeezed(read.title or "")
    if not _is_unknown(title, besides(read.text, {title})):
        return None
    build = _build(page, title)
    if build is None and marks is not None and "D" in marks.kinds:
        build = CONVERTED
    if build is None or (title in shown and not leads_away(page, title)):
        return None
    return f"the page's text has hardly a word of it; {build}"


def retitled(
    marks: MirrorMarks | None,
    read: Extraction,
    lines: Sequence[Block],
    said: str | None,
    proof: str,
) -> MirrorMarks:
    """``marks`` with what stands in the title's place: what the page's head ``said`` besides, else
    the one heading among the ``lines`` above the text, if that has its words; else nothing."""
    before = read.title or ""
    own = squeezed(before)
    known = pairs_of(besides(read.text, {own}))
    told = [said] if said else list(dict.fromkeys(_headings(lines, read.text)))
    told = [one for one in told if len(squeezed(one)) >= HEADING_CHARS and squeezed(one) != own]
    told = [one for one in told if knows(known, pairs_of(one))]
    after = told[0] if len(told) == 1 else ""
    return replace(marks or MirrorMarks(host=""), retitled=Retitled(before, after, proof))


def _headings(lines: Sequence[Block], text: str) -> Iterator[str]:
    """What is marked up as a heading above the first long line of ``text``."""
    body = {line for line in map(squeezed, text.split("\n")) if len(line) >= BODY_CHARS}
    for line in lines:
        if line.line in body:
            return
        if 0 < line.level <= HEADING_LEVELS and not line.linked:
            yield line.text.strip()


def _is_unknown(title: str, text: str) -> bool:
    """Whether a text, which is none too short, has hardly a pair of neighbouring characters of
    ``title``."""
    pairs = pairs_of(title)
    # Nearly every title is known as it is written: to fold the text costs a hundred times as much.
    if not pairs or sum(pair in text for pair in pairs) >= KNOWN * len(pairs):
        return False
    known = pairs_of(text)
    return len(known) >= ENOUGH and len(pairs & known) < KNOWN * len(pairs)


def _build(page: PageLike, title: str) -> str | None:
    signs = signs_of(page)
    if ENCODED_HEAD in signs and title in title_words(page):
        return ENCODED_HEAD
    return SAME_WORDS if signs and repeats_words(page) else None
