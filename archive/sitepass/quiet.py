"""A night in which nothing came: the articles stay as they are, and are only seen again.

The articles are a function of the captures that gave something, of what the operator says of the
site, and of the program. Whoever ends a site pass leaves their names behind; where they are the
same the next time, and the articles in the store are those of that pass, there is nothing to
derive. It promises that a pass that was broken off leaves no such names, and that whatever cannot
be relied on is derived again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from archive.cleaning.selectors import Selectors
from archive.export.conversions import conversions_path
from archive.model import MirrorHost, Site
from archive.sitepass.gone import is_settled
from archive.sitepass.history import Attendance, History
from archive.sitepass.memory import Memory
from archive.sitepass.report import DeriveReport, of_unchanged, to_plain
from archive.store import Archive

SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Pending:
    """Of ``reused`` addresses another article has stood there; ``unsettled`` are those of which
    time alone will tell that it is gone, each with the moment since which another one stands
    there."""

    reused: Collection[str]
    unsettled: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the articles depend on besides captures and program: the ``site`` as the operator named
    its hosts, those he is ``trusted`` with, his ``selectors``, the days on which he says that it
    was made anew (``relaunched``), hosts that are the institute's whatever they show, and what the
    ``institute`` is called by his word, the full name first."""

    site: Site
    trusted: tuple[str, ...]
    selectors: Selectors
    relaunched: tuple[date, ...] = ()
    own_hosts: tuple[str, ...] = ()
    institute: tuple[str, ...] = ()

    def name(self, history: History) -> str:
        """A name for these and the captures together."""
        # What is told of these is no note any more.
        lasting = sorted(url for url, one in history.aside.items() if one.lasts)
        standing = sorted(url for url, one in history.doorways.items() if not one.has_left)
        told = repr((self, history.name, lasting, standing))
        return hashlib.blake2b(told.encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


def seal(
    archive: Archive,
    memory: Memory,
    name: str,
    report: DeriveReport,
    pending: Pending,
) -> None:
    """Leave behind that the articles are those of the circumstances of this ``name``. Pages that
    could not be read may be readable the next time: then nothing is left behind."""
    if report.unread:
        return
    site = memory.site
    told = {
        "name": name,
        "articles": archive.store.articles_name(site),
        "report": to_plain(report),
        "reused": sorted(pending.reused),
        "unsettled": {url: since.isoformat() for url, since in pending.unsettled.items()},
    }
    memory.keep_told(SEAL, json.dumps(told))


def break_seal(memory: Memory) -> None:
    """From now on the articles may be others."""
    memory.keep_told(SEAL, "{}")


def seen_again(
    archive: Archive, memory: Memory, name: str, history: History
) -> DeriveReport | None:
    """Note in the store what was seen again, where nothing else has happened since the pass that
    left this ``name``; None where something has, or may have."""
    left = _left(memory)
    site = memory.site
    if left.get("name") != name or not conversions_path(archive, site).exists():
        return None
    if left.get("articles") != archive.store.articles_name(site):
        return None
    mirrors = [_asked(one, history.hosts) for one in archive.store.mirrors(site)]
    try:
        report = of_unchanged(left["report"], mirrors)
        reused = frozenset(left["reused"])
        since = {url: datetime.fromisoformat(one) for url, one in left["unsettled"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    if any(is_settled(one, history.spans[url][1]) for url, one in since.items()):
        return None
    spans = {url: span for url, span in history.spans.items() if url not in reused}
    archive.store.see_again(site, spans)
    archive.store.put_mirrors(site, mirrors)
    return report


def _left(memory: Memory) -> Mapping[str, Any]:
    try:
        left = json.loads(memory.told(SEAL) or "{}")
    except ValueError:
        return {}
    return left if isinstance(left, dict) else {}


def _asked(mirror: MirrorHost, hosts: Mapping[str, Attendance]) -> MirrorHost:
    seen = hosts.get(mirror.host, Attendance())
    return replace(mirror, captures=seen.captures, first_seen=seen.first, last_seen=seen.last)
