"""How far a crawl has come: one live line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from archive.model import PageKind
from crawler.language import words
from crawler.report import Tally

PLAIN_SECONDS = 60.0
"""Between two plain lines."""

LIVE_SECONDS = 0.1


@contextmanager
def shown() -> Iterator[Callable[[Tally], None]]:
    """A function that shows a tally on standard error, for as long as the context lasts."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain()
        return
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("…", total=None)
        last = 0.0

        def live(tally: Tally) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= LIVE_SECONDS:
                last = now
                bar.update(task, description=line(tally))

        yield live


def _plain() -> Callable[[Tally], None]:
    last = time.monotonic()

    def show(tally: Tally) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PLAIN_SECONDS:
            last = now
            sys.stderr.write(line(tally) + "\n")

    return show


def line(tally: Tally) -> str:
    """The tally in one line."""
    return words(
        "{requests} requests, {pages} pages, {articles} articles, {files} files, {failed} failed, "
        "{megabytes:.1f} MB"
    ).format(
        requests=f"{tally.requests:,}",
        pages=f"{tally.pages:,}",
        articles=f"{tally.kinds[PageKind.ARTICLE]:,}",
        files=f"{tally.kinds[PageKind.ASSET]:,}",
        failed=f"{sum(tally.failures.values()):,}",
        megabytes=tally.bytes / 1e6,
    )
