"""How much a block speaks for being part of an article's body.

It promises a number in characters: positive for prose, negative for navigation, so that sums over
a stretch of the page compare stretches of any length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set

from lxml.etree import _Element as Element

from archive.cleaning.body.likelihood import likelihoods
from archive.cleaning.body.shape import owner_of, shape_of
from archive.cleaning.body.streams import streams
from archive.cleaning.facts import phrases
from archive.cleaning.markup.blocks import Block, Flow, Names
from archive.remembered import remembered

_FOOT = re.compile(
    r"copyright|all rights reserved|版[权權]所有(?![者人权權])|ICP\s*[备備证證]|公[网網]安[备備]"
    r"|技[术術]支持[:：]|[网網]站地[图圖]|[联聯][系繫]我[们們]|主[办辦][单單]位[:：]|承[办辦][单單]位[:：]"
    r"|地址[:：].{0,40}(?:[邮郵][编編]|[电電][话話])|您是第.{0,12}位"
    r"|建[议議]使用.{0,24}(?:浏览器|瀏覽器|分辨率|解析度)",
    re.IGNORECASE,
)
# How to reach whoever owns the page, beside such a line in its foot.
_CONTACT = re.compile(
    r"^\W{0,3}(?:(?:联系|聯繫|办公|值班)?[电電][话話]|[传傳]真|[邮郵]政?[编編]码?|(?:联系|通[讯信])?地址"
    r"|e-?mail|(?:投稿|电子|联系)?[邮郵](?:箱|件)|[网網]址|(?:tele)?phone|tel|fax|web\s?site|homepage)\s?[:：]",
    re.IGNORECASE,
)
# One of these stands in every footer's words, too. It begins with one set of characters and looks
# back from there, so that others are passed over quickly.
_FOOT_SIGN = re.compile(
    r"[权權备備證证术術图圖们們位址第用Tt](?:(?<=[Rr][Ii][Gg][Hh][Tt])|(?<=[办辦][单單]位)"
    r"|(?<=版[权權]|[安\sPp][备備證证]|技[术術]|地[图圖]|我[们們]|地址|是第|使用))"
)
# A notice ends with addresses and telephone numbers, too, and says what they are for.
_WHO_TO_ASK = re.compile("[联聯][系繫]人|[报報]名|咨[询詢]|投稿|[邮郵]寄")
_AGAINST = re.compile(
    r"comment|footer|foot\b|copyright|sidebar|side\b|nav\b|menu|breadcrumb|related|recommend|share"
    r"|\bads?\b|advert|rank|hot\b|login|search|toolbar|pager|pagination|reply|bottom\b|banner"
    r"|popup|header\b|crumb|links?list|tuijian|xiangguan|relat"
)
# How the dialogues about cookies are called that others make, and those that sites make themselves.
_CONSENT = re.compile(
    r"onetrust|cookiebot|usercentrics|(?:cookie|gdpr)s?[-_]?(?:consent|banner|notice|law|bar\b|popup|modal"
    r"|compliance|dialog)|consent[-_]?(?:banner|manager|popup|modal|dialog|sdk)"
)
# An element with more of a page's lines is no dialogue.
MOST = 0.8
# On pages with more blocks than this the rules decide alone.
MAX_ASKED = 4000
# A line of a page's foot is no longer than this.
MAX_FOOT_CHARS = 300
# A line that says how to reach somebody is no longer, and no further from a foot's own line.
MAX_CONTACT_CHARS = 80
CONTACT_REACH = 3
IN_FOOT = -1.5
# The rules below and the learnt likelihood are two voices; this is the rules' share.
RULE_SHARE = 0.4
# A likelihood above this speaks for the body: about half of the F1 to be reached.
EVEN = 0.35
# A paragraph that stands on the page a second time is a copy for another screen.
MIN_DOUBLE_CHARS = 20
# Of posts in a row the first may be the page's article, the later ones are not.
FIRST_RECORD = 0.25
LATER_RECORD = -0.1
AGAIN = -0.2
MOSTLY_COPIED = 0.8
TOLD = -0.5
_FOR = re.compile(
    r"article|content|zoom|editor|news_?text|main_?text|body|detail|entry|post|zhengwen|neirong"
)


def weigh(flow: Flow, title: str | None = None) -> list[float]:
    """The weight of every block of ``flow``, in characters; ``title`` is the document's title."""
    shape = shape_of(flow, title)
    known: dict[Element, bool] = {}
    copies = _copies(flow)
    row = streams(flow, shape)
    weights = []
    told_sure = likelihoods(flow, shape) if len(flow.blocks) <= MAX_ASKED else None
    for index, block in enumerate(flow.blocks):
        weight = _weight(block, shape.stops[index], known, flow.names)
        if told_sure is not None:
            learnt = (told_sure[index] - EVEN) * block.size
            weight = RULE_SHARE * weight + (1 - RULE_SHARE) * learnt
        if shape.legal[index] or index in copies:
            weight = min(weight, (AGAIN if index in copies else TOLD) * block.size)
        if index in row and weight > 0:
            weight *= LATER_RECORD if row[index] else FIRST_RECORD
        weights.append(weight)
    for index in _contacts_in_foot(flow.blocks, weights):
        weights[index] = IN_FOOT * flow.blocks[index].size
    for index in _asked_of_readers(flow):
        weights[index] = min(weights[index], TOLD * flow.blocks[index].size)
    return weights


def _asked_of_readers(flow: Flow) -> set[int]:
    """What stands in the dialogue in which a page asks its readers to bear with cookies, however
    much it says there; most of a page is none."""
    if not any("ookie" in block.text for block in flow.blocks):
        return set()
    asked: set[int] = set()
    for element, (start, end) in flow.spans.items():
        if end - start > MOST * len(flow.blocks) or element.tag in {"html", "body"}:
            continue
        if _CONSENT.search(flow.names[element]) is not None:
            asked.update(range(start, end))
    return asked


def _contacts_in_foot(blocks: Sequence[Block], weights: Sequence[float]) -> list[int]:
    """Telephones and addresses that stand in one element with a line only a page's foot has."""
    found = []
    for index, block in enumerate(blocks):
        if weights[index] <= 0 or not 0 < block.size <= MAX_CONTACT_CHARS:
            continue
        if not tells_contact(block.text):
            continue
        owner = owner_of(block)
        near = blocks[max(0, index - CONTACT_REACH) : index + CONTACT_REACH + 1]
        near = [b for b in near if b.size < MAX_FOOT_CHARS]
        if any(owner_of(b) is owner and phrases.is_foot(b.text) for b in near):
            found.append(index)
    return found


@remembered(8192)
def tells_contact(text: str) -> bool:
    """Whether a line begins by saying how to reach somebody (电话：, 地址：)."""
    return _CONTACT.match(text) is not None


def _copies(flow: Flow) -> set[int]:
    """Paragraphs that stand on the page a second time, for another screen. The one among most text
    is the article's, of equals the first; one that stands alone before it is its summary, and one
    beside it is a refrain."""
    places: dict[str, list[int]] = {}
    for index, block in enumerate(flow.blocks):
        if block.size >= MIN_DOUBLE_CHARS:
            places.setdefault(block.line, []).append(index)
    doubled = [found for found in places.values() if len(found) > 1]
    if not doubled:
        return set()
    company: Counter[Element] = Counter()
    for block in flow.blocks:
        company[owner_of(block)] += block.size - block.linked
    copied = Counter(owner_of(flow.blocks[index]) for found in doubled for index in found)
    copies: set[int] = set()
    for found in doubled:
        owners = [owner_of(flow.blocks[index]) for index in found]
        own, place = max(zip(owners, found, strict=True), key=lambda each: company[each[0]])
        for owner, index in zip(owners, found, strict=True):
            is_summary = index < place and copied[owner] == 1
            if not is_summary and not _beside(flow, owner, own):
                copies.add(index)
    return copies | _rest_of_copies(flow, copies)


def _beside(flow: Flow, one: Element, other: Element) -> bool:
    """Whether two owners of lines are one, or lines themselves that stand in one element."""
    if one is other:
        return True
    spans = (flow.spans.get(each, (0, 0)) for each in (one, other))
    alone = all(end - start == 1 for start, end in spans)
    return alone and one.getparent() is other.getparent()


def _rest_of_copies(flow: Flow, copies: Set[int]) -> set[int]:
    """What else an element holds whose paragraphs are mostly copies: these differ a little."""
    again = Counter(owner_of(flow.blocks[index]) for index in copies)
    paragraphs = Counter(owner_of(b) for b in flow.blocks if b.size >= MIN_DOUBLE_CHARS)
    mostly = {owner for owner, count in again.items() if count >= MOSTLY_COPIED * paragraphs[owner]}
    return {index for index, block in enumerate(flow.blocks) if owner_of(block) in mostly}


def without_shared(
    flow: Flow, weights: Sequence[float], shared: Callable[[str], bool]
) -> list[float]:
    """The weights when it is known which lines (squeezed) other pages of the host have too.
    Between two paragraphs of one body such a line is text like these."""
    first: dict[str, int] = {}
    lowered = list(weights)
    own = -1  # the last line that has letters and is the page's own
    run: list[int] = []  # shared lines since
    for index, block in enumerate(flow.blocks):
        if not block.size:
            continue
        again = first.setdefault(block.line, index) != index and block.size >= MIN_DOUBLE_CHARS
        if not again and shared(block.line):
            lowered[index] = min(weights[index], TOLD * block.size)
            run.append(index)
            continue
        if own >= 0 and run and _in_one_body(flow.blocks, weights, [own, *run, index]):
            for place in run:
                lowered[place] = weights[place]
        own, run = index, []
    return lowered


def _in_one_body(blocks: Sequence[Block], weights: Sequence[float], places: Sequence[int]) -> bool:
    """Whether lines are paragraphs side by side, the first and the last of them prose."""
    if min(weights[places[0]], weights[places[-1]]) <= 0:
        return False
    return len({owner_of(blocks[place]) for place in places}) == 1


def heaviest_run(weights: Sequence[float]) -> tuple[int, int]:
    """The half-open range with the greatest sum, grown over weightless neighbours."""
    best = running = 0.0
    begin = start = end = 0
    for index, weight in enumerate(weights):
        if running < 0:
            running, begin = 0.0, index
        running += weight
        if running > best:
            best, start, end = running, begin, index + 1
    if best <= 0:
        return 0, len(weights)
    while start > 0 and weights[start - 1] >= 0:
        start -= 1
    while end < len(weights) and weights[end] >= 0:
        end += 1
    return start, end


def _weight(block: Block, stops: int, against: dict[Element, bool], names: Names) -> float:
    if block.control:
        return -0.2 * block.size
    if block.hidden:
        return -0.5 * block.size
    plain = block.size - block.linked
    if block.size == 0:
        return 0.0
    weight = plain * _prose(block, plain, stops) - 1.2 * block.linked * (plain < 3 * block.linked)
    if block.size < MAX_FOOT_CHARS and _is_foot(block.text):
        weight = IN_FOOT * block.size
    if weight > 0 and _in_chrome(block.element, against, names):
        weight = -0.3 * weight
    return weight


@remembered(8192)
def _is_foot(text: str) -> bool:
    if _FOOT_SIGN.search(text) is None:
        return False
    return _FOOT.search(text) is not None and _WHO_TO_ASK.search(text) is None


def _prose(block: Block, plain: int, stops: int) -> float:
    if stops >= 2 or (stops and plain >= 25):
        return 1.0
    if block.tag == "p" or block.cell:
        return 0.4 if plain >= 4 else 0.1
    if stops or plain >= 20:
        return 0.3
    return -0.15 if block.tag in {"li", "a", "dd", "dt"} else 0.0


def _in_chrome(element: Element, known: dict[Element, bool], names: Names) -> bool:
    """Whether a near ancestor is named as part of the page around the article."""
    climbed: list[Element] = []
    node: Element | None = element
    found = False
    while node is not None:
        if node in known:
            found = known[node]
            break
        climbed.append(node)
        told = _said_of(names[node])
        if told is not None or node.tag in {"body", "html"}:
            found = bool(told)
            break
        node = node.getparent()
    known.update(dict.fromkeys(climbed, found))
    return found


@remembered(8192)
def _said_of(own: str) -> bool | None:
    """True for names of what stands around an article, False for an article's, None for others."""
    if _FOR.search(own):
        return False
    return True if _AGAINST.search(own) else None
