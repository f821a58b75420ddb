"""Derived data can be thrown away: the WARCs alone give the same articles again (invariant 3)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from archive.store import open_archive
from tests.promises.sample_run import SITE, SampleRun, palimpsest

OF_READERS = shutil.ignore_patterns("*-wal", "*-shm")
"""What lies beside the store while another test reads it, and is gone with that one."""


def exported(data: Path) -> dict[str, dict[str, Any]]:
    done = palimpsest("export", "--format", "jsonl", "--data", str(data))
    assert done.returncode == 0, done.stderr
    return {a["id"]: a for a in map(json.loads, done.stdout.splitlines())}


def test_clean_gives_the_same_articles_again(run: SampleRun, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(run.data, data, ignore=OF_READERS)
    before = exported(data)
    done = palimpsest("clean", "--site", SITE, "--data", str(data))
    assert done.returncode == 0, done.stderr
    assert before
    assert exported(data) == before


def test_a_new_store_from_the_warcs_alone_has_the_same_articles(
    run: SampleRun, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    with open_archive(Path(run.data)) as old, open_archive(data, create=True) as new:
        new.store.put_site(old.store.site(SITE))
    shutil.copytree(Path(run.data, "warc"), data / "warc", dirs_exist_ok=True)
    done = palimpsest("backfill", str(data / "warc"), "--site", SITE, "--data", str(data))
    assert done.returncode == 0, done.stderr
    assert exported(data) == exported(Path(run.data))


def test_the_same_warcs_twice_add_nothing(run: SampleRun, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(run.data, data, ignore=OF_READERS)
    before = exported(data)
    done = palimpsest("backfill", str(data / "warc"), "--site", SITE, "--data", str(data))
    assert done.returncode == 0, done.stderr
    assert exported(data) == before
