"""From a file's bytes to its text, one well-kept library a format.

It promises one paragraph a line, table cells by tab, rows by newline, as articles have it; that the
format is told from the bytes, never from the name; and ``DocumentFormatError`` for every file that
cannot be read.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO, StringIO

import docx
import olefile
import openpyxl
import pypdf
import xlrd
from docx.table import Table

from archive.documents.word import WordFormatError, word_text

MAX_CHARACTERS = 2_000_000
"""Of a longer text the rest is left out."""
MAX_UNPACKED_BYTES = 512 * 1024 * 1024
"""What the members of a docx or xlsx may unpack to; more is taken for an attack."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n\s*\n")


# It tells of each flaw, and of no file; what could not be read is said by who asked for it.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class DocumentFormatError(ValueError):
    """The file is of no format that is read here, or broken."""


def format_of(data: bytes) -> str | None:
    """``pdf``, ``docx``, ``xlsx``, ``doc`` or ``xls`` by the file's own marks; None for others."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(olefile.MAGIC):
        return _compound(data)
    return "xls" if data.startswith(_OLD_SHEETS) else None


def _zipped(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = packed.namelist()
            if sum(one.file_size for one in packed.infolist()) > MAX_UNPACKED_BYTES:
                return None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    return next(
        (kind for kind, part in _PARTS.items() if any(n.startswith(part) for n in names)), None
    )


# Worksheets of Excel 2 to 4 are one stream without a container.
_OLD_SHEETS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_PARTS = {"docx": "word/document", "xlsx": "xl/workbook"}


def _compound(data: bytes) -> str | None:
    try:
        with olefile.OleFileIO(BytesIO(data)) as parts:
            if parts.exists("WordDocument"):
                return "doc"
            return "xls" if parts.exists("Workbook") or parts.exists("Book") else None
    except (OSError, ValueError, TypeError, IndexError, KeyError):
        return None


def text_of(data: bytes) -> str:
    """The text of a document. Raises DocumentFormatError when there is none to be read."""
    kind = format_of(data)
    if kind is None:
        raise DocumentFormatError("no pdf, doc, docx, xls or xlsx file")
    try:
        return _tidied(_READERS[kind](data))
    except WordFormatError as error:
        raise DocumentFormatError(f"a {kind} file that cannot be read: {error}") from error
    except MemoryError:
        raise  # the file may be whole: its reader was given too little
    except Exception as error:  # the libraries raise whatever a broken file makes them stumble on
        raise DocumentFormatError(f"a broken {kind} file: {type(error).__name__}") from error


def _tidied(lines: Iterable[str]) -> str:
    out, room = [], MAX_CHARACTERS
    for raw in lines:
        line = _CONTROL.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip(" \n")
        if line:
            out.append(line[:room])
            room -= len(line) + 1
        if room <= 0:
            break
    return _BLANK_LINES.sub("\n", "\n".join(out))


def _pdf(data: bytes) -> Iterator[str]:
    for page in pypdf.PdfReader(BytesIO(data)).pages:
        yield page.extract_text()


def _docx(data: bytes) -> Iterator[str]:
    for part in docx.Document(BytesIO(data)).iter_inner_content():
        if isinstance(part, Table):
            yield from ("\t".join(cell.text for cell in row.cells) for row in part.rows)
        else:
            yield part.text


def _xlsx(data: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield _cells(row)


def _xls(data: bytes) -> Iterator[str]:
    book = xlrd.open_workbook(file_contents=data, on_demand=True, logfile=StringIO())
    for sheet in book.sheets():
        for number in range(sheet.nrows):
            yield _cells(sheet.row_values(number))


def _cells(values: Iterable[object]) -> str:
    return "\t".join(_cell(value) for value in values).strip("\t")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _doc(data: bytes) -> Iterator[str]:
    with olefile.OleFileIO(BytesIO(data)) as parts:
        streams = {
            name: parts.openstream(name).read()
            for name in ("WordDocument", "0Table", "1Table")
            if parts.exists(name)
        }
    yield word_text(streams)


_READERS: dict[str, Callable[[bytes], Iterable[str]]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "xls": _xls,
    "doc": _doc,
}
