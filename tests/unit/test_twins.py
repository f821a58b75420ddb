"""A site that moves to https, or to another spelling of its name, keeps its articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.addresses import one_page
from archive.model import Article, Site
from archive.sitepass.twins import gone_with, left_behind
from archive.store import Archive, open_archive
from tests.unit.moving_site import ANOTHER, OLD, PATH, Answers, at, night
from tests.unit.versioned_pages import EDITED, FIRST, page

UNCHANGED = page("党员大会", FIRST)
MOVES = ["https://www.a.ac.cn", "http://a.ac.cn", "https://a.ac.cn"]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(Site("s", ("www.a.ac.cn", "a.ac.cn")))
        yield archive


def moved(archive: Archive) -> Article:
    """The article at ``PATH``, which is one."""
    (found,) = [one for one in archive.store.articles("s") if one.url.endswith(PATH)]
    return found


@pytest.mark.parametrize("new", MOVES)
def test_an_edit_after_the_move_is_found_and_the_article_stays_the_same(
    archive: Archive, new: str
) -> None:
    assert night(archive, 1, {OLD + PATH: UNCHANGED}) == {"new": 2}
    before = moved(archive)
    there: Answers = {OLD + PATH: 301, new + PATH: UNCHANGED}
    assert night(archive, 2, there) == {"unchanged": 2}
    assert (moved(archive).id, moved(archive).url) == (before.id, new + PATH)
    edited: Answers = {OLD + PATH: 301, new + PATH: page("党员大会", EDITED)}
    assert night(archive, 3, edited) == {"changed": 1, "unchanged": 1}
    after = moved(archive)
    assert (after.id, after.versions) == (before.id, 2)
    assert (after.first_seen, after.last_seen) == (at(1), at(3))
    assert after.reading.text == "\n".join(EDITED)
    # By the time that nobody answers at the old address any more, nothing has changed.
    assert night(archive, 4, {new + PATH: page("党员大会", EDITED)}) == {"unchanged": 2}


@pytest.mark.parametrize("new", MOVES)
def test_what_is_removed_after_the_move_is_gone_and_comes_again(archive: Archive, new: str) -> None:
    night(archive, 1, {OLD + PATH: UNCHANGED})
    night(archive, 2, {OLD + PATH: 301, new + PATH: UNCHANGED})
    for number in (3, 4):
        assert night(archive, number, {OLD + PATH: 301, new + PATH: 404}) == {"unchanged": 2}
    assert night(archive, 5, {new + PATH: 404}) == {"gone": 1, "unchanged": 1}
    assert moved(archive).status == "gone"
    assert night(archive, 6, {new + PATH: UNCHANGED}) == {"returned": 1, "unchanged": 1}


def test_what_is_removed_with_the_move_is_gone(archive: Archive) -> None:
    night(archive, 1, {OLD + PATH: UNCHANGED})
    for number in (2, 3):
        night(archive, number, {OLD + PATH: 301, MOVES[0] + PATH: 404})
    assert night(archive, 4, {OLD + PATH: 301, MOVES[0] + PATH: 404})["gone"] == 1


def test_a_page_given_under_two_addresses_is_not_missing_for_one_that_is(archive: Archive) -> None:
    night(archive, 1, {OLD + PATH: UNCHANGED})
    for number in range(2, 6):
        said = night(archive, number, {OLD + PATH: UNCHANGED, "http://a.ac.cn" + PATH: 404})
        assert said == {"unchanged": 2}
    for number in range(6, 10):
        said = night(archive, number, {OLD + PATH: 503, "http://a.ac.cn" + PATH: 404})
        assert said == {"unchanged": 2}


def test_a_new_host_that_gives_its_home_page_for_everything_takes_nothing_away(
    archive: Archive,
) -> None:
    links = "".join(f'<li><a href="/{n}.html">栏目{n}</a></li>' for n in range(30))
    home = f"<html><head><title>研究所</title></head><body><ul>{links}</ul></body></html>"
    night(archive, 1, {OLD + PATH: UNCHANGED})
    assert night(archive, 2, {OLD + PATH: 301, MOVES[0] + PATH: home}) == {"unchanged": 2}


def test_another_article_at_the_new_address_is_another_article(archive: Archive) -> None:
    night(archive, 1, {OLD + PATH: UNCHANGED})
    before = moved(archive)
    there: Answers = {OLD + PATH: 301, MOVES[0] + PATH: page("报告厅开放", ANOTHER)}
    assert night(archive, 2, there) == {"new": 1, "unchanged": 2}
    assert night(archive, 3, there) == {"unchanged": 3}
    assert night(archive, 4, there) == {"gone": 1, "unchanged": 2}
    articles = {one.id: one for one in archive.store.articles("s")}
    stayed = articles[before.id]
    assert (stayed.status, stayed.reading.text) == ("gone", before.reading.text)
    assert len(stayed.witnesses) == 1
    assert sum(one.reading.title == "报告厅开放" for one in articles.values()) == 1


def test_where_both_addresses_give_the_page_neither_is_left_behind() -> None:
    a, b, c = "http://a.cn/1", "https://www.a.cn/1", "http://a.cn/2"
    assert left_behind({a: (at(1), at(3)), b: (at(2), at(3)), c: (at(1), at(1))}) == {}
    assert left_behind({a: (at(1), at(3)), b: (at(2), at(4))}) == {a: b}
    assert gone_with({c: at(3)}, {a: (at(1), at(1))}, {}, {a: None}) == {c: at(3)}


@pytest.mark.parametrize("url", ["urn:sha256:0", "", "https://", "http://[::1", "ftp://www.a.cn/"])
def test_what_is_no_address_of_the_web_stands_for_itself(url: str) -> None:
    assert one_page(url) in (url, "/")


def test_hosts_ports_and_parameters_are_told_apart() -> None:
    urls = ["http://a.cn/1", "http://b.a.cn/1", "http://a.cn:8080/1", "http://a.cn/1?p=2"]
    assert len({one_page(url) for url in urls}) == len(urls)
    assert one_page("HTTPS://A.cn:443/1".lower()) == one_page("http://a.cn:80/1")
