"""Common phrases: learnt from the archive, quick to find, and never a hit more or less."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search import search
from archive.search.terms import units
from archive.store import Archive, Store, open_archive
from archive.store.index import common, learning
from archive.store.index.buckets import bucket_row, buckets
from archive.store.index.common import LONGEST, Common, learnt
from archive.store.index.embedded import EmbeddedIndex
from archive.store.index.rows import Row
from tests.unit.search_oracle import held_to_the_truth
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction

ENOUGH = 40
TEXTS = st.lists(st.text(alphabet="党员大会9a 1。\n，ab𠮷", max_size=30), min_size=2, max_size=8)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(learning, "ENOUGH", ENOUGH)
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        yield archive


def fill(store: Store, texts: list[str]) -> None:
    store.replace_articles(
        SITE, [article(f"{n:03d}", extraction(t, title="标题")) for n, t in enumerate(texts)]
    )


def ids(store: Store, query: str) -> list[str]:
    return sorted(hit.id for hit in search(store, query, limit=1000))


def phrases(store: Store) -> tuple[str, ...]:
    index = store._index
    assert isinstance(index, EmbeddedIndex)
    search(store, "")
    return index.common().phrases


def standing(row: Row, phrase: str) -> int:
    width = len(phrase)
    return sum(row.units[n : n + width] == list(phrase) for n in range(len(row.units)))


@given(TEXTS)
@settings(max_examples=200)
def test_a_common_phrase_has_its_term_as_often_as_it_stands_there(texts: list[str]) -> None:
    rows = [Row(units(text)) for text in texts]
    known = learnt(rows)
    assert len(set(known.phrases)) == len(known.phrases)
    for row in rows:
        terms = known.row(row)[0].split()
        for phrase in known.phrases:
            assert terms.count(str(known.term(list(phrase)))) == standing(row, phrase)
        assert len(terms) == sum(standing(row, phrase) for phrase in known.phrases)


@given(TEXTS)
@settings(max_examples=200)
def test_what_half_of_the_texts_have_is_common_and_nothing_else(texts: list[str]) -> None:
    rows = [Row(units(text)) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(common, "SHARE", 0.5)
        known = set(learnt(rows).phrases)
    least = max(2, len(rows) // 2)
    for row in rows:
        for width in range(2, LONGEST + 1):
            for start in range(len(row.units) - width + 1):
                found = row.units[start : start + width]
                if "¶" not in found and all(len(unit) == 1 for unit in found):
                    phrase = "".join(found)
                    having = sum(standing(one, phrase) > 0 for one in rows)
                    assert (phrase in known) == (having >= least)


@given(TEXTS, st.data())
@settings(max_examples=200)
def test_a_text_lacks_nothing_that_a_phrase_of_it_is_looked_up_by(
    texts: list[str], data: st.DataObject
) -> None:
    rows = [Row(units(text)) for text in texts]
    known = learnt(rows)
    row = data.draw(st.sampled_from(rows))
    line = data.draw(st.sampled_from([units(one) for one in texts[rows.index(row)].split("\n")]))
    if len(line) < 2:
        return
    start = data.draw(st.integers(0, len(line) - 2))
    phrase = line[start : data.draw(st.integers(start + 2, len(line)))]
    terms, pairs = known.parts(phrase)
    there, are_common = known.row(row)
    assert set(terms) <= set(there.split())
    left = set(bucket_row(row, are_common).split())
    assert {bucket for pair in pairs for bucket in buckets(pair)} <= left


def test_search_agrees_with_reading_every_article(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(common, "SHARE", 0.01)
    assert held_to_the_truth(archive.store) > 150
    assert len(phrases(archive.store)) > 100


def test_nothing_is_learnt_from_few_articles_and_then_all_at_once(archive: Archive) -> None:
    store = archive.store
    fill(store, ["召开党员大会"] * (ENOUGH - 1))
    assert phrases(store) == ()
    fill(store, ["召开党员大会"] * ENOUGH)
    assert {"召开", "党员大会", "开党员"} <= set(phrases(store))
    assert "召开党员大" not in phrases(store)
    assert len(ids(store, "党员大会")) == len(ids(store, "召开党员大会")) == ENOUGH
    assert list(store.index_differences()) == []


def test_what_comes_later_is_found_by_what_was_learnt_before(
    archive: Archive, tmp_path: Path
) -> None:
    store = archive.store
    fill(store, ["召开党员大会"] * ENOUGH)
    learnt_first = phrases(store)
    store.replace_articles(
        SITE, [article("new", extraction("党员们召开大会，研究学习", title="标题"))]
    )
    assert phrases(store) == learnt_first
    for query in ("党员", "大会", "召开大会", "学习", "员们召"):
        assert ids(store, query) == ["new"]
    assert ids(store, "党员大会") == []
    archive.close()
    with open_archive(tmp_path) as again:
        assert phrases(again.store) == learnt_first
        again.store.reindex()
        assert phrases(again.store) == ()
        assert ids(again.store, "召开大会") == ["new"]


def test_the_text_that_says_a_common_phrase_more_often_comes_first(archive: Archive) -> None:
    chance = random.Random(5)
    texts = ["".join(chance.choices("甲乙丙丁戊己", k=30)) for _ in range(ENOUGH)]
    fill(archive.store, [*(f"{text}，党员" for text in texts), "党员，党员，党员" + texts[0][:24]])
    assert "党员" in phrases(archive.store)
    found = search(archive.store, "党员").hits
    assert found[0].id == f"{ENOUGH:03d}"
    titled = replace(article("titled"), reading=extraction(texts[0], title="党员"))
    archive.store.replace_articles(
        SITE, [article("text", extraction("党员" * 3, title="标题")), titled]
    )
    assert [hit.id for hit in search(archive.store, "党员")] == ["titled", "text"]


def test_an_archive_without_a_text_has_nothing_common() -> None:
    known = Common()
    assert known.row(Row([]))[0] == known.row(Row(["党"]))[0] == ""
    assert known.term(["党", "员"]) is None
    assert known.parts(["党", "员"]) == ([], [["党", "员"]])


def test_where_nothing_is_common_it_is_not_learnt_again(archive: Archive) -> None:
    store = archive.store
    made: list[int] = []
    store.watch_index(lambda done, total: made.append(done))
    fill(store, [f"word{n} other{n}" for n in range(ENOUGH)])
    assert phrases(store) == ()
    assert made == list(range(1, ENOUGH + 1))
    store.replace_articles(SITE, [article("new", extraction("another day", title="标题"))])
    assert ids(store, "another") == ["new"]
    assert len(made) == ENOUGH
