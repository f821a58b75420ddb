"""WARC files: written so that they last, read whoever wrote them."""

from archive.warc.reader import read_at, read_captures
from archive.warc.recovery import recover
from archive.warc.writer import WarcWriter

__all__ = ["WarcWriter", "read_at", "read_captures", "recover"]
