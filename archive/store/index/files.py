"""The tantivy files of the embedded index: opened, read, written under a lock.

It promises that at most one process writes, that what one round writes is there whole or not at
all (tantivy's own commit, the state document in it), and that a killed process leaves no lock.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from archive.errors import DataDirectoryError, StoreError
from archive.store.index import asking
from archive.store.index.common import Common
from archive.store.index.layout import LAYOUT, LEARNT, STATE, Entry, document, note, schema
from archive.warc.storage import NO_ROOM, has_room, no_room

LOCK_NAME = "writer.lock"
FILES_NAME = "tantivy"
MADE_NAME = "tantivy-made"
GONE_NAME = "tantivy-gone"
"""An index that is being made, and one in whose place another has come."""
META_NAME = "meta.json"  # as tantivy calls the list of what is committed
HEAP_BYTES = 192 << 20
"""Of the writer, before it puts a segment on the disk: about 22,000 articles. tantivy merges
segments of less than 10,000 articles with each other again and again; of such a size, seldom."""
THREADS = 1


@dataclass(frozen=True, slots=True)
class State:
    """How far the index has come: the last journal row that is in it (``seq`` and its ``mark``),
    and the layout it was made by."""

    seq: int
    mark: int
    layout: str = LAYOUT


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The index as it was committed at one moment: by what it is asked, what is common in it and
    whether that was learnt, and how far it had come; None where its layout is another."""

    searcher: tantivy.Searcher
    common: Common
    has_learnt: bool
    state: State | None


_OS_ERROR = re.compile(r"\(os error (\d+)\)")
"""How tantivy spells the operating system's errors."""


_PANIC = "PanicException"
"""How Rust code that gives up reaches Python."""

LEAST_ROOM = 1 << 20
"""Bytes; with less of them no segment can be written."""


def _system_code(directory: Path, error: ValueError) -> int | None:
    """The number of the operating system's error behind tantivy's, if one is."""
    if told := _OS_ERROR.search(str(error)):
        return int(told[1])
    # Of a thread of its own that died in writing it says no more than that.
    return errno.ENOSPC if directory.exists() and not has_room(directory, LEAST_ROOM) else None


def _of_system(directory: Path, error: OSError) -> DataDirectoryError:
    if error.errno in NO_ROOM:
        return no_room(directory)
    return DataDirectoryError(
        f"{directory} cannot be used for the index: {error.strerror or error}"
    )


class Files:
    """The index in ``directory``."""

    def __init__(self, directory: Path, name: str = FILES_NAME) -> None:
        self._directory = directory
        self._place = directory / name
        self._mutex = threading.RLock()  # of what a searcher sees
        self._index: tantivy.Index | None = None
        self._shown: TemporaryDirectory[str] | None = None
        self._view: View | None = None
        self._seen = (0, 0)
        self._writer: tantivy.IndexWriter | None = None
        self._common = Common()  # in what is written
        self._highest = 0  # no row beyond has a document, committed or written since
        self._lock: int | None = None

    @contextmanager
    def explained(self) -> Iterator[None]:
        """tantivy's errors as our own: it raises ValueError for whatever goes wrong."""
        try:
            yield
        except OSError as error:
            raise _of_system(self._directory, error) from error
        except ValueError as error:
            if code := _system_code(self._directory, error):
                raise _of_system(self._directory, OSError(code, os.strerror(code))) from error
            raise self._damaged(error) from error
        except BaseException as error:
            # What tantivy's own code did not expect of its files is no Exception to Python.
            if type(error).__name__ == _PANIC:
                raise self._damaged(error) from error
            raise

    def _damaged(self, error: BaseException) -> StoreError:
        return StoreError(
            f"the index in {self._directory}: {error}; `palimpsest clean --reindex` makes it again"
        )

    # Reading

    def view(self) -> View | None:
        """The index as it was last committed, by whichever process; None when there is none that
        has these fields."""
        with self._mutex, self.explained():
            if self._index is None and not self._open():
                return None
            assert self._index is not None
            try:
                seen = self._stamp()
            except FileNotFoundError:
                if self._view is None:
                    raise
                return self._view  # another one is just taking its place
            if self._view is None or seen != self._seen:
                if self._shown is not None and self._view is not None:
                    self._open()  # its files may be others by now
                self._index.reload()
                self._view, self._seen = _view(self._index.searcher(), self._view), seen
            return self._view

    def _stamp(self) -> tuple[int, int]:
        # A commit puts a new file in the place of the old one.
        found = (self._place / META_NAME).stat()
        return found.st_ino, found.st_mtime_ns

    def _open(self) -> bool:
        if not self._place.is_dir() or not tantivy.Index.exists(str(self._place)):
            return False
        index = tantivy.Index.open(self._readable())
        if index.schema != schema():
            return False
        index.config_reader("manual")
        self._index = index
        return True

    def _readable(self) -> str:
        """Where tantivy can read the index: it takes locks for that, so where nothing can be
        written it is shown the files in a directory of this process's own."""
        if os.access(self._place, os.W_OK):
            return str(self._place)
        self._shown = TemporaryDirectory(prefix="palimpsest-index-")
        for file in self._place.iterdir():
            if file.suffix != ".lock":
                (Path(self._shown.name) / file.name).symlink_to(file.absolute())
        return self._shown.name

    def state(self) -> State | None:
        """The state of what ``view`` sees; None where there is no index, or one of another
        layout."""
        view = self.view()
        return None if view is None else view.state

    # Writing

    @property
    def owned(self) -> bool:
        """Whether this process is the one that writes."""
        return self._lock is not None

    def own(self) -> bool:
        """Become the one that writes; False when another process is."""
        if self._lock is not None:
            return True
        with self.explained():
            self._directory.mkdir(parents=True, exist_ok=True)
            # Through a link that leads nowhere, a file would be made wherever that is.
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            lock = os.open(self._directory / LOCK_NAME, flags, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        self._lock = lock
        return True

    def release(self) -> None:
        """Let merges end and others write."""
        writer, self._writer = self._writer, None
        try:
            if writer is not None:
                with self.explained():
                    writer.wait_merging_threads()
        finally:
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def start_anew(self) -> None:
        """Begin an empty index in the place of whatever is there; searchers keep what they see."""
        with self._mutex, self.explained():
            self._writer = self._index = self._view = None
            shutil.rmtree(self._place, ignore_errors=True)
            self._place.mkdir(parents=True)
            self._index = tantivy.Index(schema(), path=str(self._place))
            self._index.config_reader("manual")

    def teach(self, common: Common) -> None:
        """Let these phrases be common in what is written: before anything is."""
        with self.explained():
            self._open_writer().add_document(note(LEARNT, json.dumps(common.phrases)))
        self._common = common

    # Another index in the place of this one

    def beside(self) -> Files:
        """The index that is being made to take the place of this one, if it was begun."""
        return Files(self._directory, MADE_NAME)

    def give_way_to(self, made: Files) -> None:
        """Put the index ``made`` beside in the place of this one; searchers keep what they see."""
        made.release()
        gone = self._directory / GONE_NAME
        with self._mutex, self.explained():
            self._writer = self._index = self._view = None
            shutil.rmtree(gone, ignore_errors=True)
            with suppress(FileNotFoundError):
                self._place.rename(gone)
            made._place.rename(self._place)
            shutil.rmtree(gone, ignore_errors=True)

    def forget_beside(self) -> None:
        """Drop what is left of another index: this one is good, and is gone on with."""
        for name in (MADE_NAME, GONE_NAME):
            shutil.rmtree(self._directory / name, ignore_errors=True)

    def write(self, gone: Sequence[int], entries: Iterable[Entry]) -> int:
        """Take the rows ``gone`` out and put the entries in; seen after ``commit``. Returns how
        many entries there were."""
        writer = self._open_writer()
        # A deletion is looked for in every segment: not where there can be nothing.
        if there := [number for number in gone if number <= self._highest]:
            with self.explained():
                # By query: a deletion by term takes numbers for signed ones and finds none.
                writer.delete_documents_by_query(asking.numbered(there))
        count = 0
        for entry in entries:
            with self.explained():
                writer.add_document(document(entry, self._common))
            self._highest = max(self._highest, entry.number)
            count += 1
        return count

    def commit(self, state: State) -> None:
        """Make everything written since the last commit seen, with this state, or nothing."""
        writer = self._open_writer()
        with self.explained():
            writer.delete_documents_by_term("kind", STATE)
            writer.add_document(note(STATE, json.dumps(asdict(state))))
            writer.commit()

    def abandon(self) -> None:
        """Forget what was written since the last commit, and let a writer begin anew: now, not
        when whoever still knows this one (the traceback of what went wrong) has forgotten it."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(StoreError, DataDirectoryError), self.explained():
                writer.rollback()
                writer.wait_merging_threads()

    def highest(self) -> int:
        """The highest article row that has a document; 0 where there is none."""
        view = self.view()
        return 0 if view is None else asking.highest(view.searcher)

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            with self.explained():
                if self._index is None and not self._open():
                    self.start_anew()
                assert self._index is not None
                # Nobody else writes: what was committed last is all there is.
                view = self.view()
                self._highest = self.highest()
                self._common = Common() if view is None else view.common
                self._writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=THREADS)
                # What a killed one left is in no commit, but in the way of a file of its name.
                self._writer.garbage_collect_files()
        return self._writer


def _view(searcher: tantivy.Searcher, before: View | None) -> View:
    told = _note(searcher, STATE)
    state = State(**json.loads(told)) if told is not None else None
    if state is None or state.layout != LAYOUT:
        return View(searcher, Common(), has_learnt=False, state=None)
    learnt = _note(searcher, LEARNT)
    common = Common() if learnt is None else Common(json.loads(learnt))
    if before is not None and before.common.phrases == common.phrases:
        common = before.common  # with all that was worked out of it
    return View(searcher, common, learnt is not None, state)


def _note(searcher: tantivy.Searcher, kind: str) -> bytes | None:
    hits = searcher.search(asking.noted(kind), limit=1, count=False).hits
    return bytes(searcher.doc(hits[0][1])["note"][0]) if hits else None
