"""Articles made up for the tests of the store, the search, the export and the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from archive.model import (
    Article,
    Attachment,
    Decoding,
    Extraction,
    Image,
    PageKind,
    Removal,
    Repair,
    Role,
    Site,
    Status,
    WarcPointer,
    Witness,
)

SITE = "institute"
NOON = datetime(2010, 12, 9, 12, tzinfo=UTC)
INSTITUTE = Site(SITE, ("www.a.cn",), ("m.com",))


def extraction(text: str = "离退休党总支召开党员大会。", **changes: object) -> Extraction:
    plain = Extraction(
        kind=PageKind.ARTICLE,
        url="http://www.a.cn/1",
        decoding=Decoding("gb18030", "declared", "gb2312", 0),
        title="关于召开党员大会的通知",
        branch="离退休党总支",
        author="张三",
        source="办公室",
        published=date(2010, 12, 9),
        published_evidence="label",
        hits=123,
        language="zh",
        text=text,
        markdown=text,
        html=f"<p>{text}</p>",
        images=(Image("http://www.a.cn/p.jpg", "会场"),),
        attachments=(Attachment("http://www.a.cn/n.doc", "通知.doc"),),
        removals=(Removal("首页", "template", "on all pages", "/html/body/div"),),
        flags=("checked",),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def witness(
    reading: Extraction,
    url: str = "http://www.a.cn/1",
    role: Role = "original",
    at: datetime = NOON,
    raw: Extraction | None = None,
) -> Witness:
    return Witness(
        url=url,
        role=role,
        captured_at=at,
        pointer=WarcPointer("w.warc.gz", 100, 200, "sha256:ab", f"urn:uuid:{url}:{at}"),
        raw=raw or reading,
        clean=reading,
        brand="银河" if role == "mirror" else None,
        kinds=("A", "B") if role == "mirror" else (),
    )


def article(
    key: str = "a1",
    reading: Extraction | None = None,
    witnesses: tuple[Witness, ...] = (),
    status: Status = "live",
    site: str = SITE,
) -> Article:
    text = reading or extraction()
    seen = witnesses or (witness(text, url=f"http://www.a.cn/{key}"),)
    return Article(
        id=key,
        url=seen[0].url,
        site=site,
        status=status,
        reading=text,
        reading_of=0,
        witnesses=seen,
        first_seen=min(one.captured_at for one in seen),
        last_seen=max(one.captured_at for one in seen),
    )


def mirrored(key: str = "a2") -> Article:
    """An article with an original and a mirror whose brand was undone."""
    raw = extraction("银河离退休党总支召开党员大会。")
    repair = Repair("text", 0, 2, "银河", "", "brand", "title affix on 12 of 12 pages", 0.98)
    clean = extraction(repairs=(repair,))
    original = witness(extraction(), url=f"http://www.a.cn/{key}")
    copy = witness(clean, f"http://m.com/{key}", "mirror", NOON + timedelta(days=1), raw)
    return article(key, extraction(), (original, copy))


def edited(key: str = "a3", days: int = 2) -> Article:
    """An article whose text changed ``days`` after it was first seen, seen three times."""
    old = extraction("原文。")
    new = extraction("改后的文。")
    url = f"http://www.a.cn/{key}"
    seen = (
        witness(new, url, at=NOON + timedelta(days=days)),
        witness(old, url, at=NOON),
        witness(old, url, at=NOON + timedelta(days=1)),
    )
    return article(key, new, seen)
