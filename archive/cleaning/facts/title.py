"""The article's own title: the heading near the body, confirmed by ``<title>`` without its suffix.

It promises that a site's name, a section or a brand hung on the title is not taken for part of it
where the page itself shows the shorter form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from archive.cleaning.facts.breadcrumb import is_trail
from archive.cleaning.facts.head import Head
from archive.cleaning.facts.heading import (
    MIN_ANNOUNCED,
    MIN_PART,
    ends_otherwise,
    is_frame,
    likeliest,
    linked_words,
    over_byline,
    whole_heading,
)
from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.facts.owner import FOOT_LINES
from archive.cleaning.facts.titleparts import (
    SITE_END,
    first_part,
    is_site_name,
    parts,
    without_affixes,
)
from archive.cleaning.markup.blocks import Block, squeeze
from archive.cleaning.script import plain

# Headings farther above the body than this are part of the page's head.
REACH_BLOCKS = 60
# So are those below this many lines of the body itself.
REACH_LINES = 4
# A block this much like the title was at least seen in it.
SEEN_MARK = 2.0
CONVINCING_MARK = 2.5
MAX_HEADING_LEVEL = 3
# A line that only its place makes a heading is no longer.
MAX_HEADING_CHARS = 60
# No name of a site that the page shows nowhere is as long.
MIN_OWN = 16
# A part of <title> that the page shows elsewhere is no shorter.
MIN_SHOWN = 3
# Shares of the pairs of characters of a part that the body has: keywords put before the title of a
# page that shows no heading have fewer, the title itself has more.
UNTOLD, TOLD = 0.2, 0.5
# Share of a line that is in links, from which it only lists them.
LINKS = 0.8
# The heading of a page that its <title> does not name is no shorter.
MIN_UNLIKE = 6
# The name of a section, as it stands in the head of each of its pages, is no longer.
MAX_SECTION = 8
_WORD_FOR_TITLE = re.compile(
    r"(?:文章|新闻|信息)?(?:标题|題目|题目|题名|标\s{1,4}题)\s?[:：]?\s{0,4}"
)
# 主题：…, 注意：…: a line that is itself announced is no heading.
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,5}[:：]")


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
    cut = without_affixes(whole or "", affixes)
    near = [*above[-REACH_BLOCKS:], *_first_lines(inside)]
    confirmed = _confirmed(head, near, affixes)
    if confirmed is not None:
        return confirmed
    shown = cut or whole or ""
    said = squeeze(shown)
    best, best_mark = likeliest(near, shown, said)
    frame = [*above, *below[-FOOT_LINES:]]
    other = _where_title_is_none(near, frame, cut or whole, said)
    if other is None and best is not None:
        other = over_byline(near) if _is_step(best, near) else _under_site_name(best, near, said)
    if other is not None:
        return other
    if best is not None and best_mark >= CONVINCING_MARK:
        return _without_labels(whole_heading(best, near, said), shown)
    heading = best if best is not None and best.level and not best.linked else None
    fallback = _shown_part(cut or whole, (above, inside, below), heading)
    if fallback is None:
        return over_byline(near) or _first_of_text(best, inside)
    if _goes_on(best, shown, fallback):
        return shown
    if _is_sites(fallback, whole, heading):
        other = _beside_site_name(best, near, said, fallback)
        if other is not None or best_mark < SEEN_MARK:
            return other or _right_above(above) or fallback
    if best is not None and _is_only_heading(best, near, fallback):
        return best.text.strip()
    return _under_section(fallback, above, near) or fallback


def _goes_on(best: Block | None, shown: str, part: str) -> bool:
    """Whether ``<title>`` (``shown``) ends with a line of the page, and was cut (to ``part``)
    within that line: 第三期：Red Hat---依旧炙手可热."""
    if best is None or part == shown or best.linked or len(parts(best.text)) < 2:
        return False
    return squeeze(shown).endswith(best.line) and not squeeze(part).endswith(best.line)


def _first_of_text(best: Block | None, inside: Sequence[Block]) -> str | None:
    """The heading of a page without ``<title>``: of the body's first lines that might be it the
    first, where none further down is marked up higher."""
    if best is None:
        return None
    for block in _first_lines(inside):
        if not block.size or block.hidden or block.control or is_frame(block.text.strip()):
            continue
        if block is best or block.linked or len(block.line) > MAX_HEADING_CHARS:
            break
        level = block.level or MAX_HEADING_LEVEL + 1
        lower = best.level > 0 and level > best.level
        text = block.text.strip()
        announces = text[-1] in ":：" and text[0] not in ":："
        said = sum(map(str.isalpha, text)) >= MIN_ANNOUNCED
        if lower or announces or not said or ends_otherwise(text):
            break
        return text
    return best.text.strip()


def _under_section(section: str, above: Sequence[Block], near: Sequence[Block]) -> str | None:
    """The heading of a page whose ``<title>`` names only the ``section``: what stands right above
    the byline, or between the body and a link with that name, a chapter's under the book's."""
    if not _is_section(section, above, near):
        return None
    if (over := over_byline(near)) is not None:
        return over
    lines = [b for b in above if b.size and not b.hidden and not b.control][-2:]
    if len(lines) < 2 or lines[0].line != squeeze(section) or lines[0].linked < lines[0].size:
        return None
    text = lines[1].text.strip()
    if lines[1].linked or not MIN_ANNOUNCED <= lines[1].size <= MAX_HEADING_CHARS:
        return None
    return None if is_frame(text) or ends_otherwise(text) else text


def _first_lines(inside: Sequence[Block]) -> Sequence[Block]:
    """The first lines of the body; where blocks without words stand among them (rules, pictures)
    and no sentence does, those are not counted."""
    first = inside[:REACH_LINES]
    if any(block.text.rstrip()[-1:] == "。" for block in first):
        return first
    words = [place for place, block in enumerate(inside) if block.size]
    return inside[: words[REACH_LINES - 1] + 1] if len(words) >= REACH_LINES else inside


def _is_named(frame: Sequence[Block], title: str | None) -> bool:
    """Whether the page's head or foot has what ``<title>`` begins with: a name of the site."""
    name = squeeze(next(iter(parts(title or "")), ""))
    return len(name) >= MIN_ANNOUNCED and any(name in block.line for block in frame)


def _where_title_is_none(
    near: Sequence[Block], frame: Sequence[Block], title: str | None, said: str
) -> str | None:
    """The heading of a page in whose head stands the site's name, or a section's: who made all
    pages of a section from one left it in each of them."""
    if _is_named(frame, title):
        return _unlike_title(near, frame, said)
    if len(said) > MAX_SECTION:
        return None
    return _unlike_title([b for b in near if not b.size or b.linked < b.size], frame, said)


def _unlike_title(near: Sequence[Block], frame: Sequence[Block], said: str) -> str | None:
    """The line over a byline, where no line near has what ``<title>`` says (``said``): it names
    the site on all its pages, then."""
    over = over_byline(near)
    own = squeeze(over or "")
    if over is None or not MIN_UNLIKE <= len(own) <= MAX_HEADING_CHARS or own in said:
        return None
    if ends_otherwise(over) or is_frame(over) or own in linked_words(frame):
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


def _under_site_name(best: Block, near: Sequence[Block], said: str) -> str | None:
    """The line over the byline, where the one most like ``<title>`` (``said``) is a site's name
    elsewhere: over the page, or under the text that the institution signs."""
    if not SITE_END.search(best.line):
        return None
    over = over_byline(near)
    if over is None or over == best.text.strip():
        return None
    if len(squeeze(over)) < MIN_UNLIKE or not _is_other_heading(over, said):
        return None
    return None if is_frame(over) else over


def _beside_site_name(
    best: Block | None, near: Sequence[Block], said: str, fallback: str
) -> str | None:
    """The heading of a page whose ``<title>`` (``said``) begins with a site's name."""
    if best is not None and _is_heading(best, near, said, fallback):
        return best.text.strip()
    over = over_byline(near)
    sure = SITE_END.search(squeeze(fallback)) is not None
    return over if sure and over is not None and _is_other_heading(over, said) else None


def _is_heading(block: Block, near: Sequence[Block], said: str, first: str) -> bool:
    """Whether a line that ``<title>`` (``said``, beginning with ``first``) does not have, and so no
    name of the site, stands over a byline or, where ``first`` is surely a site's name, is the one
    line marked up as a heading: a home page has several."""
    if block.line in said:
        return False
    if block.text.strip() == over_byline(near):
        return True
    headings = [b for b in near if 0 < b.level <= MAX_HEADING_LEVEL and b.line not in said]
    return headings == [block] and SITE_END.search(squeeze(first)) is not None


def _is_only_heading(block: Block, near: Sequence[Block], fallback: str) -> bool:
    """Whether a line is marked up as a heading and stands over a byline, while what ``<title>``
    says is no line of the page: it names a section, then."""
    if not block.level or block.linked:
        return False
    said = squeeze(fallback)
    return block.text.strip() == over_byline(near) and all(said not in b.line for b in near)


def _is_other_heading(line: str, said: str) -> bool:
    """Whether ``<title>`` (``said``) does not have the line, and the line is no sentence."""
    short = len(line) <= MAX_HEADING_CHARS and not ends_otherwise(line)
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
    """The title in ``line``, where nothing but the word for a title (标题：) stands before it, or
    nothing but labels behind it."""
    if len(shown) >= MIN_ANNOUNCED and line.endswith(shown):
        return shown if _WORD_FOR_TITLE.fullmatch(line.removesuffix(shown)) else line
    behind = line.removeprefix(shown) if shown else line
    return shown if behind != line and is_label_line(behind.strip()) else line


def _is_sites(part: str, title: str | None, heading: Block | None) -> bool:
    """Whether a part of ``<title>`` is a site's name: not if it only has what such names end with
    (部, 会) and is the page's heading itself, or another part surely is the site's name."""
    if not is_site_name(part) or SITE_END.search(squeeze(part)):
        return is_site_name(part)
    if heading is not None and heading.line == squeeze(part):
        return False
    return not any(SITE_END.search(other) for other in parts(title or "") if other != part)


def _shown_part(
    title: str | None, page: Sequence[Sequence[Block]], heading: Block | None
) -> str | None:
    """The first part of ``<title>``; where the page (what stands above the body, inside and below)
    has that nowhere, the first that the body's first lines or what stands over them have. Feet,
    links and the names of sites do not tell. ``heading``: the line marked up as one that is most
    like the title."""
    above, inside, _ = page
    first = first_part(title)
    if first is None or title is None or len(first) >= MIN_OWN:
        return first
    # Parts too short to tell stand in some word of any page.
    if len(parts(title)) < 2:
        return first
    others = [p for p in parts(title) if len(squeeze(p)) >= MIN_SHOWN and not is_site_name(p)]
    told = _told_part(first, [p for p in parts(title) if not SITE_END.search(p)], inside, heading)
    where = [block for each in page for block in each]
    if _is_shown(first, where):
        plain_lines = (block for block in where if block.linked < LINKS * block.size)
        return told if told and not _is_shown(first, plain_lines) else first
    own = [block for block in [*above, *_first_lines(inside)] if block.linked < block.size]
    shown = next((part for part in others if _is_shown(part, own)), None)
    return shown or told or first


def _told_part(
    first: str, others: Sequence[str], inside: Sequence[Block], heading: Block | None
) -> str | None:
    """The part of ``<title>`` whose words the body has, where it has hardly any of the first's; a
    few are enough if the part is the page's ``heading``."""
    body = "".join(b.line for b in inside if not b.hidden and b.linked < LINKS * b.size)
    if _share_in(body, first) >= UNTOLD:
        return None
    best = max(others, key=lambda part: _share_in(body, part), default="")
    headed = heading is not None and heading.line == squeeze(best)
    told = _share_in(body, best) >= (UNTOLD if headed else TOLD)
    return best if told and len(squeeze(best)) >= MIN_ANNOUNCED else None


def _share_in(body: str, part: str) -> float:
    """The share of the pairs of neighbouring characters of ``part`` that ``body`` has."""
    pairs = {"".join(pair) for pair in pairwise(squeeze(part))}
    return sum(pair in body for pair in pairs) / max(1, len(pairs))


def _is_shown(part: str, blocks: Iterable[Block]) -> bool:
    words = squeeze(part)
    return any(words in block.line for block in blocks if not block.hidden)


def _right_above(above: Sequence[Block]) -> str | None:
    """The nearest unlinked short line over the body, bylines aside."""
    lines = [b for b in above if b.size and not b.hidden and not b.control][-4:]
    for block in reversed(lines):
        text = block.text.strip()
        if is_frame(text):
            continue
        if 5 <= block.size <= 60 and not block.linked and text[-1] not in "。；，：:":
            return text
        return None
    return None


def _is_section(name: str, above: Sequence[Block], near: Sequence[Block]) -> bool:
    """Whether a link above the body has this name, or a trail ends with it."""
    said = squeeze(plain(name))
    if said in linked_words(above):
        return True
    trails = (plain(block.text) for block in near if block.line.endswith(squeeze(name)))
    return any(map(is_trail, trails))
