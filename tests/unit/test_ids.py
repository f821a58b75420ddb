"""A citation names an id: it leads to its article for good, whatever the article is read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.backfill.run import backfill
from archive.errors import NoLongerReadError, NotFoundError
from archive.export import record
from archive.model import GivenId
from archive.sitepass.derive import derive
from archive.store import Archive, open_archive
from archive.witnesses.identity import article_id, article_id_apart
from archive.witnesses.naming import Named, Work, named
from tests.tampering.archived import put
from tests.unit.cited_pages import CITED, ONE, OTHER, OWN, SITE, ids, others, page
from tests.unit.store_sample import NOON, extraction, witness


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    """A night on which an article stood on one mirror alone, under an address of its own."""
    with open_archive(tmp_path / "data", create=True) as opened:
        put(opened, SITE, {OWN: others("/xw"), ONE: [page("/show/77.html", 1)]})
        yield opened


def test_an_article_keeps_its_id_when_its_official_page_is_found(archive: Archive) -> None:
    cited = ids(archive)[CITED]
    put(archive, SITE, {OWN: [page("/xw/t20101201_9.html", 1)]}, night=2)
    found = archive.get(cited)
    assert (found.id, found.status, found.url) == (
        cited,
        "live",
        f"http://{OWN}/xw/t20101201_9.html",
    )
    assert found.former_ids == ()


def test_an_article_keeps_its_id_when_a_better_mirror_leads(archive: Archive) -> None:
    cited = ids(archive)[CITED]
    better = replace_html(page("/a.html", 1), "</h1>", "</h1><p>作者：王建国　来源：办公室</p>")
    put(archive, SITE, {OTHER: [better]}, night=2)
    found = archive.get(cited)
    assert found.witnesses[found.reading_of].url == f"http://{OTHER}/a.html"
    assert (found.id, len(found.witnesses)) == (cited, 2)


def replace_html(made: tuple[str, str], old: str, new: str) -> tuple[str, str]:
    return made[0], made[1].replace(old, new)


def test_ids_of_articles_that_turn_out_to_be_one_both_lead_to_it(archive: Archive) -> None:
    first = ids(archive)[CITED]
    # A page of the same title that says another thing is another article, until it says the same.
    apart = page("/xw/t20101201_9.html", 0)[1].replace("全体党员大会纪要0", CITED)
    put(archive, SITE, {OWN: [("/xw/t20101201_9.html", apart)]}, night=2)
    second = article_id(SITE.name, "/xw/t20101201_9.html")
    assert archive.get(second).id == second != first
    put(archive, SITE, {OWN: [page("/xw/t20101201_9.html", 1)]}, night=3)
    found = archive.get(second)
    assert (found.id, found.former_ids, found.versions) == (first, (second,), 2)


def test_an_id_of_a_joined_article_leads_to_the_one_that_was_named_first(archive: Archive) -> None:
    put(archive, SITE, {OTHER: [page("/p/5.html", 0)]}, night=2)
    gone = article_id(SITE.name, "/p/5.html")
    assert archive.get(gone).id == gone
    # The other mirror now shows at this address what the first one has had all along.
    put(archive, SITE, {OTHER: [page("/p/5.html", 1)]}, night=3)
    cited = ids(archive)[CITED]
    found = archive.get(gone)
    assert (found.id, found.former_ids) == (cited, (gone,))
    assert record(found)["former_ids"] == [gone]
    derive(archive, SITE.name, anew=True)
    assert archive.get(gone) == found


def test_of_an_article_that_falls_into_two_each_keeps_the_id_given_for_it(archive: Archive) -> None:
    cited = ids(archive)[CITED]
    put(archive, SITE, {OTHER: [page("/p/5.html", 1)]}, night=2)
    assert archive.get(cited).id == archive.get(f"http://{OTHER}/p/5.html").id
    put(archive, SITE, {OTHER: [page("/p/5.html", 0)]}, night=3)
    parted = archive.get(f"http://{OTHER}/p/5.html")
    assert parted.id == article_id(SITE.name, "/p/5.html")
    kept = archive.get(cited)
    assert (kept.id, [one.url for one in kept.witnesses]) == (cited, [f"http://{ONE}/show/77.html"])


def test_an_id_whose_article_is_no_more_says_where_it_was_read(archive: Archive) -> None:
    cited = ids(archive)[CITED]
    archive.store.replace_articles(SITE.name, [])
    with pytest.raises(NoLongerReadError, match=r"/show/77\.html") as lost:
        archive.get(cited)
    assert lost.value.url == f"http://{ONE}/show/77.html"
    with pytest.raises(NotFoundError, match="no article has"):
        archive.get("0123456789abcdef")


def test_articles_thrown_away_come_back_under_the_ids_they_had(archive: Archive) -> None:
    put(archive, SITE, {OWN: [page("/xw/t20101201_9.html", 1)]}, night=2)
    before = {one.id: record(one) for one in archive.store.articles(SITE.name)}
    archive.store.replace_articles(SITE.name, [])
    derive(archive, SITE.name, anew=True)
    assert {one.id: record(one) for one in archive.store.articles(SITE.name)} == before


def test_a_store_made_anew_from_the_warcs_still_finds_what_was_cited(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cited = ids(archive)[CITED]
    put(archive, SITE, {OWN: [page("/xw/t20101201_9.html", 1)]}, night=2)
    monkeypatch.delenv("PALIMPSEST_DATABASE", raising=False)
    with open_archive(tmp_path / "new", create=True) as new:
        new.store.put_site(SITE)
        backfill(new, [archive.warc_dir], SITE.name)
        found = new.get(cited)
        assert (found.reading.title, cited in found.address_ids) == (CITED, True)
        assert found.id == article_id(SITE.name, "/xw/t20101201_9.html")


def test_a_page_taken_in_during_a_crawl_joins_the_article_that_its_address_leads_to(
    archive: Archive,
) -> None:
    put(archive, SITE, {OWN: [page("/xw/t20101201_9.html", 1)]}, night=2)
    before = len(ids(archive))
    plain = article_id(SITE.name, "/xw/t20101201_9.html")
    read = extraction(title=CITED)
    seen = witness(read, f"http://{OWN}/xw/t20101201_9.html", at=NOON + timedelta(days=9000))
    found = archive.get(plain)
    assert found.id != plain
    provisional = replace(found, id=plain, witnesses=(seen,), reading=read, reading_of=0)
    *_, row = archive.store.captures(SITE.name)
    archive.store.commit_page(SITE.name, row, article=provisional)
    assert len(ids(archive)) == before
    assert archive.get(plain).id == found.id


def names(works: Sequence[Work], *given: GivenId) -> list[Named]:
    return named(SITE.name, works, given)


def work(*seen: tuple[str, int]) -> Work:
    """Read from the first of these (address, day)."""
    members = [witness(extraction(), url, at=NOON + timedelta(days=day)) for url, day in seen]
    return Work(members, 0)


def was(id_: str, url: str, day: int, given: int = 0) -> GivenId:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=given)
    return GivenId(id_, url, NOON + timedelta(days=day), moment)


def test_of_works_at_one_address_each_keeps_the_id_of_what_stood_there_then() -> None:
    url = "http://a.cn/1"
    before, between, now = work((url, 1)), work((url, 50)), work((url, 90))
    found = names([now, before, between], was("b", url, 1), was("c", url, 52))
    assert [one.id for one in found] == [article_id(SITE.name, url), "b", "c"]


def test_what_an_address_shows_again_has_its_own_id_not_that_of_what_stood_there_between() -> None:
    url = "http://a.cn/1"
    between, now = work((url, 2)), work((url, 3))
    stood = {url: [NOON + timedelta(days=1)]}
    given = was("a", url, 1), was("b", url, 2, given=1)
    assert [one.id for one in named(SITE.name, [between, now], given, stood)] == ["b", "a"]


def test_an_id_is_never_given_to_another_work() -> None:
    url, elsewhere = "http://a.cn/1", "http://b.cn/1"
    plain = article_id(SITE.name, url)
    # The article that had it is gone from its address, and another host has the path by chance.
    kept = was("apart", elsewhere, 1)
    (one,) = names([work((elsewhere, 1))], was(plain, url, 1), kept)
    assert one.id == "apart"
    (new,) = names([work(("http://c.cn/1", 1))], was("other", "http://a.cn/2", 1))
    assert new.id == plain
    first, second = names([work((url, 1)), work((elsewhere, 1))])
    assert (first.id, second.id) == (plain, article_id_apart(SITE.name, elsewhere, 1))


def test_the_same_path_by_https_has_the_id_of_before() -> None:
    plain = article_id(SITE.name, "http://a.cn/1")
    given = was(plain, "http://a.cn/1", 1), was("x", "http://a.cn/2", 1)
    (one,) = names([work(("https://a.cn/1", 2))], *given)
    assert one == Named(plain, (), ())


def test_of_ids_of_one_moment_the_official_addresss_stays() -> None:
    official, mirror = "http://a.cn/a/long/address/1", "http://m.com/1"
    members = [witness(extraction(), mirror, "mirror"), witness(extraction(), official)]
    (one,) = names([Work(members, 0)], was("m", mirror, 0), was("o", official, 0))
    assert (one.id, one.former_ids) == ("o", ("m",))
    (one,) = names([Work(members, 0)], was("m", mirror, 0), was("o", official, 0, given=1))
    assert (one.id, one.former_ids) == ("m", ("o",))
