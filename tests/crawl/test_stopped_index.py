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
brings_in, entries_of, begun, told = embedded.EmbeddedIndex.bring_in, embedded.entries.of, [], []

def bring_in(index):
    begun.append(index)
    brings_in(index)

def entries(connection, numbers):
    for entry in entries_of(connection, numbers):
        told.extend(begun[:1])
        if len(told) == 3:
            for number in {signals}:
                os.kill(os.getpid(), number)
        yield entry

embedded.EmbeddedIndex.bring_in = bring_in
embedded.entries.of = entries
"""
INTERRUPTED = "interrupted; run the same command to go on"
TERM, INT = int(signal.SIGTERM), int(signal.SIGINT)


def signalled_night(folder: Path, signals: Sequence[int]) -> tuple[int, str, str]:
    (folder / "sitecustomize.py").write_text(SIGNALLED.replace("{signals}", repr(signals)))
    return night(folder / "data", env=ENVIRONMENT | {"PYTHONPATH": str(folder)})


def new_in(report: dict[str, object]) -> int:
    changes = report["changes"]
    assert isinstance(changes, dict)
    return int(changes["new"])


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
        # What the report says is what the process ended with; a second signal leaves no time to
        # tell what is new, which the next night does.
        told = report(data, 1)
        assert (told["exit_code"], told["outcome"]) == (code, INTERRUPTED)
        assert new_in(told) == (ARTICLES if len(signals) == 1 else 0)
        metrics = (data / "runs" / "a-palimpsest.prom").read_text(encoding="utf-8")
        assert f'palimpsest_exit_code{{site="a"}} {code}\n' in metrics
        site.forget()
        assert night(data)[0] == 0
        assert site.asked == []
        assert new_in(report(data, 2)) == (0 if len(signals) == 1 else ARTICLES)
    with open_archive(data) as archive:
        assert archive.store.count_articles() == ARTICLES + 2
        assert list(archive.store.index_differences()) == []
