"""A run that is stopped before it has begun (the program is being loaded, the store opened) ends in
good order, too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit import backfill_samples as samples

EARLY = """
import os, signal, sys

class Stopped:
    def find_spec(self, name, path=None, target=None):
        if name == "crawler.nightly":
            os.kill(os.getpid(), signal.SIGTERM)
        return None

sys.meta_path.insert(0, Stopped())
from archive.cli import main
sys.exit(main())
"""
OPENING = """
import os, signal, sys

stopped = []

def hook(event, arguments):
    if event == "sqlite3.connect" and not stopped:
        stopped.append(event)
        os.kill(os.getpid(), signal.SIGTERM)

sys.addaudithook(hook)
from archive.cli import main
sys.exit(main())
"""
PROFILE = 'name = "institute"\nstart = ["http://127.0.0.1:9/"]\n'


def test_a_signal_that_comes_while_the_program_is_loaded_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "institute.toml").write_text(PROFILE)
    done = subprocess.run(
        [sys.executable, "-c", EARLY, "nightly", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 143, done.stderr
    assert done.stdout == "institute: not begun, the night was stopped\n"


def test_a_signal_that_comes_while_the_store_is_opened_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    path = samples.warc(tmp_path, "a.warc.gz", range(2))
    data = ["--data", str(tmp_path / "data")]
    done = subprocess.run(
        [sys.executable, "-c", OPENING, "backfill", str(path), *data],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 143, done.stderr
    assert "run the same command again to go on" in done.stderr
    assert "articles" not in done.stdout
