"""A process that commits articles meanwhile, as a nightly run does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from archive.model import Article, Site
from archive.store import open_archive
from benchmarks.reading_room.serving import START_SECONDS
from benchmarks.search.corpus import articles_of, texts

SITE = "generated-new"
FIRST_NUMBER = 80_000_000  # beyond those of any archive
MANY = 10_000
WRITES_PER_SECOND = 5


Write = Callable[[Path, Any], None]
"""Writes into what is at the path until the event is set."""


@contextmanager
def writing(write: Write, place: Path) -> Iterator[None]:
    """New articles, a few a second, by a process of its own, until the block ends."""
    context = get_context("spawn")
    done = context.Event()
    process = context.Process(target=write, args=(place, done), daemon=True)
    process.start()
    try:
        yield
    finally:
        done.set()
        process.join(START_SECONDS)


def new_articles(done: Any) -> Iterator[Article]:
    """One after the other, until the event is set."""
    numbered = enumerate(texts(MANY, seed=-1), FIRST_NUMBER)
    for one in articles_of(SITE, numbered, seed=99):
        if done.wait(1 / WRITES_PER_SECOND):
            return
        yield one


def write(data: Path, done: Any) -> None:
    """Commit them to the archive, and take them out again in the end."""
    with open_archive(data) as archive:
        archive.store.put_site(Site(SITE, ("new.generated.cn",)))
        for one in new_articles(done):
            archive.store.replace_articles(SITE, [one])
        archive.store.replace_articles(SITE, [])
