"""The articles as they were last reported, kept in the store while runs change them.

Pages are read as they come, so that a run which dies or is stopped on its way has changed articles
and told nobody: beside what it left, the next one would find nothing new. It promises that the
first report to come tells what all runs since the last one have changed, on whichever machine; and
that what ``clean`` reads otherwise in captures that were reported is no news of a night.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from archive.runs.changes import Seen, Snapshot, last_reported, seen, snapshot
from archive.store import Store
from archive.store.runs import CHANGE


def begin(store: Store, site: str) -> None:
    """A run is about to change the articles of ``site``: keep them as they are, unless an earlier
    one has changed them and not told yet."""
    if store.last_reported(site) is None:
        # By the clock only where it must be: another machine's may be ahead of this one's.
        since = last_reported(store, site) if _is_any_untold(store, site) else None
        store.keep_reported(site, _packed(snapshot(store, site, since)))


@contextmanager
def telling(store: Store, site: str) -> Iterator[None]:
    """The articles of ``site`` are made within, and told of: by no other process at the same time.
    What another one has told since this run began is told already."""
    with store.frontier.one_reader(site):
        begin(store, site)
        yield


def _is_any_untold(store: Store, site: str) -> bool:
    """Did a run that did not end well come behind the last one that told of its articles? One that
    ended well beside it left its articles to that one."""
    for row in store.runs(site):
        if row.report is not None and any(key.startswith(CHANGE) for key in row.report.counts):
            return False
        if row.ended is not None and row.exit_code:
            return True
    return False


def as_reported(store: Store, site: str) -> Snapshot:
    """The articles as they were last reported."""
    kept = store.last_reported(site)
    return snapshot(store, site) if kept is None else _unpacked(kept)


def told(store: Store, site: str, now: Snapshot) -> None:
    """A report has told how the articles are ``now``, while another run may be changing them."""
    store.keep_reported(site, _packed(now), anew=True)


@contextmanager
def no_news(store: Store, site: str) -> Iterator[None]:
    """What is read otherwise within is not to be told by the next run, but for what captures say
    that no run has told of."""
    kept = store.last_reported(site)
    if kept is None:
        yield
        return
    known = _looked_at(store, site)
    yield
    news = last_reported(store, site)
    told = _taught(_unpacked(kept), known, _looked_at(store, site), news)
    store.keep_reported(site, _packed(told), anew=True)


@dataclass(frozen=True, slots=True)
class _Look:
    """An article, the records it was read from, and the moment of the latest."""

    seen: Seen
    records: frozenset[str]
    latest: datetime

    def is_of(self, old: _Look, since: datetime) -> bool:
        """Is it read from nothing that ``old`` was not, but for records of before ``since``?"""
        return self.records == old.records or self.latest <= since


def _looked_at(store: Store, site: str) -> dict[str, _Look]:
    return {
        article.id: _Look(
            seen(article),
            frozenset(one.pointer.record_id for one in article.witnesses),
            max(one.captured_at for one in article.witnesses),
        )
        for article in store.articles(site)
    }


def _taught(
    reported: Snapshot, known: Mapping[str, _Look], now: Mapping[str, _Look], since: datetime
) -> Snapshot:
    """``reported`` with whatever another reading of the same records has made of it; records from
    after ``since`` are news."""
    told = dict(reported)
    for key, look in now.items():
        old = known.get(key)
        if old is None and look.latest <= since:
            told.setdefault(key, look.seen)
        elif old is not None and _is_reported(told.get(key), old) and look.is_of(old, since):
            told[key] = replace(told[key], said=look.seen.said)
    for key in known.keys() - now.keys():
        if known[key].latest <= since and _is_reported(told.get(key), known[key]):
            del told[key]
    return told


def _is_reported(told: Seen | None, look: _Look) -> bool:
    return told is not None and told.said == look.seen.said


def _packed(articles: Snapshot) -> bytes:
    said = {key: [one.said.hex(), one.status, sorted(one.mirrors)] for key, one in articles.items()}
    return zlib.compress(json.dumps(said).encode())


def _unpacked(kept: bytes) -> Snapshot:
    return {
        key: Seen(bytes.fromhex(said), status, frozenset((url, what) for url, what in had))
        for key, (said, status, had) in json.loads(zlib.decompress(kept)).items()
    }
