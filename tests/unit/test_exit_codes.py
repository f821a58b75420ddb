"""The page on exit codes has every code, and names tests that exist."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from archive import errors
from archive.backfill.run import BackfillOptions
from archive.cli import main
from archive.errors import EXIT_DIED, PalimpsestError
from archive.profiles import add_profile
from archive.runs.judging import EXIT_MANY_FAILURES, EXIT_REGRESSION, regressed, too_many_failures
from crawler.site_night import GRAVEST_FIRST, SiteNight, exit_code_of
from tests.unit import backfill_samples as samples

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")


def test_every_code_a_command_can_end_with_is_on_the_page() -> None:
    kinds = [one for one in vars(errors).values() if isinstance(one, type)]
    codes = {
        one.exit_code
        for one in kinds
        if issubclass(one, PalimpsestError) and one is not errors.StoppedError
    }
    codes |= {0, EXIT_MANY_FAILURES, EXIT_REGRESSION, EXIT_DIED, 130, 143}
    listed = {int(n) for row in re.findall(r"^\| ([\d, ]+) \|", PAGE, re.M) for n in row.split(",")}
    assert listed == codes


def test_the_tests_that_the_page_names_exist() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))
    assert len(named) > 3
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_a_broken_record_is_65_and_the_good_ones_are_taken(tmp_path: Path) -> None:
    path = samples.warc(tmp_path, "a.warc.gz", range(3))
    path.write_bytes(path.read_bytes()[:-900])
    assert main(["backfill", str(path), "--data", str(tmp_path / "data")]) == 65
    assert len(samples.articles(tmp_path / "data")) == 2


def test_what_is_not_there_is_66(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path / "data")]
    assert main(["backfill", str(tmp_path / "nothing"), *data]) == 66
    samples.take_in(tmp_path / "data", samples.warc(tmp_path, "a.warc.gz", range(2)))
    assert main(["show", "no such article", *data]) == 66
    assert main(["runs", "show", "99", *data]) == 66
    assert main(["clean", "--site", "another", *data]) == 66


def test_a_damaged_store_is_70_and_is_made_again_as_the_page_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    data = tmp_path / "data"
    path = samples.warc(tmp_path, "a.warc.gz", range(3))
    samples.take_in(data, path, options=BackfillOptions(copy=True))
    before = samples.articles(data)
    store = data / "palimpsest.db"
    content = store.read_bytes()
    store.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    add_profile(data, ["http://www.example.ac.cn/"], name=samples.SITE)
    for command in ("nightly", "clean", "runs list"):
        assert main([*command.split(), "--data", str(data)]) == 70
    assert "palimpsest backfill DATA/warc --site NAME" in capsys.readouterr().err
    for name in ("palimpsest.db", "palimpsest.db-wal", "palimpsest.db-shm"):
        (data / name).unlink(missing_ok=True)
    again = ["backfill", str(data / "warc"), "--site", samples.SITE, "--data", str(data)]
    assert main(again) == 0
    assert samples.articles(data) == before


def test_a_night_ends_with_the_gravest_code() -> None:
    def nights(*codes: int) -> list[SiteNight]:
        found = []
        for code in codes:
            error = PalimpsestError("x")
            error.exit_code = code
            found.append(SiteNight("s", None, error if code else None))
        return found

    assert exit_code_of(nights(0, 0)) == 0
    assert exit_code_of(nights(0, 2, 69, 3)) == 69
    assert exit_code_of(nights(69, 74, 2)) == 74
    assert len(set(GRAVEST_FIRST)) == len(GRAVEST_FIRST)


def test_few_requests_are_judged_only_when_all_failed() -> None:
    assert too_many_failures(10, 3, 0.05) is None
    assert too_many_failures(3, 3, 0.05) is not None
    assert too_many_failures(100, 5, 0.05) is None
    found = too_many_failures(100, 6, 0.05)
    assert found is not None
    assert found.exit_code == EXIT_MANY_FAILURES


def test_a_regression_is_measured_by_the_newest_seven_runs() -> None:
    assert regressed(40, []) is None
    assert regressed(50, [100]) is None
    assert regressed(49, [100]) is not None
    # Seven small runs, then large ones that are long ago.
    assert regressed(10, [12] * 7 + [1000] * 30) is None
    assert regressed(0, [0, 0]) is None


def test_a_file_system_without_locks_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refusing(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("archive.lock.fcntl.flock", refusing)
    page = tmp_path / "page.html"
    page.write_text("<p>x</p>", encoding="utf-8")
    assert main(["backfill", str(page), "--site", "s", "--data", str(tmp_path / "data")]) == 73
    said = capsys.readouterr().err
    assert "gives no lock (No locks available)" in said
    assert said.count("\n") == 1
