"""What a run changed: the articles as they were before it, beside those after it.

While a run goes on, pages become first articles and the site pass makes the last ones of them, so
that no count on the way says what is new since the last run. It promises to compare what a reader
would: text, title, status; not counters, nor when a page was last seen.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.model import Article
from archive.store import Store
from archive.store.runs import CHANGE

Digest = bytes
DIGEST_BYTES = 16
NEVER = datetime.min.replace(tzinfo=UTC)
CHANGES = ("new", "changed", "respammed", "unchanged", "gone", "returned", "removed")


@dataclass(frozen=True, slots=True)
class Seen:
    """An article: a digest of what it says, its status, and what each mirror gave of it."""

    said: Digest
    status: str
    mirrors: frozenset[tuple[str, str]]


Snapshot = dict[str, Seen]


def snapshot(store: Store, site: str, since: datetime | None = None) -> Snapshot:
    """The site's articles by id. Those first seen after ``since`` are left out: a run that never
    ended put them in, and nobody has reported them yet."""
    return {
        article.id: seen(article)
        for article in store.articles(site)
        if since is None or article.first_seen <= since
    }


def last_reported(store: Store, site: str) -> datetime:
    """When the last run that told of its articles ended; before all time, if none ever did."""
    ended = [
        row.ended
        for row in store.runs(site)
        if row.ended
        and row.report is not None
        and any(k.startswith(CHANGE) for k in row.report.counts)
    ]
    return max(ended, default=NEVER)


def compared(before: Snapshot, after: Snapshot) -> dict[str, int]:
    """How many articles are new, changed, re-spammed (a mirror gives another text of an article
    that is as it was), unchanged, gone, returned, or no longer there at all."""
    counts: Counter[str] = Counter(dict.fromkeys(CHANGES, 0))
    for key, now in after.items():
        counts[_change(before.get(key), now)] += 1
    counts["removed"] = len(before.keys() - after.keys())
    return dict(counts)


def _change(old: Seen | None, now: Seen) -> str:
    if old is None:
        return "new"
    if old.status != now.status and "gone" in (old.status, now.status):
        return "gone" if now.status == "gone" else "returned"
    if old.said != now.said:
        return "changed"
    known = {url for url, _ in old.mirrors}
    if any(url in known and (url, said) not in old.mirrors for url, said in now.mirrors):
        return "respammed"
    return "unchanged"


def seen(article: Article) -> Seen:
    """What of an article is compared."""
    text = "\0".join(map(str, article.reading.said)).encode("utf-8", "backslashreplace")
    return Seen(
        hashlib.blake2b(text, digest_size=DIGEST_BYTES).digest(),
        article.status,
        frozenset(
            (one.url, one.pointer.payload_digest)
            for one in article.witnesses
            if one.role == "mirror"
        ),
    )
