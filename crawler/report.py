"""What a run did, counted while it runs and told when it has ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from archive.model import PageKind
from archive.runs.facts import SLOWEST_HOSTS
from archive.runs.judging import failed_requests
from crawler.outcomes import Verdict


@dataclass(slots=True)
class _Wait:
    """How long a host took in all, over how many answers."""

    seconds: float = 0.0
    answers: int = 0


@dataclass(slots=True)
class Tally:
    """The counts of a running crawl. ``official_pages`` are whole HTML pages of hosts that are no
    mirrors; ``problems`` the last verdict of each start address that gave none; ``unlisted`` counts
    addresses off the site that are not in the ledger; ``unchanged`` pages that are as they were;
    ``spared`` the bytes that answers 304 would have had, had the archive not held their pages."""

    requests: int = 0
    bytes: int = 0
    spared: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    retries: int = 0
    unlisted: int = 0
    unchanged: int = 0
    official_pages: int = 0
    problems: dict[str, Verdict] = field(default_factory=dict)
    _waits: dict[str, _Wait] = field(default_factory=lambda: defaultdict(_Wait))

    def waited(self, host: str, seconds: float | None) -> None:
        """``host`` took so long until its first byte; None where it was not measured."""
        if seconds is not None:
            wait = self._waits[host]
            wait.seconds += seconds
            wait.answers += 1

    @property
    def pages(self) -> int:
        """Pages read so far: articles, lists and all others, without assets and errors."""
        return sum(self.kinds.values()) - self.kinds[PageKind.ASSET] - self.kinds[PageKind.ERROR]

    def counts(self) -> dict[str, int]:
        """Everything as plain numbers, for the report."""
        return {
            "requests": self.requests,
            "bytes": self.bytes,
            "bytes:saved": self.spared,
            "retries": self.retries,
            "off-site-unlisted": self.unlisted,
            "unchanged": self.unchanged,
            "pages": self.pages,
            **{f"kind:{kind}": count for kind, count in sorted(self.kinds.items())},
            **{f"host-ms:{host}": wait for host, wait in self._slowest()},
        }

    def _slowest(self) -> list[tuple[str, int]]:
        """The hosts that took longest on the average until the first byte, in milliseconds."""
        means = {host: round(1000 * w.seconds / w.answers) for host, w in self._waits.items()}
        return sorted(means.items(), key=lambda item: (-item[1], item[0]))[:SLOWEST_HOSTS]

    def judged(self) -> dict[str, int]:
        """What the run is judged by: addresses ``asked`` for that came to an end, and those that
        ``failed`` without an answer."""
        failures = sum(self.failures.values())
        return {
            "asked": sum(self.kinds.values()) + failures,
            "failed": failed_requests(self.failures),
            **{f"tonight:{why}": count for why, count in sorted(self.failures.items())},
        }
