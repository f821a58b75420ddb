"""Several sites walked at a time, each by a process of its own.

A night of many sites waits nearly all the time: for the pause between two requests to one host, for
a server that is slow. It promises that each site's night is what it would be alone (same command,
same budget, same report); that no two sites with a host in common are walked at a time, since each
host is asked by one polite worker; that the data directory stays locked until the last of the
processes has ended, also where the one that began them was killed; and that a signal reaches all of
them: the first drains, the second ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import Any

from archive.cli import main
from archive.errors import PalimpsestError
from archive.lock import LENT
from archive.model import Site
from archive.profiles import Profile
from archive.runs.patience import borrow
from archive.runs.stopping import Stop
from archive.store import open_archive
from crawler.canonical import host_of
from crawler.guard import domain_of
from crawler.plan import start_url
from crawler.site_night import OF_ALL, ProgramError, SiteNight, Told

LOADED = [
    "archive.cli.program",
    "crawler.nightly",
    "crawler.progress",
    "crawler.handler",
    "crawler.pipeline",
    "crawler.robots",
    "crawler.scheduler",
    "crawler.unheard",
    "scrapy.extensions.feedexport",
    "spiders.site",
    "archive.sitepass.derive",
]
"""What every process needs; it is loaded once, and they are forked from that."""
NOBODY_KNOWS = 255
"""Exit code of a process where the one that it was forked from, which would know, is no more."""
LOOK_SECONDS = 0.1
"""Between two looks at the processes."""
GRACE_SECONDS = 30.0
"""For a process that was told to end at once; the kernel ends one that takes longer."""
ONCE_MORE_SECONDS = 0.5
"""Between the two signals that end a process at once: two that come together may be one."""

OnSites = Callable[[int, int, Sequence[str]], None]
"""Told how many sites of how many are done, and the names of those at work."""


@dataclass(frozen=True, slots=True)
class After:
    """What is asked when the process of a site's night, which began then, has ended: ``failed``
    makes the night that an error ended, ``code_kept`` is the exit code in its report in the
    store, if that has one."""

    failed: Callable[[str, datetime, PalimpsestError], SiteNight]
    code_kept: Callable[[str, datetime], int | None]


@dataclass(slots=True)
class _Walk:
    """A site that is being walked; ``sent``: the signal was passed on to its process; ``again``:
    another process died of it in this night."""

    profile: Profile
    hosts: frozenset[str]
    process: ForkServerProcess
    began: datetime
    sent: bool = False
    again: bool = False


class SideBySide:
    """Walks sites of ``data``; what this process has of the night goes to all others (``lent``)."""

    def __init__(
        self, data: Path, lent: Lent, stop: Stop, after: After, told: Told, on_sites: OnSites
    ) -> None:
        self._data, self._lent, self._stop = data, lent, stop
        self._after, self._told, self._on_sites = after, told, on_sites
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(LOADED)
        self._running: list[_Walk] = []
        self._nights: list[SiteNight] = []

    def walked(self, profiles: Iterable[Profile], jobs: int) -> list[SiteNight]:
        """The nights of the sites of these profiles, ``jobs`` at a time, in the order in which they
        ended. Raises what a second signal raises, once all processes have ended."""
        known = {site.name: site for site in _sites(self._data)}
        waiting = [(one, hosts_of(one, known.get(one.name))) for one in profiles]
        total = len(waiting)
        try:
            while waiting or self._running:
                self._collect()
                if self._stop.is_asked or any(night.concerns_all for night in self._nights):
                    self._leave(waiting)
                    self._pass_on()
                while len(self._running) < jobs and (one := self._next(waiting)) is not None:
                    waiting.remove(one)
                    self._begin(*one)
                self._on_sites(len(self._nights), total, [w.profile.name for w in self._running])
                time.sleep(LOOK_SECONDS)
        except BaseException:
            self._end()
            raise
        return self._nights

    def _next(
        self, waiting: Sequence[tuple[Profile, frozenset[str]]]
    ) -> tuple[Profile, frozenset[str]] | None:
        busy = [host for walk in self._running for host in walk.hosts]
        free = (one for one in waiting if not any(map(_meets(busy), one[1])))
        return next(free, None)

    def _begin(self, profile: Profile, hosts: frozenset[str], *, again: bool = False) -> None:
        process = self._context.Process(target=_walk, args=(profile.name, self._data, self._lent))
        process.start()
        self._running.append(_Walk(profile, hosts, process, datetime.now(UTC), again=again))

    def _collect(self) -> None:
        ended = [walk for walk in self._running if walk.process.exitcode is not None]
        self._running = [walk for walk in self._running if walk not in ended]
        for walk in ended:
            self._ended(walk)

    def _ended(self, walk: _Walk) -> None:
        code = walk.process.exitcode or 0
        if code == NOBODY_KNOWS:
            error = ProgramError("nobody knows how its process ended; the next night goes on")
            self._tell(self._after.failed(walk.profile.name, walk.began, error))
        elif code >= 0:
            kept = self._after.code_kept(walk.profile.name, walk.began) if code in OF_ALL else None
            self._tell(SiteNight(walk.profile.name, None, code=code, kept=kept))
        elif walk.sent and code == -(self._stop.signal or 0):
            # It was told to stop while it was still being loaded.
            self._tell(SiteNight(walk.profile.name, None))
        elif not (walk.again or self._stop.is_asked):
            # If a page did it, the next process knows which (archive.fatal).
            self._begin(walk.profile, walk.hosts, again=True)
        else:
            # No memory was left, or somebody ended it.
            error = ProgramError(f"its process was ended by signal {-code}; the next night goes on")
            self._tell(self._after.failed(walk.profile.name, walk.began, error))

    def _tell(self, night: SiteNight) -> None:
        self._nights.append(night)
        self._told(night)

    def _leave(self, waiting: list[tuple[Profile, frozenset[str]]]) -> None:
        for profile, _ in waiting:
            self._tell(SiteNight(profile.name, None))
        waiting.clear()

    def _pass_on(self) -> None:
        """The signal that came to this process, once to each other."""
        for walk in self._running:
            if self._stop.signal is not None and not walk.sent:
                walk.sent = True
                _send(walk.process, self._stop.signal)

    def _end(self) -> None:
        """End all processes at once."""
        number = self._stop.signal or signal.SIGTERM
        if any(not walk.sent for walk in self._running):
            self._stop.signal = number
            self._pass_on()
            time.sleep(ONCE_MORE_SECONDS)
        for walk in self._running:
            _send(walk.process, number)
        until = time.monotonic() + GRACE_SECONDS
        for walk in self._running:
            walk.process.join(max(0.0, until - time.monotonic()))
            walk.process.kill()
            walk.process.join()


def hosts_of(profile: Profile, known: Site | None) -> frozenset[str]:
    """What a site's walk may ask: its hosts, for the institute's own everything below their domain,
    and its mirrors; those that are ``known`` from before, too."""
    official = {host_of(start_url(url)) for url in profile.start}
    mirrors = {host_of(start_url(url)) for url in profile.mirrors}
    if known is not None:
        official |= {*known.official}
        mirrors |= {*known.mirrors}
    return frozenset({domain_of(host) or host for host in official} | mirrors)


def _meets(busy: Sequence[str]) -> Callable[[str], bool]:
    """Whether a host is one of those that are ``busy``, or the one is below the other."""

    def meets(host: str) -> bool:
        return any(
            host == other or host.endswith(f".{other}") or other.endswith(f".{host}")
            for other in busy
        )

    return meets


def _sites(data: Path) -> Iterator[Site]:
    with open_archive(data, create=True) as archive:
        yield from archive.store.sites()


def _send(process: ForkServerProcess, number: int) -> None:
    if process.pid is not None and process.exitcode is None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)


@dataclass(frozen=True, slots=True)
class Lent:
    """Descriptors that go along to the process that is given them: that of the data directory's
    lock, and those of the night's patience."""

    lock: int
    patience: Mapping[str, int]

    def __reduce__(self) -> Any:
        return _taken, (DupFd(self.lock), {name: DupFd(one) for name, one in self.patience.items()})


def _taken(lock: Any, patience: Mapping[str, Any]) -> Lent:
    return Lent(lock.detach(), {name: one.detach() for name, one in patience.items()})


def _walk(site: str, data: Path, lent: Lent) -> None:
    """The night of one site, in a process of its own: the command for that site alone."""
    # What is typed at the terminal is passed on, once.
    os.setsid()
    os.environ[LENT] = str(lent.lock)
    borrow(lent.patience)
    sys.exit(main(["nightly", "--site", site, "--data", str(data)]))
