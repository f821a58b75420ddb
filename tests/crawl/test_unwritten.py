"""A report that cannot be written: the exit code says so, and nothing else is lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.messages.language import explained
from archive.runs.facts import facts_of
from archive.runs.publishing import publish
from tests.crawl.mailbox import LOOPBACK, mailbox
from tests.crawl.night import institute, night, profile
from tests.crawl.reports import REPORT
from tests.crawl.server import served


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_night_whose_report_cannot_be_written_is_73_and_costs_no_other_site_its_night(
    tmp_path: Path, jobs: str
) -> None:
    with served(institute()) as one, served(institute()) as two, served(institute()) as three:
        # One more than are walked at a time: it begins when another is over.
        for name, site in (("a", one), ("b", two), ("c", three)):
            profile(tmp_path, site, name)
        (tmp_path / "runs").write_text("a file where the folder should be")
        code, out, err = night(tmp_path, "--jobs", jobs)
        assert (code, out.count("8 new")) == (73, 3), (out, err)
        assert err.count("the report could not be written") == 3
        assert "`palimpsest runs show 1`" in err
        (tmp_path / "runs").unlink()
        again, _, err = night(tmp_path, "--jobs", jobs)
    assert (again, err) == (0, "")


def test_one_file_that_cannot_be_written_costs_no_other_and_leaves_no_part_of_it(
    tmp_path: Path,
) -> None:
    publish(tmp_path, facts_of(REPORT), {})
    [metrics] = (tmp_path / "runs").glob("*.prom")
    whole = {path.name for path in (tmp_path / "runs").iterdir()}
    for path in (tmp_path / "runs").iterdir():
        path.unlink()
    metrics.mkdir()
    done = publish(tmp_path, facts_of(REPORT), {})
    assert done.unwritten is not None
    assert {path.name for path in (tmp_path / "runs").iterdir()} == whole


@pytest.mark.parametrize("wish", ["always", "failures"])
def test_whoever_is_told_hears_that_the_report_could_not_be_written(
    tmp_path: Path, wish: str
) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be")
    with mailbox() as box:
        told = {
            "PALIMPSEST_MAIL_TO": "archivist@example.ac.cn",
            "PALIMPSEST_SMTP": f"{LOOPBACK}:{box.port}",
            "PALIMPSEST_NOTIFY": wish,
        }
        publish(tmp_path, facts_of(REPORT), told)
    (letter,) = box.letters
    assert letter["Subject"] == "Palimpsest: 研究所: exit code 73"
    assert "the report could not be written" in letter.get_content()


def test_it_is_told_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    (tmp_path / "runs").write_text("a file where the folder should be")
    (line,) = publish(tmp_path, facts_of(REPORT), {}).problems
    assert "存储中有这份报告" in explained(line)
    assert "报告无法写出：无法写入" in explained(line)
    both = explained("finished; the report could not be written: cannot write in /a: No")
    assert "；报告无法写出：无法写入 /a" in both
