"""Mending what ``verify`` finds, as far as it can be mended without losing a record.

Files that a dead crawl left open are finished; damaged bytes are put aside so that all other
records can be read by everyone (``archive.warc.mend``); the index is made to say what the files
hold; a row whose record lies elsewhere is led there; a row whose record is gone for good says so,
so that the page is asked for again, and the articles are derived again from what is left. It
promises that no whole record is changed, moved or removed, and that a row whose file is only not
there is left as it is: its disk may come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from archive.evidence.verify import RECORD_DAMAGED, Finding, Progress, Verification, verify
from archive.export.conversions import FOLDER, write_conversions
from archive.lock import locked
from archive.model import WarcPointer
from archive.sitepass.derive import derive
from archive.store import Archive
from archive.warc import recover
from archive.warc.exchanges import ORIGINAL_MISSING
from archive.warc.index import ELSEWHERE_NAME, INDEX_NAME, Index, finder
from archive.warc.listing import archives_in, entries_of, name_in
from archive.warc.mend import mend
from archive.warc.originals import path_of
from archive.warc.reader import read_captures
from archive.warc.storage import storage_errors


def repair(
    archive: Archive, site: str | None = None, progress: Progress = lambda line: None
) -> tuple[list[str], Verification]:
    """Mend, then look again; gives a line for each thing done, and what does not agree now.

    Raises LockedError while a crawl is running, DataDirectoryError when the directory cannot be
    written, NotFoundError when there is no such site.
    """
    directory = archive.warc_dir
    with locked(archive.data):
        done = recover(directory)
        found = verify(archive, site, progress)
        if not found.findings:
            return done, found
        for name in sorted({one.file for one in found.findings if one.file}):
            if (directory / name).exists() and not Path(name).is_absolute():
                done += mend(directory, directory / name)
        found = verify(archive, site, progress)
        done += _mend_index(directory, found.unlisted)
        done += _mend_rows(archive, found.findings)
        done += _mend_articles(archive, found.findings)
        return done, verify(archive, site, progress)


def _mend_index(directory: Path, unlisted: Iterable[str]) -> Iterator[str]:
    for name in sorted(unlisted):
        path = path_of(directory, name)
        # Damage was told of by the verification.
        entries = list(entries_of(directory, path, lambda error: None)) if path.exists() else []
        index = Index(directory, ELSEWHERE_NAME if Path(name).is_absolute() else INDEX_NAME)
        with storage_errors(directory):
            index.put_files({name}, entries)
        yield f"{name}: {len(entries)} entries put in the index"


def _mend_rows(archive: Archive, findings: Iterable[Finding]) -> Iterator[str]:
    rows = [one.row for one in findings if one.row is not None]
    places = _places(archive, {row.pointer.record_id for row in rows}) if rows else {}
    for row in rows:
        pointer = places.get(row.pointer.record_id)
        if pointer is not None:
            archive.store.amend_capture(row, pointer=pointer)
            yield f"{row.url}: found in {pointer.file} at byte {pointer.offset}"
        elif path_of(archive.warc_dir, row.pointer.file).exists():
            archive.store.amend_capture(row, error=RECORD_DAMAGED)
            yield f"{row.url}: its record is gone; marked, so that a crawl asks for it again"


def _mend_articles(archive: Archive, findings: Iterable[Finding]) -> Iterator[str]:
    """Derive again what was derived of rows that are different now, or is damaged itself."""
    changed = {one.site for one in findings if one.site}
    damaged = any(one.file and one.file.startswith(f"{FOLDER}/") for one in findings)
    for known in archive.store.sites():
        if known.name in changed:
            report = derive(archive, known.name, anew=True)
            yield f"{known.name}: {report.articles} articles derived again"
        elif damaged:
            yield f"{known.name}: {write_conversions(archive, known.name)} articles written again"


def _places(archive: Archive, wanted: set[str]) -> dict[str, WarcPointer]:
    """Where the records with these ids lie, whatever the rows say."""
    directory, found = archive.warc_dir, dict[str, WarcPointer]()
    sites = [known.name for known in archive.store.sites()]
    names = {file for site in sites for file in archive.store.warc_files(site)}
    names |= {name_in(directory, path) for path in archives_in(directory)}
    for name in sorted(names):
        path = path_of(directory, name)
        if not path.exists():
            continue
        for capture, pointer in read_captures(path, lambda error: None, finder(directory)):
            if pointer.record_id in wanted and capture.error != ORIGINAL_MISSING:
                found.setdefault(pointer.record_id, replace(pointer, file=name))
    return found
