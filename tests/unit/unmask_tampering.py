"""Hosts that tamper, made up: an institute's pages and a mirror's copies of them.

Brands, names and articles come out of a random source, so that nothing can be tuned to any of
them. Each mirror is made of letters of tampering in a given strength; what was true is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

from lxml import html as lxml_html
from lxml.etree import _Element as Element
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from archive.cleaning.frame import FrameSurvey, MirrorMarks
from archive.cleaning.unmask import unmask
from archive.model import Decoding, Extraction, PageKind, Role, WarcPointer, Witness

DECODING = Decoding("utf-8", "test", None, 0)
OFFICIAL = "www.official.example"
EMOJI = ("🎯", "👨\u200d👩\u200d👧", "🏳️\u200d🌈", "🔥", "🧑🏽\u200d💻", "⚽")
PLACES = "青石松河白云临江东湖南岭北山西川长平安宁永兴海丰"
FIELDS = "光学机械材料化学力学声学地质海洋空间信息生物土壤能源工程"
GLYPHS = "凯博乐赢亚金沙龙虎鼎盛银河易发万达星辉宝利豪旺彩尊皇冠泰来宏泽川渝霆曜铭熠璟"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
GIVEN = "建国文华志明秀兰海燕春梅永强德胜玉珍立新晓东学军思远"
THINGS = (
    "光栅样机", "党员大会", "学术年会", "安全检查", "书画展览", "联合实验室", "青年论坛",
    "消防演练",     "薄膜工艺", "入党积极分子培训", "老年大学班", "激光测距仪", "职工运动会",
    "研究生答辩", "专利授权",
)  # fmt: skip
SENTENCES = (
    "{person}在会上介绍了{thing}的进展，指出还有{n}个问题没有解决，希望各部门{month}月底以前拿出办法。",
    "{month}月{day}日，{name}{place}基地的{n}名同志参加了{thing}，{person}主持。",
    "与会的{n}位代表就{thing}交换了意见，{person}、{other}先后发言，气氛热烈。",
    "据{person}介绍，{thing}从立项到完成历时{n}天，经费比预算节省了{m}万元。",
    "{name}自成立以来一直重视{thing}，先后投入{m}万元，培养了{n}名骨干。",
    "会后，{other}同志带领大家参观了{thing}的现场，讲解了其中的{n}处细节。",
    "来自{place}大学的{person}教授认为，{thing}对于国民经济和社会发展具有重要意义。",
    "大家纷纷表示，要以此为契机，把{thing}做得更扎实，为{place}的发展贡献力量。",
    "经过{n}轮讨论，{thing}的方案最终确定，由{person}负责落实，{other}负责监督。",
    "值得一提的是，{thing}使用的{m}台设备全部由{place}机械公司提供，运行至今没有出过故障。",
    "在银河系研究方面，{person}和{other}用{n}天时间处理了{m}组数据，结果令人鼓舞。",
    "活动在歌声中结束，{n}名老同志捧着鲜花合影留念，久久不愿离去。",
)
TITLES = (
    "{place}基地举行{thing}启动仪式",
    "{person}同志为{thing}作专题报告",
    "我所{thing}工作取得新进展",
    "{name}召开{year}年{thing}动员会",
    "关于{year}年{thing}安排的通知",
    "{other}带队考察{place}{thing}情况",
)


@dataclass(frozen=True)
class FakePage:
    """A page as the survey needs it."""

    tree: Element
    url: str | None
    html: str = ""


@dataclass(frozen=True)
class Work:
    """An article as it was written."""

    path: str
    title: str
    text: str
    published: date


@dataclass(frozen=True)
class Host:
    """A host's pages, and what extracting them gives."""

    name: str
    pages: tuple[FakePage, ...]
    reads: tuple[Extraction, ...]
    works: tuple[Work, ...]


def institute(rng: Random) -> str:
    """An institute's full name."""
    return f"{''.join(rng.sample(PLACES, 2))}{''.join(rng.sample(FIELDS, 4))}研究所"


def brand(rng: Random) -> str:
    """A brand of two to six characters, now and then with letters or a digit."""
    stem = "".join(rng.sample(GLYPHS, rng.randint(2, 4)))
    return stem + rng.choice(("", "", "", "体育", "国际", "k8", "4", "bet365", "app"))


def work(rng: Random, name: str, number: int, sentences: int = 9) -> Work:
    """One article of the institute ``name``."""
    day = date(2004, 1, 1) + timedelta(days=rng.randrange(6000))

    def fill(pattern: str) -> str:
        person, other = (rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, 2)) for _ in "ab")
        return pattern.format(
            name=name, person=person, other=other, thing=rng.choice(THINGS), year=day.year,
            place="".join(rng.sample(PLACES, 2)), n=rng.randint(2, 400), m=rng.randint(2, 900),
            month=rng.randint(1, 12), day=rng.randint(1, 28),
        )  # fmt: skip

    lines = ["".join(fill(rng.choice(SENTENCES)) for _ in range(3)) for _ in range(sentences // 3)]
    lines.append(f"{name}办公室\n{day.year}年{day.month}月{day.day}日")
    path = f"/xw/{day:%Y%m}/t{day:%Y%m%d}_{100000 + number}.html"
    return Work(path, fill(rng.choice(TITLES)), "\n".join(lines), day)


def page(host: str, one: Work, title: str, text: str, owner: str, root: str, foot: str) -> FakePage:
    """An article page in an institute's template."""
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    tree = lxml_html.fromstring(
        f"<html><head><title>{title}</title></head><body><div>当前位置：<a>{root}</a> &gt; "
        f"<a>新闻动态</a></div><h1>{one.title}</h1><div>{body}</div>"
        f"<div>版权所有 © 2010 {owner} {foot}</div></body></html>"
    )
    return FakePage(tree, f"http://{host}{one.path}")


def reading(host: str, path: str, title: str, text: str, published: date | None) -> Extraction:
    """What extracting such a page gives."""
    return Extraction(
        PageKind.ARTICLE, f"http://{host}{path}", DECODING, title=title, text=text, markdown=text,
        html="".join(f"<p>{line}</p>" for line in text.split("\n")), published=published,
    )  # fmt: skip


def official(works: Sequence[Work], name: str) -> Host:
    """The institute's own host."""
    pages = [
        page(OFFICIAL, w, f"{w.title}-{name}", w.text, name, "首页", "京ICP备05001234号")
        for w in works
    ]
    reads = [reading(OFFICIAL, w.path, w.title, w.text, w.published) for w in works]
    return Host(OFFICIAL, tuple(pages), tuple(reads), tuple(works))


def mirror(
    works: Sequence[Work],
    name: str,
    term: str,
    kinds: str,
    rng: Random,
    *,
    host: str = "mirror.example",
    spaced: bool = False,
    keep_paths: bool = True,
    crawl_day: date | None = None,
) -> Host:
    """A copy of ``works`` that shows ``kinds`` of tampering under the brand ``term``."""
    pages, reads = [], []
    phrases = [brand(rng) + rng.choice(("登录入口", "官网下载", "注册送彩")) for _ in range(5)]
    for w in works:
        path = w.path if keep_paths else f"/html/{rng.randrange(16**8):08x}.html"
        title, text = (_tampered(s, name, term, kinds, rng, spaced) for s in (w.title, w.text))
        if "H" in kinds:
            text = _sown(text, phrases, rng)
        if "K" in kinds:
            text = ",".join([*rng.sample(phrases, 3), term, term + "app"]) + "\n" + text
        shown = f"{title}-{term}"
        moved = replace(w, path=path)
        pages.append(page(host, moved, shown, text, term, term, f"www.{OFFICIAL[4:]}"))
        reads.append(reading(host, path, shown, text, crawl_day or w.published))
    return Host(host, tuple(pages), tuple(reads), tuple(works))


def _tampered(text: str, name: str, term: str, kinds: str, rng: Random, spaced: bool) -> str:
    if "A" in kinds:
        text = text.replace(name, term + " " if spaced else term)
    if "D" in kinds or "E" in kinds:
        text = "\0".join(_traditional(part) for part in text.split(term)).replace("\0", term)
    if "D" in kinds:
        text = "".join(
            c + (f"({_pinyin(c)})" if c != _simplified(c) and rng.random() < 0.3 else "")
            for c in text
        )
    if "F" in kinds:
        text = "".join(
            rng.choice(EMOJI) + c if c in "。，" and rng.random() < 0.5 else c for c in text
        )
    return text


def _sown(text: str, phrases: Sequence[str], rng: Random) -> str:
    places = [i for i in range(4, len(text) - 4) if "\n" not in text[i - 1 : i + 1]]
    for at in sorted(rng.sample(places, min(4, len(places))), reverse=True):
        text = text[:at] + rng.choice(phrases) + text[at:]
    return text


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


@cache
def _traditional(text: str) -> str:
    return str(_converter("s2t").convert(text))


@cache
def _simplified(text: str) -> str:
    return str(_converter("t2s").convert(text))


@cache
def _pinyin(character: str) -> str:
    return str(lazy_pinyin(character, style=Style.TONE)[0])


def survey(*hosts: Host) -> FrameSurvey:
    """All pages and readings of ``hosts``, counted."""
    counted = FrameSurvey()
    for host in hosts:
        for one in host.pages:
            counted.add(host.name, one)
        for read in host.reads:
            counted.add_extraction(host.name, read)
    return counted


def witnesses(host: Host, role: Role, marks: MirrorMarks | None = None) -> list[Witness]:
    """The host's readings as witnesses, undone when there are ``marks``."""
    when = datetime(2026, 5, 1, tzinfo=UTC)
    found = marks or MirrorMarks(host.name)
    return [
        Witness(
            url=read.url or "",
            role=role,
            captured_at=when,
            pointer=WarcPointer("a.warc.gz", n, 1, "sha256:0", f"r{n}"),
            raw=read,
            clean=unmask(read, found),
            brand=found.brands[0] if found.brands else None,
            kinds=found.kinds,
        )
        for n, read in enumerate(host.reads)
    ]
