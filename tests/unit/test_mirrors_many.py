"""A kit fills hundreds of hosts with the same pages: what is asked of each is bounded."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from archive.cleaning import frame
from archive.cleaning.frame import MAX_COMPARED, FrameSurvey
from archive.cleaning.unmasking.brands import Elsewhere, frame_keys
from archive.cleaning.unmasking.compare import compare
from archive.cleaning.unmasking.copies import shared_articles
from archive.cleaning.unmasking.host import HostSurvey
from tests.tampering import copied, originals
from tests.unit.mirror_hosts import surveyed

HOSTS = MAX_COMPARED + 3
PAGES = 6


@pytest.fixture(scope="module")
def brands() -> dict[str, str]:
    """The brand of each host, filled by ``many``."""
    return {}


@pytest.fixture(scope="module")
def many(brands: dict[str, str]) -> FrameSurvey:
    """Mirrors of one institute, each under a brand of its own, and no original."""
    rng = Random("many hosts")
    names, pages = originals(rng, PAGES)
    found = FrameSurvey()
    for number in range(HOSTS):
        copy = copied(pages, names, "name", rng)
        host = f"www.m{number}.com"
        brands[host] = copy.disguise.brand
        surveyed(found, host, [(path, html) for path, html, _ in copy.pages])
    return found


def counting(calls: list[int], function: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*arguments: Any) -> Any:
        calls.append(1)
        return function(*arguments)

    return counted


def test_every_mirror_of_many_is_recognised_with_its_brand(
    many: FrameSurvey, brands: dict[str, str]
) -> None:
    found = many.recognise()
    assert sorted(found) == sorted(brands)
    for host, brand in brands.items():
        siblings = [other for other in brands if other != host]
        assert brand in many.marks(host, (), found[host].evidence, siblings).brands


def test_what_hosts_have_in_common_is_found_once_for_all_of_them(
    many: FrameSurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    monkeypatch.setattr(frame, "shared_articles", counting(calls, shared_articles))
    again = FrameSurvey()
    again.merge(many)
    again.recognise()
    for host in again.hosts:
        again.is_anothers(host)
    assert len(calls) == 1
    other = FrameSurvey()
    surveyed(other, "www.another.com", [("/", "<title>另一家</title>")])
    again.merge(other)
    again.recognise()
    assert len(calls) == 2


def test_the_texts_of_one_are_compared_with_those_of_a_bounded_number(
    many: FrameSurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    monkeypatch.setattr(frame, "compare", counting(calls, compare))
    host, *siblings = many.hosts
    many.marks(host, (), many.recognise()[host].evidence, siblings)
    assert 1 < len(calls) <= MAX_COMPARED + 1


def test_what_stands_elsewhere_is_what_any_other_host_has(many: FrameSurvey) -> None:
    rng = Random("elsewhere")
    hosts = [HostSurvey() for _ in range(4)]
    for host in hosts:
        host.strings.update(rng.sample("甲乙丙丁戊己", 3))
    together = Elsewhere(hosts)
    for one in hosts:
        others = together.without(one)
        for key in "甲乙丙丁戊己":
            assert (key in others) == any(key in frame_keys(o) for o in hosts if o is not one)
            assert (key in together) == any(key in frame_keys(o) for o in hosts)
