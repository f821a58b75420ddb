"""What could leave the disk: counted by the database as a reader of every capture would count."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive.cli import main
from archive.evidence.pruning import Candidate, candidates
from archive.model import CaptureRow, RunReport, Site
from archive.runs.facts import facts_of
from archive.runs.old_reports import KEPT, OldReport, old_reports
from archive.runs.publishing import write_files
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


def _reported(archive: Archive, age: timedelta) -> list[Path]:
    """A run that ended so long ago, and the files that its report is in (without the metrics)."""
    run = archive.store.begin_run(SITE, "nightly")
    ended = datetime.now(UTC) - age
    started = ended - timedelta(minutes=5)
    with archive.store._engine.begin() as connection:
        here = schema.runs.c.id == run
        connection.execute(sa.update(schema.runs).where(here).values(started=started))
    report = RunReport(run, SITE, "nightly", started, ended, "finished", 0)
    archive.store.end_run(report)
    return sorted(
        path for path in write_files(archive.data, facts_of(report)) if path.stem[0] == "0"
    )


def test_reports_older_than_a_year_are_listed_and_none_is_taken_away(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    day = timedelta(days=1)
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        old, _ = (_reported(archive, age) for age in (KEPT + day, KEPT - day))
        archive.store.begin_run(SITE, "nightly")
        found = old_reports(archive)
    assert found == [OldReport(f"runs/{path.name}", path.stat().st_size, 1) for path in old]
    assert len(found) == 3
    before = {path: path.read_bytes() for path in (tmp_path / "runs").iterdir()}
    assert main(["prune", "--dry-run", "--data", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert all(f"runs/{path.name} " in told.out for path in old)
    assert "a report; `runs show 1` prints it" in told.out
    assert "files: 3 (" in told.err
    assert main(["prune", "--dry-run", "--format", "json", "--data", str(tmp_path)]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(one["what"], one["run"]) for one in listed] == [("report", 1)] * 3
    assert {path: path.read_bytes() for path in (tmp_path / "runs").iterdir()} == before


def test_a_report_that_another_stores_run_of_this_number_left_is_not_listed(
    tmp_path: Path, database: str
) -> None:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        of_another, ours = (_reported(archive, KEPT * 2) for _ in range(2))
        path = next(path for path in of_another if path.suffix == ".json")
        path.write_text(
            json.dumps(json.loads(path.read_text()) | {"started": "2001-01-01T00:00:00Z"})
        )
        assert {one.run for one in old_reports(archive)} == {2}
        assert len(ours) == 3
