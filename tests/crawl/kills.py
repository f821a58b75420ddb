"""Crawls that are killed at random moments, and what they left, counted.

A kill hits one of three moments: somewhere in the walk, when a WARC file has just been closed for
the next one, or after the walk, while the run is being finished. Whoever comes after goes on; when
a walk has come to its end, a new night begins.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from archive.store import DATABASE_NAME, open_archive
from archive.warc.index import ELSEWHERE_NAME, INDEX_NAME
from archive.warc.records import read_records
from tests import forkserver
from tests.crawl.server import Answer, Pages, Site, links, served

ROOT = Path(__file__).parents[2]
SCRAPY = str(Path(sys.executable).with_name("scrapy"))
SITE = "s"
CONCURRENCY = 12
"""Addresses of one loopback host that a crawl has on its way (crawler.job)."""

WARC_BYTES = 60_000
PATIENCE_SECONDS = 240.0
FINISH_SECONDS = 2.0
MOMENTS = ("walk", "rotation", "walk", "finish", "walk", "walk")
SIGNS = "党员学习会议研究海洋工作报告代表技术组织科学院所长通知活动部门项目实验室中心国际合作交流"


def article(number: int) -> str:
    """A page that is like no other: words drawn by its number."""
    rng = Random(number)
    rows = ["".join(rng.choices(SIGNS, k=90)) + "。" for _ in range(4)]
    title = f"第{number}号" + "".join(rng.choices(SIGNS, k=10))
    body = "".join(f"<p>{row}</p>" for row in rows)
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>发布时间：2010-12-09</p><div>{body}</div></body></html>"
    )


def routes(articles: int, seconds: float) -> Callable[[str], Answer | str | None]:
    """A start page, lists of 20, articles; half have validators; each answer takes ``seconds``."""
    names = [f"/t20101209_{number}.html" for number in range(articles)]
    lists = {f"/list_{at}.html": links(*names[at : at + 20]) for at in range(0, articles, 20)}
    pages: Pages = {"/": links(*lists), **lists}
    for number, name in enumerate(names):
        tag = {"ETag": f'"{number}"'} if number % 2 else {}
        pages[name] = Answer(article(number), headers=tag)

    def answer(path: str) -> Answer | str | None:
        time.sleep(seconds)
        return pages.get(path)

    return answer


@dataclass
class Outcome:
    """What all the kills came to. ``set_aside`` has paths that were on their way at three kills,
    and were asked for a day later; ``refetched`` has one number a kill: what was asked for again
    because it was on its way at that kill (in whichever later process)."""

    kills: Counter[str] = field(default_factory=Counter)
    refetched: list[int] = field(default_factory=list)
    nights: int = 0
    set_aside: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    missing: int = 0
    states: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


class Killing:
    """One site, one data directory, and processes that die."""

    def __init__(self, site: Site, data: Path, articles: int, rng: Random) -> None:
        self._site = site
        self._data = data
        self._articles = articles
        self._rng = rng
        self._paths = {"/", "/robots.txt"}
        self._paths |= {f"/t20101209_{n}.html" for n in range(articles)}
        self._paths |= {f"/list_{at}.html" for at in range(0, articles, 20)}
        self._tonight: dict[str, int] = {}
        self.outcome = Outcome()

    def run(self, kills: int) -> Outcome:
        """Kill ``kills`` crawls, let the last one end, and look at what there is."""
        moments = cycle(MOMENTS)
        while self.outcome.kills.total() < kills:
            self._one(next(moments))
        self._one(None)
        while aside := self._set_aside():
            # On its way at three kills: for all that the program knows, it did it.
            self.outcome.set_aside += aside
            let_a_day_go_by(self._data)
            self._one(None)
        self._check()
        return self.outcome

    def _one(self, moment: str | None) -> None:
        begin = len(self._site.asked)
        # Recovery closes what the dead left open; rotation is what comes after.
        warcs = len(list((self._data / "warc").glob("*.warc.gz*")))
        target = begin + self._rng.randint(1, max(2, self._articles // 2))
        self.outcome.refetched.append(0)
        with self._process() as process:
            killed = moment is not None and self._wait(process, moment, begin, target, warcs)
            if killed and moment is not None:
                process.kill()
                self.outcome.kills[moment] += 1
            _, complaint = process.communicate(timeout=PATIENCE_SECONDS)
        if not killed and (process.returncode or complaint):
            self.outcome.complaints.append(complaint[-500:])
        self._count(self._site.asked[begin:])
        # Killed after its report was kept, it had come to its end.
        if not killed or self._has_report():
            asked = {*self._tonight, *self._set_aside()}
            self.outcome.lost += sorted(self._paths - asked)
            self.outcome.nights += 1
            self._tonight.clear()

    def _set_aside(self) -> list[str]:
        with open_archive(self._data, create=True) as archive:
            sites = {site.name for site in archive.store.sites()}
            aside = archive.store.frontier.outcomes(SITE, "quarantined") if SITE in sites else []
        return [urlsplit(one.url).path for one in aside]

    def _has_report(self) -> bool:
        with open_archive(self._data, create=True) as archive:
            runs = archive.store.runs()
        return bool(runs) and runs[0].ended is not None

    def _count(self, asked: list[str]) -> None:
        here = len(self.outcome.refetched) - 1
        for path in dict.fromkeys(asked):
            # Every process reads the rules for itself (RFC 9309): that is no page asked for again.
            if path in self._tonight and path != "/robots.txt":
                self.outcome.refetched[self._tonight[path]] += 1
            self._tonight[path] = here

    def _wait(
        self, process: forkserver.Process, moment: str, begin: int, target: int, warcs: int
    ) -> bool:
        """Wait for the moment; False when the process came to its end before."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if process.poll() is not None:
                return False
            done = self._paths <= set(self._tonight) | set(self._site.asked[begin:])
            if moment == "finish" and done:
                time.sleep(self._rng.uniform(0, FINISH_SECONDS))
                return process.poll() is None
            if moment == "walk" and len(self._site.asked) >= target:
                return True
            if moment == "rotation" and self._closed() > warcs:
                return True
            time.sleep(0.002)
        raise TimeoutError(f"the crawl did not come to its {moment}")

    def _closed(self) -> int:
        return len(list((self._data / "warc").glob("*.warc.gz")))

    @contextmanager
    def _process(self) -> Iterator[forkserver.Process]:
        settings = {"PALIMPSEST_DATA": self._data, "PALIMPSEST_WARC_BYTES": WARC_BYTES}
        named = [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
        command = [SCRAPY, "crawl", "site", "-a", f"url={self._site.url}", "-a", f"site={SITE}"]
        process = forkserver.start([*command, *named], cwd=ROOT)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def _check(self) -> None:
        outcome = self.outcome
        for path in sorted((self._data / "warc").iterdir()):
            if path.name in (INDEX_NAME, ELSEWHERE_NAME):
                continue
            if not path.name.endswith(".warc.gz"):
                outcome.unreadable.append(path.name)
                continue
            damage: list[Exception] = []
            ours = sum(1 for _ in read_records(path, damage.append))
            with path.open("rb") as file:
                theirs = sum(1 for _ in ArchiveIterator(file, no_record_parse=True))
            outcome.unreadable += [str(one) for one in damage]
            if ours != theirs:
                outcome.unreadable.append(f"{path.name}: {ours} records, warcio reads {theirs}")
        with open_archive(self._data) as archive:
            titles = Counter(one.reading.title for one in archive.store.articles(SITE))
            outcome.states = archive.store.frontier.ledger(SITE)
        outcome.doubled = [str(title) for title, count in titles.items() if count > 1]
        outcome.missing = self._articles - len(titles)


def let_a_day_go_by(data: Path) -> None:
    """As far as addresses go that are not to be asked for before some moment."""
    with closing(sqlite3.connect(data / DATABASE_NAME)) as store, store:
        store.execute("UPDATE frontier SET not_before = not_before - 86400 WHERE not_before > 0")


def kill_often(data: Path, *, kills: int, articles: int, seconds: float, seed: int) -> Outcome:
    """Serve a site of ``articles``, each answer in ``seconds``, and kill its crawls."""
    with served(routes(articles, seconds)) as site:
        return Killing(site, data, articles, Random(seed)).run(kills)
