"""Text that was encoded twice: a program read the bytes as a Western encoding and saved that.

A page in GBK then reads "Ž¬³€±»" for 船长被, in good UTF-8. It promises to give back the bytes as
they were before, without losing one, and to ask no more of any other page than two counts.
"""

from __future__ import annotations

from collections.abc import Iterator

MIN_MARKS = 40
"""Western letters that a page must have to be looked at."""
MARKS_SHARE = 0.1
"""Of the bytes above ASCII: where UTF-8 was taken for cp1252, as few as one in eight is one."""

_ASCII_BYTES = bytes(range(0x80))
_LEADS = (b"\xc2", b"\xc3")
"""U+0080 to U+00FF begin so in UTF-8; no other character has these bytes."""


def _table(encoding: str) -> dict[int, int]:
    """The characters that are not the one of their byte's number, to that number."""
    table = {}
    for byte in range(0x80, 0x100):
        character = bytes([byte]).decode(encoding, "ignore")
        if character and ord(character) != byte:
            table[ord(character)] = byte
    return table


# Browsers, and the programs that did this, read what these leave open as the control of its number.
_WESTERN = (_table("cp1252"), _table("iso8859-15"))


def _has_marks(body: bytes) -> bool:
    """Are there MIN_MARKS of the letters? Most pages have none or a few, and looking for the next
    one takes a tenth of the time of counting all."""
    found = 0
    for lead in _LEADS:
        at = body.find(lead)
        while at >= 0:
            found += 1
            if found == MIN_MARKS:
                return True
            at = body.find(lead, at + 1)
    return False


def bytes_before(body: bytes, text: str) -> Iterator[bytes]:
    """What ``body``, which is ``text`` in UTF-8, may have been made from, for each way in which
    every character of the text is one byte."""
    if not _has_marks(body):
        return
    marks = sum(map(body.count, _LEADS))
    if marks < MARKS_SHARE * len(body.translate(None, _ASCII_BYTES)):
        return
    for table in _WESTERN:
        try:
            yield text.translate(table).encode("latin-1")
        except UnicodeEncodeError:
            continue
