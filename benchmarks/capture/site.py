"""A made-up institute of any size, as files: front page, branches, paged lists, articles.

Its pages carry as many links as real ones: on 31 pages of institutes (home pages and articles) the
median was 168 links, to 89 different addresses. They are smaller (37 kB, the median was 72).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

SIGNS = "党员学习会议研究海洋工作报告代表技术组织科学院所长通知活动部门项目实验室中心国际合作交流"
BRANCHES = 12
PER_LIST = 20
LINKS = 168
"""On a page, navigation, latest news and friends' sites together."""
LATEST = 64
FRIENDS = 12
STYLE_BYTES = 14_000
IMAGES = 60


def make_site(directory: Path, articles: int) -> int:
    """Write the site into ``directory``; returns how many addresses it has, robots.txt included."""
    branches = [f"branch{number}" for number in range(BRANCHES)]
    names = [_name(branches[number % BRANCHES], number) for number in range(articles)]
    frame = _Frame(branches, names[:LATEST])
    count = 0
    for name, text in _files(frame, branches, names):
        _write(directory / name, text.encode())
        count += 1
    for number in range(IMAGES):
        _write(directory / f"images/{number}.png", Random(number).randbytes(20_000))
    return count + IMAGES


def _files(frame: _Frame, branches: list[str], names: list[str]) -> Iterator[tuple[str, str]]:
    """One at a time: the memory of this process is counted as that of what it starts."""
    yield "robots.txt", "User-agent: *\nDisallow:\n"
    yield "index.html", frame.page("首页", "")
    for number, name in enumerate(names):
        yield name, frame.page(_title(number), _body(number))
    for place, branch in enumerate(branches):
        yield from _lists(frame, branch, names[place::BRANCHES]).items()


def _name(branch: str, number: int) -> str:
    return f"{branch}/t2010{1 + number % 12:02d}09_{number}.html"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _title(number: int) -> str:
    return f"第{number}号" + "".join(Random(number).choices(SIGNS, k=14))


def _body(number: int) -> str:
    rng = Random(number)
    rows = ["".join(rng.choices(SIGNS, k=120)) + "。" for _ in range(8)]
    image = f'<img src="/images/{number % IMAGES}.png" alt="图">'
    return image + "".join(f"<p>{row}</p>" for row in rows)


def _lists(frame: _Frame, branch: str, names: list[str]) -> dict[str, str]:
    """The list pages of a branch, linked one after the other."""
    pages = [names[at : at + PER_LIST] for at in range(0, len(names), PER_LIST)] or [[]]
    found = {}
    for place, page in enumerate(pages):
        rows = "".join(
            f'<li><a href="/{name}">{_title(int(name.rsplit("_", 1)[1][:-5]))}</a></li>'
            for name in page
        )
        more = f'<a href="index_{place + 1}.html">下一页</a>' if place + 1 < len(pages) else ""
        file = "index.html" if place == 0 else f"index_{place}.html"
        found[f"{branch}/{file}"] = frame.page(branch, f"<ul>{rows}</ul>{more}")
    return found


class _Frame:
    """What stands on every page: style, script, navigation, footer."""

    def __init__(self, branches: list[str], latest: list[str]) -> None:
        rng = Random(0)
        sections = [f"/{branch}/" for branch in branches] + ["/"]
        news = [f"/{name}" for name in latest]
        friends = [f"http://friend{number}.example/" for number in range(FRIENDS)]
        targets = sections + news + friends
        targets += rng.choices(sections + news, k=LINKS - len(targets))
        self._navigation = "".join(
            f'<li><a href="{to}">{"".join(rng.choices(SIGNS, k=rng.choice((4, 4, 16))))}</a></li>'
            for to in targets
        )
        rule = ".c{n}{{margin:0 auto;padding:2px;color:#{n:06x};font-size:12px}}\n"
        style = "".join(rule.format(n=n) for n in range(STYLE_BYTES // 60))
        self._head = f"<style>{style}</style><script>var at = 'index_1.html';</script>"

    def page(self, title: str, body: str) -> str:
        """One page."""
        return (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{self._head}'
            f'</head><body><div class="nav"><ul>{self._navigation}</ul></div>'
            f'<div class="main"><h1>{title}</h1><p>发布时间：2010-12-09</p>{body}</div>'
            '<div class="foot">版权所有 地址：海滨路一号 <a href="/">返回首页</a></div>'
            "</body></html>"
        )
