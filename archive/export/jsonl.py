"""Articles as JSON Lines: one record a line, in UTF-8, written as they are read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from archive.export.record import record
from archive.model import Article


def write_jsonl(articles: Iterable[Article], target: BinaryIO) -> int:
    """Write one line an article; returns how many there were.

    The bytes are a function of the articles alone, so that equal archives give equal files.
    """
    count = 0
    for article in articles:
        line = json.dumps(record(article), ensure_ascii=False, allow_nan=False)
        target.write(line.encode() + b"\n")
        count += 1
    return count
