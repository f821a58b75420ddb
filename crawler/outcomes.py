"""What an answer, or the lack of one, means for its address.

It promises that every way a request can end has one reason, in words that a report can count, and
says whether asking again may help.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from archive.model import Outcome
from archive.statuses import NOT_MODIFIED, REDIRECTS, SUCCESS
from crawler.guard import AddressRefused
from crawler.wire.errors import TLS_REASONS, WireError

MAX_DETAIL = 300
"""Characters kept of what an error said."""

OVERLOADED = frozenset({429, 502, 503, 504})
"""The server is busy or restarting: the same question may be answered later."""

PASSING = frozenset({408, 425, 500, 520, 521, 522, 523, 524, 525, 527, 530})
"""The question failed for this time."""

HOST_DOWN = "host-down"
"""The reason of addresses that were not asked for, because their host only failed in this run."""

BEGINNING = "beginning"
"""The reason of a sitemap, feed or robots.txt that was read as far as it was taken."""

TLS = "tls"
"""The reason where no encryption was agreed on, or the host's certificate was refused."""

State = Literal["done", "failed", "refused"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``state`` and ``reason`` of an address after one request; ``again``: asking once more may
    help; ``of_host``: it was the host that failed, not this address."""

    state: State
    reason: str
    detail: str | None = None
    again: bool = False
    of_host: bool = False

    def __str__(self) -> str:
        detail = (self.detail or "").removeprefix(f"{self.reason}: ")
        return f"{self.reason} ({detail})" if detail else self.reason

    def outcome(self, url: str) -> Outcome:
        """The verdict as the frontier keeps it."""
        return Outcome(url, self.state, self.reason, self.detail)


class RobotsUnreachable(IgnoreRequest):
    """The host's robots.txt could not be read; until it can, nothing may be asked (RFC 9309).
    ``verdict`` is what that means for the page that waited for it."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


class RobotsForbid(IgnoreRequest):
    """A robots.txt forbids the address; the message says whose."""


class NotAsked(IgnoreRequest):
    """A signal ended the walk before the address was asked for: its lease is given back."""


def of_beginning(verdict: Verdict, error: str | None) -> Verdict:
    """The same for an answer of which only the beginning was taken, as ``error`` says."""
    if verdict.state != "done" or verdict.reason == "redirect":
        return verdict
    return Verdict("done", BEGINNING, (error or "")[:MAX_DETAIL] or None)


def of_status(status: int) -> Verdict:
    """What a whole answer with this HTTP status means (RFC 9110, section 15)."""
    if status in SUCCESS:
        return Verdict("done", "ok" if status == 200 else f"http-{status}")
    if status in REDIRECTS:
        return Verdict("done", "redirect")
    if status == NOT_MODIFIED:
        return Verdict("failed", "unasked-304")
    if status in OVERLOADED:
        return Verdict("failed", f"http-{status}", again=True, of_host=True)
    if not 300 <= status < 600:
        return Verdict("failed", "bad-status", str(status))
    return Verdict("failed", f"http-{status}", again=status in PASSING)


# The first class that fits gives: reason, again, of_host.
_FAILURES: tuple[tuple[type[BaseException], str, bool, bool], ...] = (
    (DownloadConnectionRefusedError, "connection-refused", True, True),
    (CannotResolveHostError, "unknown-host", True, True),
    (DownloadTimeoutError, "timeout", True, True),
    (ResponseDataLossError, "truncated", True, False),
    (DownloadCancelledError, "too-large", False, False),
    (UnsupportedURLSchemeError, "scheme", False, False),
    (DownloadFailedError, "connection-failed", True, False),
)


def of_failure(error: BaseException) -> Verdict:
    """What an exception instead of an answer means."""
    detail = str(error)[:MAX_DETAIL] or None
    if isinstance(error, AddressRefused):
        return Verdict("refused", error.reason, error.detail[:MAX_DETAIL] or None)
    if isinstance(error, RobotsUnreachable):
        return error.verdict
    if isinstance(error, RobotsForbid):
        return Verdict("refused", "robots", detail)
    cause = error.__cause__
    if isinstance(cause, WireError) and cause.reason in TLS_REASONS:
        return Verdict("failed", TLS, detail, again=cause.reason == "tls", of_host=True)
    for kind, reason, again, of_host in _FAILURES:
        if isinstance(error, kind):
            return Verdict("failed", reason, detail, again=again, of_host=of_host)
    if isinstance(error, IgnoreRequest):
        return Verdict("refused", "ignored", detail)
    return Verdict("failed", "program-error", f"{type(error).__name__}: {error}"[:MAX_DETAIL])
