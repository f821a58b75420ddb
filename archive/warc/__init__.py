"""WARC files: written so that they last, read whoever wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.at_need import at_need

if TYPE_CHECKING:
    from archive.warc.reader import read_at, read_captures
    from archive.warc.recovery import recover
    from archive.warc.writer import WarcWriter

__all__ = ["WarcWriter", "read_at", "read_captures", "recover"]

__getattr__ = at_need(
    __name__,
    {
        "WarcWriter": "archive.warc.writer",
        "read_at": "archive.warc.reader",
        "read_captures": "archive.warc.reader",
        "recover": "archive.warc.recovery",
    },
)
