"""Generated articles of about 1,500 characters: real words in random order, names, dates, numbers.

The words are those of a pinyin dictionary, drawn by Zipf's law, so that there are words on every
page and words on hardly any. The same seed gives the same articles.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from pypinyin.phrases_dict import phrases_dict

from archive.model import Article, Decoding, Extraction, PageKind, WarcPointer, Witness

SITE = "generated"
CHARACTERS = 1_500  # of an article, about
PARAGRAPH = 90  # words of a paragraph
SENTENCE = 12  # words between two marks
SINGLES = "的一在是了和有不人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文玉兰志海燕新民德福庆林"
LATIN = ("COVID-19", "iPhone", "SCI", "5G", "DNA", "pH", "X射线", "GB/T", "PM2.5", "Wi-Fi")
BRANCHES = (*(f"第{number}党支部" for number in "一二三四五六七八九十"), "综合新闻", "科研动态")
FIRST_DAY = date(1998, 1, 1)
DAYS = 9_500
NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Text:
    """What is generated of one article."""

    title: str
    text: str
    author: str


@cache
def _words() -> tuple[list[str], list[float]]:
    words = sorted(
        word for word in phrases_dict if 2 <= len(word) <= 4 and "\u4e00" <= min(word) <= "\u9fff"
    )
    random.Random(0).shuffle(words)
    ranked = [*SINGLES, *words]
    return ranked, list(itertools.accumulate(1 / (rank + 8) for rank in range(len(ranked))))


def name(chance: random.Random) -> str:
    """A person's name of two or three characters."""
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


def texts(count: int, seed: int = 1) -> Iterator[Text]:
    """``count`` texts, the same ones for the same seed."""
    words, weights = _words()
    chance = random.Random(seed)
    for _ in range(count):
        left = int(chance.gauss(CHARACTERS, CHARACTERS / 4))
        paragraphs = []
        while left > 0:
            drawn = chance.choices(words, cum_weights=weights, k=PARAGRAPH)
            paragraph = _sentences(drawn, chance)
            paragraphs.append(paragraph)
            left -= len(paragraph)
        title = "".join(chance.choices(words, cum_weights=weights, k=8))
        yield Text(title, "\n".join(paragraphs), name(chance))


def _sentences(drawn: list[str], chance: random.Random) -> str:
    pieces = []
    for start in range(0, len(drawn), SENTENCE):
        few = drawn[start : start + SENTENCE]
        few.insert(chance.randrange(len(few)), _special(chance))
        pieces.append("".join(few))
    return "，".join(pieces) + "。"


def _special(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.4:
        return name(chance)
    if kind < 0.6:
        return f"{chance.randrange(1950, 2025)}年{chance.randrange(1, 13)}月"
    if kind < 0.8:
        return str(chance.randrange(10_000))
    return chance.choice(LATIN)


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """``count`` texts as articles, the same ones for the same seed."""
    return articles_of(SITE, enumerate(texts(count, seed)), seed)


def articles_of(
    site: str, numbered: Iterable[tuple[int, Text]], seed: int = 1
) -> Iterator[Article]:
    """The texts as articles of ``site`` with one witness each, a tenth of them on a mirror."""
    chance = random.Random(-seed)
    for number, one in numbered:
        yield article(site, number, one, chance)


def article(site: str, number: int, one: Text, chance: random.Random) -> Article:
    """The text as an article of ``site``."""
    url = f"http://www.generated.cn/{number}.html"
    reading = Extraction(
        kind=PageKind.ARTICLE,
        url=url,
        decoding=Decoding("utf-8", "strict", None, 0),
        title=one.title,
        branch=chance.choice(BRANCHES),
        author=one.author,
        published=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
        language="zh",
        text=one.text,
        markdown=one.text.replace("\n", "\n\n"),
        html="".join(f"<p>{line}</p>" for line in one.text.split("\n")),
    )
    mirror = chance.random() < 0.1
    pointer = WarcPointer("g.warc.gz", number * 9_000, 9_000, "sha256:00", f"urn:g:{number}")
    witness = Witness(url, "mirror" if mirror else "original", NOON, pointer, reading, reading)
    return Article(
        id=f"g{number:08d}",
        url=url,
        site=site,
        status="mirror-only" if mirror else "live",
        reading=reading,
        reading_of=0,
        witnesses=(witness,),
        first_seen=NOON,
        last_seen=NOON,
    )
