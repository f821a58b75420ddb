"""Articles in the store: whole, the same after every rebuild, with their versions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from archive.errors import NotFoundError
from archive.model import Article, PageKind, Repair, WarcPointer
from archive.search import search
from archive.store import Archive, CaptureRow, Filters, Store, open_archive
from archive.store.documents import pack, unpack
from tests.unit.store_sample import (
    INSTITUTE,
    NOON,
    SITE,
    article,
    edited,
    extraction,
    mirrored,
    witness,
)


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        yield archive


@pytest.fixture
def store(archive: Archive) -> Store:
    return archive.store


def capture(run: int, name: str, url: str = "http://www.a.cn/x") -> CaptureRow:
    pointer = WarcPointer("w.warc.gz", 0, 1, f"sha256:{name}", f"urn:{name}")
    return CaptureRow(url, "www.a.cn", NOON, 200, "text/html", PageKind.ARTICLE, pointer, run)


def test_an_extraction_comes_back_as_it_was_written() -> None:
    whole = extraction(
        repairs=(Repair("text", 0, 1, "a", "b", "r", "e", 0.5),), next_pages=("http://a.cn/2",)
    )
    assert unpack(pack(whole)) == whole


@pytest.mark.parametrize("make", [article, mirrored, edited])
def test_an_article_comes_back_as_it_was_written(
    store: Store, make: Callable[[str], Article]
) -> None:
    written = make("x")
    store.replace_articles(SITE, [written])
    read = store.article("x")
    assert replace(read, versions=1) == written


def test_an_article_is_found_by_id_address_and_witness(store: Store) -> None:
    store.replace_articles(SITE, [mirrored("a2")])
    for key in ("a2", "http://www.a.cn/a2", "http://m.com/a2"):
        assert store.article(key).id == "a2"
    with pytest.raises(NotFoundError, match="no article"):
        store.article("http://nowhere.cn/")


def test_the_same_articles_again_are_unchanged(store: Store) -> None:
    everything = [article(), mirrored(), edited()]
    assert store.replace_articles(SITE, everything)["new"] == 3
    counts = store.replace_articles(SITE, everything)
    assert counts == {"new": 0, "changed": 0, "unchanged": 3, "removed": 0}


def test_a_rebuild_gives_the_same_whatever_was_there_before(tmp_path: Path) -> None:
    target = [mirrored("a"), edited("b"), article("c")]
    before = [[], [article("a"), article("z")], [edited("a"), mirrored("b"), article("c")]]
    results = []
    for number, earlier in enumerate(before):
        with open_archive(tmp_path / str(number), create=True) as archive:
            archive.store.put_site(INSTITUTE)
            archive.store.replace_articles(SITE, earlier)
            archive.store.replace_articles(SITE, target)
            results.append(
                [
                    (one, archive.store.versions(one.id), _hits(archive.store))
                    for one in archive.store.articles(SITE)
                ]
            )
    assert len(results[0]) == 3
    assert results[0] == results[1] == results[2]


def _hits(store: Store) -> list[str]:
    return sorted(hit.id for hit in search(store, "党员"))


def test_what_is_no_longer_derived_is_removed_from_search_too(store: Store) -> None:
    store.replace_articles(SITE, [article("a"), article("b")])
    counts = store.replace_articles(SITE, [article("b", extraction("全新的内容"))])
    assert counts == {"new": 0, "changed": 1, "unchanged": 0, "removed": 1}
    assert [hit.id for hit in search(store, "全新")] == ["b"]
    assert [hit.id for hit in search(store, "离退休")] == []
    with pytest.raises(NotFoundError):
        store.article("a")


def test_what_no_reader_sees_is_no_change(store: Store) -> None:
    plain = article("x")
    store.replace_articles(SITE, [plain])
    later = plain.last_seen + timedelta(days=1)
    evidence = replace(plain.reading, published_evidence="another label", hits=7)
    unseen = [
        replace(plain, last_seen=later),
        replace(article("x", evidence), last_seen=later),
        article("x", plain.reading, (*plain.witnesses, witness(plain.reading, "http://b.cn/"))),
    ]
    for same in unseen:
        assert store.replace_articles(SITE, [same])["unchanged"] == 1
        kept = store.article("x")
        assert (kept.last_seen, len(kept.witnesses)) == (same.last_seen, len(same.witnesses))
    assert store.article("x").reading.published_evidence == plain.reading.published_evidence
    seen = [
        article("x", replace(plain.reading, author="万维玥")),
        article("x", replace(plain.reading, author="万维玥", text="另一段文字。")),
        replace(article("x", replace(plain.reading, text="另一段文字。")), status="gone"),
    ]
    for changed in seen:
        assert store.replace_articles(SITE, [changed])["changed"] == 1


def test_another_site_is_left_alone(store: Store) -> None:
    store.put_site(replace(INSTITUTE, name="other"))
    store.replace_articles("other", [article("o", site="other")])
    store.replace_articles(SITE, [article("a")])
    store.replace_articles(SITE, [])
    assert [one.id for one in store.articles()] == ["o"]


def test_a_rebuild_that_breaks_off_changes_nothing(store: Store) -> None:
    store.replace_articles(SITE, [article("a"), article("b")])

    def broken() -> Iterator[Article]:
        yield article("c")
        raise OSError("the WARC is gone")

    with pytest.raises(OSError, match="gone"):
        store.replace_articles(SITE, broken())
    assert [one.id for one in store.articles()] == ["a", "b"]
    assert _hits(store) == ["a", "b"]


def test_a_changed_text_makes_a_version_with_its_time_span(store: Store) -> None:
    store.replace_articles(SITE, [edited("x", days=5)])
    old, new = store.versions("x")
    assert (old.number, old.reading.text, old.is_current) == (1, "原文。", False)
    assert (old.first_seen, old.last_seen) == (NOON, NOON + timedelta(days=1))
    assert (new.number, new.reading.text, new.is_current) == (2, "改后的文。", True)
    assert new.first_seen == NOON + timedelta(days=5)
    assert store.article("x").versions == 2


def test_a_text_that_only_a_new_template_sets_otherwise_makes_no_version(store: Store) -> None:
    url = "http://www.a.cn/x"
    texts = ("党总支（一）召开\n大会，共９人。", "党总支(一) 召开大会,共9人。")
    seen = tuple(
        witness(extraction(text), url, at=NOON + timedelta(n)) for n, text in enumerate(texts)
    )
    one = replace(article("x", extraction(texts[1]), seen), reading_of=1)
    store.replace_articles(SITE, [one])
    (only,) = store.versions("x")
    assert (only.first_seen, only.last_seen) == (NOON, NOON + timedelta(1))


def test_a_mirror_makes_no_version(store: Store) -> None:
    store.replace_articles(SITE, [mirrored("x")])
    assert [one.number for one in store.versions("x")] == [1]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_witnesses_join_an_article_in_any_order(store: Store, order: tuple[int, ...]) -> None:
    url = "http://www.a.cn/x"
    arrivals = [
        article(
            "x", extraction("镜像"), (witness(extraction("镜像"), "http://m.com/x", "mirror"),)
        ),
        article("x", extraction("旧"), (witness(extraction("旧"), url),)),
        article("x", extraction("新"), (witness(extraction("新"), url, at=NOON + timedelta(1)),)),
    ]
    run = store.begin_run(SITE, "crawl")
    for place in order:
        store.commit_page(SITE, capture(run, str(place)), article=arrivals[place])
    whole = store.article("x")
    assert whole.reading.text == "新"
    assert whole.status == "live"
    assert [one.url for one in whole.witnesses] == [url, url, "http://m.com/x"]
    assert [one.reading.text for one in store.versions("x")] == ["旧", "新"]
    assert [hit.id for hit in search(store, "新")] == ["x"]
    assert not search(store, "镜像").hits


def test_characters_that_xml_forbids_do_not_enter(store: Store) -> None:
    odd = extraction("党\x00员\ud800大\x9b会\x7f\ufffe", title="通\x0b知\x84")
    store.replace_articles(SITE, [article("x", odd)])
    reading = store.article("x").reading
    assert (reading.title, reading.text) == ("通知", "党员大会")
    assert [hit.id for hit in search(store, "党员大会")] == ["x"]
    assert store.replace_articles(SITE, [article("x")])["changed"] == 1


def test_images_have_their_digest_once_they_are_kept(store: Store) -> None:
    store.replace_articles(SITE, [article("x")])
    assert store.article("x").reading.images[0].digest is None
    run = store.begin_run(SITE, "crawl")
    store.commit_page(SITE, capture(run, "pic", "http://www.a.cn/p.jpg"))
    (read,) = store.articles(SITE)
    assert read.reading.images[0].digest == "sha256:pic"
    assert read.reading.attachments[0].digest is None


def test_filters_let_through_what_has_all_of_them(store: Store) -> None:
    early = extraction(published=date(2009, 1, 1))
    undated = extraction(published=None, branch=None)
    store.replace_articles(
        SITE,
        [article("a"), article("b", early), article("c", undated), article("d", status="gone")],
    )

    def ids(**wanted: object) -> list[str]:
        return [one.id for one in store.articles(filters=Filters(**wanted))]  # type: ignore[arg-type]

    assert ids() == ["a", "b", "c", "d"]
    assert ids(date_to=date(2009, 12, 31)) == ["b"]
    assert ids(date_from=date(2010, 12, 9), status="live") == ["a"]
    assert ids(branch="离退休党总支", status="gone") == ["d"]
    assert ids(site="other") == []
    assert store.count_articles(Filters(branch="离退休党总支")) == 3
    assert store.branches() == {(SITE, None): 1, (SITE, "离退休党总支"): 3}


def test_articles_are_streamed_in_the_same_order_over_many_batches(store: Store) -> None:
    keys = [f"{(n * 7919) % 1000:03d}" for n in range(450)]
    store.replace_articles(SITE, (article(key) for key in keys))
    assert [one.id for one in store.articles()] == sorted(keys)
