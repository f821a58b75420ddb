"""Articles for other programs: the export record, and the formats it is written in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO

from archive.export.files import whole_file
from archive.export.jsonl import write_jsonl
from archive.export.record import record
from archive.model import Article

__all__ = ["FORMATS", "record", "whole_file", "write_jsonl"]

FORMATS: dict[str, Callable[[Iterable[Article], BinaryIO], int]] = {"jsonl": write_jsonl}
"""What ``--format`` may be, and the function that writes it; each returns how many it wrote."""
