"""The warcinfo record at the head of each file: who wrote it, with what, under which rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from archive.warc.record import WARC_FIELDS, fields_block, new_record_id, pack, warc_date

FORMAT = "WARC File Format 1.1"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
DISTRIBUTION = "palimpsest-archive"


def software() -> str:
    """The program and its version, as ``palimpsest/1.2.3``."""
    try:
        return f"palimpsest/{version(DISTRIBUTION)}"
    except PackageNotFoundError:
        return "palimpsest"


def pack_warcinfo(file: str, info: Mapping[str, str]) -> bytes:
    """The record for ``file``; ``info`` adds to or overrides the standard fields."""
    fields = {"software": software(), "format": FORMAT, "conformsTo": CONFORMS_TO, **info}
    head = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<{new_record_id()}>"),
        ("WARC-Date", warc_date(datetime.now(UTC))),
        ("WARC-Filename", file),
        ("Content-Type", WARC_FIELDS),
    ]
    return pack(head, fields_block(list(fields.items())))
