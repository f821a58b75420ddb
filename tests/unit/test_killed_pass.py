"""A process killed in the middle of its site pass on PostgreSQL: the next one makes the same."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from archive.cli import main
from archive.export.digest import digest_of
from archive.store import open_archive
from tests import forkserver
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import take_in

SECONDS = 120
KILLED = """
import importlib, os, signal, sys
from archive.cli import main
module, name = sys.argv[1].rsplit(":", 1)
home = importlib.import_module(module)
for part in name.split(".")[:-1]:
    home = getattr(home, part)
name = name.split(".")[-1]
real, left = getattr(home, name), [int(sys.argv[2])]
def kill(*given, **named):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given, **named)
setattr(home, name, kill)
sys.exit(main(sys.argv[3:]))
"""


@pytest.mark.parametrize(
    ("step", "times"),
    [
        ("archive.store.store:Store.put_model", 1),
        ("archive.store.articles:write", 4),  # within the transaction of the articles
        ("archive.store.store:Store.put_mirrors", 1),
    ],
)
def test_a_site_pass_that_is_killed_is_made_by_the_next_run_with_the_same_result(
    step: str,
    times: int,
    postgres_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, data = samples.warc(tmp_path, "a.warc.gz", range(8)), tmp_path / "data"
    monkeypatch.delenv("PALIMPSEST_DATABASE", raising=False)
    take_in(tmp_path / "whole", source)
    with open_archive(tmp_path / "whole") as archive:
        wanted = digest_of(archive.store.articles())
    monkeypatch.setenv("PALIMPSEST_DATABASE", postgres_database)
    command = ["backfill", str(source), "--site", samples.SITE, "--data", str(data)]
    killed = [sys.executable, "-c", KILLED, step, str(times), *command]
    done = forkserver.run(killed, timeout=SECONDS)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with open_archive(data) as archive:
        kept = len(list(archive.store.articles()))
        assert kept == (8 if "mirrors" in step else 0)
    assert main(command) == 0
    with open_archive(data) as archive:
        assert digest_of(archive.store.articles()) == wanted
        assert list(archive.store.index_differences()) == []
        assert archive.count("") == 8
