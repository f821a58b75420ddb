"""WACZ packages: the WARC files in them are copied into the archive, byte for byte.

It promises that no name in a package leads out of the archive, that a package cannot grow beyond
its limits, and that a file which is not the one its package tells of is named. A package that was
cut, or has a damaged file in it, costs what cannot be read and no more. A package of packages (a
collection, as Browsertrix gives it) is taken in as each of them is.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from archive.backfill.inputs import Input, Kind, kind_of
from archive.backfill.placing import COPY_BYTES, Readable, kept, opened
from archive.backfill.remains import Member, Remains, header_at, next_member
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
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)
"""What the library says of damage: also that a place before the file's beginning cannot be read."""


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
            package = zipfile.ZipFile(source)
        except _ZIP_ERRORS as error:
            self._unlisted(name, source, error, nested=nested)
            return
        with package:
            self._listed(name, package, source, nested=nested)

    def _listed(
        self, name: str, package: zipfile.ZipFile, source: IO[bytes], *, nested: bool
    ) -> None:
        """Take what the package's own list names."""
        wanted = [one for one in package.infolist() if _is_wanted(one.filename, nested=nested)]
        # What two names are given for is one file, and is read once.
        members = list({one.header_offset: one for one in wanted}.values())
        if not members:
            raise WarcError(f"{name}: no WARC file is in this package")
        for one in members:
            if _is_bomb(one.compress_size, one.file_size):
                raise WarcError(
                    f"{name}: {_base(one.filename)} has {one.compress_size} bytes here and "
                    f"{one.file_size} "
                    "unpacked, too many; if it is no bomb, unpack it yourself and name the folder"
                )
        self.check_room(sum(one.file_size for one in members))
        told = self._told(name, package)
        ends = _ends(package)
        for one in members:
            try:
                with package.open(one) as content:
                    self._member(name, one.filename, content, told)
            except (WarcError, *_ZIP_ERRORS):
                self._remains(name, source, header_at(source, one), ends[one.header_offset])

    def _unlisted(self, name: str, source: IO[bytes], error: Exception, *, nested: bool) -> None:
        """Take what can be found without the list, member by member."""
        before, at = (len(self.problems), len(self.paths)), 0
        try:
            while (one := next_member(source, at, self.go_on)) is not None:
                at, limit = one.data_at, source.seek(0, SEEK_END)
                if _is_wanted(one.name, nested=nested):
                    self.check_room(min(one.packed or 0, limit))
                    at = self._remains(name, source, one, limit)
                elif one.packed and at + one.packed <= limit:
                    at += one.packed
        except OSError as worse:
            error = worse
        if before == (len(self.problems), len(self.paths)):
            raise WarcError(f"{name}: not a WACZ package that can be read: {error}") from error
        self.problems.insert(
            before[0],
            f"{name}: the list of its files is cut off or damaged ({error}); they were looked for "
            "one by one, and what lay behind a cut is lost",
        )

    def _member(self, name: str, path: str, content: Readable, told: dict[str, str]) -> None:
        """Take a member, the file or package ``path``, whose bytes are ``content``."""
        called = f"{name}: {_base(path)}"
        if kind_of(Path(_base(path))) is Kind.WARC:
            place, digest = kept(content, self.root, _base(path), self.go_on)
            self.paths.append(place)
        else:
            with _aside(content, self.root, self.go_on) as (inside, digest):
                try:
                    self.package(called, inside, nested=True)
                except WarcError as error:
                    # One package of a collection costs itself only.
                    self.problems.append(f"{called} is not taken in: {error}")
                    return
        if told.get(path, digest) != digest:
            self.problems.append(
                f"{called} is not the file that {LIST_NAME} tells of "
                f"(SHA-256 {digest}); taken in as it is"
            )

    def _remains(self, name: str, source: IO[bytes], one: Member, limit: int) -> int:
        """Take what can be read of a member that is damaged, or may be; returns where it ends."""
        where = f"{name}: {_base(one.name)} at byte {one.at}"

        def may_be(packed: int, unpacked: int) -> None:
            if _is_bomb(packed, unpacked):
                raise WarcError(f"{where} is not taken in: {packed} bytes unpack to {unpacked}")

        content = Remains(source, one, limit, may_be)
        try:
            if content.peek():
                self._member(name, one.name, content, {})
                if content.trouble:
                    self.problems.append(
                        f"{where} is damaged: {content.trouble}; what can be read of it is taken in"
                    )
            elif content.trouble:
                self.problems.append(f"{where} is not taken in: {content.trouble}")
        except (WarcError, OSError) as error:
            self.problems.append(str(error))
        return content.end

    def _told(self, name: str, package: zipfile.ZipFile) -> dict[str, str]:
        try:
            return _told_digests(package)
        except _ZIP_ERRORS as error:
            self.problems.append(f"{name}: {LIST_NAME} cannot be read: {error}")
            return {}


def _ends(package: zipfile.ZipFile) -> dict[int, int]:
    """Where what begins at each header ends at the latest: where the next one begins, so that no
    byte is unpacked for two members."""
    starts = sorted({one.header_offset for one in package.infolist()})
    return dict(zip(starts, [*starts[1:], package.start_dir], strict=True))


@contextmanager
def _aside(
    source: Readable, folder: Path, go_on: Callable[[], None]
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


def _is_bomb(packed: int, unpacked: int) -> bool:
    return unpacked > MAX_MEMBER_BYTES or unpacked > max(BOMB_BYTES, MAX_TIMES * packed)


def _is_wanted(path: str, *, nested: bool) -> bool:
    wanted = {Kind.WARC} if nested else {Kind.WARC, Kind.WACZ}
    return not path.endswith("/") and kind_of(Path(_base(path))) in wanted


def _base(path: str) -> str:
    """The member's name without folders: what a stranger's package says must not lead out."""
    return Path(path.replace("\\", "/")).name
