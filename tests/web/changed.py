"""Archives with one article: its second version differs from the first in many places, or its
reading was repaired in some."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from archive.cleaning.repairs import Edit, make_repairs
from archive.store import Archive, open_archive
from tests.unit.store_sample import INSTITUTE, NOON, SITE, article, extraction, witness

MANY = "m1"
REPAIRED = "r1"


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


def repaired(data: Path, count: int) -> Archive:
    """The archive, made in ``data`` and open; in ``count`` paragraphs a brand was taken out."""
    line = "离退休党总支银河召开党员大会。"
    raw = "\n".join([line] * count)
    starts = (number * (len(line) + 1) + line.index("银河") for number in range(count))
    edits = [Edit(start, start + 2, "") for start in starts]
    repairs = make_repairs("text", raw, edits, rule="sown-phrase", evidence="", confidence=0.9)
    clean = extraction(raw.replace("银河", ""), repairs=repairs)
    copy = witness(clean, f"http://m.com/{REPAIRED}", "mirror", raw=extraction(raw))
    archive = open_archive(data, create=True)
    archive.store.put_site(INSTITUTE)
    archive.store.replace_articles(SITE, [article(REPAIRED, clean, (copy,), status="mirror-only")])
    return archive
