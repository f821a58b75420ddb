"""What cannot be given in the form that was asked for, and a store with nothing in it, are told."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from archive.cli import main
from archive.errors import SchemaError
from archive.evidence.texts import in_chinese
from archive.messages.language import explained_in_chinese
from archive.store import open_archive

WRONG, SCHEMA = 64, 76


@pytest.fixture(autouse=True)
def sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PALIMPSEST_DATABASE", raising=False)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("view", "form"),
    [
        ("--raw", "json"),
        ("--cite=bibtex", "markdown"),
        ("--witnesses", "html"),
        ("--captures", "markdown"),
        ("--evidence", "html"),
        ("--diff=1", "markdown"),
    ],
)
def test_a_view_of_an_article_refuses_a_format_it_has_not(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    view: str,
    form: str,
    language: str,
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", language)
    open_archive(tmp_path, create=True).close()
    given = ["--diff", "1", "2"] if view.startswith("--diff") else [view]
    code = main(["show", "x", *given, "--format", form, "--data", str(tmp_path)])
    told = capsys.readouterr()
    assert (code, told.out) == (WRONG, "")
    assert told.err.count("\n") == 1
    assert f"--format {form}" in told.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_file_is_no_new_store(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", language)
    (tmp_path / "palimpsest.db").touch()
    for _ in range(2):
        assert main(["search", "x", "--data", str(tmp_path)]) == SCHEMA
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert f"palimpsest backfill {tmp_path / 'warc'} --site NAME" in told


def test_an_archive_with_records_is_not_begun_anew_in_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "palimpsest.db").touch()
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "a.warc.gz").write_bytes(b"x")
    with pytest.raises(SchemaError, match="is empty: put a copy of it back"):
        open_archive(tmp_path, create=True)


def test_a_first_store_whose_making_was_killed_is_made(tmp_path: Path) -> None:
    (tmp_path / "palimpsest.db").touch()
    with open_archive(tmp_path, create=True) as archive:
        assert not archive.search("").total


@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOSPC, errno.ELOOP, errno.EADDRINUSE])
def test_what_the_system_says_is_chinese_for_who_reads_chinese(code: int) -> None:
    told = explained_in_chinese(f"/data: {os.strerror(code)}")
    assert os.strerror(code) not in explained_in_chinese(os.strerror(code))
    cannot = explained_in_chinese(f"cannot write in /data: {os.strerror(code)}; check its quota")
    assert told
    assert cannot


def test_a_place_that_cannot_be_written_is_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIMPSEST_LANG", "zh")
    open_archive(tmp_path, create=True).close()
    for given in (["export", "--format", "csv", "--output"], ["stats", "--plot"]):
        main([*given, str(tmp_path / "none" / "x.svg"), "--data", str(tmp_path)])
        told = capsys.readouterr().err
        assert "没有该文件或目录" in told
        assert os.strerror(errno.ENOENT) not in told


@pytest.mark.parametrize("piece", ["1", "a.", "(a", "x: ", "党", "a/b"])
def test_evidence_is_put_into_chinese_in_time_with_its_length(piece: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        in_chinese(piece * times)
        return time.process_time() - began

    assert seconds(20_000) < 40 * max(seconds(2_000), 0.005)
