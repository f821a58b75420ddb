"""An article in unqualified Dublin Core (DCMI Metadata Element Set 1.1): what harvesters and
reference managers read of it."""

from __future__ import annotations

from archive.export.citation import names
from archive.model import Article

DESCRIPTION = 500
"""Characters of the text that describe it."""


def dublin_core(article: Article, identifier: str) -> list[tuple[str, str]]:
    """The elements with their values, one for each author; what is unknown is left out.

    ``identifier`` is where the article stands in the archive, ``source`` where it stood on the web.
    """
    reading = article.reading
    values = (
        ("title", reading.title),
        *(("creator", name) for name in names(reading.author or "")),
        ("contributor", reading.editor),
        ("subject", reading.branch),
        ("publisher", reading.source),
        ("description", reading.text[:DESCRIPTION]),
        ("date", None if reading.published is None else reading.published.isoformat()),
        ("type", "Text"),
        ("format", "text/html"),
        ("identifier", identifier),
        ("source", article.url),
        ("language", reading.language),
    )
    return [(name, value) for name, value in values if value]
