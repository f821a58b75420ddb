"""A large generated site that can be edited, and that can fail in every way a server fails.

Every article has an ETag, as a file server gives it, and weighs what a real page weighs (20 kB).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from random import Random

from benchmarks.capture.site import SIGNS
from tests.crawl.server import EVERYTHING_ALLOWED, Answer

PER_LIST = 200
STYLE = (
    "<style>" + "".join(f".c{n}{{margin:0 auto;padding:2px}}\n" for n in range(500)) + "</style>"
)
"""With it a page is as large as a real one."""
NAVIGATION = "".join(f'<li><a href="/list_{n}.html">栏目{n}</a></li>' for n in range(1, 13))

Trouble = Callable[[str, int | None], Answer | None]
"""What is answered instead, for a path and the number of its article (None: no article)."""


class ChangingSite:
    """So many articles, in lists of PER_LIST; ``edited`` ones say something else, ``removed`` ones
    are answered with 410; ``trouble`` is asked before anything else."""

    def __init__(self, pages: int) -> None:
        self.pages = pages
        self.edited: set[int] = set()
        self.removed: set[int] = set()
        self.trouble: Trouble = lambda path, number: None

    def __call__(self, path: str) -> Answer | None:
        name = path.strip("/").removesuffix(".html")
        kind, _, digits = name.partition("_")
        number = int(digits) if digits.isdecimal() else None
        is_article = number is not None and kind != "list"
        failing = self.trouble(path, number if is_article else None)
        if failing is not None:
            return failing
        if path == "/robots.txt":
            return EVERYTHING_ALLOWED
        if not name:
            return _answer(_page("首页", "".join(map(_list_link, range(self._lists())))))
        if number is None:
            return None
        return self._article(path, number) if is_article else self._list(number)

    def _lists(self) -> int:
        return -(-self.pages // PER_LIST)

    def _list(self, number: int) -> Answer | None:
        shown = range(number * PER_LIST, min(self.pages, (number + 1) * PER_LIST))
        rows = (f'<li><a href="{_path(n)}">{_title(n)}</a></li>' for n in shown)
        return _answer(_page(f"第{number}页", f"<ul>{''.join(rows)}</ul>")) if shown else None

    def _article(self, path: str, number: int) -> Answer | None:
        if number in self.removed:
            return Answer("gone", 410)
        if number >= self.pages or path != _path(number):
            return None
        rng = Random(number)
        rows = ["".join(rng.choices(SIGNS, k=120)) + "。" for _ in range(6)]
        if number in self.edited:
            rows.append(f"本文于次日作了更正，涉及第{number}号文件中的数据。")
        body = "".join(f"<p>{row}</p>" for row in rows)
        day = f"<p>发布时间：2010-{number % 12 + 1:02d}-09</p>"
        return _answer(_page(_title(number), f"<h1>{_title(number)}</h1>{day}<div>{body}</div>"))


def partly_down(silent: frozenset[int], until: threading.Event) -> Trouble:
    """Of a hundred articles ten are answered with 500, five not at all (the connection is closed),
    twenty with 404 and five with 410; ``silent`` ones are never answered, ``until`` it is over."""

    def answer(path: str, number: int | None) -> Answer | None:
        if number is None:
            return None
        if number in silent:
            until.wait()
            return Answer(raw=b"")
        kind = number % 100
        if kind < 10:
            return Answer("down for maintenance", 500)
        if kind < 15:
            return Answer(raw=b"")
        if kind < 35:
            return Answer("no such page", 404)
        return Answer("gone", 410) if kind < 40 else None

    return answer


def going_down(after: int) -> Trouble:
    """So many articles are still answered, the same ones as above with 404 and 410; from then on
    everything is 503."""
    answered = 0
    otherwise = partly_down(frozenset(), threading.Event())

    def answer(path: str, number: int | None) -> Answer | None:
        nonlocal answered
        answered += number is not None
        if answered > after:
            return Answer("down", 503)
        return otherwise(path, number) if number is not None and number % 100 >= 15 else None

    return answer


def all_but_robots(path: str, number: int | None) -> Answer | None:
    """robots.txt cannot be read, and every other page is said to be gone."""
    return Answer("down", 500) if path == "/robots.txt" else Answer("gone", 410)


def _path(number: int) -> str:
    return f"/t2010{number % 12 + 1:02d}09_{number}.html"


def _list_link(number: int) -> str:
    return f'<li><a href="/list_{number}.html">第{number}页</a></li>'


def _title(number: int) -> str:
    return "".join(Random(-number).choices(SIGNS, k=14)) + f"第{number}号"


def _page(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-研究所</title>'
        f"{STYLE}</head>"
        f"<body><ul>{NAVIGATION}</ul>{body}<div>版权所有 研究所</div></body></html>"
    )


def _answer(page: str) -> Answer:
    tag = hashlib.blake2b(page.encode(), digest_size=8).hexdigest()
    return Answer(page, headers={"ETag": f'"{tag}"'})
