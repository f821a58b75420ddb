"""Honest houses that look like mirrors: what shares articles, templates or names without fraud."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from random import Random

from tests.site import tamper
from tests.tampering.brands import FIELDS, PLACES
from tests.tampering.copies import Original

Page = tuple[str, str]
"""(path, HTML)"""
MENU_WORDS = (
    "首页", "要闻", "人物", "评论", "专题", "图片", "视频", "国际", "财经", "科普", "招聘", "论坛",
    "会展", "投稿", "关于我们", "数据库", "期刊", "培训", "标准", "专利",
)  # fmt: skip
PORTAL_TAILS = ("资讯网", "在线", "之窗", "科普园", "快讯", "网", "观察")


def as_they_are(pages: Iterable[Original]) -> list[Page]:
    """The pages as their institute has them."""
    return [(one.path, one.html) for one in pages]


def portal_name(rng: Random) -> str:
    """The name of a house that is no institution."""
    return f"{rng.choice(PLACES)}{''.join(rng.sample(FIELDS, 2))}{rng.choice(PORTAL_TAILS)}"


def reprinted(
    pages: Iterable[Original], source: str, name: str, host: str, rng: Random
) -> list[Page]:
    """An institute's articles as a portal called ``name`` reprints them: in pages of its own, with
    the source told; ``host`` stands in the foot unless it is empty."""
    menu = " ".join(f'<a href="/{n}/">{word}</a>' for n, word in enumerate(_menu(rng)))
    column = rng.choice(("科技", "要闻", "院所动态"))
    made = []
    for number, one in enumerate(pages):
        body = "".join(f"<p>{escape(line)}</p>" for line in one.text.split("\n"))
        made.append(
            (
                f"/{column}/{8000 + number}.shtml",
                f"<html><head><title>{escape(one.title)}-{name}</title></head><body>"
                f'<div><a href="/">{name}</a></div><div>{menu}</div>'
                f"<div>当前位置：{name} &gt; {column} &gt; 正文</div>"
                f"<h1>{escape(one.title)}</h1><div>来源：{source}</div>{body}"
                f"<div>Copyright © 2012 {name} {host} 京ICP备{rng.randrange(10**8):08}号</div>"
                f"</body></html>",
            )
        )
    return made


def taken_over(
    pages: Iterable[Original],
    theirs: tuple[tuple[str, str], str],
    ours: tuple[tuple[str, str], str],
    rng: Random,
) -> list[Page]:
    """Articles of one institute on the pages of a sister with the same maker's template: frame and
    registration number are the sister's, the texts go on naming the first; of both, names and
    host."""
    number = f"ICP备{rng.randrange(10**8):08}号"
    made = []
    for place, one in enumerate(pages):
        html = tamper.frame(one.html, ours[0][0], theirs[0])
        for suffix in ("www.", ""):
            html = html.replace(suffix + _domain(theirs[1]), suffix + _domain(ours[1]))
        html = _NUMBER.sub(number, html)
        made.append((f"/zz/{3000 + place}.html", html))
    return made


def _domain(host: str) -> str:
    return host.removeprefix("www.")


def _menu(rng: Random) -> list[str]:
    return rng.sample(MENU_WORDS, 9)


_NUMBER = re.compile(r"ICP备\d+号")
