"""The index entries of a whole file, read again from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from archive.errors import RecordError
from archive.warc.cdxj import Entry, answer_entry, confirmed_entry
from archive.warc.index import Index, finder
from archive.warc.naming import OPEN_SUFFIX
from archive.warc.payload import http_message
from archive.warc.reader import Found, read_exchanges
from archive.warc.records import OnError

ARCHIVE_SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")


def entries_of(directory: Path, path: Path, on_error: OnError | None = None) -> Iterator[Entry]:
    """One entry for each answer in ``path``, a file of ``directory`` or of another place.

    Damage is told to ``on_error``, or raised as RecordError. Raises OSError.
    """

    def name_of(place: Path) -> str:
        return name_in(directory, place)

    for found in read_exchanges(path, on_error, finder(directory), with_confirmed=True):
        entry = entry_of(found, name_of(path), name_of)
        if entry is not None:
            yield entry


def entry_of(found: Found, name: str, name_of: Callable[[Path], str | None]) -> Entry | None:
    """The entry of one exchange of the file called ``name``; None where there was no answer, and
    for a 304 when what it confirms is not there, or in a file that ``name_of`` cannot name."""
    capture = found.capture
    if capture.revisit is not None and capture.revisit.profile == "server-not-modified":
        if found.confirmed is None:
            return None
        place, record = found.confirmed
        file = name_of(place)
        return None if file is None else confirmed_entry(capture, name, file, record)
    if not capture.response and capture.revisit is None:
        return None
    message = None
    if not capture.url.startswith("urn:"):
        message = http_message(capture.response, capture.request)
    pointer = replace(found.pointer, file=name)
    return answer_entry(capture, pointer, message, is_revisit=capture.revisit is not None)


def index_missing(directory: Path) -> list[str]:
    """Put the finished files of ``directory`` into its index that are not in it, such as those of
    an older program; returns their names. Damage in them is passed over. Raises OSError."""
    index = Index(directory)
    known = index.files()
    paths = {name_in(directory, path): path for path in archives_in(directory)}
    missing = [name for name in paths if name not in known]
    if missing:
        errors: list[RecordError] = []
        entries = (
            entry for name in missing for entry in entries_of(directory, paths[name], errors.append)
        )
        index.put_files(missing, entries)
    return missing


def archives_in(directory: Path) -> list[Path]:
    """The finished WARC and ARC files of ``directory``, folders in it included, by name."""
    return sorted(path for path in directory.rglob("*") if is_archive(path))


def is_archive(path: Path) -> bool:
    """Is this a finished WARC or ARC file?"""
    return path.name.lower().endswith(ARCHIVE_SUFFIXES) and path.is_file()


def name_in(directory: Path, path: Path) -> str:
    """How pointers and indexes of ``directory`` call the file: by its path inside, or whole."""
    final = path.with_name(path.name.removesuffix(OPEN_SUFFIX)).resolve()
    root = directory.resolve()
    return str(final.relative_to(root)) if final.is_relative_to(root) else str(final)
