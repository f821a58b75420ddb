"""The text of a Word 97-2003 file, from its streams.

No kept library reads these files in Python; their text is a table of pieces ([MS-DOC], sections
2.5.1 Fib, 2.8.35 PlcPcd, 2.9.38 Clx). It promises the text of all parts (body, notes, headers) in
the file's order, without field codes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

WORD_IDENT = 0xA5EC
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
FLAGS_AT, CLX_AT = 0x0A, 0x01A2
COMPRESSED = 0x40000000
PIECES, PROPERTIES = 0x02, 0x01
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14?")
_AS_TEXT = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x07": "\t", "\x1e": "-"}
    | dict.fromkeys("\x01\x02\x03\x04\x05\x08\x13\x14\x15\x1f", "")
)


class WordFormatError(ValueError):
    """The streams are none of a Word file that can be read."""


def word_text(streams: Mapping[str, bytes]) -> str:
    """The text of the streams ``WordDocument`` and ``0Table`` or ``1Table``."""
    word = streams.get("WordDocument", b"")
    try:
        (ident,) = struct.unpack_from("<H", word, 0)
        (flags,) = struct.unpack_from("<H", word, FLAGS_AT)
        at, size = struct.unpack_from("<II", word, CLX_AT)
    except struct.error as error:
        raise WordFormatError("the head is cut off") from error
    if ident != WORD_IDENT:
        raise WordFormatError("written by a Word older than 97")
    if flags & ENCRYPTED:
        raise WordFormatError("it is protected by a password")
    table = streams.get("1Table" if flags & SECOND_TABLE else "0Table", b"")
    raw = "".join(_pieces(word, _piece_table(table[at : at + size])))
    return _FIELD_CODE.sub("", raw).replace("\x07\x07", "\n").translate(_AS_TEXT)


def _piece_table(clx: bytes) -> bytes:
    place = 0
    while place + 5 <= len(clx):
        if clx[place] == PIECES:
            (size,) = struct.unpack_from("<I", clx, place + 1)
            return clx[place + 5 : place + 5 + size]
        if clx[place] != PROPERTIES:
            break
        (size,) = struct.unpack_from("<H", clx, place + 1)
        place += 3 + size
    raise WordFormatError("it has no table of its pieces")


def _pieces(word: bytes, table: bytes) -> Iterator[str]:
    count = (len(table) - 4) // 12
    if count < 1:
        raise WordFormatError("its table of pieces is empty")
    ends = struct.unpack_from(f"<{count + 1}I", table, 0)
    for number in range(count):
        (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)
        length = max(0, ends[number + 1] - ends[number])
        if place & COMPRESSED:
            start = (place & ~COMPRESSED) // 2
            yield word[start : start + length].decode("cp1252", "replace")
        else:
            yield word[place : place + 2 * length].decode("utf-16-le", "replace")
