"""What lies in the WARC files against what the server sent and received.

The reading is done by warcio, and by plain gzip as a second witness: neither is our reader. It
promises to compare blocks as bytes and nothing else.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from crawler.selftest.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Kept:
    """The blocks of one address by record type, as an independent reader found them: one after
    the other where a request was sent again."""

    request: bytes | None
    response: bytes | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One exchange of a scenario; ``reported`` is the error the handler gave, by its reason."""

    scenario: Scenario
    scheme: str
    address: str
    request_exact: bool
    response_exact: bool
    reported: str | None

    @property
    def passed(self) -> bool:
        """Exact both ways, and called what it is."""
        return self.request_exact and self.response_exact and self.reported == self.scenario.error


def kept_by_warcio(paths: Iterable[Path]) -> dict[tuple[str, str], Kept]:
    """Blocks by scheme and address, read with warcio without letting it parse HTTP."""
    found: dict[tuple[str, str], dict[str, bytes]] = {}
    for path in paths:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, no_record_parse=True):
                if record.rec_type in ("request", "response"):
                    key = _key(record.rec_headers.get_header("WARC-Target-URI"))
                    _add(found, key, record.rec_type, record.raw_stream.read())
    return {key: Kept(v.get("request"), v.get("response")) for key, v in found.items()}


def kept_by_gzip(paths: Iterable[Path]) -> dict[tuple[str, str], Kept]:
    """The same, read with nothing but gzip and the Content-Length of each record."""
    found: dict[tuple[str, str], dict[str, bytes]] = {}
    for path in paths:
        data = gzip.decompress(path.read_bytes())
        while data:
            head, _, rest = data.partition(b"\r\n\r\n")
            fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
            length = int(fields[b"Content-Length"])
            kind = fields[b"WARC-Type"].decode()
            if kind in ("request", "response"):
                key = _key(fields[b"WARC-Target-URI"].decode())
                _add(found, key, kind, rest[:length])
            data = rest[length + 4 :]
    return {key: Kept(v.get("request"), v.get("response")) for key, v in found.items()}


def _add(
    found: dict[tuple[str, str], dict[str, bytes]], key: tuple[str, str], kind: str, block: bytes
) -> None:
    blocks = found.setdefault(key, {})
    blocks[kind] = blocks.get(kind, b"") + block


def _key(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.path
