"""What has changed at the institute when the crawler comes again.

Some articles are edited, some removed, some new, and most counters have gone on. Mirrors stay as
they were: they had copied the site before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

from tests.site import plan
from tests.site.articles import Draft
from tests.site.blocks import Block, Paragraph
from tests.site.institute import BRANCHES
from tests.site.newsroom import Newsroom

EDIT_EVERY = 14
REMOVE_EVERY = 19
REMOVE_AT = 5
EDIT_AT = 2
NEW_BRANCHES = (
    "综合新闻",
    "科研动态",
    "离退休党总支",
    "通知公告",
    "人才招聘",
    "媒体聚焦",
    "科学普及",
)
NEW_NUMBERS_AFTER = 900
HITS_STAY_EVERY = 4


def _edited(draft: Draft, rng: Random) -> Draft:
    """The article as its editor has changed it: a line more, and a paragraph put right."""
    blocks: list[Block] = list(draft.blocks)
    note = Paragraph(
        f"（本文于{rng.randint(2, 11)}月{rng.randint(1, 28)}日更正：原稿中“{draft.title[:8]}”"
        f"一段有误，特此说明，编辑{draft.editor}。）"
    )
    place = next(
        (at for at, b in enumerate(blocks) if isinstance(b, Paragraph) and b.align == "right"),
        len(blocks),
    )
    blocks.insert(place, note)
    first = blocks[0]
    if isinstance(first, Paragraph):
        blocks[0] = replace(first, text=f"{first.text}有关人员参加了活动。")
    changed = replace(draft, blocks=tuple(blocks))
    return replace(changed, features=plan.features_of(changed) | {"edited"})


def _new(rng: Random) -> list[Draft]:
    desk = plan.Desk(Newsroom(plan.SEED + 2), rng, {draft.title for draft in plan.first_night()})
    added: list[Draft] = []
    for place, branch in enumerate(b for b in BRANCHES if b.name in NEW_BRANCHES):
        day = date(branch.years[1], 12, 3 + 2 * place)
        number = plan.FIRST_NUMBER[branch.generation] + NEW_NUMBERS_AFTER + place
        draft = plan.draft(desk, branch, place, day, number)
        added.append(replace(draft, features=plan.features_of(draft) | {"new"}))
    return added


@cache
def second_night() -> tuple[Draft, ...]:
    """The articles of the second night, the removed ones (``live`` False) included."""
    rng = Random(plan.SEED + 1)
    out: list[Draft] = []
    live = 0
    for before in plan.first_night():
        after = before
        if before.live:
            live += 1
            if live % EDIT_EVERY == EDIT_AT:
                after = _edited(after, rng)
            elif live % REMOVE_EVERY == REMOVE_AT:
                after = replace(after, live=False, features=after.features | {"removed"})
            if after.hits is not None and live % HITS_STAY_EVERY:
                after = replace(after, hits=after.hits + rng.randint(1, 60))
        out.append(after)
    return (*out, *_new(rng))


def drafts(night: int) -> tuple[Draft, ...]:
    """All articles of a night (1 or 2)."""
    if night not in (1, 2):
        raise ValueError(f"there are two nights, 1 and 2, not {night}")
    return plan.first_night() if night == 1 else second_night()
