"""A site is called what a person can type again, and a known one is found whatever it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.cli import main
from archive.cli.program import LINE_CHARACTERS
from archive.model import Site
from archive.profiles import profile_folder
from archive.store import open_archive

ODD = ["../x", "a/b", "..", ".hidden", "-x", "a\nb", "\x1b[1m", "a\u202eb", "x" * 300, " "]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "en")
    monkeypatch.delenv("PALIMPSEST_DATA", raising=False)


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(
    "command",
    [["sites", "add", "http://www.a.cn/"], ["crawl", "http://127.0.0.1:1/"], ["backfill", "."]],
    ids=["sites", "crawl", "backfill"],
)
def test_an_odd_name_is_refused_before_anything_is_made(
    command: list[str], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    assert main([*command, f"--site={name}", "--data", str(data)]) == 64
    assert "cannot be a site's name" in capsys.readouterr().err
    assert not data.exists()


def test_a_site_that_is_there_is_found_whatever_it_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, page = tmp_path / "data", tmp_path / "a.txt"
    page.write_text("关于召开党员大会的通知\n\n全体党员请于周五下午到会。", encoding="utf-8")
    with open_archive(data, create=True) as archive:
        archive.store.put_site(Site("a/b", official=()))
    (data / "palimpsest.lock").touch()
    assert main(["backfill", str(page), "--site", "a/b", "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith("a/b: 1 capture")
    assert main(["backfill", str(page), "--site", "c/d", "--data", str(data)]) == 64


def test_the_profile_of_a_host_in_chinese_is_called_after_that_host(tmp_path: Path) -> None:
    assert main(["sites", "add", "http://例子.中国/", "--data", str(tmp_path)]) == 0
    assert [one.name for one in profile_folder(tmp_path).iterdir()] == ["xn_fsqu00a.xn_fiqs8s.toml"]


def test_a_line_about_a_whole_file_is_short_and_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_archive(tmp_path, create=True):
        pass
    assert main(["show", "长" * 100_000, "--data", str(tmp_path)]) == 66
    line = capsys.readouterr().err
    assert len(line) < LINE_CHARACTERS + 50
    assert line.startswith("palimpsest: no article has")
    assert line.endswith("finds its id\n")


def test_a_switch_that_is_neither_on_nor_off_is_said_to_be_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("crawler.settings.PALIMPSEST_DERIVE", "yes")
    assert main(["crawl", "http://127.0.0.1:1/", "--data", str(tmp_path / "data")]) == 78
    assert "PALIMPSEST_DERIVE is 'yes'; write 0 or 1" in capsys.readouterr().err
