"""Texts of many articles, put away on disk while all of the articles are at hand.

A site's articles are joined over all its pages, and the evidence for a selection is looked for with
all of its articles; their texts are needed one after the other, and a large site's do not fit into
memory. It promises that an extraction that was put away says what it said before, that a small
site's stay in memory, and that nothing is left on disk when the program ends, however it ends.
"""

from __future__ import annotations

import os
import pickle
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields, replace
from io import FileIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from isal import isal_zlib

from archive.model import Article, Extraction
from archive.warc.storage import storage_errors

ROOM = 6_000_000
"""Characters of texts that stay in memory (about two bytes each)."""
REMEMBERED = 64
REMEMBERED_CHARS = 2_000_000
"""Pages whose texts were read back and stay in memory, as long as these have so many characters:
one page's are asked for several times in a row."""
LEVEL = 1
_LARGE = ("text", "markdown", "html", "removals")
_NAMES = tuple(field.name for field in fields(Extraction))


class Spool:
    """Keeps extractions, the first in memory, the others in ``file`` (in
    ``folder``), which must be open as long as they are asked for anything."""

    def __init__(self, file: FileIO, folder: Path, room: int | None = None) -> None:
        self._file = file
        self._folder = folder
        self._room = ROOM if room is None else room
        self._end = 0
        self._read: OrderedDict[int, tuple[Any, ...]] = OrderedDict()
        self._held = 0  # characters in these

    def keep(self, extraction: Extraction) -> Extraction:
        """``extraction``, or one that says the same and has its texts on disk. Raises
        DataDirectoryError when the disk takes no more."""
        if isinstance(extraction, _PutAway):
            return extraction
        self._room -= len(extraction.text) + len(extraction.markdown) + len(extraction.html)
        if self._room >= 0:
            return extraction
        large = tuple(getattr(extraction, name) for name in _LARGE)
        packed = isal_zlib.compress(pickle.dumps(large, pickle.HIGHEST_PROTOCOL), LEVEL)
        with storage_errors(self._folder):
            view = memoryview(packed)
            while view:
                view = view[self._file.write(view) :]
        at, self._end = self._end, self._end + len(packed)
        return _put_away(extraction, self, at, len(packed))

    def keep_article(self, article: Article) -> Article:
        """``article`` with all its texts kept so. Raises DataDirectoryError as ``keep`` does."""
        witnesses = tuple(
            replace(one, raw=self.keep(one.raw), clean=self.keep(one.clean))
            for one in article.witnesses
        )
        return replace(article, reading=self.keep(article.reading), witnesses=witnesses)

    def load(self, at: int, length: int) -> tuple[Any, ...]:
        """The large parts that lie at a place of the file."""
        found = self._read.get(at)
        if found is None:
            packed = os.pread(self._file.fileno(), length, at)
            found = self._read[at] = pickle.loads(isal_zlib.decompress(packed))
            self._held += _characters(found)
            while len(self._read) > 1 and (
                len(self._read) > REMEMBERED or self._held > REMEMBERED_CHARS
            ):
                self._held -= _characters(self._read.popitem(last=False)[1])
        return found


def _characters(large: tuple[Any, ...]) -> int:
    text, markdown, html, _ = large
    return len(text) + len(markdown) + len(html)


@contextmanager
def spooling(folder: Path) -> Iterator[Spool]:
    """A spool with a file in ``folder``. Raises DataDirectoryError when none can be made there."""
    with ExitStack() as opened:
        with storage_errors(folder):
            file = opened.enter_context(TemporaryFile(dir=folder, buffering=0))
        yield Spool(file, folder)


class _PutAway(Extraction):
    """An extraction whose large parts are in a spool. What is made of it with other values
    (``dataclasses.replace``) is a plain extraction."""

    __slots__ = ("_at", "_length", "_spool")

    def __new__(cls, *args: Any, **named: Any) -> Any:
        return Extraction(*args, **named)

    def __reduce__(self) -> tuple[Any, ...]:
        return Extraction, tuple(getattr(self, name) for name in _NAMES)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Extraction) and all(
            getattr(self, name) == getattr(other, name) for name in _NAMES
        )

    def __hash__(self) -> int:
        return hash((self.kind, self.url, self.title))


def _part(place: int) -> property:
    def read(self: Any) -> Any:
        return self._spool.load(self._at, self._length)[place]

    return property(read)


for _place, _name in enumerate(_LARGE):
    setattr(_PutAway, _name, _part(_place))


def _put_away(extraction: Extraction, spool: Spool, at: int, length: int) -> Extraction:
    made: Extraction = object.__new__(_PutAway)
    small = {name: getattr(extraction, name) for name in _NAMES if name not in _LARGE}
    for name, value in (small | {"_spool": spool, "_at": at, "_length": length}).items():
        object.__setattr__(made, name, value)
    return made
