"""Pages of a search, one behind the other, have every article once, in whatever order."""

from __future__ import annotations

from datetime import date
from itertools import count, takewhile
from pathlib import Path

import pytest

from archive.search import Order, parse, search
from archive.store import Filters, open_archive
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction

MANY = 130
"""More than PostgreSQL ranks."""


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", ["党员", "co-operation", "3um", "zhang san", "党员 OR 第3期", ""])
def test_pages_have_every_article_once_and_the_same_each_time(
    tmp_path: Path, database: str, query: str, order: Order
) -> None:
    texts = (
        "党员。第三期",
        "党员大会，cooperation，3μm",
        "co-operation 3 um 张三",
        "党员 3um 第3期张三",
    )
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(
            SITE,
            (
                article(
                    f"{n:04d}",
                    extraction(
                        texts[n % len(texts)] * (1 + n % 3),
                        title="党员" if n % 7 == 0 else "标题",
                        published=None if n % 11 == 0 else date(2010, 1, 1 + n % 5),
                    ),
                )
                for n in range(MANY)
            ),
        )
        for size in (7, 50):
            pages = takewhile(
                len,
                (
                    search(archive.store, query, order=order, limit=size, offset=size * page)
                    for page in count()
                ),
            )
            seen = [(hit.id, page.total) for page in pages for hit in page]
            whole = search(archive.store, query, order=order, limit=MANY, facets=True)
            ids = [one for one, _ in seen]
            assert len(set(ids)) == len(ids) == whole.total > 20
            assert ids == [hit.id for hit in whole]
            assert {total for _, total in seen} == {whole.total}
            assert sum(one.count for one in whole.facets["site"]) == whole.total
            assert sum(one.count for one in whole.facets["year"]) == whole.total
            assert archive.store.count_articles(Filters(), parse(query)) == whole.total
