"""What a backfill is given: files and folders, and what kind of file each is.

It promises an order that depends on the names alone, and that nothing a folder holds is passed over
in silence. Of a data directory of this program only the WARC files count: what else is in it was
derived from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archive.errors import NotFoundError, UsageError
from archive.lock import LOCK_NAME
from archive.store import WARC_NAME


class Kind(StrEnum):
    """How a file is taken in."""

    WARC = "warc"
    """A WARC or ARC file, compressed or not."""
    WACZ = "wacz"
    """A package with WARC files in it (WACZ 1.1.1)."""
    LOOSE = "loose"
    """One page or text: HTML, MHTML, plain text."""
    LINES = "lines"
    """A text a line, as JSON."""


SUFFIXES: dict[str, Kind] = {
    ".warc": Kind.WARC,
    ".warc.gz": Kind.WARC,
    ".warc.zst": Kind.WARC,
    ".arc": Kind.WARC,
    ".arc.gz": Kind.WARC,
    ".wacz": Kind.WACZ,
    ".html": Kind.LOOSE,
    ".htm": Kind.LOOSE,
    ".xhtml": Kind.LOOSE,
    ".mhtml": Kind.LOOSE,
    ".mht": Kind.LOOSE,
    ".txt": Kind.LOOSE,
    ".jsonl": Kind.LINES,
}


@dataclass(frozen=True, slots=True)
class Input:
    """One file; ``path`` is absolute, ``size`` in bytes, ``modified`` in nanoseconds since the
    epoch."""

    path: Path
    kind: Kind
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Found:
    """The files to take in, by name, and how many of a folder's files are of no such kind."""

    inputs: tuple[Input, ...]
    passed_over: int


def find_inputs(paths: Iterable[Path]) -> Found:
    """The files that ``paths`` (files and folders) stand for, each once.

    Raises NotFoundError for a path that does not exist, UsageError for a named file of a kind that
    cannot be taken in, or what is no file (a pipe).
    """
    found: dict[Path, Input] = {}
    passed_over = 0
    for path, kind, is_named in _files(paths):
        if kind is None:
            if is_named:
                raise UsageError(
                    f"{path}: cannot take in this kind of file; it can be one of "
                    + " ".join(SUFFIXES)
                )
            passed_over += 1
            continue
        whole = path.resolve()
        state = whole.stat()
        found[whole] = Input(whole, kind, state.st_size, state.st_mtime_ns)
    return Found(tuple(found[path] for path in sorted(found)), passed_over)


def kind_of(path: Path) -> Kind | None:
    """The kind that the file's name tells, or None."""
    name = path.name.lower()
    return next((kind for suffix, kind in SUFFIXES.items() if name.endswith(suffix)), None)


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, Kind | None, bool]]:
    """Every file, its kind, and whether it was named itself."""
    for path in paths:
        if not path.exists():
            raise NotFoundError(f"{path}: no such file or folder; name one that exists")
        if not (path.is_dir() or path.is_file()):
            raise UsageError(
                f"{path}: neither a file nor a folder; name one that can be read again"
            )
        if path.is_dir():
            archives = [lock.parent for lock in path.rglob(LOCK_NAME)]
            for inside in sorted(path.rglob("*")):
                if inside.is_file():
                    derived = _is_derived(inside, archives)
                    yield inside, None if derived else kind_of(inside), False
        else:
            yield path, kind_of(path), True


def _is_derived(path: Path, archives: Iterable[Path]) -> bool:
    """Does the file lie in an archive of ours, and not among its WARC files?"""
    return any(
        path.is_relative_to(data) and not path.is_relative_to(data / WARC_NAME) for data in archives
    )
