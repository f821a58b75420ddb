"""Real articles on the pages of an invented institute: other people's words, lengths and habits.

The corpus is not part of the project; where it is not at hand there are none of these.
"""

from __future__ import annotations

from functools import cache
from html import escape
from random import Random

from archive.cleaning.script import traditional_share
from archive.cleaning.unmasking.compare import SIMPLIFIED
from benchmarks.corpus import corpus_directory, corpus_pages
from tests.tampering import Original, invented_institute

LEAST, MOST = 150, 6000
"""Characters of the articles that are taken."""
BRANCHES = ("综合新闻", "科研动态", "通知公告", "媒体聚焦")
MENUS = (
    "机构概况",
    "研究队伍",
    "科研成果",
    "合作交流",
    "研究生教育",
    "党建工作",
    "信息公开",
    "科学传播",
)
MENTIONS = ("{name}消息。", "据{name}介绍，", "（{name}供稿）", "近日，{name}转发了这一报道。")
MENTIONED = 0.7
"""Share of the articles that name the institute."""


@cache
def _articles() -> tuple[tuple[str, str], ...]:
    folder = corpus_directory()
    found = []
    for page in corpus_pages(folder) if folder else ():
        truth = page.truth or {}
        title, text = truth.get("title") or "", truth.get("text") or ""
        simplified = traditional_share(text)[0] < SIMPLIFIED
        if title and simplified and LEAST <= len(text) <= MOST:
            found.append((" ".join(title.split()), text))
    return tuple(found)


def corpus_originals(
    rng: Random, count: int, host: str | None
) -> tuple[tuple[str, str], tuple[Original, ...]]:
    """Names of an invented institute and ``count`` articles on its pages; none without the
    corpus."""
    names = invented_institute(rng)
    number = f"京ICP备{rng.randrange(10**8):08}号"
    chosen = rng.sample(_articles(), min(count, len(_articles())))
    return names, tuple(
        _page(title, text, names[0], number, host, place, rng)
        for place, (title, text) in enumerate(chosen)
    )


def _page(
    title: str, text: str, name: str, number: str, host: str | None, place: int, rng: Random
) -> Original:
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if rng.random() < MENTIONED:
        at = rng.randrange(len(lines))
        lines[at] = rng.choice(MENTIONS).format(name=name) + lines[at]
    branch = rng.choice(BRANCHES)
    day = f"{rng.randint(2008, 2016)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    menu = "".join(f'<li><a href="/m{n}/">{word}</a></li>' for n, word in enumerate(MENUS))
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    foot = f"http://{host} E-mail: office@{host.removeprefix('www.')}" if host else ""
    html = (
        f"<html><head><meta charset='utf-8'><title>{escape(title)}-{name}</title></head><body>"
        f'<div class="head"><a href="/">{name}</a></div><ul class="nav">{menu}</ul>'
        f'<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/b/">{branch}</a></div>'
        f'<div class="article"><h1>{escape(title)}</h1><div class="info">发布时间：{day}</div>'
        f'<div class="content">{body}</div></div>'
        f'<div class="foot">版权所有 © {name} {number}<br>地址：科苑路1号 {foot}</div>'
        "</body></html>"
    )
    path = f"/xw/{day[:4]}{day[5:7]}/t{day.replace('-', '')}_{4000 + place}.html"
    return Original(path, html, title, "\n".join(lines))
