"""One crawl's state, shared by the scheduler, the middleware, the spider and the pipeline.

Everything that happens to an address goes through here: it is handed out, and then it lands in
exactly one way. It promises that no lease is forgotten while the process lives, and that what ends
the run (a full disk, a broken store) is remembered for the operator.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from archive.errors import DataDirectoryError, StoreError
from archive.model import Lead, Site
from archive.remembered import remembered
from archive.runs.disk import check_room
from archive.steady import elapsed
from archive.store import Archive, Lease, PageCopy
from crawler.cookies import Cookies
from crawler.guard import Guard, is_loopback
from crawler.keeper import Keeper
from crawler.outcomes import HOST_DOWN, Verdict
from crawler.politeness import Politeness
from crawler.report import Tally
from crawler.revisit import Policy
from crawler.traps import Traps

LOOKS_AT_DISK_EVERY = 50
"""Addresses that land between two looks at the room on the disk."""
MAX_HOPS = 5
MAX_REMEMBERED = 10_000
"""Redirects in the making that are remembered."""

FLYING_PER_HOST = 3
"""Addresses handed out per host at a time: two on the wire and one behind them."""

FLYING_PER_LOOPBACK_HOST = 12
MAX_REMEMBERED_HOSTS = 256

_jobs: WeakKeyDictionary[Crawler, Job] = WeakKeyDictionary()


def attach_job(crawler: Crawler, job: Job) -> None:
    """Make ``job`` the one that ``job_of(crawler)`` finds."""
    _jobs[crawler] = job


def detach_job(job: Job) -> None:
    """Let go of a job whose crawl is over. It leads back to its crawler, so that neither would ever
    be freed: a night of many sites would hold all of them."""
    for crawler in [crawler for crawler, known in _jobs.items() if known is job]:
        del _jobs[crawler]


def job_of(crawler: Crawler) -> Job:
    """The job of this crawl. Raises LookupError when none was attached."""
    try:
        return _jobs[crawler]
    except KeyError:
        raise LookupError("the spider was started without a job") from None


@remembered(MAX_REMEMBERED_HOSTS)
def _flying_limit(host: str) -> int:
    return FLYING_PER_LOOPBACK_HOST if is_loopback(host) else FLYING_PER_HOST


@dataclass(slots=True, eq=False)
class Job:
    """See the module. ``starts`` are the addresses the operator named; ``has_past``: earlier runs
    may have left copies of pages; ``ask_whole``: addresses to be asked for without conditions;
    ``derives``: articles are made of the pages, and ``shows``: readers get them before the site
    pass; ``named`` lets pass what is on hosts that the operator names today; ``turned_by_post``:
    lists to whose further pages only a form leads; ``made_by_script``: pages that show nothing
    without one; ``unread_for_tls``: hosts whose certificate or encryption was refused, with why;
    ``cut_lists``: sitemaps and feeds of which only the beginning was read, with how many addresses;
    ``shut_out``: how many pages of a host are kept that its robots.txt forbids now;
    ``secured``: start addresses under https, tried because nobody answers under http;
    ``max_pages`` 0 is none; ``refill`` is told by the scheduler: it leases what there is room for;
    ``is_stopped``: a signal has ended the walk, and no page is asked for any more;
    ``deadline`` is a moment of ``archive.steady``'s ``elapsed``."""

    archive: Archive
    site: Site
    run: int
    starts: Sequence[Lead]
    guard: Guard
    traps: Traps
    politeness: Politeness
    keeper: Keeper
    tally: Tally
    policy: Policy
    has_past: bool = False
    derives: bool = True
    shows: bool = True
    named: Guard | None = None
    max_pages: int = 0
    max_tries: int = 3
    on_progress: Callable[[Tally], None] | None = None
    refill: Callable[[], None] | None = None
    deadline: float | None = None
    fatal: DataDirectoryError | StoreError | None = None
    is_stopped: bool = False
    changes: int = 0
    ask_whole: set[str] = field(default_factory=set)
    turned_by_post: set[str] = field(default_factory=set)
    unread_for_tls: dict[str, str] = field(default_factory=dict)
    made_by_script: set[str] = field(default_factory=set)
    cut_lists: dict[str, int] = field(default_factory=dict)
    shut_out: Counter[str] = field(default_factory=Counter)
    secured: set[str] = field(default_factory=set)
    cookies: Cookies = field(default_factory=Cookies)
    _asked: int = 0
    _flying: dict[str, Lease] = field(default_factory=dict)
    _flying_per_host: Counter[str] = field(default_factory=Counter)
    _hops: OrderedDict[str, int] = field(default_factory=OrderedDict)

    @property
    def is_over(self) -> bool:
        """Nothing more is to be asked: the limit is reached, or the run cannot go on."""
        return self.fatal is not None or self.limit is not None

    @property
    def limit(self) -> str | None:
        """The limit that is reached, as its option is called, or None."""
        if 0 < self.max_pages <= self._asked:
            return "--max-pages"
        if self.deadline is not None and elapsed() >= self.deadline:
            return "max_minutes"
        return None

    @property
    def is_alone(self) -> bool:
        """Something on its way may kill the process: nothing else is to be done beside it."""
        return any(lease.alone for lease in self._flying.values())

    @property
    def is_idle(self) -> bool:
        """Nothing handed out is still on its way."""
        return not self._flying

    def postpone(self, seconds: float) -> None:
        """So much went by before the walk: its budget of time begins behind it."""
        if self.deadline is not None:
            self.deadline += seconds

    def full_hosts(self) -> set[str]:
        """Hosts that have as much on its way as they may."""
        return {
            host for host, count in self._flying_per_host.items() if count >= _flying_limit(host)
        }

    def is_former(self, lease: Lease) -> bool:
        """Is it an address on a host that was the institute's own, and is not named any more?"""
        is_named = self.named is None or self.named.refusal(lease.url) is None
        return not is_named and lease.host not in self.site.mirrors

    def room(self, hosts: Iterable[str]) -> int:
        """How many more addresses of ``hosts`` may be on their way."""
        return sum(_flying_limit(host) - self._flying_per_host[host] for host in hosts)

    def took_off(self, lease: Lease) -> None:
        """The address is being asked for."""
        self._flying[lease.url] = lease
        self._flying_per_host[lease.host] += 1
        self.traps.asked(lease.url)
        self._asked += 1

    def landed(self, lease: Lease) -> None:
        """The address was settled or given back."""
        self.changes += 1
        if self.changes % LOOKS_AT_DISK_EVERY == 0:
            self._look_at_disk()
        if self._flying.pop(lease.url, None) is not None:
            self._flying_per_host[lease.host] -= 1
            if not self._flying_per_host[lease.host]:
                del self._flying_per_host[lease.host]
        if self.on_progress is not None:
            self.on_progress(self.tally)

    def kept(self, leases: Sequence[Lease]) -> dict[str, PageCopy]:
        """The archive's own copies, from earlier runs, of the pages that were leased."""
        if not (self.has_past and leases):
            return {}
        lists = [lease.url for lease in leases if lease.kind == "sitemap"]
        return self.archive.store.kept(self.site.name, [lease.url for lease in leases], lists)

    def _look_at_disk(self) -> None:
        try:
            check_room(self.archive.data)
        except DataDirectoryError as error:
            self.stop(error)

    def settle(self, lease: Lease, verdict: Verdict) -> None:
        """The address ended without an exchange to keep. One that failed so counts as any failure:
        a night on which the institute went down is not a good one because little was asked. Only
        of a mirror that is down, as mirrors soon are, no more counts than what it did not answer,
        and of a host that the operator names no more nothing.
        """
        may_be_down = lease.host in self.site.mirrors or self.is_former(lease)
        if verdict.state == "failed" and not (verdict.reason == HOST_DOWN and may_be_down):
            self.tally.failures[verdict.reason] += 1
        self.archive.store.frontier.settle(self.site.name, verdict.outcome(lease.url))
        self.landed(lease)

    def stop(self, error: BaseException) -> None:
        """Told of any error; when it is the disk's or the store's, the run cannot go on."""
        if isinstance(error, (DataDirectoryError, StoreError)) and self.fatal is None:
            self.fatal = error

    def may_hop(self, url: str, target: str) -> bool:
        """May a redirect lead from ``url`` to ``target``, or is the chain too long?"""
        hops = self._hops.pop(url, 0) + 1
        self._hops[target] = hops
        if len(self._hops) > MAX_REMEMBERED:
            self._hops.popitem(last=False)
        return hops <= MAX_HOPS

    def abandon(self) -> list[Lease]:
        """What is still on its way when the crawl is shut down."""
        return list(self._flying.values())
