"""An archive with one article whose second version differs from the first in many places."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from archive.store import Archive, open_archive
from tests.unit.store_sample import INSTITUTE, NOON, SITE, article, extraction, witness

MANY = "m1"


def changed(data: Path, count: int) -> Archive:
    """The archive, made in ``data`` and open; in ``count`` paragraphs one word was changed."""
    old, new = (
        extraction("\n".join(f"第{n}段的这一处是{word}写的文字。" for n in range(count)))
        for word in ("从前", "后来")
    )
    url = f"http://www.a.cn/{MANY}"
    seen = (
        witness(new, url, at=NOON + timedelta(days=2)),
        witness(old, url, at=NOON),
        witness(old, url, at=NOON + timedelta(days=1)),
    )
    archive = open_archive(data, create=True)
    archive.store.put_site(INSTITUTE)
    archive.store.replace_articles(SITE, [article(MANY, new, seen)])
    return archive
