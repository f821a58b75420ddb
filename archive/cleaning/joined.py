"""Articles that stand on several pages, put together from what each page says.

It promises that every character of every page is in the whole or in its removals, and that nobody
is left to believe that a page which is missing was never there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from archive.cleaning.markup.blocks import squeeze
from archive.model import Extraction, PagePart, Removal

SEVERAL_PAGES = "several-pages"
PAGES_MISSING = "pages-missing"
"""Begins the flag of an article of which not all pages are kept; which of how many follows."""
REPEATED = "repeated-page"
_V = TypeVar("_V")


def join_pages(parts: Sequence[Extraction], pages: Sequence[PagePart] = ()) -> Extraction:
    """One article from its ``parts`` in order: texts follow each other, what is known of the
    first part holds. A part that says what an earlier one says (a picture story whose text stands
    under each picture) is not said twice. ``pages`` are those that the parts are of, and those
    that are missing, in order. Raises ValueError when there are no parts."""
    if not parts:
        raise ValueError("an article has at least one page")
    first, kept = parts[0], _once_each(parts)
    dated = next((p for p in parts if p.published is not None), first)
    return replace(
        first,
        text="\n".join(p.text for p in kept if p.text),
        markdown="\n\n".join(p.markdown.strip("\n") for p in kept if p.markdown),
        html="".join(p.html for p in kept),
        images=_once(i for p in parts for i in p.images),
        attachments=_once(a for p in parts for a in p.attachments),
        removals=tuple(r for p in kept for r in p.removals),
        earlier_pages=(),
        next_pages=(),
        pages=tuple(pages),
        flags=_flags(parts, pages),
        conserved=all(p.conserved for p in parts),
        published=dated.published,
        published_evidence=dated.published_evidence,
        branch=next((p.branch for p in parts if p.branch), None),
        editor=next((p.editor for p in reversed(parts) if p.editor), None),
        author=next((p.author for p in parts if p.author), None),
        source=next((p.source for p in parts if p.source), None),
    )


def _once_each(parts: Sequence[Extraction]) -> list[Extraction]:
    """The parts; of those that say the same only the first says it."""
    seen: set[str] = set()
    kept: list[Extraction] = []
    for part in parts:
        said = squeeze(part.text)
        kept.append(_unsaid(part) if said and said in seen else part)
        seen.add(said)
    return kept


def _unsaid(part: Extraction) -> Extraction:
    why = "an earlier page of the article says the same"
    again = Removal(part.text, REPEATED, why, part.url or "")
    return replace(part, text="", markdown="", html="", removals=(*part.removals, again))


def _flags(parts: Sequence[Extraction], pages: Sequence[PagePart]) -> tuple[str, ...]:
    flags = [f for p in parts for f in p.flags]
    if len(parts) > 1:
        flags.append(SEVERAL_PAGES)
    missing = [str(n) for n, page in enumerate(pages, 1) if page.pointer is None]
    if missing:
        flags.append(f"{PAGES_MISSING}:{', '.join(missing)} / {len(pages)}")
    return _once(flags)


def _once(values: Iterable[_V]) -> tuple[_V, ...]:
    return tuple(dict.fromkeys(values))
