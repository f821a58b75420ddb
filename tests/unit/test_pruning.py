"""What could leave the disk: counted by the database as a reader of every capture would count."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import astuple, replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive.evidence.pruning import Candidate, candidates
from archive.model import CaptureRow, Site
from archive.store import Archive, open_archive, schema
from tests.unit.store_sample import INSTITUTE, NOON, SITE, article, extraction, witness

OTHER = "other"


def _put(archive: Archive, rng: random.Random, nights: int) -> None:
    """Captures of two sites that share payloads, some at the same moment."""
    store, rows = archive.store, []
    store.put_site(INSTITUTE)
    store.put_site(Site(OTHER, ("b.cn",)))
    numbers = {one: place for place, one in enumerate((SITE, OTHER), 1)}
    for night in range(nights):
        for site, number in numbers.items():
            run = store.begin_run(site, "nightly")
            for n in range(rng.randrange(1, 5)):
                status = rng.choice((200, 200, 304, 404, 500, 0, None))
                rows.append(
                    {
                        "site_id": number,
                        "run_id": run,
                        "url": f"http://{site}/{n}",
                        "host": site,
                        "captured_at": NOON + timedelta(days=night, seconds=rng.randrange(2)),
                        "status": status,
                        "file": f"{'/far/' if rng.random() < 0.1 else ''}{site}-{night}.warc.gz",
                        "offset": n,
                        "length": 1,
                        "payload_digest": f"sha256:{rng.randrange(6)}",
                        "record_id": f"urn:uuid:{rng.random()}",
                        "error": rng.choice(("timeout", None, None, None, None)),
                    }
                )
    with store._engine.begin() as connection:
        connection.execute(sa.insert(schema.captures), rows)
    for name in {str(row["file"]) for row in rows}:
        if not name.startswith("/") and rng.random() < 0.9:
            (archive.warc_dir / name).write_bytes(b"x" * rng.randrange(1, 9))


def _is_page(row: CaptureRow) -> bool:
    return not row.error and bool(row.status) and row.status != 304 and (row.status or 0) < 400


def _kind(row: CaptureRow) -> str:
    if row.error or not row.status:
        return "failed"
    if row.status == 304:
        return "confirmed"
    return "refused" if row.status >= 400 else "repeated"


def _read_one_by_one(archive: Archive, cited: set[str]) -> list[Candidate]:
    rows = [row for site in (SITE, OTHER) for row in archive.store.captures(site)]
    rows.sort(key=lambda row: (row.captured_at, row.pointer.record_id))
    needed, seen = set(cited), set()
    for row in filter(_is_page, rows):
        if row.pointer.payload_digest not in seen:
            seen.add(row.pointer.payload_digest)
            needed.add(row.pointer.file)
    found = []
    for name in sorted({row.pointer.file for row in rows} - needed):
        path = archive.warc_dir / name
        if path.is_file() and not Path(name).is_absolute():
            counts = Counter(_kind(row) for row in rows if row.pointer.file == name)
            found.append(Candidate(name, path.stat().st_size, **counts))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_the_database_counts_as_a_reader_of_every_capture_would(
    tmp_path: Path, database: str, seed: int
) -> None:
    with open_archive(tmp_path, create=True) as archive:
        archive.warc_dir.mkdir(exist_ok=True)
        _put(archive, random.Random(seed), nights=12)
        expected = _read_one_by_one(archive, set())
        assert list(map(astuple, candidates(archive))) == list(map(astuple, expected))
        assert expected


def test_a_file_that_a_witness_lies_in_is_needed(tmp_path: Path, database: str) -> None:
    with open_archive(tmp_path, create=True) as archive:
        archive.warc_dir.mkdir(exist_ok=True)
        _put(archive, random.Random(1), nights=12)
        (first, *others) = candidates(archive)
        pointer = archive.store.holdings.captures_in(first.name)[0].pointer
        seen = replace(witness(extraction()), pointer=pointer)
        archive.store.replace_articles(SITE, [article("a1", witnesses=(seen,))])
        assert candidates(archive) == others
