"""One digest over articles, the same however they came in.

Two archives that were given the same input in another order, by more workers or with a kill in
between, must say the same. Where a record lies in which file is left out: that is not what the
article says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from archive.export.record import record
from archive.model import Article

PLACE_KEYS = ("file", "offset", "length")


def digest_of(articles: Iterable[Article]) -> str:
    """``sha256:<hex>`` over the articles' records, in whatever order they come."""
    lines = sorted(_line(article) for article in articles)
    return f"sha256:{hashlib.sha256(b''.join(lines)).hexdigest()}"


def _line(article: Article) -> bytes:
    plain = record(article)
    for witness in plain["witnesses"]:
        for key in PLACE_KEYS:
            witness["warc"].pop(key, None)
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).digest()
