"""What a backfill is given: files and folders, and what kind of file each is.

It promises an order that depends on the names alone, and that nothing a folder holds is passed over
in silence. Of a data directory of this program only the WARC files count: what else is in it was
derived from them; and what a browser saved beside a page is a part of that page.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from archive.errors import NotFoundError, UsageError
from archive.lock import LOCK_NAME
from archive.presence import is_file, mode_of
from archive.store.opening import WARC_NAME


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

_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
SAVED_WITH_ENDINGS = ("_files", ".files", "_文件", ".文件")
"""How browsers name the folder beside a page that they save whole: what is in it are the page's
pictures, scripts and frames, and no page of its own."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file; ``path`` is absolute, ``size`` in bytes, ``modified`` in nanoseconds since the
    epoch."""

    path: Path
    kind: Kind
    size: int
    modified: int

    @property
    def name(self) -> str:
        """The path as text; see ``readable``."""
        return readable(self.path)

    @property
    def can_be_pointed_at(self) -> bool:
        """Can the store and the index write down where it lies?"""
        return self.name == str(self.path)


@dataclass(frozen=True, slots=True)
class Found:
    """The files to take in, by name; how many of a folder's files are of no such kind; and a line
    for each file or folder that could not be looked at."""

    inputs: tuple[Input, ...]
    passed_over: int
    problems: tuple[str, ...] = ()


def find_inputs(paths: Iterable[Path]) -> Found:
    """The files that ``paths`` (files and folders) stand for, each once.

    Raises NotFoundError for a path that does not exist, UsageError for a named file of a kind that
    cannot be taken in, or what is no file (a pipe).
    """
    found: dict[Path, Input] = {}
    passed_over = 0
    problems: list[str] = []
    for path, kind, is_named in _files(paths, problems):
        if kind is None:
            if is_named:
                _check_kind(path, kind)
            passed_over += 1
            continue
        try:
            whole = path.resolve(strict=True)
            state = whole.stat()
        except (OSError, RuntimeError) as error:
            problems.append(_problem(path, error))
            continue
        found[whole] = Input(whole, kind, state.st_size, state.st_mtime_ns)
    ordered = tuple(found[path] for path in sorted(found))
    return Found(ordered, passed_over, tuple(sorted(problems)))


def check_named(paths: Iterable[Path]) -> None:
    """Raises as ``find_inputs`` does for what is named itself, without looking into folders."""
    for path in paths:
        _check_is_there(path)
        if path.is_file():
            _check_kind(path, kind_of(path))


def check_any(paths: Sequence[Path]) -> None:
    """Raises NotFoundError where no file that ``paths`` stand for can be taken in, and otherwise as
    ``find_inputs``."""
    kinds = [kind for _, kind, _ in _files(paths, [])]
    if not any(kinds):
        raise NotFoundError(
            f"{', '.join(map(readable, paths))}: nothing in there can be taken in (files "
            f"of other kinds: {len(kinds)}); it can be one of {' '.join(SUFFIXES)}"
        )


def readable(path: Path) -> str:
    """The path as text that can be written everywhere; where it is no UTF-8 (old archives have
    names in GBK), the bytes of its names as escapes. Different paths have different texts."""
    name = os.fsencode(path)
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("ascii", "backslashreplace")


def kind_of(path: Path) -> Kind | None:
    """The kind that the file's name tells, or None."""
    name = path.name.lower()
    return next((kind for suffix, kind in SUFFIXES.items() if name.endswith(suffix)), None)


def _check_is_there(path: Path) -> None:
    try:
        mode = mode_of(path)
    except OSError as error:
        raise NotFoundError(_problem(path, error)) from error
    if mode is None:
        raise NotFoundError(f"{readable(path)}: no such file or folder; name one that exists")
    if not (S_ISDIR(mode) or S_ISREG(mode)):
        raise UsageError(
            f"{readable(path)}: neither a file nor a folder; name one that can be read again"
        )


def _check_kind(path: Path, kind: Kind | None) -> None:
    if kind is None:
        raise UsageError(
            f"{readable(path)}: cannot take in this kind of file; it can be one of "
            + " ".join(SUFFIXES)
        )


def _files(paths: Iterable[Path], problems: list[str]) -> Iterator[tuple[Path, Kind | None, bool]]:
    """Every file, its kind, and whether it was named itself."""
    for path in paths:
        _check_is_there(path)
        if path.is_dir():
            inside = sorted(_within(path, problems))
            archives = [one.parent for one in inside if one.name == LOCK_NAME]
            kept_with_pages = {
                page.with_name(page.stem + ending)
                for page in inside
                if page.suffix.lower() in _PAGE_SUFFIXES
                for ending in SAVED_WITH_ENDINGS
            }
            for one in inside:
                derived = _is_derived(one, archives) or not kept_with_pages.isdisjoint(one.parents)
                yield one, None if derived else kind_of(one), False
        else:
            yield path, kind_of(path), True


def _within(folder: Path, problems: list[str]) -> Iterator[Path]:
    """The files in ``folder`` and the folders in it, linked ones, too, each folder once."""

    def unreadable(error: OSError) -> None:
        problems.append(_problem(Path(error.filename), error))

    seen: set[tuple[int, int]] = set()
    for place, folders, names in os.walk(folder, onerror=unreadable, followlinks=True):
        here = Path(place)
        try:
            state = here.stat()
        except OSError as error:
            unreadable(error)
            continue
        if (state.st_dev, state.st_ino) in seen:
            folders.clear()
            continue
        seen.add((state.st_dev, state.st_ino))
        for name in names:
            path = here / name
            try:
                if why := _what_is_wrong(path):
                    problems.append(f"{readable(path)}: {why}, not taken in")
                elif is_file(path):
                    yield path
            except OSError as error:
                unreadable(error)


def _what_is_wrong(path: Path) -> str | None:
    """Why nothing can be read at ``path``, of which only the name is known; raises OSError where
    it may not be looked at."""
    mode = mode_of(path)
    if mode is None and path.is_symlink():
        return "a link that leads nowhere"
    is_other = kind_of(path) is not None and not S_ISREG(mode or 0)
    return "neither a file nor a folder" if is_other else None


def _problem(path: Path, error: Exception) -> str:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{readable(path)}: {why}; not taken in"


def _is_derived(path: Path, archives: Iterable[Path]) -> bool:
    """Does the file lie in an archive of ours, and not among its WARC files?"""
    return any(
        path.is_relative_to(data) and not path.is_relative_to(data / WARC_NAME) for data in archives
    )
