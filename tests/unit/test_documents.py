"""The text of attached files: every format, broken files, files made to do harm."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pebble.pool.process import WorkerManager
from pypdf import PdfWriter

from archive.backfill.run import backfill
from archive.cli import show_text
from archive.documents import DocumentFormatError, DocumentShelf, Job, bounded, format_of, text_of
from archive.documents.bounded import read_documents
from archive.documents.word import WordFormatError, word_text
from archive.errors import DataDirectoryError
from archive.store import open_archive
from archive.warc import WarcWriter
from tests.hanging import hanging
from tests.unit.office_files import (
    WORDS,
    compound,
    docx_file,
    old_xls_file,
    pdf_file,
    word_streams,
    xls_file,
    xlsx_file,
)
from tests.unit.warc_samples import sample

PATIENCE_SECONDS = 240.0


def test_a_word_file_gives_paragraphs_and_table_rows_in_order() -> None:
    assert text_of(docx_file()).splitlines() == [WORDS, "姓名\t王伟", "完"]


def test_a_workbook_gives_its_rows() -> None:
    assert text_of(xlsx_file()).splitlines() == ["姓名\t人数", f"{WORDS}\t12"]


def test_controls_that_a_terminal_obeys_are_no_text_of_a_document() -> None:
    assert text_of(docx_file("甲\x9b31m乙\x85丙")).splitlines()[0].startswith("甲31m乙")


def test_a_pdf_gives_its_lines_and_no_words_of_its_flaws(caplog: pytest.LogCaptureFixture) -> None:
    flawed = re.sub(rb"startxref\n\d+", b"startxref\n7", pdf_file())
    assert text_of(flawed) == text_of(pdf_file()) == "Notice of the meeting"
    assert not caplog.records


def test_an_old_word_file_gives_all_its_pieces() -> None:
    made = compound(word_streams(f"{WORDS}\r第二段"))
    assert format_of(made) == "doc"
    assert text_of(made).splitlines() == [WORDS, "第二段 (end)"]


def test_field_codes_are_no_text_and_their_results_are() -> None:
    told = word_text(word_streams('见\x13 HYPERLINK "http://x/" \x14附件\x15。'))
    assert told.startswith("见附件。")


def test_a_protected_or_older_word_file_says_so() -> None:
    streams = word_streams(WORDS)
    locked = bytearray(streams["WordDocument"])
    locked[0x0B] |= 1
    with pytest.raises(WordFormatError, match="password"):
        word_text({**streams, "WordDocument": bytes(locked)})
    with pytest.raises(WordFormatError, match="older"):
        word_text({**streams, "WordDocument": b"\xdc\xa5" + bytes(locked[2:])})


@pytest.mark.parametrize("make", [docx_file, xlsx_file, pdf_file])
def test_a_broken_file_is_an_error_and_nothing_worse(make: object) -> None:
    assert callable(make)
    whole = make()
    with pytest.raises(DocumentFormatError):
        text_of(whole[: len(whole) // 3])


def test_other_files_are_of_no_format() -> None:
    assert format_of(b"GIF89a") is None
    with pytest.raises(DocumentFormatError):
        text_of(b"<html>")


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 3_000_000)
    monkeypatch.setattr("archive.documents.formats.MAX_UNPACKED_BYTES", 1_000_000)
    assert format_of(out.getvalue()) is None


def test_a_page_without_words_gives_no_text() -> None:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    assert text_of(out.getvalue()) == ""


def kept(folder: Path, *files: bytes) -> list[Job]:
    """Files in a WARC, as jobs."""
    jobs = []
    with WarcWriter(folder, prefix="files") as writer:
        for number, content in enumerate(files):
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(content)}\r\n\r\n".encode()
            pointer = writer.write(sample(number, head + content))
            jobs.append(Job(pointer.payload_digest, folder, pointer))
    return jobs


def test_each_file_is_read_once_and_a_bad_one_costs_only_itself(tmp_path: Path) -> None:
    good, bad, other = kept(tmp_path / "warc", docx_file(), b"%PDF-1.4 broken", pdf_file())
    shelf = DocumentShelf(tmp_path)
    found = shelf.texts([good, bad, other])
    assert set(found) == {good.digest, other.digest}
    assert found[good.digest].startswith(WORDS)
    (tmp_path / "warc" / good.pointer.file).unlink()
    assert shelf.texts([good, bad, other]) == found


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("a file where the folder should be", encoding="utf-8")
    files = kept(tmp_path / "warc", pdf_file())
    with pytest.raises(DataDirectoryError, match=r"cannot write in .*documents/v1: "):
        DocumentShelf(tmp_path).texts(files)


def test_a_file_whose_record_is_not_there_costs_only_itself(tmp_path: Path) -> None:
    lost, other = kept(tmp_path, docx_file(), pdf_file())
    nowhere = replace(lost, pointer=replace(lost.pointer, file="moved-away.warc.gz"))
    missing, well = read_documents([nowhere, other])
    assert missing.text is None
    assert "moved-away.warc.gz" in (missing.reason or "")
    assert well.text == "Notice of the meeting"


def test_a_file_that_hangs_its_reader_is_given_up_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (job, other) = kept(tmp_path, docx_file(), pdf_file())
    name = str(hanging(tmp_path, "hangs.warc.gz", monkeypatch))
    waiting = replace(job, pointer=replace(job.pointer, file=name))
    late, well = read_documents([waiting, other], seconds=10)
    assert (late.text, late.reason) == (None, "not read within 10 s")
    assert well.text == "Notice of the meeting"


def large_docx_file(characters: int) -> bytes:
    """A small file with one long paragraph."""
    out, whole = BytesIO(), BytesIO(docx_file())
    with (
        zipfile.ZipFile(whole) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for name in given.namelist():
            content = given.read(name)
            if name == "word/document.xml":
                content = content.replace(b"</w:t>", b"a" * characters + b"</w:t>", 1)
            made.writestr(name, content)
    return out.getvalue()


def test_a_file_that_takes_more_memory_than_it_may_is_given_up_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    large, other = kept(tmp_path, large_docx_file(200_000_000), pdf_file())
    too_much, well = read_documents([large, other], memory=600_000_000)
    assert (too_much.text, too_much.reason) == (None, "more memory than it may take")
    assert well.text == "Notice of the meeting"


def test_readers_that_cannot_start_cost_texts_now_and_not_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (job,) = kept(tmp_path / "warc", docx_file())
    shelf = DocumentShelf(tmp_path)
    monkeypatch.setattr(bounded, "_confine", end_at_once)
    assert shelf.texts([job]) == {}
    monkeypatch.undo()
    assert shelf.texts([job])[job.digest].startswith(WORDS)


def end_at_once(memory: int) -> None:
    os._exit(1)


SLOW_TO_START = """\
import os, pathlib, sys, time
folder = pathlib.Path(__file__).parent
if "--multiprocessing-fork" in sys.orig_argv:
    try:
        (folder / "first").touch(exist_ok=False)
    except FileExistsError:
        while not (folder / "closed").exists():
            time.sleep(0.01)
"""


def test_a_reader_that_is_still_starting_when_all_is_read_ends_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    jobs = kept(tmp_path / "warc", pdf_file(), docx_file())
    (tmp_path / "sitecustomize.py").write_text(SLOW_TO_START)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    late: list[int | None] = []
    force: Callable[[WorkerManager], None] = WorkerManager.force_stop_workers

    def after_it_started(manager: WorkerManager) -> None:
        # The pool's channels are closed by now; the second worker finds that out by itself.
        (tmp_path / "closed").touch()
        for process in list(manager.workers.values()):
            process.join(PATIENCE_SECONDS)
            late.append(process.exitcode)
        force(manager)

    monkeypatch.setattr(WorkerManager, "force_stop_workers", after_it_started)
    assert all(one.text for one in read_documents(jobs))
    assert len(late) == 2
    said = capfd.readouterr().err
    assert "Traceback" not in said, said


def test_why_a_file_has_no_text_is_kept_beside_it(tmp_path: Path) -> None:
    (job,) = kept(tmp_path / "warc", b"%PDF-1.4 broken")
    DocumentShelf(tmp_path).texts([job])
    (why,) = (tmp_path / "documents").rglob("*.why")
    assert why.read_text(encoding="utf-8")


def test_old_workbooks_give_their_cells() -> None:
    assert format_of(xls_file()) == format_of(old_xls_file()) == "xls"
    assert text_of(xls_file()) == "Total\t12.5"
    assert text_of(old_xls_file()) == "Total\t12"


def test_an_article_has_the_text_of_its_attachment_in_the_store(tmp_path: Path) -> None:
    page = (
        "<title>通知</title><h1>关于学习的通知</h1><div>发布时间：2010-12-09</div><div id=zoom>"
        "<p>请各支部组织党员认真学习，并于月底前将学习情况报送党总支办公室备案。</p>"
        "<p><a href='/files/a.docx'>附件：学习材料</a></p></div>"
    ).encode()
    site = "http://www.example.ac.cn/"
    with WarcWriter(tmp_path / "in", prefix="site") as writer:
        for path, kind, content in (
            ("dj/t20101209_1.html", "text/html", page),
            ("files/a.docx", "application/msword", docx_file()),
        ):
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}"
            writer.write(sample(response=f"{head}\r\n\r\n".encode() + content, url=site + path))
    with open_archive(tmp_path / "data", create=True) as archive:
        backfill(archive, [tmp_path / "in"], "s")
        article = archive.store.article(f"{site}dj/t20101209_1.html")
        (attachment,) = article.reading.attachments
        found = archive.search("attachment:王伟")
        assert [hit.url for hit in found.hits] == [f"{site}dj/t20101209_1.html"]
        assert archive.count("attachment:无人") == 0
    assert attachment.text is not None
    assert attachment.text.splitlines() == [WORDS, "姓名\t王伟", "完"]
    for shown in (show_text.as_text, show_text.as_markdown, show_text.as_html):
        assert f"{WORDS}\n姓名\t王伟" in shown(article)


def test_a_site_pass_loads_no_reader_of_documents_before_there_is_one() -> None:
    program = (
        "import sys, archive.sitepass.derive; "
        "print(sorted({'pypdf', 'docx', 'openpyxl', 'xlrd', 'olefile'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
