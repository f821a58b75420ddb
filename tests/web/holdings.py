"""A small archive for the reading room: real WARC records, mirrors, versions, hostile pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from archive.model import (
    Article,
    Attachment,
    Capture,
    Image,
    MirrorHost,
    PageKind,
    Site,
    WarcPointer,
)
from archive.store import Archive, CaptureRow, open_archive
from archive.warc import WarcWriter
from tests.unit.certificate_sample import shown
from tests.unit.store_sample import NOON, SITE, article, edited, extraction, mirrored, witness

KEPT = "a1"
MIRRORED = "a2"
EDITED = "a3"
HOSTILE = "b1"
MIRROR_ONLY = "c1"
OFFICIAL = "www.a.cn"
PICTURE_URL = "http://www.a.cn/p.png"
FILE_URL = "http://www.a.cn/n.doc"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(16)
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\r\nSet-Cookie: a=b'
EVIL_HTML = (
    '<p onclick="alert(1)">离退休<script>alert(1)</script></p><a href="javascript:alert(1)">x</a>'
    '<img src="javascript:alert(1)"><img src="http://www.a.cn/p.png" onerror="alert(1)">'
    '<iframe src="http://evil.example/"></iframe><style>*{display:none}</style>'
    '<svg><script>alert(1)</script></svg><base href="http://evil.example/">'
)
STYLE_URL = "http://www.a.cn/css/a.css"
BACKGROUND_URL = "http://www.a.cn/css/b.png"
STYLE = b"body{background:url(b.png)} .gone{background:url(gone.png)}"
PAGE = (
    '<html><head><link rel="stylesheet" href="css/a.css"></head><body>'
    '<p>离退休党总支召开党员大会。</p><img src="/p.png"></body></html>'
)
PAGE_BODY = PAGE.encode("gb18030")


CERTIFICATE = shown(OFFICIAL, "<script>alert(1)</script>")
MIRROR = MirrorHost(
    host="m.com",
    of=(OFFICIAL,),
    brands=("银河",),
    kinds=("B", "D"),
    evidence=("<b>footer</b> on 12 of 12 pages",),
    hinted=True,
    captures=12,
    articles=1,
    only_here=0,
    first_seen=NOON,
    last_seen=NOON,
)


def holdings(data: Path) -> Archive:
    """The archive, made in ``data`` and open."""
    archive = open_archive(data, create=True)
    store = archive.store
    store.put_site(Site(SITE, (OFFICIAL,), ("m.com", "m2.com")))
    run = store.begin_run(SITE, "crawl")
    places: dict[str, WarcPointer] = {}
    with WarcWriter(archive.warc_dir, prefix="room") as writer:
        for url, kind, body in (
            ("http://www.a.cn/a1", "text/html; charset=gb2312", PAGE_BODY),
            (PICTURE_URL, "image/png", PICTURE),
            (STYLE_URL, "text/css", STYLE),
            (BACKGROUND_URL, "image/png", PICTURE),
            (FILE_URL, "text/html", b"<script>alert(1)</script>"),
        ):
            pointer = writer.write(capture(url, kind, body))
            places[url] = pointer
            row = CaptureRow(
                url, OFFICIAL, NOON, 200, kind.partition(";")[0], PageKind.ARTICLE, pointer, run
            )
            store.commit_page(SITE, row)
    store.replace_articles(SITE, articles(places["http://www.a.cn/a1"]))
    store.put_mirrors(SITE, [MIRROR])
    return archive


def articles(pointer: WarcPointer) -> list[Article]:
    """The articles of the archive; KEPT has ``pointer`` for its capture."""
    text = extraction(
        html=f'<h2>通知</h2><p>离退休党总支</p><img src="{PICTURE_URL}">'
        '<p><a href="http://www.a.cn/a2">参见</a></p>',
        images=(Image(PICTURE_URL, "会场"),),
        attachments=(Attachment(FILE_URL, "通知.doc"), Attachment("http://www.a.cn/no", "缺")),
    )
    kept = replace(witness(text, "http://www.a.cn/a1"), pointer=pointer)
    changes = {"title": EVIL, "branch": EVIL, "author": EVIL, "source": EVIL, "html": EVIL_HTML}
    evil = extraction(EVIL, **changes, published=date(2011, 1, 2), flags=(EVIL,))
    lonely = extraction("只在镜像上的新闻。", title="只在镜像上", branch="新闻", published=None)
    copy = witness(lonely, "http://m2.com/c1", "mirror")
    many = [
        article(f"d{n}", extraction("学习。", title=f"学习之{n}", published=_day(n)))
        for n in range(30)
    ]
    return [
        article(KEPT, text, (kept,)),
        mirrored(MIRRORED),
        edited(EDITED),
        article(HOSTILE, evil, (witness(evil, "javascript:alert(1)", at=NOON),)),
        article(MIRROR_ONLY, lonely, (copy,), status="mirror-only"),
        *many,
    ]


def _day(number: int) -> date:
    return date(2009, 1, 1) + timedelta(days=number)


def capture(url: str, kind: str, body: bytes, at: datetime = NOON) -> Capture:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    request = f"GET {url} HTTP/1.1\r\nHost: {OFFICIAL}\r\n\r\n"
    response = head.encode() + body
    return Capture(url, at, request.encode(), response, certificate=CERTIFICATE)
