"""Which articles the institute has published: on which branch, when, in which style, and what
became of them. The same seed gives the same articles, night after night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import count
from random import Random

from tests.site import institute, people
from tests.site.articles import Draft, FileOffer
from tests.site.blocks import Block, Bullets, Figure, PageBreak, Paragraph, Table, text_of
from tests.site.bodies import Style
from tests.site.institute import BRANCHES, Branch, Generation
from tests.site.newsroom import Newsroom, Story

SEED = 20101209
HONEST_WORDS = ("公司", "体育", "银河", "太阳城", "澳门", "彩票")
STYLES = {
    Generation.TRS: (Style.WORD, Style.PLAIN, Style.FONT),
    Generation.ASP: (Style.BREAKS, Style.BREAKS, Style.WORD),
    Generation.MODERN: (Style.CLEAN, Style.CLEAN, Style.WORD),
}
FIRST_NUMBER = {Generation.TRS: 2693101, Generation.ASP: 1017, Generation.MODERN: 3205}
# Who carries an article that the institute has lost: each mirror alone, and groups of them.
CARRIERS = tuple(
    frozenset(group)
    for group in ((0,), (1,), (2,), (3,), (0, 1), (2, 3), (1, 2), (0, 3), (0, 1, 2, 3), (1, 3))
)
CARRY_SHARE = (1.0, 0.85, 0.8, 0.75)
FILE_NAMES = ("申报表.doc", "名单.xls", "实施办法.pdf", "登记表.xls", "图文材料.pdf", "回执.doc")
PAGED = {"trs": (2, 9, 14, 20), "asp": (3, 10), "modern": (5,)}
UNDATED_PLACE = 6
YEARLY_PLACES = (4, 8, 12)
NOTICES = ("notice_apply", "notice_tender", "notice_house")
MIN_TEXT = 220
LONGEST_PLACE = 7


@dataclass
class Desk:
    """Where one branch's articles are put together."""

    newsroom: Newsroom
    rng: Random
    titles: set[str]

    def story(self, kind: str, published: date, key: str, place: int) -> Story:
        """A story with a title nobody has used."""
        while True:
            story = self.newsroom.tell(kind, published, key, length=_length(place))
            if story.title not in self.titles and len(text_of(story.blocks)) >= MIN_TEXT:
                self.titles.add(story.title)
                return story


def _length(place: int) -> int:
    """How long an article is: mostly short, now and then very long."""
    return 6 if place == LONGEST_PLACE else 1 + place * 7 % 5


def _dates(branch: Branch, amount: int, rng: Random) -> list[date]:
    first, last = branch.years
    span = (date(last, 11, 20) - date(first, 2, 5)).days
    step = span // amount
    return [
        date(first, 2, 5) + timedelta(days=step * place + rng.randrange(step))
        for place in range(amount)
    ]


def _lost_places(branch: Branch, amount: int) -> set[int]:
    """Which of a branch's articles are gone: mostly old ones, spread."""
    step = amount / branch.mirror_only
    return {int(step * place + 1) for place in range(branch.mirror_only)}


def _people(branch: Branch, story: Story, rng: Random) -> tuple[str | None, str | None, str | None]:
    rare = branch.generation is Generation.ASP and rng.random() < 0.5
    editor = people.name(rng, rare=rare)
    lab = rng.choice(("办公室", "科研处", "离退休工作处", "人事教育处", "科技处"))
    match branch.story:
        case "media":
            return people.name(rng), editor, f"{institute.CITY}日报"
        case "notice":
            return None, editor, lab
        case "recruit":
            return None, editor, institute.FULL_NAME
        case "research" | "science":
            return story.author, editor, institute.FULL_NAME
        case _:
            return people.name(rng), editor, rng.choice((lab, institute.FULL_NAME))


def _with_break(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    parts = 3 if len(blocks) > 9 else 2
    cuts = {len(blocks) * part // parts for part in range(1, parts)}
    out: list[Block] = []
    for place, block in enumerate(blocks):
        if place in cuts:
            out.append(PageBreak())
        out.append(block)
    return tuple(out)


def features_of(draft: Draft) -> frozenset[str]:
    """What an article can be a test of."""
    text = draft.text
    blocks = draft.blocks
    found = {
        "word-export": draft.style is Style.WORD,
        "pages": len(draft.pages) > 1,
        "script-pages": len(draft.pages) > 1 and pages_by_script(draft),
        "table": any(isinstance(block, Table) for block in blocks),
        "list": any(isinstance(block, Bullets) for block in blocks),
        "image": any(isinstance(block, Figure) for block in blocks),
        "attachment": bool(draft.offers),
        "signature": any(isinstance(b, Paragraph) and b.align == "right" for b in blocks),
        "short-paragraph": any(isinstance(b, Paragraph) and len(b.text) < 14 for b in blocks),
        "honest-words": any(word in text for word in HONEST_WORDS),
        "outside-gb2312": not _fits(text + (draft.editor or ""), "gb2312"),
        "undated": not draft.dated,
        "yearly": "国庆节放假" in draft.title,
        "full-name": institute.FULL_NAME in text,
    }
    return frozenset(name for name, holds in found.items() if holds)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def pages_by_script(draft: Draft) -> bool:
    """Whether the pager of an article over several pages is a script call only."""
    return draft.branch.generation is Generation.TRS and draft.number % 2 == 0


def _kind(branch: Branch, place: int) -> str:
    """The phrase file to tell from: notices are of several kinds."""
    if branch.story != "notice":
        return branch.story
    return "holiday" if place in YEARLY_PLACES else NOTICES[place % len(NOTICES)]


def draft(desk: Desk, branch: Branch, place: int, day: date, number: int) -> Draft:
    """One article of a branch; ``place`` is its place in the branch's history."""
    rng = desk.rng
    yearly = branch.story == "notice" and place in YEARLY_PLACES
    if yearly:
        day = date(2005 + YEARLY_PLACES.index(place), 9, 18 + YEARLY_PLACES.index(place))
    key = f"W0{day:%Y%m%d}{number}"
    story = desk.story(_kind(branch, place), day, key, place)
    author, editor, source = _people(branch, story, rng)
    blocks = story.blocks
    undated = branch.story == "union" and place == UNDATED_PLACE
    if undated:
        blocks = tuple(b for b in blocks if not (isinstance(b, Paragraph) and b.align == "right"))
    if place in PAGED[branch.generation]:
        blocks = _with_break(blocks)
    style = STYLES[branch.generation][(place + len(branch.name)) % 3]
    offers: tuple[FileOffer, ...] = ()
    if place % (3 if branch.story in ("notice", "recruit") else 7) == 2:
        picked = rng.sample(FILE_NAMES, rng.randint(1, 3))
        offers = tuple(
            FileOffer(f"P0{day:%Y%m%d}{number}_{at}.{name[-3:]}", f"{at}.{name}")
            for at, name in enumerate(picked, start=1)
        )
    hits = None if branch.generation is Generation.MODERN else rng.randint(20, 4800)
    return Draft(
        number=number, branch=branch, title=story.title, author=author, editor=editor,
        source=source, published=day, hits=hits, blocks=blocks, style=style, live=True,
        mirrors=frozenset(), offers=offers, dated=not undated,
    )  # fmt: skip


def _first_night() -> Iterator[Draft]:
    desk = Desk(Newsroom(SEED), Random(SEED), set())
    numbers = {generation: count(first, 7) for generation, first in FIRST_NUMBER.items()}
    lost = count()
    for branch in BRANCHES:
        amount = branch.live + branch.mirror_only
        gone = _lost_places(branch, amount)
        if branch.story == "notice":
            gone = {place + 1 if place in YEARLY_PLACES else place for place in gone}
        for place, day in enumerate(_dates(branch, amount, desk.rng)):
            made = draft(desk, branch, place, day, next(numbers[branch.generation]))
            draws = [desk.rng.random() for _ in CARRY_SHARE]
            if place in gone:
                carriers = CARRIERS[next(lost) % len(CARRIERS)]
            else:
                carriers = frozenset(
                    mirror for mirror, share in enumerate(CARRY_SHARE) if draws[mirror] < share
                )
            made = replace(made, live=place not in gone, mirrors=carriers)
            yield replace(made, features=features_of(made))


@cache
def first_night() -> tuple[Draft, ...]:
    """The articles of the first night, those that only mirrors still have included."""
    return tuple(_first_night())
