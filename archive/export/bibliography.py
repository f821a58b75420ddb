"""Citations of many articles as one file, and where the archive says each of them lies.

It promises that each file is what its own readers take: entries side by side in BibTeX and RIS, one
list in CSL-JSON, one line each in GB/T 7714.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from archive.export.citation import bibtex, csl_json, gb7714, gb7714_2025, ris
from archive.model import Article
from archive.warc.originals import own_name

Place = Callable[[Article], str | None]

_LINES: dict[str, Callable[[Article, str | None], str]] = {
    "gbt7714-2025": lambda article, place: gb7714_2025(article, place) + "\n",
    "gbt7714": lambda article, place: gb7714(article, place) + "\n",
    "bibtex": lambda article, place: bibtex(article, place) + "\n",
    "ris": ris,
}
CSL = "csl-json"
STYLES = (*_LINES, CSL)
"""What citations are written in."""


def record_place(article: Article) -> str:
    """The WARC record that the reading was made from: its file, and where in it."""
    pointer = article.witnesses[article.reading_of].pointer
    return f"{own_name(pointer.file)}@{pointer.offset}"


def citations(
    articles: Iterable[Article], style: str, place: Place = record_place
) -> Iterator[str]:
    """The file, an article a piece; ``place`` says where the archive has an article."""
    if style != CSL:
        yield from (_LINES[style](article, place(article)) for article in articles)
        return
    between = "[\n"
    for article in articles:
        yield between + json.dumps(csl_json(article, place(article)), ensure_ascii=False)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def citation_writer(style: str) -> Callable[[Iterable[Article], BinaryIO], int]:
    """What writes the file of that style, and returns how many articles it names."""

    def write(articles: Iterable[Article], target: BinaryIO) -> int:
        count = 0

        def counted() -> Iterator[Article]:
            nonlocal count
            for article in articles:
                count += 1
                yield article

        for piece in citations(counted(), style):
            target.write(piece.encode())
        return count

    return write
