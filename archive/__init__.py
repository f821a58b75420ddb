"""The archive room: what is kept, in plain Python, without Scrapy.

    from archive import Filters, open_archive

    with open_archive("data") as archive:
        for hit in archive.search("党员大会", Filters(status="mirror-only")):
            print(hit.published, hit.title.text, hit.url)

docs/python.md shows what can be asked. It promises that importing the package loads nothing: the
names below are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.at_need import at_need

if TYPE_CHECKING:
    from archive.model import Article
    from archive.search.filters import Filters
    from archive.search.results import Hit, Results
    from archive.store import Archive, open_archive

__all__ = ["Archive", "Article", "Filters", "Hit", "Results", "open_archive"]

__getattr__ = at_need(
    __name__,
    {
        "Archive": "archive.store",
        "Article": "archive.model",
        "Filters": "archive.search.filters",
        "Hit": "archive.search.results",
        "Results": "archive.search.results",
        "open_archive": "archive.store",
    },
)
