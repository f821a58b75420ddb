"""An archive answers the same whether its store is SQLite with tantivy beside it or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from archive.model import Article, Attachment
from archive.search import MAX_LIMIT
from archive.search.near import near
from archive.store import Archive, Filters, open_archive
from archive.store.looking import texts_of
from tests.site import TruthArticle, truth
from tests.unit.search_queries import Typist
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction, witness

QUERIES = 200
SLIPS = 24
MEASURED = "至湖心2km处，水深 2 km；取样 15cm 与 15 cm，沉积物 sediment、sediments。"
"""Numbers with their units of measure, which the sample has few of."""


@pytest.fixture
def articles() -> list[Article]:
    return [*map(_article, truth()), article("m0", extraction(MEASURED, title="Sedimentation"))]


@pytest.fixture
def both(
    tmp_path: Path, postgres_database: str, articles: list[Article]
) -> Iterator[tuple[Archive, Archive]]:
    with ExitStack() as open_ones:
        found = [
            open_ones.enter_context(open_archive(tmp_path / name, create=True, database=database))
            for name, database in (("sqlite", None), ("postgresql", postgres_database))
        ]
        for one in found:
            one.store.put_site(INSTITUTE)
            one.store.replace_articles(SITE, articles)
        yield found[0], found[1]


def test_both_find_and_count_the_same(
    both: tuple[Archive, Archive], articles: list[Article]
) -> None:
    answered = 0
    for query in Typist(articles, 11).queries(QUERIES):
        one, other = (
            archive.search(query, order="newest", limit=MAX_LIMIT, facets=True) for archive in both
        )
        assert [hit.id for hit in one] == [hit.id for hit in other], query
        assert [(hit.title, hit.snippet) for hit in one] == [
            (hit.title, hit.snippet) for hit in other
        ], query
        assert one.facets == other.facets, query
        assert one.total == other.total == both[1].count(query), query
        answered += bool(one.total)
    assert answered > QUERIES / 2


def test_both_offer_the_same_for_a_slip(
    both: tuple[Archive, Archive], articles: list[Article]
) -> None:
    offered = 0
    for typed in Typist(articles, 12).slips(SLIPS):
        one, other = (near(typed, partial(texts_of, archive, Filters())) for archive in both)
        assert one == other, typed
        offered += bool(one)
    assert offered > SLIPS / 3


def _article(true: TruthArticle) -> Article:
    reading = extraction(
        true.text,
        title=true.title,
        branch=true.branch,
        author=true.author,
        source=true.source,
        published=true.published,
        attachments=tuple(Attachment(path, name) for path, name in true.attachments),
    )
    hosts = ["www.a.cn"] * true.live + [f"m{number}.com" for number in true.mirrors]
    seen = tuple(
        witness(reading, f"http://{host}{true.path}", "original" if host[0] == "w" else "mirror")
        for host in hosts
    )
    return article(true.key, reading, seen, status=true.status)
