"""A signal while articles are being made: the walk counts, and the next run makes them."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from archive.cli import main
from archive.errors import DataDirectoryError, DiskFullError, StoreError, WarcMissingError
from archive.export.digest import digest_of
from archive.runs.stopping import SecondSignal, Stop
from archive.sitepass import pulse
from archive.sitepass.pulse import Pulse
from archive.store import open_archive
from crawler.plan import plan_of
from crawler.process import walk
from crawler.run import Run, crawl_settings, crawl_site
from tests.crawl.server import Pages, links, served
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import take_in

PAGE = "<h1>第{0}次会议</h1><p>2010-12-0{0}</p><p>会议讨论了今年的工作，{0}人表示赞成。</p>"


def test_a_crawl_stopped_in_its_site_pass_makes_it_the_next_time(tmp_path: Path) -> None:
    pages: Pages = {f"/t2010120{n}_{n}.html": PAGE.format(n) for n in range(1, 7)}
    pages["/"] = links(*pages)
    settings, stop = crawl_settings(), Stop()
    with served(pages) as site:
        plan = plan_of(tmp_path, [site.url], (), "s")
        with Run(plan, settings) as run:
            walk(run, settings, stop)
            stop.signal = signal.SIGTERM
            stopped = run.finish(stop)
        assert stopped.exit_code == 143
        site.forget()
        report = crawl_site(tmp_path, [site.url], name="s")
        assert site.asked == []
    assert report.exit_code == 0
    with open_archive(tmp_path) as archive:
        assert archive.store.model("s", site.host) is not None
        assert [row.exit_code for row in archive.store.runs("s")] == [0, 143]


@pytest.mark.parametrize(
    ("error", "outcome", "code"),
    [
        (SecondSignal(signal.SIGTERM), "interrupted; run the same command to go on", 143),
        (KeyboardInterrupt(), "interrupted; run the same command to go on", 130),
        (DiskFullError("no room left in there"), "no room left in there", 74),
        (DataDirectoryError("the disk is read-only"), "the disk is read-only", 73),
        (StoreError("the store is broken"), "the store is broken", 70),
        (WarcMissingError("a.warc.gz cannot be read"), "a.warc.gz cannot be read", 65),
        (ZeroDivisionError("by\nzero"), "ZeroDivisionError: by zero", 1),
    ],
)
def test_whatever_ends_a_crawl_in_its_site_pass_is_told_as_its_end(
    error: BaseException,
    outcome: str,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ended(*_: object, **__: object) -> None:
        raise error

    pages: Pages = {f"/t2010120{n}_{n}.html": PAGE.format(n) for n in range(1, 7)}
    pages["/"] = links(*pages)
    with served(pages) as site:
        with monkeypatch.context() as patched:
            patched.setattr("archive.sitepass.derive.derive", ended)
            with pytest.raises(type(error)):
                crawl_site(tmp_path, [site.url], name="s")
        site.forget()
        report = crawl_site(tmp_path, [site.url], name="s")
        # The walk had come to its end: its articles are made, and nobody is asked again.
        assert site.asked == []
    assert report.exit_code == 0
    assert report.counts["change:new"] == 6
    assert not any("died" in note for note in report.notes)
    with open_archive(tmp_path) as archive:
        last, first = archive.store.runs("s")
    assert (first.outcome, first.exit_code) == (outcome, code)
    assert first.report is not None
    assert first.report.counts["asked"] == 7
    assert last.exit_code == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_cleaning_that_is_stopped_leaves_what_there_was_and_says_how_it_ended(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(tmp_path, samples.warc(tmp_path, "a.warc.gz", range(6)))
    with open_archive(tmp_path) as archive:
        before = digest_of(archive.store.articles())
    monkeypatch.setattr(pulse, "BEAT_SECONDS", 0.0)
    real = Pulse.beat

    def told(beating: Pulse) -> None:
        signal.raise_signal(number)
        monkeypatch.setattr(Pulse, "beat", real)
        real(beating)

    monkeypatch.setattr(Pulse, "beat", told)
    assert main(["clean", "--data", str(tmp_path)]) == 128 + number
    with open_archive(tmp_path) as archive:
        assert digest_of(archive.store.articles()) == before
    assert main(["clean", "--data", str(tmp_path)]) == 0
