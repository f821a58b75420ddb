"""A night over little sites, as a process: how tests start it, and what they look at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.profiles import add_profile
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


def start(data: Path, *more: str, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [PALIMPSEST, "nightly", "--data", str(data), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **{"env": ENVIRONMENT, **options},
    )


def night(data: Path, *more: str, **options: object) -> tuple[int, str, str]:
    """Run one night; its exit code and what it said."""
    process = start(data, *more, **options)
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, out, err


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
