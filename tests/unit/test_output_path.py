"""What is written for others never takes the place of the archive itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from archive.cli import main
from archive.errors import UsageError
from archive.model import Capture
from archive.store import open_archive
from archive.warc import WarcWriter
from tests.unit.store_sample import INSTITUTE, NOON, SITE, article

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture
def data(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANG", "C.UTF-8")
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article("a1")])
        with WarcWriter(archive.warc_dir, prefix="own") as writer:
            writer.write(Capture("http://www.a.cn/1", NOON, b"", RESPONSE))
    return tmp_path / "data"


def contents(folder: Path) -> dict[str, str]:
    """Each file below the folder with a digest of what is in it; the lock and the index aside."""
    return {
        str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*")
        if one.is_file() and not {"index", "palimpsest.lock"} & set(one.relative_to(folder).parts)
    }


@pytest.mark.parametrize("form", ["jsonl", "wacz", "bagit"])
@pytest.mark.parametrize(
    "output",
    [
        "palimpsest.db",
        "palimpsest.db-wal",
        "palimpsest.lock",
        "warc/new.gz",
        "index/x",
        "runs/1.txt",
    ],
)
def test_an_export_is_refused_where_the_archive_itself_lies(
    data: Path, output: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(data)
    code = main(["export", "--format", form, "-o", str(data / output), "--data", str(data)])
    assert (code, contents(data)) == (UsageError.exit_code, before)
    assert "belongs to the archive itself" in capsys.readouterr().err


def test_no_link_leads_an_export_or_a_picture_to_it(data: Path, tmp_path: Path) -> None:
    before = contents(data)
    for name in ("link.jsonl", "link.svg"):
        (tmp_path / name).symlink_to(data / "palimpsest.db")
    assert main(["export", "-o", str(tmp_path / "link.jsonl"), "--data", str(data)]) == 64
    assert main(["stats", "--plot", str(tmp_path / "link.svg"), "--data", str(data)]) == 64
    assert contents(data) == before


def test_a_warc_folder_that_is_shared_is_part_of_it(data: Path, tmp_path: Path) -> None:
    (data / "warc").rename(tmp_path / "shared")
    (data / "warc").symlink_to(tmp_path / "shared")
    before = contents(tmp_path / "shared")
    for output in (tmp_path / "shared" / next(iter(before)), data / "warc" / "x.jsonl"):
        assert main(["export", "-o", str(output), "--data", str(data)]) == 64
    assert contents(tmp_path / "shared") == before


def test_a_file_elsewhere_that_was_taken_in_is_evidence_too(data: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "old.warc.gz"
    elsewhere.write_bytes(next((data / "warc").glob("own*.gz")).read_bytes())
    whole = elsewhere.read_bytes()
    taken = ["backfill", str(elsewhere), "--site", SITE, "--data", str(data)]
    assert main(taken) == 0
    assert main(["export", "--format", "warc", "-o", str(elsewhere), "--data", str(data)]) == 64
    assert elsewhere.read_bytes() == whole


def test_beside_it_and_over_a_link_that_leads_to_itself_an_export_is_written(
    data: Path, tmp_path: Path
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for output in (data / "articles.jsonl", tmp_path / "loop"):
        assert main(["export", "-o", str(output), "--data", str(data)]) == 0
        assert output.read_text(encoding="utf-8").count("\n") == 1
