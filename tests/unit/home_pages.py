"""Houses on pages of their own, as the names of an institute's keeper are found there."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.tampering import invented_brand, invented_institute
from tests.unit.unmask_tampering import GIVEN, SURNAMES, THINGS

PAGES = 12
HOST = "www.hx7788.com"
SAID = (
    "近日，{}的{}在北山基地通过了验收，参加验收的{}位专家听取了汇报。",
    "据{}介绍，{}从立项到完成历时{}天，经费比预算节省了一成。",
    "来自各地的代表参观了{}，对{}给予了肯定，并提出了{}条意见。",
    "受上级委托，{}承担了{}的研制任务，前后投入了{}万元。",
)
Shown = list[tuple[str, str]]
Called = Callable[[int], str]
"""page -> what stands in the name's place there"""


def shown(
    rng: Random, brand: str, at_home: Called, in_text: Called, foot: Called, menu: Called
) -> Shown:
    """Pages of one template; titles and breadcrumbs have the brand, as a mirror puts it there."""
    made = []
    for page in range(PAGES):
        thing, person = rng.choice(THINGS), rng.choice(SURNAMES) + rng.choice(GIVEN)
        title = f"{person}同志主持{thing}总结会{page}"
        told = rng.choice(SAID).format(in_text(page), thing, rng.randint(3, 90))
        body = [
            f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日，{person}主持会议，到会的共九人。",
            told,
            f"会后，{person}带领大家看了{thing}的现场，讲解了其中的{rng.randint(2, 40)}处细节。",
        ]
        paragraphs = "".join(f"<p>{line}</p>" for line in body)
        made.append(
            (
                f"/xw/2012/{4000 + page}.html",
                f"<html><head><title>{title}-{brand}</title></head><body>"
                f'<div><a href="/">{at_home(page)}</a></div>'
                f"<ul><li>概况</li><li>{menu(page)}</li><li>人才</li></ul>"
                f'<div>当前位置：<a href="/b/">{brand}</a> &gt; 新闻</div><h1>{title}</h1>'
                f"<div>发布时间：2012-05-{page + 1:02}</div><div>{paragraphs}</div>"
                f"<div>版权所有 © {foot(page)}</div></body></html>",
            )
        )
    return made


def houses(seed: str) -> tuple[Random, str, str]:
    """A source of chance, a brand, and an institute's name."""
    rng = Random(seed)
    return rng, invented_brand(rng) + "88", invented_institute(rng)[0]
