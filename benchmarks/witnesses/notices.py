"""Notices and reports as institutes write them year after year: alike to the letter but for a date,
a number or a name; and mirrors' copies of some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

from archive.model import Extraction, PageKind, Role, WarcPointer, Witness
from tests.tampering import invented_brand
from tests.unit.unmask_tampering import DECODING, EMOJI

OFFICIAL = "www.qskyzx.com"
MIRRORS = ("www.hx7788.com", "www.zz8899.net", "m.kk5566.cc", "www.yy3344.vip")
WHEN = datetime(2026, 5, 1, tzinfo=UTC)
UNITS = (
    "办公室",
    "人事处",
    "科技处",
    "资产处",
    "研究生部",
    "离退休办",
    "工会",
    "团委",
    "图书馆",
    "保卫处",
)
EVENTS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
PATTERNS = (
    (
        "关于{year}年{event}放假安排的通知",
        "各部门：\n根据上级通知精神，现将{year}年{event}放假安排通知如下：{month}月{day}日至{end}日放假，"
        "共{n}天。请各部门做好安全保卫工作，遇有突发事件及时报告，值班电话{phone}。\n{unit}\n"
        "{year}年{month}月{sign}日",
    ),
    (
        "关于申报{year}年度项目的通知",
        "各课题组：\n{year}年度项目申报工作已经开始，请有意申报的人员于{month}月{day}日前将申请书一式{n}份"
        "报送{unit}，逾期不予受理。联系电话{phone}。\n{unit}\n{year}年{month}月{sign}日",
    ),
    (
        "{unit}召开{year}年第{n}次工作例会",
        "{month}月{day}日上午，{unit}召开{year}年第{n}次工作例会，会议由{person}主持，{m}人参加。会议总结了"
        "上一阶段的工作，部署了下一阶段的任务，强调要按时完成全年计划。",
    ),
    (
        "{year}年第{n}期学术报告会预告",
        "报告题目：{topic}的研究进展\n报告人：{person}\n时间：{year}年{month}月{day}日下午2点\n地点：{m}号楼报告厅\n"
        "欢迎广大职工和研究生参加。",
    ),
    (
        "{year}年{unit}采购项目第{n}号成交公告",
        "{unit}就采购项目进行了竞争性谈判，现将结果公告如下：成交金额{m}.{n}万元，成交日期{year}年{month}月"
        "{day}日，公告期限3个工作日，联系人{person}，电话{phone}。",
    ),
)  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "建国文华志明秀兰海燕春梅永强德胜"
TOPICS = ("光栅", "薄膜", "激光测距", "空间相机", "稀土发光", "荧光检测", "精密机床", "结构光")


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: which ``number`` it is, its path, title, text and day."""

    number: int
    path: str
    title: str
    text: str
    published: date


def notices(count: int, seed: int = 1) -> Iterator[Notice]:
    """``count`` different notices; many differ in a date or a number only."""
    rng = Random(seed)
    seen: set[int] = set()
    number = 0
    while number < count:
        year, month, day = rng.randint(2003, 2025), rng.randint(1, 12), rng.randint(2, 25)
        title, text = rng.choice(PATTERNS)
        values = {
            "year": year, "month": month, "day": day, "end": day + 3, "sign": day - 1,
            "event": rng.choice(EVENTS), "unit": rng.choice(UNITS), "n": rng.randint(2, 9),
            "m": rng.randint(10, 99), "phone": rng.choice(("3561", "3638", "5352458")),
            "person": rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, 2)),
            "topic": rng.choice(TOPICS),
        }  # fmt: skip
        made = (title.format(**values), text.format(**values))
        if hash(made) in seen:
            continue
        seen.add(hash(made))
        published = date(year, month, day)
        path = f"/tz/{year}{month:02}/t{published:%Y%m%d}_{200000 + number}.html"
        yield Notice(number, path, *made, published)
        number += 1


def witnesses(some: Iterable[Notice], share: float, seed: int = 2) -> Iterator[tuple[int, Witness]]:
    """Each notice on the official host, and a ``share`` of them on mirrors too, half of these under
    paths of the mirror's own; with the notice's number."""
    rng = Random(seed)
    brands = {host: invented_brand(rng) for host in MIRRORS}
    for one in some:
        yield one.number, _witness(OFFICIAL, one.path, one, "original", "")
        for place, host in enumerate(MIRRORS):
            if rng.random() < share:
                own = place % 2 == 1
                path = f"/html/{rng.randrange(16**10):010x}.html" if own else one.path
                yield one.number, _witness(host, path, one, "mirror", brands[host], rng)


def _witness(
    host: str, path: str, one: Notice, role: Role, brand: str, rng: Random | None = None
) -> Witness:
    text = one.text
    if rng is not None and rng.random() < 0.5:
        text = "".join(rng.choice(EMOJI) + c if c == "。" else c for c in text)
    read = Extraction(
        PageKind.ARTICLE, f"http://{host}{path}", DECODING, title=one.title, text=text,
        markdown=text, published=one.published,
    )  # fmt: skip
    pointer = WarcPointer("a.warc.gz", one.number, 1, "sha256:0", f"r{host}{one.number}")
    return Witness(read.url or "", role, WHEN, pointer, read, read, brand or None, ())
