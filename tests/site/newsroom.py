"""The institute's newsroom: stories told from hand-written phrases by a seeded grammar.

A phrase file has pools of sentences under ``# name`` headings. A line of its ``plan`` pool is one
way to tell the story: paragraphs parted by ``|``, each naming the pools it draws from. Every pool
is a bag that is emptied before it is filled again, so that articles differ from one another as
real ones do. It promises the same story for the same seed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from tests.site import institute, people
from tests.site.blocks import Block, Bullets, Figure, Paragraph, Table

PHRASES = Path(__file__).parent / "phrases"
TOPIC_KEYS = ("name", "problem", "method", "metric", "app", "mat")
# A signature is often a day or two older than the page.
SIGNED_BEFORE = (0, 0, 0, 1, 2)
MORE_STEPS = (1, 2, 3, 6, 14, 28)
WEEKDAYS = "一二三四五"
SLOT = re.compile(r"\{([^{}]+)\}")
COUNT = re.compile(r"^(?P<pool>\w+)(?:\*(?P<low>\d+)(?:-(?P<high>\d+))?)?$")
DAY_SHIFTS = {
    "day": (-4, 0),
    "day2": (1, 3),
    "day3": (-90, -20),
    "day4": (6, 15),
    "day5": (16, 30),
}
FIXED = {
    "full": institute.FULL_NAME,
    "city": institute.CITY,
    "domain": institute.DOMAIN,
}


@cache
def pools(kind: str) -> dict[str, tuple[str, ...]]:
    """The pools of one phrase file, by name."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (PHRASES / f"{kind}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            current = found.setdefault(line[2:], [])
        elif line:
            current.append(line)
    return {name: tuple(lines) for name, lines in found.items()}


@cache
def topics() -> tuple[dict[str, str], ...]:
    """What the institute works on."""
    lines = (PHRASES / "topics.txt").read_text(encoding="utf-8").splitlines()
    return tuple(dict(zip(TOPIC_KEYS, line.split("|"), strict=True)) for line in lines if line)


@dataclass(frozen=True, slots=True)
class Story:
    """A title and a body; ``author`` is whom the story is about or by."""

    title: str
    author: str
    blocks: tuple[Block, ...]


@dataclass
class Teller:
    """Fills the slots of one story; what it has chosen once stays for the whole story."""

    newsroom: Newsroom
    kind: str
    published: date
    rng: Random
    said: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def fill(self, phrase: str) -> str:
        """The phrase with every slot filled, to any depth."""
        return SLOT.sub(lambda match: self.slot(match[1]), phrase)

    def slot(self, name: str) -> str:
        """What stands in one slot."""
        if name in FIXED:
            return FIXED[name]
        if name.startswith(("num:", "dec:")):
            return self._number(name)
        if name == "person":
            return people.name(self.rng)
        if name not in self.said:
            self.said[name] = self._choose(name)
        return self.said[name]

    def _number(self, name: str) -> str:
        low, _, high = name[4:].partition("-")
        number = self.rng.randint(int(low), int(high or low))
        return str(number) if name.startswith("num:") else f"{number}.{self.rng.randint(1, 9)}"

    def _choose(self, name: str) -> str:
        if name.startswith(("t.", "t2.")):
            self._take_topic(name.partition(".")[0])
            return self.said[name]
        if name in DAY_SHIFTS:
            low, high = DAY_SHIFTS[name]
            day = self.published + timedelta(days=self.rng.randint(low, high))
            return f"{day.month}月{day.day}日"
        plain = {
            "year": str(self.published.year),
            "month": str(self.published.month),
            "dom": str(self.published.day),
        }
        if name in plain:
            return plain[name]
        if name in ("p1", "p2"):
            return people.name(self.rng)
        return self._other(name)

    def _other(self, name: str) -> str:
        if name == "surname":
            return self.slot("p1")[0]
        if name == "week":
            return self.rng.choice(WEEKDAYS)
        if name == "holiday":
            return f"{8 + self.published.year % 3}日（星期{WEEKDAYS[self.published.year % 5]}）"
        return self.fill(self.newsroom.draw("common", "lab" if name == "lab2" else name))

    def _take_topic(self, prefix: str) -> None:
        for key, value in self.newsroom.topic().items():
            self.said[f"{prefix}.{key}"] = value

    def sentence(self, pool: str) -> str:
        """One sentence of the story's kind (``@pool``: of those any kind may use)."""
        kind, pool = ("aside", pool[1:]) if pool.startswith("@") else (self.kind, pool)
        for _ in pools(kind)[pool]:
            phrase = self.newsroom.draw(kind, pool)
            if phrase not in self.used:
                break
        self.used.add(phrase)
        return self.fill(phrase)


class Newsroom:
    """Tells stories; the bags of phrases are shared by all of them."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self._bags: dict[tuple[str, str], list[str]] = {}
        self._topics: list[dict[str, str]] = []

    def draw(self, kind: str, pool: str) -> str:
        """The next phrase of a pool."""
        bag = self._bags.setdefault((kind, pool), [])
        if not bag:
            bag.extend(pools(kind)[pool])
            self.rng.shuffle(bag)
        return bag.pop()

    def topic(self) -> dict[str, str]:
        """The next topic."""
        if not self._topics:
            self._topics.extend(topics())
            self.rng.shuffle(self._topics)
        return self._topics.pop()

    def tell(self, kind: str, published: date, key: str, length: int = 1) -> Story:
        """A story of one kind; ``key`` names its images, ``length`` (1 to 6) says how much is
        told besides."""
        teller = Teller(self, kind, published, self.rng)
        title = teller.sentence("title")
        steps = [step.split() for step in self.draw(kind, "plan").split("|")]
        if "more" in pools(kind):
            amount = min(MORE_STEPS[length - 1], _most_steps(kind))
            more = [self.draw(kind, "more").split() for _ in range(amount)]
            place = 1 if steps[1][0].startswith("=") else 2
            steps[place:place] = more
        blocks: list[Block] = []
        for step in steps:
            blocks.extend(_paragraph(teller, step, key, len(blocks)))
        return Story(title=title, author=teller.slot("p1"), blocks=tuple(blocks))


def _most_steps(kind: str) -> int:
    """How much can be told besides without saying anything twice: little, where a kind draws from
    pools of its own only."""
    lines = pools(kind)["more"]
    return MORE_STEPS[-1] if any("@" in line for line in lines) else len(lines) // 2


def _paragraph(teller: Teller, step: list[str], key: str, place: int) -> list[Block]:
    mark, rest = step[0][0], step[0][1:]
    if len(step) > 1:
        return [Paragraph("".join(teller.sentence(pool) for pool in step))]
    if mark == ">":
        return _signature(teller)
    if mark == "=":
        return [Paragraph(teller.sentence(rest), bold=True)]
    if mark == "~":
        return [Figure(f"{key}_{place}.png", teller.sentence(rest))]
    if mark in "#-@":
        return _several(teller, mark, rest)
    return [Paragraph("".join(teller.sentence(pool) for pool in step))]


def _several(teller: Teller, mark: str, rest: str) -> list[Block]:
    found = COUNT.match(rest)
    if found is None:
        raise ValueError(f"not a counted pool: {rest!r}")
    low = int(found["low"])
    lines = pools(teller.kind)[found["pool"]]
    count = teller.rng.randint(low, int(found["high"] or low))
    if mark == "@":
        picked = sorted(teller.rng.sample(range(1, len(lines)), min(count, len(lines) - 1)))
        texts = [teller.fill(lines[place]) for place in (0, *picked)]
        return [Table(tuple(tuple(text.split("|")) for text in texts))]
    keep_order = teller.kind == "holiday"
    chosen = lines[:count] if keep_order else teller.rng.sample(lines, min(count, len(lines)))
    items = [teller.fill(line) for line in chosen]
    if mark == "-":
        return [Bullets(tuple(items))]
    return [Paragraph(f"{number}．{item}") for number, item in enumerate(items, start=1)]


def _signature(teller: Teller) -> list[Block]:
    day = teller.published - timedelta(days=teller.rng.choice(SIGNED_BEFORE))
    owner = {
        "retiree": f"{institute.PARTY_NAME}离退休党总支",
        "party": f"{institute.PARTY_NAME}委员会",
        "union": f"{institute.SHORT_NAME}工会",
        "holiday": f"{institute.SHORT_NAME}办公室",
    }.get(teller.kind, institute.FULL_NAME)
    return [
        Paragraph(owner, align="right"),
        Paragraph(f"{day.year}年{day.month}月{day.day}日", align="right"),
    ]
