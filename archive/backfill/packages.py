"""WACZ packages: the WARC files in them are copied into the archive, byte for byte.

It promises that no name in a package leads out of the archive, that a package cannot grow beyond
its limits, and that a file which is not the one its package tells of is named. A package of
packages (a collection, as Browsertrix gives it) is taken in as each of them is.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from archive.backfill.inputs import Input, Kind, kind_of
from archive.backfill.placing import COPY_BYTES, kept, opened
from archive.errors import WarcError
from archive.warc.storage import storage_errors

MAX_MEMBER_BYTES = 64 * 1024**3
"""Of one WARC file or package in a package; a larger one is taken for a bomb."""
BOMB_BYTES = 1024**3
MAX_TIMES = 200
"""So many times its size a larger WARC file or package may have unpacked: pages shrink to a tenth,
the zeros of a bomb to a thousandth."""
MAX_LIST_BYTES = 16 * 1024**2
"""Of a package's list of its files; beyond it no digest is compared."""
LIST_NAME = "datapackage.json"
CheckRoom = Callable[[int], None]
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The WARC files of a package in the archive, and which of them (``problems``, a line each)
    are not what the package says of them."""

    paths: tuple[Path, ...]
    problems: tuple[str, ...]


def unpacked(
    file: Input,
    warc_dir: Path,
    check_room: CheckRoom = lambda more: None,
    go_on: Callable[[], None] = lambda: None,
) -> Unpacked:
    """The WARC files in the package, copied byte for byte into ``warc_dir``; ``check_room`` is
    asked before for the bytes that they have unpacked, ``go_on`` again and again while they are
    copied; either may raise.

    Raises WarcError when it is no package that can be read, DataDirectoryError
    (DiskFullError) when the archive cannot be written.
    """
    taken = _Taken(warc_dir.resolve(), check_room, go_on)
    with opened(file) as source:
        taken.package(file.name, source, nested=False)
    return Unpacked(tuple(taken.paths), tuple(taken.problems))


@dataclass(slots=True)
class _Taken:
    """What was found in a package so far."""

    root: Path
    check_room: CheckRoom
    go_on: Callable[[], None]
    paths: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def package(self, name: str, source: IO[bytes], *, nested: bool) -> None:
        """Take the WARC files of the package ``source``; within one that is ``nested`` no others
        are looked for."""
        try:
            with zipfile.ZipFile(source) as package:
                self._members(name, package, nested=nested)
        except (OSError, *_ZIP_ERRORS) as error:
            raise WarcError(f"{name}: not a WACZ package that can be read: {error}") from error

    def _members(self, name: str, package: zipfile.ZipFile, *, nested: bool) -> None:
        wanted = {Kind.WARC} if nested else {Kind.WARC, Kind.WACZ}
        members = [one for one in package.infolist() if _kind(one) in wanted]
        if not members:
            raise WarcError(f"{name}: no WARC file is in this package")
        for one in members:
            if _is_bomb(one):
                raise WarcError(
                    f"{name}: {_base(one)} has {one.compress_size} bytes here and {one.file_size} "
                    "unpacked, too many; if it is no bomb, unpack it yourself and name the folder"
                )
        self.check_room(sum(one.file_size for one in members))
        told = _told_digests(package)
        for one in members:
            try:
                with package.open(one) as source:
                    digest = self._member(f"{name}: {_base(one)}", one, source)
            except (WarcError, *_ZIP_ERRORS) as error:
                if _kind(one) is Kind.WARC:
                    raise
                # One package of a collection costs itself only.
                self.problems.append(f"{name}: {_base(one)} is not taken in: {error}")
                continue
            if told.get(one.filename, digest) != digest:
                self.problems.append(
                    f"{name}: {_base(one)} is not the file that {LIST_NAME} tells of "
                    f"(SHA-256 {digest}); taken in as it is"
                )

    def _member(self, name: str, one: zipfile.ZipInfo, source: IO[bytes]) -> str:
        """Take one member; returns its SHA-256."""
        if _kind(one) is Kind.WARC:
            path, digest = kept(source, self.root, _base(one), self.go_on)
            self.paths.append(path)
            return digest
        with _aside(source, self.root, self.go_on) as (inside, digest):
            self.package(name, inside, nested=True)
        return digest


@contextmanager
def _aside(
    source: IO[bytes], folder: Path, go_on: Callable[[], None]
) -> Iterator[tuple[IO[bytes], str]]:
    """The bytes in a file without a name, and their SHA-256: a package is read to and fro, which
    within another one would be from its beginning each time."""
    hashed = hashlib.sha256()
    with ExitStack() as opened:
        with storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            inside = opened.enter_context(TemporaryFile(dir=folder))
        while piece := source.read(COPY_BYTES):
            go_on()
            hashed.update(piece)
            with storage_errors(folder):
                inside.write(piece)
        yield inside, hashed.hexdigest()


def _told_digests(package: zipfile.ZipFile) -> dict[str, str]:
    """The SHA-256 of each file that the package's list names; none where there is no list."""
    try:
        if package.getinfo(LIST_NAME).file_size > MAX_LIST_BYTES:
            return {}
        resources = json.loads(package.read(LIST_NAME))["resources"]
        pairs = [(str(one["path"]), str(one["hash"])) for one in resources]
    except (KeyError, TypeError, ValueError, RecursionError):
        return {}
    kind = "sha256:"
    return {path: told[len(kind) :].lower() for path, told in pairs if told.startswith(kind)}


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    size = member.file_size
    return size > MAX_MEMBER_BYTES or size > max(BOMB_BYTES, MAX_TIMES * member.compress_size)


def _kind(member: zipfile.ZipInfo) -> Kind | None:
    return None if member.is_dir() else kind_of(Path(_base(member)))


def _base(member: zipfile.ZipInfo) -> str:
    """The member's name without folders: what a stranger's package says must not lead out."""
    return Path(member.filename.replace("\\", "/")).name
