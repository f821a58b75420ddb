"""Pages of invented mirrors, read and surveyed as the site pass does it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.cleaning import Learner, Page, extract_page, read_page
from archive.cleaning.frame import FrameSurvey
from archive.model import Extraction, PageKind

OFFICIAL, MIRROR = "www.qskyzx.com", "www.hx7788.com"
ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")


def surveyed(
    survey: FrameSurvey, host: str, pages: Iterable[tuple[str, str | bytes]]
) -> FrameSurvey:
    """``survey`` with a host's pages read as the site pass reads them."""
    read = pages_read(host, pages)
    for page in read:
        survey.add(host, page)
    for extraction in extractions(read):
        survey.add_extraction(host, extraction)
    return survey


def pages_read(host: str, pages: Iterable[tuple[str, str | bytes]]) -> list[Page]:
    return [
        read_page(html.encode() if isinstance(html, str) else html, f"http://{host}{path}")
        for path, html in pages
    ]


def extractions(read: list[Page]) -> list[Extraction]:
    """The articles among a host's pages, each read with what all of them teach."""
    learner = Learner()
    for page in read:
        learner.add(page)
    said = [extract_page(page, learner.model()) for page in read]
    return [one for one in said if one.kind is PageKind.ARTICLE]
