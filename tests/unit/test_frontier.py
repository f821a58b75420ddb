"""The frontier: nothing is lost, nothing is handed out twice, everything has one state."""

from __future__ import annotations

import sys
import textwrap
from contextlib import closing

from archive.model import Lead, Outcome, Site
from archive.store import Archive, Night
from archive.store.frontier import Frontier
from archive.store.leasing import MAX_LEASE_SECONDS
from tests import forkserver
from tests.unit.frontier_samples import (
    SITE,
    Clock,
    archive,
    clock,
    frontier,
    leads,
    opened,
    place,
    urls,
)

__all__ = ["archive", "clock", "frontier", "place"]

DAY_SECONDS = 86_400


def test_an_address_is_put_in_once_however_often_it_is_found(frontier: Frontier) -> None:
    assert frontier.seed(SITE, leads("http://a.cn/1", "http://a.cn/2", "http://a.cn/1")) == 2
    assert frontier.seed(SITE, leads("http://a.cn/2", "http://a.cn/3")) == 1
    assert frontier.ledger(SITE) == {"waiting": 3}


def test_an_address_known_to_another_process_is_not_new(archive: Archive, place: str) -> None:
    store = archive.store
    store.frontier.seed(SITE, leads("http://a.cn/1"))
    with closing(opened(place)) as other:
        assert other.frontier.seed(SITE, leads("http://a.cn/1")) == 0


def test_two_sites_do_not_share_their_seen_addresses(archive: Archive) -> None:
    archive.store.put_site(Site("other", ("a.cn",)))
    archive.store.frontier.seed(SITE, leads("http://a.cn/1"))
    assert archive.store.frontier.seed("other", leads("http://a.cn/1")) == 1


def test_a_leased_address_is_not_handed_out_again(frontier: Frontier) -> None:
    frontier.seed(SITE, leads("http://a.cn/1", "http://a.cn/2"))
    assert urls(frontier, 1) == ["http://a.cn/1"]
    assert urls(frontier) == ["http://a.cn/2"]
    assert urls(frontier) == []
    assert frontier.ledger(SITE) == {"leased": 2}


def test_the_highest_priority_goes_first_and_the_oldest_among_equals(frontier: Frontier) -> None:
    frontier.seed(SITE, leads("http://a.cn/low", "http://a.cn/low2"))
    frontier.seed(SITE, leads("http://a.cn/high", priority=5))
    assert urls(frontier) == ["http://a.cn/high", "http://a.cn/low", "http://a.cn/low2"]


def test_hosts_take_turns(frontier: Frontier) -> None:
    frontier.seed(SITE, leads(*(f"http://a.cn/{n}" for n in range(50)), priority=9))
    frontier.seed(SITE, leads(*(f"http://b.cn/{n}" for n in range(2))))
    first = frontier.lease(SITE, 6, seconds=60)
    assert [lease.host for lease in first] == ["a.cn", "b.cn", "a.cn", "b.cn", "a.cn", "a.cn"]


def test_hosts_take_turns_over_small_leases_too(frontier: Frontier) -> None:
    for host in ("a.cn", "b.cn", "c.cn"):
        frontier.seed(SITE, leads(f"http://{host}/1", f"http://{host}/2"))
    served = [lease.host for _ in range(6) for lease in frontier.lease(SITE, 1, seconds=60)]
    assert served == ["a.cn", "b.cn", "c.cn"] * 2


def test_a_host_to_skip_keeps_its_addresses(frontier: Frontier) -> None:
    frontier.seed(SITE, leads("http://a.cn/1", "http://b.cn/1"))
    leased = frontier.lease(SITE, 10, seconds=60, skip={"a.cn"})
    assert [lease.host for lease in leased] == ["b.cn"]
    assert urls(frontier) == ["http://a.cn/1"]


def test_a_settled_address_has_its_state_and_reason(frontier: Frontier) -> None:
    frontier.seed(SITE, leads("http://a.cn/1", "http://a.cn/2"))
    urls(frontier)
    frontier.settle(SITE, Outcome("http://a.cn/1", "failed", "dns", "no such name"))
    assert frontier.ledger(SITE) == {"failed": 1, "leased": 1}
    assert frontier.outcomes(SITE, "failed") == [
        Outcome("http://a.cn/1", "failed", "dns", "no such name")
    ]
    assert frontier.reasons(SITE) == {("failed", "dns"): 1, ("leased", "on-its-way"): 1}


def test_an_address_that_was_never_put_in_is_in_the_ledger_once_settled(
    frontier: Frontier,
) -> None:
    frontier.settle(SITE, Outcome("http://a.cn/target", "done", "redirect"))
    assert frontier.ledger(SITE) == {"done": 1}
    assert frontier.seed(SITE, leads("http://a.cn/target")) == 0


def test_an_expired_lease_is_handed_out_again(frontier: Frontier, clock: Clock) -> None:
    frontier.seed(SITE, leads("http://a.cn/1"))
    frontier.lease(SITE, 1, seconds=60)
    clock.now += 59
    assert urls(frontier) == []
    clock.now += 2
    (again,) = frontier.lease(SITE, 1, seconds=60)
    assert again.tries == 2


def test_an_address_whose_lease_died_three_times_is_quarantined(
    frontier: Frontier, clock: Clock
) -> None:
    frontier.seed(SITE, leads("http://a.cn/poison"))
    for _ in range(3):
        assert urls(frontier) == ["http://a.cn/poison"]
        clock.now += 61
    assert urls(frontier) == []
    assert frontier.ledger(SITE) == {"quarantined": 1}
    assert frontier.is_empty(SITE)


def test_what_was_leased_beside_a_poison_address_counts_no_death_of_its_own(
    frontier: Frontier,
) -> None:
    """Every process that works on the poison dies, with all it has on its way."""
    names = [f"http://{host}.cn/{n}" for host in "ab" for n in range(4)]
    poison = {"http://a.cn/2", "http://b.cn/1", "http://b.cn/2"}
    frontier.seed(SITE, leads(*names))
    deaths = 0
    while not frontier.is_empty(SITE):
        leased = frontier.lease(SITE, 6, seconds=60)
        if poison & {lease.url for lease in leased}:
            deaths += 1
            frontier.release_all(SITE)
            continue
        for lease in leased:
            frontier.settle(SITE, Outcome(lease.url, "done", "kept"))
    assert {one.url for one in frontier.outcomes(SITE, "quarantined")} == poison
    assert frontier.reasons(SITE) == {("done", "kept"): 5, ("quarantined", "lease-died"): 3}
    assert deaths <= 3 * len(poison)


def test_tries_that_failed_in_good_order_are_no_deaths(frontier: Frontier) -> None:
    frontier.seed(SITE, leads("http://a.cn/1", "http://a.cn/2"))
    for _ in range(2):
        urls(frontier)
        for url in ("http://a.cn/1", "http://a.cn/2"):
            frontier.give_back(SITE, url, "reset")
    assert len(urls(frontier)) == 2
    for _ in range(2):
        # Once beside the other one, once alone: it takes two alone to be set aside.
        frontier.release_all(SITE)
        assert len(urls(frontier)) == 1
    assert "quarantined" not in frontier.ledger(SITE)


def test_a_suspect_is_handed_out_by_itself_and_only_to_an_idle_process(
    frontier: Frontier,
) -> None:
    frontier.seed(SITE, leads("http://a.cn/1", "http://a.cn/2"))
    urls(frontier)
    frontier.release_all(SITE)
    frontier.seed(SITE, leads("http://a.cn/3"))
    assert urls(frontier) == ["http://a.cn/3"]
    assert frontier.lease(SITE, 9, seconds=60, idle=False) == []
    (lease,) = frontier.lease(SITE, 9, seconds=60)
    assert lease.alone
    frontier.give_back(SITE, lease.url, "shut-down", counted=False)
    (again,) = frontier.lease(SITE, 9, seconds=60)
    assert (again.url, again.alone, again.tries) == (lease.url, True, lease.tries)


def test_who_kills_each_process_right_after_its_start_hits_another_suspect_each_time(
    frontier: Frontier,
) -> None:
    frontier.seed(SITE, leads(*(f"http://a.cn/{n}" for n in range(4))))
    assert len(urls(frontier)) == 4
    begun_with = []
    for _ in range(4):
        frontier.release_all(SITE)
        begun_with += urls(frontier)
    assert sorted(begun_with) == [f"http://a.cn/{n}" for n in range(4)]
    assert "quarantined" not in frontier.ledger(SITE)


def test_an_address_that_kills_is_asked_at_once_where_somebody_names_it(
    frontier: Frontier,
) -> None:
    frontier.seed(SITE, leads("http://a.cn/poison", "http://a.cn/1"))
    while not frontier.ledger(SITE).get("quarantined"):
        for lease in frontier.lease(SITE, 1, seconds=60):
            if lease.url == "http://a.cn/1":
                frontier.settle(SITE, Outcome(lease.url, "done", "kept"))
        frontier.release_all(SITE)
    frontier.restart(SITE)
    assert urls(frontier) == ["http://a.cn/1"]
    frontier.pardon(SITE, ["http://a.cn/poison"])
    assert urls(frontier) == ["http://a.cn/poison"]


def kill_until_set_aside(frontier: Frontier) -> int:
    """Each process that asks for the one address dies; how many did."""
    deaths = 0
    while urls(frontier):
        frontier.release_all(SITE)
        deaths += 1
    assert frontier.reasons(SITE) == {("quarantined", "lease-died"): 1}
    return deaths


def test_what_was_set_aside_is_asked_again_by_itself_a_night_later_and_less_often_each_time(
    frontier: Frontier, clock: Clock
) -> None:
    frontier.seed(SITE, leads("http://a.cn/1"))
    assert kill_until_set_aside(frontier) == 3
    nights_until = []
    for _ in range(9):
        rested = 0
        while not (handed_out := frontier.lease(SITE, 9, seconds=60)):
            clock.now += DAY_SECONDS
            rested += 1
            frontier.restart(SITE)
        assert [lease.alone for lease in handed_out] == [True]
        nights_until.append(rested)
        frontier.release_all(SITE)
        assert kill_until_set_aside(frontier) == 0
    assert nights_until == [1, 2, 4, 7, 14, 27, 27, 27, 27]


def test_what_was_only_unlucky_is_as_any_other_once_it_was_answered(
    frontier: Frontier, clock: Clock
) -> None:
    frontier.seed(SITE, leads("http://a.cn/1"))
    kill_until_set_aside(frontier)
    frontier.restart(SITE)
    assert urls(frontier) == []
    clock.now += DAY_SECONDS
    frontier.restart(SITE)
    assert urls(frontier) == ["http://a.cn/1"]
    frontier.settle(SITE, Outcome("http://a.cn/1", "done", "kept"))
    frontier.restart(SITE)
    (lease,) = frontier.lease(SITE, 9, seconds=60)
    assert (lease.alone, lease.tries) == (False, 1)


def test_a_rest_that_a_wrong_clock_gave_is_none(frontier: Frontier, clock: Clock) -> None:
    frontier.seed(SITE, leads("http://a.cn/1"))
    clock.now += 366 * DAY_SECONDS
    kill_until_set_aside(frontier)
    clock.now -= 365 * DAY_SECONDS
    frontier.restart(SITE)
    assert urls(frontier) == ["http://a.cn/1"]


def test_given_back_three_times_is_quarantined_with_the_last_reason(frontier: Frontier) -> None:
    frontier.seed(SITE, leads("http://a.cn/1"))
    for _ in range(3):
        assert urls(frontier) == ["http://a.cn/1"]
        frontier.give_back(SITE, "http://a.cn/1", "reset")
    assert frontier.reasons(SITE) == {("quarantined", "reset"): 1}


def test_given_back_unused_does_not_count(frontier: Frontier) -> None:
    frontier.seed(SITE, leads("http://a.cn/1"))
    for _ in range(5):
        (lease,) = frontier.lease(SITE, 1, seconds=60)
        assert lease.tries == 1
        frontier.give_back(SITE, "http://a.cn/1", "drained", counted=False)


def test_given_back_waits_for_its_time(frontier: Frontier, clock: Clock) -> None:
    frontier.seed(SITE, leads("http://a.cn/1", "http://a.cn/2"))
    urls(frontier, 1)
    frontier.give_back(SITE, "http://a.cn/1", "busy", not_before=clock.now + 30)
    assert urls(frontier) == ["http://a.cn/2"]
    assert frontier.ledger(SITE) == {"leased": 1, "waiting": 1}
    clock.now += 31
    assert urls(frontier) == ["http://a.cn/1"]


def test_only_a_leased_address_can_be_given_back(frontier: Frontier) -> None:
    frontier.seed(SITE, leads("http://a.cn/1"))
    urls(frontier)
    frontier.settle(SITE, Outcome("http://a.cn/1", "done", "kept"))
    frontier.give_back(SITE, "http://a.cn/1", "late")
    assert frontier.ledger(SITE) == {"done": 1}


def test_a_clock_that_was_a_year_ahead_blocks_nothing(frontier: Frontier, clock: Clock) -> None:
    frontier.seed(SITE, leads("http://a.cn/1", "http://a.cn/2"))
    clock.now += 366 * MAX_LEASE_SECONDS
    urls(frontier, 2)
    frontier.give_back(SITE, "http://a.cn/2", "busy", not_before=clock.now + 10)
    clock.now -= 366 * MAX_LEASE_SECONDS
    assert urls(frontier) == ["http://a.cn/2"]
    assert urls(frontier) == ["http://a.cn/1"]


def test_all_leases_return_at_once_when_their_holder_is_known_to_be_dead(
    frontier: Frontier,
) -> None:
    frontier.seed(SITE, leads("http://a.cn/1", "http://a.cn/2"))
    urls(frontier)
    assert frontier.release_all(SITE) == 2
    assert {*urls(frontier), *urls(frontier)} == {"http://a.cn/1", "http://a.cn/2"}


def test_restart_makes_everything_wait_again(frontier: Frontier) -> None:
    frontier.seed(SITE, [Lead("http://a.cn/l", "list", 0), Lead("http://a.cn/a", "article", 0)])
    for url in urls(frontier):
        frontier.settle(SITE, Outcome(url, "done", "kept"))
    frontier.restart(SITE, Night(kinds=("list",)))
    assert urls(frontier) == ["http://a.cn/l"]
    frontier.restart(SITE)
    assert frontier.ledger(SITE) == {"waiting": 2}


def test_depth_counts_the_links_from_the_start(frontier: Frontier) -> None:
    frontier.seed(SITE, leads("http://a.cn/"))
    frontier.seed(SITE, [Lead("http://a.cn/1", "page", 0, via="http://a.cn/")])
    frontier.seed(SITE, [Lead("http://a.cn/2", "page", 0, via="http://a.cn/1")])
    depths = {lease.url: lease.depth for lease in frontier.lease(SITE, 9, seconds=1)}
    assert depths == {"http://a.cn/": 0, "http://a.cn/1": 1, "http://a.cn/2": 2}


def test_an_odd_link_text_is_kept_storable(frontier: Frontier) -> None:
    frontier.seed(SITE, [Lead("http://a.cn/1", "page", 0, anchor="党\x00员\ud800大会")])
    (lease,) = frontier.lease(SITE, 1, seconds=1)
    assert lease.anchor == "党员大会"


_WALK = textwrap.dedent(
    """
    import sys
    from contextlib import closing
    from datetime import UTC, datetime
    from pathlib import Path
    from archive.model import Lead, Outcome, PageKind, WarcPointer
    from archive.store import CaptureRow, Store

    def pointer(name):
        return WarcPointer("w.warc.gz", 0, 1, "sha256:0", f"urn:{name}")

    place = sys.argv[1]
    with closing(Store(place if "://" in place else Path(place))) as store:
        run = store.begin_run("institute", "crawl")
        while leases := store.frontier.lease("institute", 4, seconds=0.05):
            for lease in leases:
                number = int(lease.url.rsplit("/", 1)[1])
                found = [
                    Lead(f"http://{'ab'[n % 2]}.cn/{n}", "page", n % 3, via=lease.url)
                    for n in (2 * number, 2 * number + 1) if n < 400
                ]
                store.commit_page(
                    "institute",
                    CaptureRow(lease.url, lease.host, datetime.now(UTC), 200, "text/html",
                               PageKind.OTHER, pointer(number), run),
                    leads=found,
                    outcome=Outcome(lease.url, "done", "kept"),
                )
    """
)


def test_a_process_killed_in_the_middle_loses_nothing(archive: Archive, place: str) -> None:
    store = archive.store
    store.frontier.seed(SITE, leads("http://b.cn/1"))
    command = [sys.executable, "-c", _WALK, place]
    kills = 0
    while kills < 3 and store.frontier.ledger(SITE).get("done", 0) < 300:
        before = store.frontier.ledger(SITE).get("done", 0)
        child = forkserver.start(command)
        while child.poll() is None:
            if store.frontier.ledger(SITE).get("done", 0) >= before + 40:
                child.kill()
                kills += 1
                break
        child.communicate()
    # Innocent addresses died at most three times; none of them may be lost in this walk.
    forkserver.run(command, timeout=60).check_returncode()
    while not store.frontier.is_empty(SITE):
        forkserver.run(command, timeout=60).check_returncode()
    assert kills > 0
    assert store.frontier.ledger(SITE) == {"done": 399}
    kept = [row.url for row in store.captures(SITE)]
    assert len(kept) == len(set(kept)) == 399
