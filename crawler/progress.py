"""How far a crawl has come, in one line (archive.progress shows it)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from archive import progress
from archive.lock import is_beside_others
from archive.messages.wording import filled
from archive.model import PageKind
from crawler.language import words
from crawler.report import Tally

MAX_NAMED = 8
"""Sites that a line names."""


@contextmanager
def shown() -> Iterator[Callable[[Tally], None]]:
    """A function that shows a tally on standard error, for as long as the context lasts; nothing
    where other sites are walked beside this one: whoever began them tells of all."""
    if is_beside_others():
        yield lambda tally: None
        return
    with progress.shown() as show:
        last = 0.0

        def told(tally: Tally) -> None:
            # Told of every page: the line is made only as often as it can be seen.
            nonlocal last
            now = time.monotonic()
            if now - last >= progress.LIVE_SECONDS:
                last = now
                show(progress.State(0, 0, line(tally)))

        yield told


@contextmanager
def sites_shown() -> Iterator[Callable[[int, int, Sequence[str]], None]]:
    """The same for several sites that are walked at a time: how many of how many are done, and
    which are at work."""
    with progress.shown() as show:
        yield lambda done, total, at_work: show(
            progress.State(
                done, total, words("sites at work: {names}").format(names=named(at_work))
            )
        )


def named(sites: Sequence[str]) -> str:
    """The first of the names, and how many more there are."""
    more = f" (+{len(sites) - MAX_NAMED})" if len(sites) > MAX_NAMED else ""
    return ", ".join(sites[:MAX_NAMED]) + more


def line(tally: Tally) -> str:
    """The tally in one line."""
    text = words(
        "{requests} {requests:request|requests}, {pages} {pages:page|pages}, {articles} "
        "{articles:article|articles}, {files} {files:file|files}, {failed} failed, "
        "{megabytes:.1f} MB"
    )
    return filled(
        text,
        requests=f"{tally.requests:,}",
        pages=f"{tally.pages:,}",
        articles=f"{tally.kinds[PageKind.ARTICLE]:,}",
        files=f"{tally.kinds[PageKind.ASSET]:,}",
        failed=f"{sum(tally.failures.values()):,}",
        megabytes=tally.bytes / 1e6,
    )
