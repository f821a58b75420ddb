"""A frontier with a clock of its own, and addresses for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.model import Lead, Site
from archive.store import DATABASE_NAME, Archive, Store
from archive.store.frontier import Frontier

SITE = "institute"


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the store is: every test of the frontier runs on both databases."""
    if request.param == "sqlite":
        return str(tmp_path / DATABASE_NAME)
    return str(request.getfixturevalue("postgres_database"))


def opened(place: str) -> Store:
    return Store(place if "://" in place else Path(place), create=True)


@pytest.fixture
def archive(place: str, tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path, opened(place)) as archive:
        archive.store.put_site(Site(SITE, ("a.cn",)))
        yield archive


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def frontier(archive: Archive, clock: Clock) -> Iterator[Frontier]:
    with closing(Frontier(archive.store._engine, archive.store._sites, clock)) as frontier:
        yield frontier


def leads(*urls: str, priority: int = 0) -> list[Lead]:
    return [Lead(url, "page", priority) for url in urls]


def urls(frontier: Frontier, limit: int = 10, seconds: float = 60) -> list[str]:
    return [lease.url for lease in frontier.lease(SITE, limit, seconds=seconds)]
