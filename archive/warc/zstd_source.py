"""A WARC file in Zstandard frames, read as a gzipped one is: each frame is a unit.

Zstandard Compression for WARC Files 1.0 (iipc.github.io/warc-specifications): one frame a record,
in front of them perhaps a skippable frame with the dictionary that all of them need, which may be
compressed itself; other skippable frames are passed over. It promises what ``archive.warc.source``
does, and that no frame makes it hold more than the largest window.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import BinaryIO

from archive.warc.source import READ_BYTES, DamageError, MemberSource

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAGIC = b"\x28\xb5\x2f\xfd"
DICTIONARY_FRAME = b"\x5d\x2a\x4d\x18"
_SKIPPABLE_END = b"\x2a\x4d\x18"
_SKIPPABLE_FIRST = frozenset(range(0x50, 0x60))
_DICTIONARY_MAGIC = b"\x37\xa4\x30\xec"
_FRAME_HEAD = 8
MAX_DICTIONARY_BYTES = 64 * 1024 * 1024
WINDOW_LOG_MAX = 27
"""128 MB, what the reference decoder takes unless told otherwise."""
_HELD_DICTIONARIES = 4
_PEEK_BYTES = 16 * 1024
_OPTIONS: dict[int, int] = {zstd.DecompressionParameter.window_log_max: WINDOW_LOG_MAX}


class ZstdSource(MemberSource):
    """A file of Zstandard frames: each frame that is not skippable is a unit."""

    _magic = MAGIC

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        super().__init__(file, start)
        self._dictionary: zstd.ZstdDict | None = None
        self._knows_dictionary = False
        self._stream = zstd.ZstdDecompressor()

    def begin(self) -> bool:
        """Go to the next frame with content; False at the end of the file. Raises DamageError."""
        self.start = self._next
        self._buffer, self._at = b"", 0
        if not self._knows_dictionary:
            self._knows_dictionary = True
            self._dictionary = _dictionary_of(self._file)
        self._stream = zstd.ZstdDecompressor(self._dictionary, _OPTIONS)
        while True:
            self._file.seek(self.start)
            head = self._file.read(_FRAME_HEAD)
            if not head:
                return False
            if not _is_skippable(head):
                break
            self.start += _FRAME_HEAD + int.from_bytes(head[4:], "little")
        if not head.startswith(MAGIC[: len(head)]):
            raise DamageError("not a Zstandard frame")
        self._file.seek(self.start)
        return True

    def _more(self) -> bytes:
        while not self._stream.eof:
            raw = self._file.read(READ_BYTES) if self._stream.needs_input else b""
            if self._stream.needs_input and not raw:
                raise DamageError("the Zstandard frame is cut short")
            try:
                out = self._stream.decompress(raw, READ_BYTES)
            except (zstd.ZstdError, MemoryError) as error:
                raise DamageError(f"broken Zstandard frame: {error}") from error
            if self._stream.eof:
                self._next = self._file.tell() - len(self._stream.unused_data)
            if out:
                return out
        return b""

    def _first_bytes(self) -> bytes:
        at = self._file.tell()
        stream = zstd.ZstdDecompressor(self._dictionary, _OPTIONS)
        head = b""
        try:
            # The first block must be there whole, or nothing comes of it.
            while not (head := stream.decompress(self._file.read(_PEEK_BYTES), 64)):
                if stream.eof or self._file.tell() - at > READ_BYTES * 4:
                    return b""
        except (zstd.ZstdError, EOFError):
            return b""
        return head


def _is_skippable(head: bytes) -> bool:
    return len(head) == _FRAME_HEAD and head[0] in _SKIPPABLE_FIRST and head[1:4] == _SKIPPABLE_END


def _dictionary_of(file: BinaryIO) -> zstd.ZstdDict | None:
    """The dictionary at the beginning of the file, if there is one. Raises DamageError."""
    file.seek(0)
    head = file.read(_FRAME_HEAD)
    if not head.startswith(DICTIONARY_FRAME) or len(head) < _FRAME_HEAD:
        return None
    size = int.from_bytes(head[4:], "little")
    if size > MAX_DICTIONARY_BYTES:
        raise DamageError(f"a dictionary of {size} bytes, more than {MAX_DICTIONARY_BYTES}")
    content = file.read(size)
    if len(content) < size:
        raise DamageError("the dictionary is cut short")
    return _loaded(content)


@lru_cache(maxsize=_HELD_DICTIONARIES)
def _loaded(content: bytes) -> zstd.ZstdDict:
    """A single record is read often, and a dictionary takes longer to load than the record."""
    try:
        if content.startswith(MAGIC):
            content = zstd.ZstdDecompressor().decompress(content, MAX_DICTIONARY_BYTES)
        return zstd.ZstdDict(content, is_raw=not content.startswith(_DICTIONARY_MAGIC))
    except (zstd.ZstdError, ValueError) as error:
        raise DamageError(f"broken dictionary: {error}") from error
