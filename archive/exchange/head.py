"""Reading the head of an HTTP/1.x message as lenient as browsers are (RFC 9112, sections 2 to 5).

It promises that every line which says something is read, that what had to be forgiven is named in
``faults``, and that values stay the bytes they were (latin-1, so that nothing is lost).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.errors import HttpError

Headers = tuple[tuple[str, str], ...]

_STATUS_LINE = re.compile(r"HTTP/(\d{1,3}(?:\.\d{1,3})?)[ \t]+(\d{1,4})(?:[ \t]+(.*))?\Z", re.I)


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """A status line and its headers; ``version`` as "1.1", ``faults`` as names."""

    version: str
    status: int
    reason: str
    headers: Headers
    faults: tuple[str, ...]

    def all(self, name: str) -> list[str]:
        """Every value of the header ``name`` (lower case), in order."""
        return [value for key, value in self.headers if key.lower() == name]


def end_of_head(data: bytes | bytearray, start: int = 0) -> int:
    """Where the head that begins at ``start`` ends: after its blank line, or -1."""
    with_cr = data.find(b"\n\r\n", start)
    end = -1 if with_cr < 0 else with_cr + 3
    bare = data.find(b"\n\n", start, with_cr if with_cr >= 0 else len(data))
    return bare + 2 if bare >= 0 else end


def read_head(head: bytes) -> ResponseHead:
    """Read one response head. Raises HttpError when there is no status line."""
    lines = head.decode("latin-1").split("\n")
    line = lines[0].rstrip("\r")
    match = _STATUS_LINE.match(line)
    if match is None:
        raise HttpError(f"no status line: {line[:80]!r}")
    headers, faults = _read_fields(lines[1:])
    if not lines[0].endswith("\r"):
        faults.insert(0, "line-feed-only")
    version, status, reason = match.groups()
    return ResponseHead(version, int(status), reason or "", tuple(headers), tuple(faults))


def _read_fields(lines: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    headers: list[tuple[str, str]] = []
    faults: list[str] = []
    for raw in lines:
        line = raw.rstrip("\r")
        if not line:
            continue
        if line[0] in " \t":
            _note(faults, "obsolete-folding")
            if headers:
                name, value = headers[-1]
                headers[-1] = (name, " ".join((value, line.strip(" \t"))).strip(" "))
            continue
        name, colon, value = line.partition(":")
        name = name.rstrip(" \t")
        if not colon or not name:
            _note(faults, "line-without-colon")
            continue
        headers.append((name, value.strip(" \t")))
    return headers, faults


def _note(faults: list[str], fault: str) -> None:
    if fault not in faults:
        faults.append(fault)
