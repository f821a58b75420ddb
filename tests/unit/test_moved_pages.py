"""A site that moves to another domain, or gives its pages other addresses, keeps its articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.model import Article, Site
from archive.sitepass.twins import gone_with, left_behind
from archive.store import Archive, open_archive
from tests.unit.moving_site import (
    ANOTHER,
    OLD,
    OTHERS,
    PATH,
    Answers,
    Said,
    at,
    night,
    silent_night,
)
from tests.unit.versioned_pages import EDITED, FIRST, OTHER, page

NEW = "https://new-name.b.cn"
FARTHER = "/news/detail/2010/12/000000000004711.html"
"""Longer than the old one: of two addresses that both count, the shorter would be read."""
UNCHANGED = page("党员大会", FIRST)
PLACES = [NEW + PATH, NEW + FARTHER, OLD + FARTHER, "http://a.ac.cn" + FARTHER]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(Site("s", ("www.a.ac.cn", "a.ac.cn", "new-name.b.cn"), ("m.b.com",)))
        yield archive


def to(target: str) -> tuple[int, str]:
    return 301, target


def the_article(archive: Archive, title: str = "党员大会") -> Article:
    (found,) = [one for one in archive.store.articles("s") if one.reading.title == title]
    return found


@pytest.mark.parametrize("new", PLACES)
def test_edits_are_found_where_the_old_address_leads_to_and_the_article_stays_the_same(
    archive: Archive, new: str
) -> None:
    assert night(archive, 1, {OLD + PATH: UNCHANGED}) == {"new": 2}
    before = the_article(archive)
    assert night(archive, 2, {OLD + PATH: to(new), new: UNCHANGED}) == {"unchanged": 2}
    assert (the_article(archive).id, the_article(archive).url) == (before.id, new)
    edited: Answers = {OLD + PATH: to(new), new: page("党员大会", EDITED)}
    assert night(archive, 3, edited) == {"changed": 1, "unchanged": 1}
    after = the_article(archive)
    assert (after.id, after.versions) == (before.id, 2)
    assert (after.first_seen, after.last_seen) == (at(1), at(3))
    assert after.reading.text == "\n".join(EDITED)
    first, second = archive.store.versions(after.id)
    assert (first.first_seen, first.reading.text) == (at(1), "\n".join(FIRST))
    assert (second.first_seen, second.reading.text) == (at(3), "\n".join(EDITED))
    # By the time that nobody answers at the old address any more, nothing has changed.
    assert night(archive, 4, {OLD + PATH: 503, new: page("党员大会", EDITED)}) == {"unchanged": 2}


@pytest.mark.parametrize("new", PLACES)
def test_what_is_removed_where_it_moved_to_is_gone_and_comes_again(
    archive: Archive, new: str
) -> None:
    night(archive, 1, {OLD + PATH: UNCHANGED})
    night(archive, 2, {OLD + PATH: to(new), new: UNCHANGED})
    for number in (3, 4):
        assert night(archive, number, {OLD + PATH: to(new), new: 404}) == {"unchanged": 2}
    assert night(archive, 5, {OLD + PATH: to(new), new: 404}) == {"gone": 1, "unchanged": 1}
    assert night(archive, 6, {OLD + PATH: to(new), new: UNCHANGED})["returned"] == 1


@pytest.mark.parametrize("new", PLACES)
def test_what_is_removed_with_the_move_is_gone(archive: Archive, new: str) -> None:
    night(archive, 1, {OLD + PATH: UNCHANGED})
    for number in (2, 3):
        assert night(archive, number, {OLD + PATH: to(new), new: 404}) == {"unchanged": 2}
    assert night(archive, 4, {OLD + PATH: to(new), new: 404})["gone"] == 1


def test_of_a_domain_that_fell_silent_the_pages_are_where_another_gives_them(
    archive: Archive,
) -> None:
    there: dict[str, Said] = {NEW + PATH: UNCHANGED, NEW + OTHERS: page("图书馆通知", OTHER)}
    night(archive, 1, {OLD + PATH: UNCHANGED})
    before = the_article(archive)
    for number in (2, 3, 4):
        assert silent_night(archive, number, there) == {"unchanged": 2}
    assert (the_article(archive).id, the_article(archive).url) == (before.id, NEW + PATH)
    there[NEW + PATH] = page("党员大会", EDITED)
    assert silent_night(archive, 5, there) == {"changed": 1, "unchanged": 1}
    after = the_article(archive)
    assert (after.versions, after.reading.text) == (2, "\n".join(EDITED))
    there[NEW + PATH] = 404
    for number in (6, 7):
        assert silent_night(archive, number, there) == {"unchanged": 2}
    assert silent_night(archive, 8, there) == {"gone": 1, "unchanged": 1}


def test_a_host_that_answers_has_not_moved_whatever_others_give_under_its_paths(
    archive: Archive,
) -> None:
    both = {OLD + PATH: UNCHANGED, NEW + PATH: page("党员大会", EDITED)}
    for number in (1, 2, 3, 4):
        night(
            archive, number, {url: said for url, said in both.items() if number < 2 or NEW in url}
        )
    # Its other page is answered as ever: this one is merely not asked for any more.
    assert OLD + PATH in {one.url for one in the_article(archive).witnesses}


def test_a_move_in_several_hops_is_followed(archive: Archive) -> None:
    hops: Answers = {
        OLD + PATH: to("https://www.a.ac.cn" + PATH),
        "https://www.a.ac.cn" + PATH: to(NEW + PATH),
        NEW + PATH: to(NEW + FARTHER),
    }
    night(archive, 1, {OLD + PATH: UNCHANGED})
    night(archive, 2, {**hops, NEW + FARTHER: UNCHANGED})
    night(archive, 3, {**hops, NEW + FARTHER: page("党员大会", EDITED)})
    assert the_article(archive).reading.text == "\n".join(EDITED)


def test_what_redirects_again_to_where_it_was_stands_where_it_is(archive: Archive) -> None:
    night(archive, 1, {OLD + PATH: UNCHANGED})
    night(archive, 2, {OLD + PATH: to(NEW + PATH), NEW + PATH: UNCHANGED})
    edited = page("党员大会", EDITED)
    night(archive, 3, {OLD + PATH: edited, NEW + PATH: to(OLD + PATH)})
    after = the_article(archive)
    assert (after.url, after.reading.text, after.versions) == (OLD + PATH, "\n".join(EDITED), 2)


def test_articles_that_all_redirect_to_a_notice_stay_what_they_were(archive: Archive) -> None:
    second, notice = "/xw/t20101211_3.html", NEW + "/tz/t20110101_1.html"
    night(archive, 1, {OLD + PATH: UNCHANGED, OLD + second: page("报告厅开放", ANOTHER)})
    there: Answers = {
        OLD + PATH: to(notice),
        OLD + second: to(notice),
        notice: page("网站搬迁公告", OTHER[::-1]),
    }
    for number in range(2, 7):
        night(archive, number, there)
    assert the_article(archive).reading.text == "\n".join(FIRST)
    assert the_article(archive, "报告厅开放").status == "live"


@pytest.mark.parametrize("stood_there", [True, False])
def test_an_article_that_redirects_to_another_stays_what_it_was(
    archive: Archive, stood_there: bool
) -> None:
    other: Answers = {OLD + "/xw/t20101211_3.html": page("报告厅开放", ANOTHER)}
    night(archive, 1, {OLD + PATH: UNCHANGED, **(other if stood_there else {})})
    before = the_article(archive)
    redirected: Answers = {OLD + PATH: to(next(iter(other))), **other}
    night(archive, 2, redirected)
    for number in (3, 4):
        assert night(archive, number, redirected) == {"unchanged": 3}
    assert the_article(archive) == before
    assert the_article(archive, "报告厅开放").first_seen == at(1 if stood_there else 2)


def test_a_mirror_that_redirects_to_the_institute_stays_a_witness(archive: Archive) -> None:
    copy = "http://m.b.com" + PATH
    night(archive, 1, {OLD + PATH: UNCHANGED, copy: UNCHANGED})
    for number in (2, 3):
        night(archive, number, {OLD + PATH: UNCHANGED, copy: to(OLD + PATH)})
    witnesses = {one.url: one.role for one in the_article(archive).witnesses}
    assert witnesses == {OLD + PATH: "original", copy: "mirror"}


def test_redirects_in_a_circle_and_those_nobody_kept_lead_nowhere() -> None:
    a, b = "http://a.cn/1", "http://b.cn/2"
    spans = {a: (at(1), at(1)), b: (at(1), at(5))}
    assert left_behind(spans, {a: b}) == {a: b}
    assert left_behind(spans, {a: b, b: a}) == {}
    assert left_behind(spans, {a: a}) == {}
    assert left_behind(spans, {a: None}) == {}
    assert gone_with({b: at(6)}, spans, {}, {a: b}) == {a: at(6), b: at(6)}
    assert gone_with({b: at(6)}, spans, {}, {a: None}) == {b: at(6)}
