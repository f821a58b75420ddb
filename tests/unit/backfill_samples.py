"""Files for the backfill tests: a small site's pages, in WARC, ARC, WACZ and loose."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from archive.backfill.report import BackfillReport
from archive.backfill.run import BackfillOptions, backfill
from archive.export import record
from archive.model import Capture
from archive.store import open_archive
from archive.warc import WarcWriter

HOST = "www.example.ac.cn"
SITE = "institute"
BEGAN = datetime(2012, 3, 1, 8, tzinfo=UTC)
NAMES = (
    "党员大会",
    "学术报告",
    "安全检查",
    "运动会",
    "青年论坛",
    "招聘工作",
    "项目验收",
    "表彰先进",
)


def title(number: int) -> str:
    return f"我所召开第{number}次{NAMES[number % len(NAMES)]}"


def body(number: int) -> list[str]:
    name = NAMES[number % len(NAMES)]
    return [
        f"{number % 12 + 1}月{number % 28 + 1}日，研究所在第{number}会议室召开{name}，"
        f"共有{number + 20}人到场，会议由办公室主任主持，各部门负责人作了汇报。",
        f"会上宣读了第{number}号文件，对{name}作了部署，并就下一步的{number + 3}项任务提出了要求。",
        f"与会人员围绕{name}展开讨论，一致认为应当继续做好{number + 7}个方面的准备。",
    ]


def html(number: int) -> str:
    """An article's page with a menu, a label line and a footer."""
    menu = "".join(f'<li><a href="/{n}/">{name}</a></li>' for n, name in enumerate(NAMES))
    text = "".join(f"<p>{line}</p>" for line in body(number))
    return (
        f'<html><head><meta charset="utf-8"><title>{title(number)}-研究所</title></head><body>'
        f"<ul>{menu}</ul><div>首页 > 综合新闻</div><h1>{title(number)}</h1>"
        f"<div>发布时间：2012-03-{number % 28 + 1:02d} 来源：办公室</div><div>{text}</div>"
        f"<div>版权所有 研究所</div></body></html>"
    )


def capture(number: int, host: str = HOST, minutes: int = 0) -> Capture:
    page = html(number).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
    path = f"/zhxw/t201203{number % 28 + 1:02d}_{2693000 + number}.html"
    return Capture(
        url=f"http://{host}{path}",
        captured_at=BEGAN + timedelta(minutes=number + minutes),
        request=f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode(),
        response=head.encode() + page,
        ip="192.0.2.1",
    )


def warc(folder: Path, name: str, numbers: range, host: str = HOST) -> Path:
    """A WARC file of these pages."""
    with WarcWriter(folder / "made", prefix="made") as writer:
        for number in numbers:
            writer.write(capture(number, host))
    path = folder / name
    (folder / "made" / writer.files[0]).rename(path)
    return path


def plain_warc(folder: Path, name: str, numbers: range) -> Path:
    """The same without compression."""
    import gzip

    packed = warc(folder, f"{name}.gz", numbers)
    path = folder / name
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    packed.unlink()
    return path


def arc(folder: Path, name: str, numbers: range) -> Path:
    """The same as an ARC 1.0 file, as crawlers wrote before WARC."""
    head = b"1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n"
    out = [b"filedesc://x.arc 0.0.0.0 20120301080000 text/plain %d\n%s\n" % (len(head), head)]
    for number in numbers:
        one = capture(number)
        moment = one.captured_at.strftime("%Y%m%d%H%M%S")
        line = f"{one.url} 192.0.2.1 {moment} text/html {len(one.response)}\n"
        out.append(line.encode() + one.response + b"\n")
    path = folder / name
    path.write_bytes(b"".join(out))
    return path


def wacz(folder: Path, name: str, numbers: range, member: str = "archive/data.warc.gz") -> Path:
    """A package with one WARC file in it."""
    inner = warc(folder, "inner.warc.gz", numbers)
    path = folder / name
    with zipfile.ZipFile(path, "w") as package:
        package.write(inner, member)
        package.writestr("datapackage.json", json.dumps({"profile": "data-package"}))
    inner.unlink()
    return path


def take_in(
    data: Path, *paths: Path, options: BackfillOptions | None = None, site: str = SITE
) -> BackfillReport:
    """A backfill of ``paths`` into ``data``."""
    with open_archive(data, create=True) as archive:
        return backfill(archive, paths, site, options)


def articles(data: Path) -> list[dict[str, object]]:
    """Every article as an export has it."""
    with open_archive(data) as archive:
        return [record(article) for article in archive.store.articles()]


def titles(data: Path) -> set[object]:
    return {article["title"] for article in articles(data)}


def record_offsets(path: Path) -> list[int]:
    """Where each record of a WARC file begins, as warcio has it."""
    offsets = []
    with path.open("rb") as file:
        records = ArchiveIterator(file)
        for one in records:
            one.content_stream().read()
            offsets.append(records.get_record_offset())
    return offsets
