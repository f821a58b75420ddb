"""Do WARC files, index and store still agree: is each record there, whole and unchanged?

Every record of every file is read, its digests are checked, and what it holds is compared with the
index and with the store's rows. Nothing is changed: what does not agree is named, with its file
and offset, its address, or both. ``repair`` mends what can be mended.
"""

from __future__ import annotations

import fcntl
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive.addresses import host_of
from archive.evidence.fixity import check
from archive.export.conversions import FOLDER
from archive.model import WarcPointer
from archive.presence import mode_of
from archive.store import Archive, CaptureRow
from archive.warc.cdxj import owner_of
from archive.warc.check import digest_faults
from archive.warc.exchanges import ORIGINAL_MISSING
from archive.warc.index import ELSEWHERE_NAME, INDEX_NAME, Index, finder
from archive.warc.listing import archives_in, entry_of, name_in
from archive.warc.naming import OPEN_SUFFIX, OWN_NAME, SUFFIX
from archive.warc.originals import path_of
from archive.warc.reader import Found, read_exchanges
from archive.warc.records import OnError, Record, bare_id, read_records

RECORD_DAMAGED = "record-damaged"
"""The error of a row whose record was whole once and is not any more."""

LOST_TO_A_KILL = 14
"""Exchanges of one host in one file that no row tells of where the process was killed: what was on
its way."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement: ``where`` is an address, or a file and an offset. ``file`` is the file
    that must be looked at, by its name in the WARC directory; ``row`` the row it is about."""

    where: str
    problem: str
    file: str | None = None
    row: CaptureRow | None = None
    site: str | None = None


@dataclass(slots=True)
class Verification:
    """What was looked at: whole ``records`` of ``files``, ``captures`` of the store. ``unlisted``
    are files whose index entries do not agree, ``unknown`` files of our own that hold more than the
    store knows, ``notes`` what is as it should be after a crash, and what was put beside."""

    files: int = 0
    records: int = 0
    captures: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unlisted: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)


def verify(
    archive: Archive, site: str | None = None, progress: Progress = lambda line: None
) -> Verification:
    """Look at everything; with ``site``, at its captures and the files they lie in.

    ``progress`` gets a line for each file. Raises NotFoundError when there is no such site.
    """
    store = archive.store
    sites = [store.site(site).name] if site else [known.name for known in store.sites()]
    result = Verification()
    gone = {one for name in sites for one in store.failed_records(name, RECORD_DAMAGED)}
    scan = _Scan(archive.warc_dir, result, gone)
    for name in _files(archive, sites, everything=site is None):
        progress(name)
        scan.file(name)
    if site is None:
        scan.conversions(archive)
    told: set[str] = set()
    for name in sites:
        for row in store.captures(name):
            result.captures += 1
            scan.untold[row.pointer.file][row.host] -= 1
            told.add(row.pointer.file)
            problem = None if scan.has(row) else _problem(archive, row)
            if problem is not None:
                file = row.pointer.file
                result.findings.append(Finding(row.url, problem, file, row, name))
    if site is None:
        result.unknown.extend(_beyond_the_store(scan.untold))
        result.notes.extend(_put_beside(scan.untold, told))
    return result


def _beyond_the_store(untold: Mapping[str, Counter[str]]) -> Iterator[str]:
    """Files that know more than the store: it was restored from a copy older than they are, or they
    are another archive's."""
    for name, hosts in sorted(untold.items()):
        if OWN_NAME.fullmatch(name) and max(hosts.values()) > LOST_TO_A_KILL:
            count = sum(hosts.values())
            yield (
                f"{name}: exchanges in it that are none of the store's captures: {count}; "
                "`palimpsest backfill` of this file takes them in"
            )


def _put_beside(untold: Mapping[str, Counter[str]], told: Collection[str]) -> Iterator[str]:
    """Files of other programs of which the store knows nothing. It may have the same exchanges
    from another file."""
    for name, hosts in sorted(untold.items()):
        if name not in told and not OWN_NAME.fullmatch(name):
            yield (
                f"{name}: no capture of the store lies in this file of {sum(hosts.values())} "
                "exchanges; `palimpsest backfill` of it takes in what is new"
            )


def _files(archive: Archive, sites: list[str], *, everything: bool) -> list[str]:
    names = {file for site in sites for file in archive.store.warc_files(site)}
    if everything:
        directory = archive.warc_dir
        names.update(name_in(directory, path) for path in archives_in(directory))
        names.update(name_in(directory, p) for p in directory.glob(f"*{SUFFIX}{OPEN_SUFFIX}"))
        names.update(Index(directory).files())
    return sorted(names)


class _Hashes:
    """Many hashes in 8 bytes each: first all are added, then they are asked for."""

    def __init__(self) -> None:
        self._all = array("q")
        self._is_sorted = True

    def add(self, value: int) -> None:
        """One more."""
        self._all.append(value)
        self._is_sorted = False

    def __contains__(self, value: int) -> bool:
        if not self._is_sorted:
            self._all = array("q", sorted(self._all))
            self._is_sorted = True
        place = bisect_left(self._all, value)
        return place < len(self._all) and self._all[place] == value


@dataclass(slots=True)
class _Lines:
    """Different index lines, told by how many there are and by their hashes together."""

    count: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        """One more."""
        self.count += 1
        self.total += hash(line)


class _Scan:
    """Reads files from end to end; remembers of each capture two hashes, of each file's index
    lines what they come to: an archive of any size is verified in the memory that one file needs.
    """

    def __init__(self, directory: Path, result: Verification, gone: Collection[str]) -> None:
        self._directory = directory
        self._gone = gone
        self._result = result
        self._records, self._places = _Hashes(), _Hashes()
        self.untold: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._listed: dict[str, _Lines] = {}
        for name in (INDEX_NAME, ELSEWHERE_NAME):
            for line in Index(directory, name).lines():
                self._listed.setdefault(owner_of(line), _Lines()).add(line)

    def has(self, row: CaptureRow) -> bool:
        """Was the row's record seen, just where and as the row has it?"""
        return _hash(row.pointer.file, row.pointer) in self._places

    def file(self, name: str) -> None:
        """Read one file and note what is wrong with it."""
        path = path_of(self._directory, name)
        if mode_of(path) is None:
            self._note(name, "the file is not there", name)
            if name in self._listed:
                self._result.unlisted.add(name)
            return
        is_open = path.name.endswith(OPEN_SUFFIX)
        if is_open and _is_written(path):
            return  # Its crawl is running: what it has so far is in no index yet.
        self._result.files += 1
        try:
            lines = self._read(path, name, is_open=is_open)
        except OSError as error:
            self._note(name, f"cannot be read: {error.strerror or error}", name)
            return
        if is_open:
            self._result.notes.append(f"{path.name}: left open; the next crawl finishes it")
        elif lines != self._listed.get(name, _Lines()):
            self._result.unlisted.add(name)
            self._note(name, "the index does not say what is in this file", name)

    def conversions(self, archive: Archive) -> None:
        """Check the articles that are kept as records: they refer to records that are there."""
        for path in sorted((archive.data / FOLDER).glob(f"*{SUFFIX}")):
            self._result.files += 1
            own: set[str] = set()
            name = f"{FOLDER}/{path.name}"
            for record in read_records(path, self._damaged_in(name)):
                self._look(record, name)
                source = bare_id(record.header.field("WARC-Refers-To"))
                if source and source not in own and hash(source) not in self._records:
                    where = f"{name} at byte {record.offset}"
                    self._note(where, f"{source}, which it refers to, is in no file", name)
                own.add(record.id)

    def _damaged_in(self, name: str) -> OnError:
        return lambda error: self._note(f"{name} at byte {error.offset}", error.reason, name)

    def _look(self, record: Record, name: str) -> None:
        self._result.records += 1
        for fault in digest_faults(record):
            self._note(f"{name} at byte {record.offset}", fault, name)

    def _read(self, path: Path, name: str, *, is_open: bool) -> _Lines:
        """The lines that the index should have."""
        lines, seen = _Lines(), set[int]()
        found = read_exchanges(
            path,
            # The end of a file that was never finished may be torn; nobody was told of it.
            (lambda error: None) if is_open else self._damaged_in(name),
            finder(self._directory),
            with_confirmed=True,
            on_record=lambda record: self._look(record, name),
        )
        for one in found:
            self._remember(name, one)
            entry = entry_of(one, name, lambda place: name_in(self._directory, place))
            # Two answers 304 of one second have one line.
            if entry is not None and (line := entry.line()) and hash(line) not in seen:
                seen.add(hash(line))
                lines.add(line)
        return lines

    def _remember(self, name: str, found: Found) -> None:
        pointer = found.pointer
        if found.capture.error == ORIGINAL_MISSING:
            # Files of other programs come without the files that came before them.
            if OWN_NAME.fullmatch(name) and pointer.record_id not in self._gone:
                where = f"{name} at byte {pointer.offset}"
                self._note(where, "a revisit, and the record it goes back to is not there", name)
            return
        self.untold[name][host_of(found.capture.url)] += 1
        self._records.add(hash(pointer.record_id))
        self._places.add(_hash(name, pointer))

    def _note(self, where: str, problem: str, file: str) -> None:
        self._result.findings.append(Finding(where, problem, file))


def _hash(name: str, pointer: WarcPointer) -> int:
    place = name, pointer.offset, pointer.length
    return hash((pointer.record_id, *place, pointer.payload_digest))


def _is_written(path: Path) -> bool:
    """Does a living writer hold the file?"""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _problem(archive: Archive, row: CaptureRow) -> str | None:
    """What is wrong with a row that no file has just so; None where it only looks like that."""
    if row.error == RECORD_DAMAGED:
        return None
    # Where there was no response there is no payload: that the note is whole is all.
    return check(archive, row.pointer, payload=row.error is None).detail
