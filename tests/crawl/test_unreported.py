"""What a run changed and died before telling, the next one tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.model import RunReport
from archive.runs.unreported import SUFFIX, Unreported
from archive.store import Archive, open_archive
from tests.crawl.night import ARTICLES, ENVIRONMENT, institute, night, profile, report
from tests.crawl.server import Answer, Routes, links, served
from tests.unit.backfill_samples import html
from tests.unit.store_sample import INSTITUTE, SITE, article

KILLED = """\
import os, signal
import crawler.run as run

run.report_of = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """One article, of which a run has told."""
    with open_archive(tmp_path / "data", create=True) as made:
        made.store.put_site(INSTITUTE)
        made.store.replace_articles(SITE, [article("a1")])
        run, now = made.store.begin_run(SITE, "crawl"), datetime.now(UTC)
        told = RunReport(run, SITE, "crawl", now, now, "finished", 0, counts={"change:new": 1})
        made.store.end_run(told)
        yield made


def test_a_night_killed_behind_its_site_pass_is_told_of_by_the_next(tmp_path: Path) -> None:
    data = tmp_path / "data"
    pages: Routes = institute()
    assert isinstance(pages, dict)
    edited, gone, *_ = sorted(path for path in pages if path != "/")
    (tmp_path / "sitecustomize.py").write_text(KILLED)
    with served(pages) as site:
        profile(data, site, SITE)
        assert night(data)[0] == 0
        pages[edited] = html(ARTICLES + 1)
        pages[gone] = Answer("gone", 410)
        pages["/zhxw/t20120309_99.html"] = html(99)
        pages["/"] = links(*pages)
        code, _, _ = night(data, env=ENVIRONMENT | {"PYTHONPATH": str(tmp_path)})
        assert code == -9
        assert [path.suffix for path in (data / "runs").glob(f"*{SUFFIX}")] == [SUFFIX]
        assert night(data)[0] == 0
    told = report(data, 3)
    assert {key: n for key, n in dict(told["changes"]).items() if n} == {  # type: ignore[call-overload]
        "new": 1,
        "changed": 1,
        "gone": 1,
        "unchanged": ARTICLES - 2,
    }
    assert list((data / "runs").glob(f"*{SUFFIX}")) == []


def test_what_was_written_down_is_read_until_it_is_forgotten(archive: Archive) -> None:
    first = Unreported(archive, SITE)
    assert list(first.before) == ["a1"]
    first.keep()
    path = written(archive)
    path.write_text(path.read_text(encoding="utf-8").replace('"live"', '"gone"'), encoding="utf-8")
    assert Unreported(archive, SITE).before["a1"].status == "gone"
    first.forget()
    assert Unreported(archive, SITE).before == first.before


@pytest.mark.parametrize("said", ["", "{}", "[1, 2]", '[["other", "never"], {}]', "\udcff", "[[]]"])
def test_what_was_written_down_is_not_believed_if_it_is_damaged_or_of_another_report(
    said: str, archive: Archive
) -> None:
    first = Unreported(archive, SITE)
    first.keep()
    written(archive).write_bytes(said.encode("utf-8", "surrogateescape"))
    assert Unreported(archive, SITE).before == first.before


def test_a_folder_that_cannot_be_written_costs_nothing_else(archive: Archive) -> None:
    (archive.data / "runs").write_text("")
    first = Unreported(archive, SITE)
    first.keep()
    first.forget()
    assert Unreported(archive, SITE).before == first.before


def written(archive: Archive) -> Path:
    [path] = (archive.data / "runs").glob(f"*{SUFFIX}")
    return path
