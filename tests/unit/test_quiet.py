"""A night in which nothing came makes nothing again, and leaves what a whole pass would leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.errors import StoppedError
from archive.export.conversions import conversions_path
from archive.export.digest import digest_of
from archive.ingest import ingest
from archive.model import Capture, Site
from archive.sitepass import memory
from archive.sitepass.converting import converting
from archive.sitepass.derive import derive
from archive.sitepass.memory import Memory
from archive.sitepass.reader import ChunkRead, Reader
from archive.store import Archive, open_archive
from archive.store.articles import Told
from archive.warc import WarcWriter
from tests.tampering.archived import NOON, put
from tests.unit.quiet_nights import MIRROR, OWN, SITE, page

WRITE = "archive.sitepass.derive.converting"
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n\r\n"
GONE = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"


def answer(
    archive: Archive, response: bytes, night: int, numbers: range = range(1, 4), host: str = OWN
) -> int:
    """Every page is answered so; returns the run."""
    run = archive.store.begin_run(SITE.name, "nightly")
    with WarcWriter(archive.warc_dir, prefix=f"quiet{night}") as writer:
        for number in numbers:
            path = page(number)[0]
            capture = Capture(
                url=f"http://{host}{path}",
                captured_at=NOON + timedelta(days=night),
                request=f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode(),
                response=response,
                ip="192.0.2.1",
                protocols=("http/1.1",),
            )
            ingest(archive, SITE, run, capture, writer.write(capture))
    return run


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """After a first night, and its site pass."""
    with open_archive(tmp_path, create=True) as opened:
        put(opened, SITE, {OWN: map(page, range(1, 4)), MIRROR: map(page, range(1, 3))})
        yield opened


@pytest.fixture(autouse=True)
def passes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The site passes that were made whole."""
    made: list[str] = []

    def write(archive: Archive, memory: Memory) -> AbstractContextManager[Told]:
        made.append(memory.site)
        return converting(archive, memory)

    monkeypatch.setattr(WRITE, write)
    return made


def state(archive: Archive) -> tuple[object, ...]:
    versions = [archive.store.versions(one.id) for one in archive.store.articles("s")]
    return digest_of(archive.store.articles("s")), versions, archive.store.mirrors("s")


def test_nothing_is_made_again_and_everything_was_seen_again(
    archive: Archive, passes: list[str]
) -> None:
    passes.clear()
    answer(archive, NOT_MODIFIED, 2)
    answer(archive, NOT_MODIFIED, 3, range(1, 2), MIRROR)
    report = derive(archive, "s")
    assert passes == []
    assert report.changes == {"new": 0, "changed": 0, "unchanged": 3, "removed": 0}
    seen = {one.last_seen for one in archive.store.articles("s")}
    assert seen == {NOON + timedelta(days=2), NOON + timedelta(days=3)}
    (mirror,) = archive.store.mirrors("s")
    assert (mirror.captures, mirror.last_seen) == (3, NOON + timedelta(days=3))
    quiet = state(archive)
    again = derive(archive, "s", anew=True)
    assert passes == ["s"]
    assert state(archive) == quiet
    assert (again.pages, again.articles, again.kinds, again.brands, again.mirrors) == (
        report.pages,
        report.articles,
        report.kinds,
        report.brands,
        report.mirrors,
    )
    archive.close()


def test_a_quiet_night_forgets_nothing_of_the_pages(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(archive, NOT_MODIFIED, 2)
    derive(archive, "s")
    asked: list[int] = []

    def read(reader: Reader, *question: Any) -> ChunkRead:
        asked.append(len(question[1]))
        return whole(reader, *question)

    whole = Reader.read
    monkeypatch.setattr(Reader, "read", read)
    put(archive, SITE, {OWN: [page(2, "会后参观了新落成的光学展厅。")]}, night=3)
    # The page that came, and the text before it for the versions; on a first pass it would be six.
    assert 1 <= sum(asked) <= 2
    archive.close()


def edited(archive: Archive) -> None:
    put(archive, SITE, {OWN: [page(2, "会后参观了新落成的光学展厅。")]}, night=2)


def removed(archive: Archive) -> None:
    run = answer(archive, GONE, 2, range(2, 3))
    derive(archive, "s", run)


def told_otherwise(archive: Archive) -> None:
    archive.store.put_site(Site("s", (OWN, MIRROR)))
    derive(archive, "s")


def without_conversions(archive: Archive) -> None:
    conversions_path(archive, "s").unlink()
    derive(archive, "s")


def with_other_selectors(archive: Archive) -> None:
    profile = archive.data / "sites" / "s.toml"
    profile.parent.mkdir()
    profile.write_text(
        f'name = "s"\nstart = ["http://{OWN}/"]\n[selectors]\ntitle = "h1"\n', encoding="utf-8"
    )
    derive(archive, "s")


def with_an_article_written_since(archive: Archive) -> None:
    (one, *_) = archive.store.articles("s")
    archive.store.replace_articles("s", [one])
    derive(archive, "s")


@pytest.mark.parametrize(
    "happens",
    [
        edited,
        removed,
        told_otherwise,
        without_conversions,
        with_other_selectors,
        with_an_article_written_since,
    ],
)
def test_whatever_may_change_an_article_makes_them_all_again(
    archive: Archive, passes: list[str], happens: Callable[[Archive], None]
) -> None:
    passes.clear()
    happens(archive)
    assert passes == ["s"]
    incremental = state(archive)
    runs = archive.store.runs("s")
    derive(archive, "s", runs[0].id, anew=True)
    assert state(archive) == incremental
    archive.close()


def test_another_edition_of_the_program_makes_them_again(
    archive: Archive, passes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    passes.clear()
    monkeypatch.setattr(memory, "edition", lambda: "another")
    derive(archive, "s")
    derive(archive, "s")
    assert passes == ["s"]
    archive.close()


def test_a_pass_that_was_broken_off_is_made_the_next_time(
    archive: Archive, passes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> int:
        raise StoppedError(143)

    with monkeypatch.context() as patch:
        patch.setattr(WRITE, stopped)
        with pytest.raises(StoppedError):
            edited(archive)
    passes.clear()
    answer(archive, NOT_MODIFIED, 3)
    derive(archive, "s")
    assert passes == ["s"]
    derive(archive, "s")
    assert passes == ["s"]
    archive.close()


def test_the_moments_are_those_of_whole_passes_over_many_nights(archive: Archive) -> None:
    edited(archive)
    for night in range(3, 6):
        answer(archive, NOT_MODIFIED, night, range(1, night - 1))
        derive(archive, "s")
    incremental = state(archive)
    derive(archive, "s", anew=True)
    assert state(archive) == incremental
    assert max(one.last_seen for one in archive.store.articles("s")) == datetime(
        2026, 5, 6, 12, tzinfo=UTC
    )
    archive.close()
