"""A nightly that is told to stop while its search index is made, behind the site pass.

A night of a real site brings thousands of articles into the index at its end; here three are many,
and the signal comes in the middle of the third.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from archive.store import open_archive
from tests.crawl.night import ARTICLES, ENVIRONMENT, institute, night, profile, report
from tests.crawl.server import served

SIGNALLED = """\
import os
import archive.store.index.embedded as embedded, archive.store.index.remaking as remaking
from archive.store.index.flusher import Flusher

embedded.MANY, embedded.ROUND_OF_MANY, remaking.ROUND = 3, 2, 2
# All of it is left to the end, which the thread would not always do.
Flusher.wake = lambda self, *, wrote: setattr(self, "_writes", self._writes or wrote)
close, entries_of, closing, told = embedded.EmbeddedIndex.close, embedded.entries.of, [], []

def closes(index):
    closing.append(index)
    close(index)

def entries(connection, numbers):
    for entry in entries_of(connection, numbers):
        told.extend(closing[:1])
        if len(told) == 3:
            for number in {signals}:
                os.kill(os.getpid(), number)
        yield entry

embedded.EmbeddedIndex.close = closes
embedded.entries.of = entries
"""
TERM, INT = int(signal.SIGTERM), int(signal.SIGINT)


def signalled_night(folder: Path, signals: Sequence[int]) -> tuple[int, str, str]:
    (folder / "sitecustomize.py").write_text(SIGNALLED.replace("{signals}", repr(signals)))
    return night(folder / "data", env=ENVIRONMENT | {"PYTHONPATH": str(folder)})


@pytest.mark.parametrize("signals", [(TERM,), (INT,), (TERM, TERM), (INT, INT), (TERM, INT)])
def test_a_night_stopped_while_its_index_is_made_keeps_articles_and_report(
    signals: Sequence[int], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    with served(institute()) as site, served(institute(2)) as other:
        profile(data, site, "a")
        profile(data, other, "b")
        code, out, err = signalled_night(tmp_path, signals)
        assert code == 128 + signals[-1], out + err
        assert other.asked == []
        assert "Traceback" not in err
        if len(signals) == 2:
            assert ("stopped by the user" in err) == (signals[-1] == INT)
        # Its walk and its articles had come to their end, whatever became of the index.
        assert report(data, 1)["outcome"] == "finished"
        assert report(data, 1)["changes"] == dict.fromkeys(
            ("new", "changed", "respammed", "unchanged", "gone", "returned", "removed"), 0
        ) | {"new": ARTICLES}
        metrics = (data / "runs" / "a-palimpsest.prom").read_text(encoding="utf-8")
        assert 'palimpsest_exit_code{site="a"} 0\n' in metrics
        assert night(data)[0] == 0
    with open_archive(data) as archive:
        assert archive.store.count_articles() == ARTICLES + 2
        assert list(archive.store.index_differences()) == []
