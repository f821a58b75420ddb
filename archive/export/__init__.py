"""Articles for other programs: the export record, and the formats it is written in.

The evidence itself (WARC, WACZ) is in ``archive.export.packages``, which is loaded only for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO

from archive.export.bibliography import STYLES, citation_writer
from archive.export.files import whole_file
from archive.export.jsonl import write_jsonl
from archive.export.parquet import write_parquet
from archive.export.record import record
from archive.export.spreadsheet import write_csv
from archive.export.texts import write_texts
from archive.model import Article

__all__ = [
    "FORMATS",
    "PACKAGES",
    "STYLES",
    "record",
    "whole_file",
    "write_csv",
    "write_jsonl",
    "write_parquet",
    "write_texts",
]

FORMATS: dict[str, Callable[[Iterable[Article], BinaryIO], int]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
    "texts": write_texts,
    **{style: citation_writer(style) for style in STYLES},
}
"""What ``--format`` may be for one file, and the function that writes it; each returns how many
articles it wrote. A bag (``archive.export.bag``) is a directory."""
PACKAGES = ("warc", "wacz")
"""What else it may be: the captures that belong to the articles."""
