"""The breadcrumb over an article: the sections of the site that lead to it.

It promises to know a trail by the words that announce it (当前位置：) or by its first step, the
home page with an arrow behind it, whether its steps stand in one line, in the cells of a row or in
the items of a list; and that the article's own title and words for "text" are never a section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element as Element

from archive.cleaning.facts import phrases
from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.markup.blocks import Block, squeeze
from archive.cleaning.markup.dom import names
from archive.cleaning.script import as_simplified, bare_of_readings, plain
from archive.remembered import remembered

# White space before a separator is taken from its beginning on: a run of it with none behind was
# looked through again from each of its characters.
_SEPARATOR = re.compile(r"(?:(?<!\s)\s+)?(?:>>|>|»|›|→|＞|》|/|\\|-->|::|\||｜|·|\s[-–—]\s)\s*")
_ARROW = " > "
_DASHES = " \t\n\u3000\xa0-–—"
_ARROWS = re.compile("[>»›→＞》]")
_HOME_ADDRESS = re.compile(
    r"(?:https?://[\w.:-]{4,80})?/?(?:\.{1,2}/){0,6}(?:(?:index|default|main)\.\w{2,6})?",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:正文|首\s*页|详细(?:内容|信息)|内容|浏览(?:信息|文章)?|文章|查看(?:文章|新闻)|正文页?|列表"
    r"|信息(?:正文|内容)|新闻(?:正文|内容|详情)|详情页?|home)$",
    re.I,
)
_BODY_WORD = re.compile(r"(?<!\s)\s+正\s?文$")
_BODY_STEP = re.compile(r"[>»›→＞》]\s*正\s?文\s*$")
_LIST_NAME = re.compile(r"bread|crumb|position|location|weizhi|dqwz|szwz|mbx|\bpath\b|curpos")
# A step of a trail that nothing announces is no longer, and the trail has no more of them.
MAX_STEP_CHARS = 24
MAX_STEPS = 7
# Of a trail that begins with the site's name this share is links.
MIN_LINKED = 0.5
MAX_FOLLOWING = 7
MAX_FOLLOWING_CHARS = 40
MIN_TWICE_CHARS = 2
# Below a section its pages may be kept by the year and the month: 要闻 > 2024 > 5月.
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?(?:\s?\d{1,2}\s?月)?|\d{1,2}\s?月")
_NOWHERE, _ANNOUNCED, _FROM_HOME, _HOME = range(4)


def is_trail(line: str) -> bool:
    """Whether ``line`` (as ``plain`` gives it) announces the place in the site, or is a trail from
    the home page on."""
    return _is_announced(line) or _is_from_home(line)


def _is_announced(line: str) -> bool:
    # Few lines have what stands behind an announcement.
    if ":" not in line and "：" not in line and ">" not in line:
        return False
    return phrases.BREADCRUMB.match(line) is not None


def _is_from_home(line: str) -> bool:
    if "页" not in line and "home" not in line.lower():
        return False
    if phrases.FROM_HOME.match(line) is None:
        return False
    steps = _split(line)
    return 2 <= len(steps) <= MAX_STEPS and max(map(len, steps)) <= MAX_STEP_CHARS


def branch_of(above: Sequence[Block], title: str | None) -> str | None:
    """The last section that the nearest breadcrumb ``above`` the body names, the article's own
    ``title`` left aside; None where there is none."""
    for index in range(len(above) - 1, -1, -1):
        steps = _steps(above, index)
        section = _last_section(steps, title) if steps else None
        if section is not None:
            return section
    return None


def _steps(above: Sequence[Block], index: int) -> list[str]:
    """The steps of the trail that begins in the block at ``index``; empty if none does."""
    block = above[index]
    begins = _begins(block.text)
    if begins == _ANNOUNCED:
        steps = _split(_behind_announcement(_arrowed(block)))
        return steps + _following(above, index, open_end=not steps or _is_open(block.text))
    if begins == _FROM_HOME:
        return _split(bare_of_readings(block.text)) + _following(above, index)
    if begins == _NOWHERE and _is_linked_home(block):
        return _split(bare_of_readings(_up_to_body(block)))
    if begins == _HOME:
        more = _following(above, index, listed=_in_named_list(block.element))
        return [block.text, *more] if more else []
    return []


@remembered(8192)
def _begins(text: str) -> int:
    """How the trail begins that a line may be the first of; a site's pages share most lines."""
    line = plain(text)
    if _is_announced(line):
        return _ANNOUNCED
    if _is_from_home(line):
        return _FROM_HOME
    return _HOME if phrases.HOME.fullmatch(line.strip(" \u3000>＞»/")) else _NOWHERE


def _is_linked_home(block: Block) -> bool:
    """Whether a line is links with arrows between, the first of them to a home page: a trail that
    begins with the site's name."""
    if not block.linked or _ARROWS.search(block.text) is None:
        return False
    first = block.runs[0].href
    if first is None or _HOME_ADDRESS.fullmatch(first.strip()) is None:
        return False
    # Behind the last arrow stands the article's own title, however long.
    before = _ARROWS.split(block.text)[:-1] if block.runs[-1].href is None else [block.text]
    if block.linked < MIN_LINKED * sum(len(squeeze(step)) for step in before):
        return False
    steps = _split(_ARROW.join(before))
    return 1 <= len(steps) <= MAX_STEPS and max(map(len, steps)) <= MAX_STEP_CHARS


def _up_to_body(block: Block) -> str:
    """A trail without the links of others behind its last step, 正文."""
    words: list[str] = []
    for run in block.runs:
        words.append(run.text)
        if run.href is None and _BODY_STEP.search(run.text):
            break
    return "".join(words)


def _following(
    above: Sequence[Block], index: int, *, open_end: bool = False, listed: bool = False
) -> list[str]:
    """The steps in the blocks behind: those that begin with an arrow or, where the trail was
    announced or is a named list, that stand beside the first."""
    parents = {above[index].element.getparent()} if open_end or listed else set()
    steps: list[str] = []
    for block in above[index + 1 : index + 1 + MAX_FOLLOWING]:
        beside = block.element.getparent() in parents
        if not (beside or open_end or _SEPARATOR.match(block.text)):
            break
        if block.size > MAX_FOLLOWING_CHARS or is_label_line(block.text):
            break
        text = bare_of_readings(block.text)
        steps += _split(text)
        if open_end and block.tag in {"li", "td", "dd"}:
            parents.add(block.element.getparent())
        open_end = not steps or _is_open(text)
    return steps


def _is_open(text: str) -> bool:
    return text.rstrip().endswith((">", "»", "/"))


def _in_named_list(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and _LIST_NAME.search(f"{names(parent)} {names(element)}") is not None


def _arrowed(block: Block) -> str:
    """A trail with an arrow between links that only a dash or white space sets apart."""
    words: list[str] = []
    since = ""  # what stands behind the last link
    linked = False
    for run in block.runs:
        if run.href is None:
            since += run.text
            continue
        words += [_ARROW if linked and not since.strip(_DASHES) else since, run.text]
        since, linked = "", True
    rest = since.lstrip(_DASHES)
    if linked and rest != since and rest:
        return "".join([*words, _ARROW, rest])
    return "".join([*words, since])


def _split(line: str) -> list[str]:
    return [s for s in (step.strip(" \u3000:：") for step in _SEPARATOR.split(line)) if s]


def _behind_announcement(line: str) -> str:
    """What follows 当前位置：, in whatever script the line is written."""
    bare = bare_of_readings(line)
    announced = phrases.BREADCRUMB.match(as_simplified(bare))
    return bare[announced.end() :] if announced else bare


def _last_section(steps: Sequence[str], title: str | None) -> str | None:
    own = squeeze(bare_of_readings(title or ""))
    for step in (_once(_BODY_WORD.sub("", s)) for s in reversed(steps)):
        said = squeeze(step)
        if (
            _GENERIC.match(plain(step))
            or _YEAR.fullmatch(step)
            or (own and (said == own or (own.startswith(said.rstrip(".…")) and len(said) > 6)))
        ):
            continue
        return step if step is not steps[0] or len(steps) == 1 else None
    return None


def _once(step: str) -> str:
    """A step that is said twice over (once for printing) said once."""
    half = len(step) // 2
    return step[:half] if half >= MIN_TWICE_CHARS and step[:half] == step[half:] else step
