"""Versions: the spans of time over which an article's text did not change.

They are read off the witnesses, so they are the same however often and in whichever order the
captures were taken in. A text that only a new template sets otherwise is the same text. Only the
page that gave the reading text counts, under whichever of its addresses, those of before a move
too: another host's copy is another witness, not another version.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.addresses import one_page
from archive.model import Article


@dataclass(frozen=True, slots=True)
class Span:
    """One version: when its text was first and last seen, and the place of the first witness that
    gave it (None: the reading text itself)."""

    first_seen: datetime
    last_seen: datetime
    witness: int | None


def versions_of(article: Article) -> list[Span]:
    """The versions, the oldest first; the last is the reading text."""
    pages = [one_page(witness.moved_to or witness.url) for witness in article.witnesses]
    captures = sorted(
        (place for place, page in enumerate(pages) if page == pages[article.reading_of]),
        key=lambda place: (article.witnesses[place].captured_at, place),
    )
    if len(captures) == 1:
        seen = article.witnesses[captures[0]].captured_at
        return [Span(seen, max(seen, article.last_seen), None)]
    spans: list[Span] = []
    text = ""
    for place in captures:
        witness = article.witnesses[place]
        if spans and _same(witness.clean.text, text):
            first = spans.pop()
            spans.append(Span(first.first_seen, witness.captured_at, first.witness))
        else:
            spans.append(Span(witness.captured_at, witness.captured_at, place))
            text = witness.clean.text
    current = spans.pop()
    return [*spans, Span(current.first_seen, max(current.last_seen, article.last_seen), None)]


def _same(text: str, before: str) -> bool:
    if text == before:
        return True
    # Whoever only keeps pages need not load what compares texts.
    from archive.witnesses.fold import fold

    return fold(text) == fold(before)
