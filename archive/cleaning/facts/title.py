"""The article's own title: the heading near the body, confirmed by ``<title>`` without its suffix.

It promises that a site's name, a section or a brand hung on the title is not taken for part of it
where the page itself shows the shorter form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from lxml.etree import _Element as Element

from archive.cleaning.facts import phrases
from archive.cleaning.facts.breadcrumb import is_trail
from archive.cleaning.facts.head import Head
from archive.cleaning.facts.labels import is_label_line, read_labels
from archive.cleaning.markup.blocks import Block, squeeze
from archive.cleaning.markup.dom import names
from archive.cleaning.script import plain
from archive.remembered import remembered

SEPARATORS = re.compile(r"\s*(?:--+|——+|[_|｜丨»>]|\s[-–—·:]\s|[-–—])\s*")
MAX_TITLE_CHARS = 150
# Headings farther above the body than this are part of the page's head.
REACH_BLOCKS = 60
_TITLE_NAME = re.compile(r"title|headline|\btit\b|biaoti|\bbt\b|arti?_?tit|heading|subject|h1")
_SITE_NAME = re.compile(
    r"(?:网|網|站|政府|办公室|公司|所|院|大学|大學|局|部|委|会|會|中心|频道|报|報|台|在线|home|index|无标题|无标题文档"
    r"|untitled\S*|浏览|查看|正文|详细|内容)(?:[\s-]?\S{0,6})?$",
    re.IGNORECASE,
)
# How the names of sites end, with nothing behind.
_SITE_END = re.compile(r"(?:网站|网|網|站|政府|委员会|研究所|研究院|大学|大學|学院|局|厅|中心)$")
_BRACKETS = re.compile(r"\s?[(（][^()（）]{1,12}[)）]\s?$")
# A word that announces a title (打印：) is at most this long, colon included.
MAX_ANNOUNCEMENT = 6
MIN_ANNOUNCED = 4
# A shorter part of <title> than this is a heading's only where it is the first (讣告, 简介).
MIN_PART = 3
# A block this much like the title was at least seen in it.
SEEN_MARK = 2.0
CONVINCING_MARK = 2.5
MAX_HEADING_LEVEL = 3
# A line that only its place makes a heading is no longer.
MAX_HEADING_CHARS = 60
# The heading of a page that its <title> does not name is no shorter.
MIN_UNLIKE = 6
# 主题：…, 注意：…: a line that is itself announced is no heading.
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,5}[:：]")
# Lines at the end of a page among which its foot is.
FOOT_LINES = 40
_NOT_TITLE = re.compile(r"sub_?title|副标题|site|logo|column|nav|list|block|box|menu|comment")


def parts(title: str) -> list[str]:
    """A title cut at the separators templates use."""
    return [p for p in (part.strip() for part in SEPARATORS.split(title)) if p]


def without_affixes(title: str, affixes: Collection[str]) -> str:
    """``title`` less the host's known prefixes and suffixes (with their separators)."""
    changed = True
    while changed:
        changed = False
        for affix in affixes:
            if title.endswith(affix) and len(title) > len(affix):
                title, changed = title[: -len(affix)].strip(), True
            elif title.startswith(affix) and len(title) > len(affix):
                title, changed = title[len(affix) :].strip(), True
    return title


def choose_title(
    head: Head,
    above: Sequence[Block],
    inside: Sequence[Block],
    affixes: Collection[str] = (),
    below: Sequence[Block] = (),
) -> str | None:
    """The title, from the page's ``head``, the blocks ``above`` the body (in page order) and the
    first ``inside`` it; None where none of them gives one. What stands ``below`` tells the name of
    the site."""
    whole = head.title
    cut = without_affixes(whole, affixes) if whole else None
    near = [*above[-REACH_BLOCKS:], *inside[:4]]
    confirmed = _confirmed(head, near, affixes)
    if confirmed is not None:
        return confirmed
    shown = cut or whole or ""
    said = squeeze(shown)
    best, best_mark = _likeliest(near, shown, said)
    frame = [*above, *below[-FOOT_LINES:]]
    other = _unlike_title(near, frame, said) if _is_named(frame, cut or whole) else None
    if other is None and best is not None and _is_step(best, near):
        other = _over_byline(near)
    if other is not None:
        return other
    if best is not None and best_mark >= CONVINCING_MARK:
        return _without_labels(_whole_heading(best, near, said), shown)
    fallback = _first_part(cut or whole)
    if fallback is not None and _is_site_name(fallback):
        other = _beside_site_name(best, near, said, fallback)
        if other is None and best_mark < SEEN_MARK:
            return _right_above(above, inside) or fallback
        if other is not None:
            return other
    if fallback is not None and best is not None and _is_only_heading(best, near, fallback):
        return best.text.strip()
    if fallback is None or _is_section(fallback, above, near):
        # <title> names only the section: what stands right above the byline is the heading.
        return _over_byline(near) or fallback or (best.text.strip() if best else None)
    return fallback


def _is_named(frame: Sequence[Block], title: str | None) -> bool:
    """Whether the page's head or foot has what ``<title>`` begins with: a name of the site."""
    name = squeeze(next(iter(parts(title or "")), ""))
    return len(name) >= MIN_ANNOUNCED and any(name in block.line for block in frame)


def _unlike_title(near: Sequence[Block], frame: Sequence[Block], said: str) -> str | None:
    """The line over a byline, where no line near has what ``<title>`` says (``said``): it names
    the site on all its pages, then."""
    over = _over_byline(near)
    own = squeeze(over or "")
    if over is None or not MIN_UNLIKE <= len(own) <= MAX_HEADING_CHARS or own in said:
        return None
    if _ends_otherwise(over) or _is_frame(over) or own in _linked_words(frame):
        return None
    if _LABELLED.match(own) or sum(map(str.isalpha, own)) < MIN_UNLIKE:
        return None
    for block in near:
        if block.hidden or len(block.line) < MIN_PART:
            continue
        if block.line in said or (said in block.line and len(block.line) <= len(said) + MIN_PART):
            return None
    return over


def _is_step(block: Block, near: Sequence[Block]) -> bool:
    """Whether a line is a link that a trail near it has for a step: a section's name."""
    if block.linked < block.size:
        return False
    return any(block.line in b.line and is_trail(plain(b.text)) for b in near if b is not block)


def _likeliest(near: Sequence[Block], shown: str, said: str) -> tuple[Block | None, float]:
    """The block most like the title, of equals the nearest to the body, and how much it is."""
    best: Block | None = None
    best_mark = 0.0
    for index, block in enumerate(near):
        mark = _mark(block, shown, said, (index + 1) / len(near))
        if mark >= best_mark and mark > 0:
            best, best_mark = block, mark
    return best, best_mark


def _whole_heading(best: Block, near: Sequence[Block], said: str) -> str:
    """The heading of which ``best`` is a line: line breaks part long ones, and what ``<title>``
    (``said``) says, or the markup, joins them again."""
    place = next(index for index, block in enumerate(near) if block is best)
    first = last = place
    while first > 0 and near[first - 1].element is best.element and near[first - 1].size:
        first -= 1
    while last + 1 < len(near) and near[last + 1].element is best.element and near[last + 1].size:
        last += 1
    lines = [b for b in near[first : last + 1] if b is best or not is_label_line(b.text)]
    whole = "".join([block.line for block in lines])
    joined = best.level > 0 or whole in said
    if (
        len(lines) == 1
        or len(whole) > MAX_TITLE_CHARS
        or not joined
        or any(b.linked for b in lines)
    ):
        return best.text.strip()
    between = " " if whole.isascii() else ""
    return between.join(block.text.strip() for block in lines)


def _beside_site_name(
    best: Block | None, near: Sequence[Block], said: str, fallback: str
) -> str | None:
    """The heading of a page whose ``<title>`` (``said``) begins with a site's name."""
    if best is not None and _is_heading(best, near, said, fallback):
        return best.text.strip()
    over = _over_byline(near)
    sure = _SITE_END.search(squeeze(fallback)) is not None
    return over if sure and over is not None and _is_other_heading(over, said) else None


def _is_heading(block: Block, near: Sequence[Block], said: str, first: str) -> bool:
    """Whether a line that ``<title>`` (``said``, beginning with ``first``) does not have, and so no
    name of the site, stands over a byline or, where ``first`` is surely a site's name, is the one
    line marked up as a heading: a home page has several."""
    if block.line in said:
        return False
    if block.text.strip() == _over_byline(near):
        return True
    headings = [b for b in near if 0 < b.level <= MAX_HEADING_LEVEL and b.line not in said]
    return headings == [block] and _SITE_END.search(squeeze(first)) is not None


def _is_only_heading(block: Block, near: Sequence[Block], fallback: str) -> bool:
    """Whether a line is marked up as a heading and stands over a byline, while what ``<title>``
    says is no line of the page: it names a section, then."""
    if not 0 < block.level <= MAX_HEADING_LEVEL or block.linked:
        return False
    said = squeeze(fallback)
    return block.text.strip() == _over_byline(near) and all(said not in b.line for b in near)


def _is_other_heading(line: str, said: str) -> bool:
    """Whether ``<title>`` (``said``) does not have the line, and the line is no sentence."""
    short = len(line) <= MAX_HEADING_CHARS and not _ends_otherwise(line)
    return short and squeeze(line) not in said and said not in squeeze(line)


def _confirmed(head: Head, near: Sequence[Block], affixes: Collection[str]) -> str | None:
    """The title that a tag of the head gives for the article alone, where the page shows it as a
    line, or ``<title>`` as a part of itself."""
    named = without_affixes(head.article_title or "", affixes)
    own = squeeze(named)
    if len(own) < MIN_ANNOUNCED:
        return None
    for block in reversed(near):
        if block.line == own and not block.hidden and not block.control:
            return block.text.strip()
    whole = squeeze(head.title or "")
    # One that is all of <title> confirms nothing: whoever wrote over the one wrote over both.
    return named if own in whole and own != whole else None


def _without_labels(line: str, shown: str) -> str:
    """``line`` up to the end of the title in it, where nothing but labels follows that."""
    behind = line.removeprefix(shown) if shown else line
    return shown if behind != line and is_label_line(behind.strip()) else line


def _is_site_name(text: str) -> bool:
    return _SITE_NAME.search(_BRACKETS.sub("", plain(text))) is not None


def _right_above(above: Sequence[Block], inside: Sequence[Block]) -> str | None:
    """The nearest unlinked short line over the body, bylines aside."""
    lines = [b for b in above if b.size and not b.hidden and not b.control][-4:]
    for block in reversed(lines):
        text = block.text.strip()
        if _is_frame(text):
            continue
        if 5 <= block.size <= 60 and not block.linked and text[-1] not in "。；，：:":
            return text
        return None
    return None


def _is_section(name: str, above: Sequence[Block], near: Sequence[Block]) -> bool:
    """Whether a link above the body has this name, or a trail ends with it."""
    said = squeeze(plain(name))
    if said in _linked_words(above):
        return True
    trails = (plain(block.text) for block in near if block.line.endswith(squeeze(name)))
    return any(map(is_trail, trails))


def _linked_words(above: Sequence[Block]) -> set[str]:
    """The words of the links above the body: sections of the site."""
    return {
        squeeze(plain(run.text)) for block in above for run in block.runs if run.href is not None
    }


@remembered(4096)
def _is_frame(text: str) -> bool:
    """Whether a line is labels, tools or a breadcrumb, in whatever script."""
    said = plain(text)
    return bool(is_label_line(text) or phrases.only_tools(said) or is_trail(said))


def _over_byline(near: Sequence[Block]) -> str | None:
    """The unlinked line right above the first line of labels."""
    lines = [block for block in near if block.size and not block.hidden]
    for heading, byline in pairwise(lines):
        if is_label_line(byline.text) and not is_label_line(heading.text):
            short = 2 <= heading.size <= MAX_TITLE_CHARS and not heading.linked
            return heading.text.strip() if short else None
    return None


def _mark(block: Block, title: str, said: str, nearness: float) -> float:
    """How much a block looks like the ``title`` (``said`` without white space); 2.5 and more is
    convincing."""
    if not 2 <= block.size <= MAX_TITLE_CHARS or block.hidden or block.control:
        return 0.0
    text = block.text.strip()
    if _is_frame(text):
        return 0.0
    mark = nearness
    if said:
        mark += _agreement(block.line, said, title)
    level = block.level
    if level:
        mark += 1.5 if level <= 2 else 0.8
    if _is_title_name(names(block.element) + " " + _parent_names(block.element)):
        mark += 0.8
    if block.linked > block.size / 2:
        mark -= 2.0
    if _ends_otherwise(text):
        mark -= 1.0
    return mark


@remembered(8192)
def _ends_otherwise(text: str) -> bool:
    """Whether a line ends as no title does, or holds labels."""
    return text[-1:] in "。；;，," or bool(read_labels(text))


@remembered(4096)
def _is_title_name(hint: str) -> bool:
    return bool(_TITLE_NAME.search(hint) and not _NOT_TITLE.search(hint))


def _agreement(own: str, said: str, title: str) -> float:
    if own == said:
        return 3.5
    if own in said:
        # A section's or the site's name is in <title> too, but not as its first part.
        found = [squeeze(_BRACKETS.sub("", part)) for part in parts(title)]
        if own in found and (len(own) >= MIN_PART or own == found[0]):
            first = own == found[0] or (own == found[-1] and _begins_with_site(found))
            return 3.2 if first else -0.5 + len(own) / max(map(len, found))
        if _is_announced(own, said):
            return 3.2
        return 0.5 + 2.0 * len(own) / len(said) if len(own) >= 4 else 0.3
    if squeeze(_BRACKETS.sub("", own)) == said and len(said) >= MIN_PART:
        return 3.2
    if said in own and len(said) >= 6:
        return 2.0
    return -0.5


def _begins_with_site(found: Sequence[str]) -> bool:
    """Whether the first part of ``<title>`` is a site's name, and the last is none."""
    return _SITE_END.search(found[0]) is not None and _SITE_END.search(found[-1]) is None


def _is_announced(own: str, said: str) -> bool:
    """Whether ``said`` is ``own`` behind a short word and a colon, 打印：…, as print views have."""
    before = said[: -len(own)]
    return (
        said.endswith(own)
        and len(own) >= MIN_ANNOUNCED
        and 1 < len(before) <= MAX_ANNOUNCEMENT
        and before[-1] in "：:"
    )


def _parent_names(element: Element) -> str:
    parent = element.getparent()
    return names(parent) if parent is not None else ""


def _first_part(title: str | None) -> str | None:
    """The first part of ``<title>`` long enough to be an article's."""
    if not title:
        return None
    found = parts(title)
    if not found:
        return None
    if len(found) > 1 and _SITE_END.search(found[-1]):
        found.pop()
    longest = max(found, key=len)
    return found[0] if len(found[0]) >= min(8, len(longest)) else longest
