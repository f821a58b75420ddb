"""What captures of many nights tell together, and that those which only confirm cost nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from archive.model import CaptureRow, PageKind, Site, WarcPointer
from archive.sitepass.history import history_of
from archive.store import Archive, open_archive

NIGHT = datetime(2026, 3, 1, 2, tzinfo=UTC)
HOSTS = ("www.a.cn", "m.b.cn")
EVENTS: tuple[tuple[int | None, str | None, PageKind | None], ...] = (
    (200, None, PageKind.ARTICLE),
    (200, None, PageKind.SOFT_404),
    (301, None, PageKind.OTHER),
    (404, None, PageKind.ERROR),
    (410, None, PageKind.ERROR),
    (503, None, PageKind.ERROR),
    (304, "reset", PageKind.OTHER),
    (None, "timeout", None),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(Site("s", HOSTS[:1]))
        yield archive


def fill(archive: Archive, seed: int, nights: int = 12, pages: int = 8) -> None:
    """Nights of pages of which some never have an event, some many."""
    rng = Random(seed)
    for night in range(nights):
        run = archive.store.begin_run("s", "nightly")
        for page in range(pages):
            host = HOSTS[page % 2]
            is_event = night and rng.random() < page / (3 * pages)
            status, error, kind = rng.choice(EVENTS) if is_event else (304, None, PageKind.OTHER)
            if not night:
                status, error, kind = EVENTS[0]
            archive.store.commit_page(
                "s",
                CaptureRow(
                    url=f"http://{host}/{page}.html",
                    host=host,
                    captured_at=NIGHT + timedelta(days=night, seconds=page),
                    status=status,
                    media_type="text/html",
                    kind=kind,
                    pointer=WarcPointer(
                        "w", night, 1, f"sha256:{rng.randrange(2)}", f"urn:uuid:{night}-{page}"
                    ),
                    run=run,
                    error=error,
                    location=f"http://{host}/{page - 2}.html" if status == 301 else None,
                ),
            )


@pytest.mark.parametrize("seed", range(6))
def test_what_only_confirms_tells_the_same_counted_as_read_one_by_one(
    archive: Archive, seed: int
) -> None:
    fill(archive, seed)
    store = archive.store
    rows, some = list(store.captures("s")), list(store.captures("s", with_confirmed=False))
    counted = store.confirmed("s")
    assert len(some) + sum(one.times for one in counted) == len(rows)
    assert sum(one.times for one in counted) > len(rows) / 4
    found = history_of(some, {3}, counted)
    assert found == history_of(rows, {3})
    assert replace(found, name="") != history_of([], {3})


def test_nights_in_which_nothing_changed_are_one_row_an_address(archive: Archive) -> None:
    store = archive.store
    for night in range(30):
        fill(archive, night, nights=1, pages=1) if not night else None
        run = store.begin_run("s", "nightly")
        url = "http://www.a.cn/0.html"
        place = WarcPointer("w", night, 1, "sha256:0", f"urn:uuid:n{night}")
        at = NIGHT + timedelta(days=night + 1)
        row = CaptureRow(url, "www.a.cn", at, 304, None, PageKind.OTHER, place, run)
        store.commit_page("s", row)
    [one] = store.confirmed("s")
    assert (one.times, one.first, one.last) == (30, NIGHT + timedelta(days=1), at)
    assert len(list(store.captures("s", with_confirmed=False))) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 404, 410])
def test_an_address_that_once_redirected_or_was_missing_is_read_night_by_night(
    archive: Archive, status: int
) -> None:
    url, store = "http://www.a.cn/0.html", archive.store
    for night, said in enumerate((200, 304, status, 304, 304)):
        run = store.begin_run("s", "nightly")
        place = WarcPointer("w", night, 1, "sha256:0", f"urn:uuid:n{night}")
        at = NIGHT + timedelta(days=night)
        row = CaptureRow(url, "www.a.cn", at, said, None, PageKind.OTHER, place, run)
        store.commit_page("s", row)
    assert store.confirmed("s") == []
    assert len(list(store.captures("s", with_confirmed=False))) == 5
