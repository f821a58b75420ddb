"""How far long work has come: a bar on a terminal, one plain line a minute elsewhere.

It promises to write to standard error alone, and that a log which nobody watches grows by a line a
minute and no faster.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

PLAIN_SECONDS = 60.0
"""Between two plain lines."""
LIVE_SECONDS = 0.1
"""Between two pictures of the bar."""


@dataclass(frozen=True, slots=True)
class State:
    """``done`` of ``total`` (in any unit; 0: the total is not known), and what a reader is told."""

    done: float
    total: float
    text: str


Show = Callable[[State], None]


@contextmanager
def shown() -> Iterator[Show]:
    """A function that shows a state on standard error, for as long as the context lasts."""
    if not sys.stderr.isatty():
        yield plain(time.monotonic, sys.stderr.write)
        return
    with _bar() as show:
        yield show


@contextmanager
def _bar() -> Iterator[Show]:
    # Not before somebody looks: a night has no terminal.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("…", total=None)
        last, total = 0.0, 0.0

        def live(state: State) -> None:
            nonlocal last, total
            now = time.monotonic()
            # What begins or ends is seen however short it is.
            turns = state.total != total or state.done >= state.total > 0
            if turns or now - last >= LIVE_SECONDS:
                last, total = now, state.total
                bar.update(
                    task,
                    description=state.text,
                    completed=state.done,
                    total=state.total or None,
                )

        yield live


def plain(clock: Callable[[], float], write: Callable[[str], object]) -> Show:
    """A function that writes a state as a line, if the last one is a minute old by ``clock``
    (seconds): what was done, how fast, and how long the rest will take."""
    began = last = clock()
    total = 0.0

    def show(state: State) -> None:
        nonlocal began, last, total
        now = clock()
        if state.total != total:
            # Another part of the work, which has a pace of its own.
            began, total = now, state.total
        if now - last >= PLAIN_SECONDS:
            last = now
            write(f"{state.text}{_rest(state, now - began)}\n")

    return show


def _rest(state: State, seconds: float) -> str:
    if not 0 < state.done < state.total:
        return ""
    left = seconds * (state.total - state.done) / state.done
    return f"; {state.done / state.total:.0%}, about {left / 60:.0f} min left"
