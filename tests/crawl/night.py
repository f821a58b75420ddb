"""A night over little sites, as a process: how tests start it, and what they look at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive.profiles import add_profile
from archive.store import open_archive
from tests import forkserver
from tests.crawl.server import Answer, Pages, Routes, Site, links, served
from tests.unit.backfill_samples import html

PALIMPSEST = str(Path(sys.executable).with_name("palimpsest"))
PATIENCE_SECONDS = 240.0
ENVIRONMENT = os.environ | {"PALIMPSEST_LANG": "en"}
ARTICLES = 8


def institute(articles: int = ARTICLES) -> Pages:
    """A list page and its articles."""
    pages: Pages = {f"/zhxw/t2012030{n % 9 + 1}_{n}.html": html(n) for n in range(articles)}
    pages["/"] = links(*pages)
    return pages


def profile(data: Path, site: Site, name: str = "s", more: str = "") -> None:
    path = add_profile(data, [site.url], name=name)
    kept = [
        line
        for line in path.read_text().splitlines()
        if not more or not line.startswith(more.partition(" ")[0])
    ]
    path.write_text("\n".join([*kept, more, ""]), encoding="utf-8")


def start(data: Path, *more: str, env: Mapping[str, str] | None = None) -> forkserver.Process:
    """Begin a night in a process that has the program loaded."""
    return forkserver.start(_command(data, *more), env or ENVIRONMENT)


def night(data: Path, *more: str, env: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    """Run one night there; its exit code and what it said."""
    done = forkserver.run(_command(data, *more), env or ENVIRONMENT, timeout=PATIENCE_SECONDS)
    return done.returncode, done.stdout, done.stderr


def started(data: Path, *more: str, **options: Any) -> subprocess.Popen[str]:
    """Begin a night as a timer does, with the program to be loaded."""
    return subprocess.Popen(
        _command(data, *more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **{"env": ENVIRONMENT, **options},
    )


def whole_night(data: Path, *more: str, **options: Any) -> tuple[int, str, str]:
    """Run one night so; its exit code and what it said."""
    process = started(data, *more, **options)
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, out, err


def _command(data: Path, *more: str) -> list[str]:
    return [PALIMPSEST, "nightly", "--data", str(data), *more]


def readings(data: Path) -> dict[str, tuple[str | None, str, str]]:
    """Title, text and status of each article, by id."""
    with open_archive(data) as archive:
        return {
            one.id: (one.reading.title, one.reading.text, one.status)
            for one in archive.store.articles("s")
        }


@contextmanager
def slow(routes: Routes, seconds: float = 0.03) -> Iterator[Site]:
    find = routes.get if isinstance(routes, dict) else routes

    def answer(path: str) -> Answer | str | None:
        time.sleep(seconds)
        return find(path)

    with served(answer) as site:
        yield site


def wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def report(data: Path, run: int) -> dict[str, object]:
    [path] = (data / "runs").glob(f"{run:06d}-*.json")
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found
