"""Folders as archives of ten years have them: names in GBK, links, folders that nobody may read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive.backfill.inputs import find_inputs
from archive.cli import main
from archive.errors import NotFoundError
from archive.store import open_archive
from archive.warc import WarcWriter
from tests.unit.host_pages import page
from tests.unit.warc_samples import sample

FOLDER, FILE = "研究所".encode("gbk"), "存档".encode("gbk")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder whose names are in GBK: in it a WARC file and a saved page."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + FOLDER))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    body = page(1).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    with WarcWriter(tmp_path, prefix="old") as writer:
        writer.write(sample(response=head.encode() + body, url="http://www.a.ac.cn/t1.html"))
    (written,) = tmp_path.glob("*.warc.gz")
    written.rename(folder / os.fsdecode(FILE + b".warc.gz"))
    (folder / os.fsdecode(FILE + b".html")).write_text(page(2), encoding="utf-8")
    return folder


def test_files_with_names_in_gbk_are_taken_in_and_named_in_escapes(
    tmp_path: Path, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    command = ["backfill", str(old), "--site", "s", "--data", str(data)]
    assert main(command) == 0
    shown = capsys.readouterr()
    assert "2 files" in shown.out
    assert "2 of them new" in shown.out
    with open_archive(data) as archive:
        rows = list(archive.store.captures("s"))
        # A pointer could not name the file where it lies, so the archive has a copy of its own.
        assert all((archive.warc_dir / row.pointer.file).is_file() for row in rows)
        assert sum(one.url == "http://www.a.ac.cn/t1.html" for one in rows) == 1
        assert "file:\\xb4\\xe6\\xb5\\xb5.html" in {one.via for one in rows}
    assert main(command) == 0
    assert "2 files were known" in capsys.readouterr().out
    assert main(["verify", "--data", str(data)]) == 0


def test_a_file_of_such_a_name_that_is_no_good_is_named(
    tmp_path: Path, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = old / os.fsdecode(FILE + b".doc")
    wrong.write_bytes(b"")
    assert main(["backfill", str(wrong), "--site", "s", "--data", str(tmp_path / "data")]) == 64
    assert "\\xb4\\xe6\\xb5\\xb5.doc" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "code"), [("lost.warc", 66), ("notes.doc", 64), ("pipe", 64)])
def test_a_backfill_of_nothing_makes_no_archive(tmp_path: Path, name: str, code: int) -> None:
    (tmp_path / "notes.doc").write_bytes(b"")
    (tmp_path / "good.txt").write_text("正文。", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    given = [str(tmp_path / "good.txt"), str(tmp_path / name)]
    assert main(["backfill", *given, "--data", str(tmp_path / "data")]) == code
    assert not (tmp_path / "data").exists()


def test_a_backfill_of_a_folder_with_nothing_to_take_in_makes_no_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, data = tmp_path / "papers", tmp_path / "data"
    folder.mkdir()
    command = ["backfill", str(folder), "--data", str(data)]
    assert main(command) == 66
    (folder / "notes.doc").write_bytes(b"")
    assert main(command) == 66
    assert "nothing in there can be taken in (files of other kinds: 1)" in capsys.readouterr().err
    assert not data.exists()
    (folder / "good.txt").write_text("正文。", encoding="utf-8")
    assert main(command) == 0
    # An archive that is there has its run, as a timer's wants it.
    (folder / "good.txt").unlink()
    assert main(command) == 0


def test_links_are_followed_each_folder_once_and_dead_ones_are_told_of(tmp_path: Path) -> None:
    tapes, shelf = tmp_path / "tapes", tmp_path / "shelf"
    for folder in (tapes, shelf):
        folder.mkdir()
    (tapes / "1999.warc").touch()
    (shelf / "tapes").symlink_to(tapes)
    (shelf / "again.warc").symlink_to(tapes / "1999.warc")
    (shelf / "itself").symlink_to(shelf)
    (shelf / "lost.warc").symlink_to(tmp_path / "nowhere")
    found = find_inputs([shelf])
    assert [one.path for one in found.inputs] == [tapes / "1999.warc"]
    assert found.problems == (f"{shelf / 'lost.warc'}: a link that leads nowhere, not taken in",)


def test_what_is_no_file_in_a_folder_is_told_of_where_its_name_is_that_of_one(
    tmp_path: Path,
) -> None:
    os.mkfifo(tmp_path / "pipe.warc.gz")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero.txt").symlink_to(os.devnull)
    (tmp_path / "good.txt").write_text("正文。", encoding="utf-8")
    found = find_inputs([tmp_path])
    assert [one.path.name for one in found.inputs] == ["good.txt"]
    assert found.problems == tuple(
        f"{tmp_path / name}: neither a file nor a folder, not taken in"
        for name in ("pipe.warc.gz", "zero.txt")
    )


def test_files_that_may_not_be_looked_at_are_told_of_and_the_others_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.txt").write_text("正文。", encoding="utf-8")
    (tmp_path / "closed.txt").touch()
    real = os.stat

    def refusing(path: str, *, follow_symlinks: bool = True) -> os.stat_result:
        if str(path).endswith("closed.txt"):
            # As in a folder that may be listed and not entered.
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "stat", refusing)
    found = find_inputs([tmp_path])
    assert [one.path.name for one in found.inputs] == ["good.txt"]
    assert found.problems == (f"{tmp_path / 'closed.txt'}: Permission denied; not taken in",)
    with pytest.raises(NotFoundError, match="Permission denied"):
        find_inputs([tmp_path / "closed.txt"])


def test_a_folder_that_nobody_may_read_is_told_of_and_the_others_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in" / "closed").mkdir(parents=True)
    (tmp_path / "in" / "page.html").write_text(page(1), encoding="utf-8")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    command = ["backfill", str(tmp_path / "in"), "--site", "s", "--data", str(tmp_path / "data")]
    assert main(command) == 65
    shown = capsys.readouterr()
    assert "1 of them new" in shown.out
    assert "closed: Permission denied; not taken in" in shown.err
