"""Articles over several pages as content management systems write them, each with its own pager."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Name = Callable[[int], str]
"""The path of page n, counted from 1."""

TITLE = "支部学习会总结"
DAY = "2010-12-09"


def paragraphs(number: int, count: int = 3, *, edition: int = 0) -> list[str]:
    """The paragraphs of page ``number``; each page has words of its own."""
    subject = ("学习材料", "调研报告", "整改清单", "培训计划", "经费安排", "档案移交", "会议纪要")
    told = subject[number % len(subject)]
    return [
        f"{told}的第{number}组第{line}条由第{number * 7 + line}小组在会上作了说明，"
        f"要求第{edition + 1}稿于月底以前报送办公室汇总，并抄送各支部。"
        for line in range(count)
    ]


def page(
    lines: Sequence[str], pager: str, *, title: str = TITLE, day: str = DAY, below: str = ""
) -> str:
    """One page of an article."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html><head><title>{title}--光学所</title></head><body>"
        "<div><a href='/'>首页</a> <a href='/xw/'>新闻</a></div>"
        f"<h1>{title}</h1><div>发布时间：{day} 来源：党办</div>"
        f'<div class="TRS_Editor">{body}</div><div class="pages">{pager}</div>{below}'
        "<div>版权所有 光学所 地址：长春</div></body></html>"
    )


def numbered(number: int, count: int, name: Name) -> str:
    """A pager of numbers."""
    return " ".join(
        f"<span>{n}</span>" if n == number else f'<a href="{name(n)}">{n}</a>'
        for n in range(1, count + 1)
    )


def stepping(number: int, count: int, name: Name) -> str:
    """A pager that leads to the neighbouring pages alone."""
    back = f'<a href="{name(number - 1)}">上一页</a>' if number > 1 else ""
    return back + (f' <a href="{name(number + 1)}">下一页</a>' if number < count else "")


def short(number: int, count: int, name: Name) -> str:
    """A pager that leaves numbers out: 1 … 4 5 6 … 9."""
    shown = sorted({1, number - 1, number, number + 1, count} & set(range(1, count + 1)))
    return " ".join(
        f"<b>{n}</b>" if n == number else f'<a href="{name(n)}">[{n}]</a>' for n in shown
    )


Pager = Callable[[int, int, Name], str]


def article(count: int, name: Name, pager: Pager = numbered) -> list[tuple[str, str]]:
    """All pages of one article, each with its path; the last has a single paragraph."""
    return [
        (name(n), page(paragraphs(n, 3 if n < count else 1), pager(n, count, name)))
        for n in range(1, count + 1)
    ]


def whole(count: int) -> str:
    """The text of ``article``."""
    return "\n".join(
        line for n in range(1, count + 1) for line in paragraphs(n, 3 if n < count else 1)
    )
