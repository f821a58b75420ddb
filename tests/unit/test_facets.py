"""Facets: the counts are those of the articles themselves, whichever way they are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from archive.addresses import host_of
from archive.model import Article, Site
from archive.search import search
from archive.search.results import FacetName
from archive.store import Store, open_archive
from archive.store.index import answers
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction, mirrored

OTHER = "other"


def elsewhere(key: str, text: str, **changes: object) -> Article:
    return replace(article(key, extraction(text, **changes)), site=OTHER)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_archive(tmp_path, create=True) as archive:
        store = archive.store
        store.put_site(INSTITUTE)
        store.put_site(Site(OTHER, ("www.b.cn",)))
        late = extraction("党员大会", published=date(2012, 1, 2))
        store.replace_articles(
            SITE, [article("a"), mirrored("b"), article("c", late), article("d", status="gone")]
        )
        store.replace_articles(
            OTHER,
            [
                elsewhere("e", "党员大会"),
                elsewhere("f", "党课", branch=None, published=None),
                elsewhere("g", "团员大会", branch="团委"),
            ],
        )
        yield store


def expected(store: Store, ids: set[str]) -> dict[FacetName, list[tuple[str | None, int]]]:
    counts: dict[FacetName, Counter[str | None]] = {
        name: Counter() for name in ("branch", "year", "site", "status", "witness", "host")
    }
    for one in store.articles():
        if one.id in ids:
            day = one.reading.published
            counts["branch"][one.reading.branch] += 1
            counts["year"][None if day is None else str(day.year)] += 1
            counts["site"][one.site] += 1
            counts["status"][one.status] += 1
            counts["witness"].update({witness.role for witness in one.witnesses})
            counts["host"].update({host_of(witness.url) for witness in one.witnesses})
    return {name: sorted(each.items(), key=str) for name, each in counts.items()}


@pytest.mark.parametrize("few", [0, answers.FEW], ids=["as of many", "as of few"])
@pytest.mark.parametrize("typed", ["", "党", "党员 OR 团", "date:2010", "党 -大会", "无此字样"])
def test_facets_count_what_was_found(
    store: Store, typed: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "FEW", few)
    found = search(store, typed, limit=100, facets=True)
    assert found.total == len(found)
    told = {
        name: sorted(((one.value, one.count) for one in counts), key=str)
        for name, counts in found.facets.items()
    }
    assert told == expected(store, {hit.id for hit in found})


@pytest.mark.parametrize("few", [0, answers.FEW], ids=["as of many", "as of few"])
def test_the_unknown_comes_last_and_the_latest_year_first(
    store: Store, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "FEW", few)
    facets = search(store, "", facets=True).facets
    assert [one.value for one in facets["year"]] == ["2012", "2010", None]
    assert facets["branch"][-1].value is None
    assert [one.value for one in facets["site"]] == [SITE, OTHER]


def test_every_page_has_the_facets_of_all(store: Store) -> None:
    pages = [search(store, "党", limit=2, offset=offset, facets=True) for offset in range(0, 8, 2)]
    assert [page.facets for page in pages] == [pages[0].facets] * 4
    whole = search(store, "党", limit=100, facets=True)
    assert [hit.id for page in pages for hit in page] == [hit.id for hit in whole]


def test_what_is_written_counts_at_once(store: Store) -> None:
    assert search(store, "党", facets=True).facets["site"][-1].count == 3
    store.replace_articles(OTHER, [elsewhere("e", "党员大会", branch="新的")])
    facets = search(store, "党", facets=True).facets
    assert facets["site"][-1].count == 1
    assert "新的" in [one.value for one in facets["branch"]]
