"""What stands inside one of a page's two titles and not in the other.

``<title>`` and the heading say the same, and a phrase put into either parts what the other has in
one piece, or takes a name's place in one and leaves it in the other. It promises to report a
difference only where nothing else differs between the first and the last characters of a heading,
never what is added at an end; and to judge nothing: honest titles are shortened, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from rapidfuzz.distance import Indel

from archive.cleaning.unmasking.align import Span, coarse, turns

LEAST = 3
"""Characters of a span that is reported."""
EDGE = 2
"""Characters at either end that must be the same."""
SHORTEST, LONGEST = 6, 120
"""Characters of a title that is looked at."""
ENOUGH = 12
"""Characters that two titles must have in common: a short title and a headline that says more have
fewer (电改电价, 电力体制改革华东上调超发电价)."""
MOST_SPANS = 4
"""Differences of two titles that were one, and retold titles of a page."""
SAME, RETOLD = 8, 24
"""Characters that a retold title must have in common, and those of the span that is another."""


def put_into_titles(title: str, lines: Iterable[str]) -> tuple[str, ...]:
    """Spans that stand inside ``title`` (of the head) and not in the line (visible) that is the
    same without them, or the other way; each in all the ways in which it may be cut.

    >>> put_into_titles("光学研究通达网址所召开二〇一〇年会", ["光学研究所召开二〇泰登录一〇年会"])
    ('泰登录', '通达网址')
    """
    whole = "".join(title.split())
    if not SHORTEST <= len(whole) <= LONGEST:
        return ()
    found: set[str] = set()
    for line in lines:
        bare = "".join(line.split()) if len(line) <= LONGEST else ""
        if len(bare) < SHORTEST or bare in whole or bare[:EDGE] not in whole:
            continue
        start, end = whole.find(bare[:EDGE]), whole.rfind(bare[-EDGE:]) + EDGE
        if end - start >= SHORTEST:
            found |= {*put_in(whole[start:end], bare), *put_in(bare, whole[start:end])}
    return tuple(sorted(found))


def put_in(without: str, text: str) -> Iterator[str]:
    """Spans of ``text`` that ``without`` has not, in all the ways in which they may be cut; none
    where the two differ otherwise than by spans put into the one or the other."""
    fine = list(_aligned(without, text))
    ways = [coarse(fine)]
    if all(span.same for span in fine if span.a1 > span.a0):
        ways.insert(0, fine)
    spans = next((some for some in ways if _is_put_in(some)), [])
    for span in spans:
        if span.b1 - span.b0 >= LEAST and not span.same:
            yield from turns(text, span)


def _is_put_in(spans: list[Span]) -> bool:
    """Whether two titles differ by spans only that were put into the one or the other."""
    differing = [s for s in spans if not s.same]
    return (
        0 < len(differing) <= MOST_SPANS
        and spans[0].same
        and spans[-1].same
        and sum(s.a1 - s.a0 for s in spans if s.same) >= ENOUGH
        and all(min(s.a1 - s.a0, s.b1 - s.b0) == 0 for s in differing)
        and all(max(s.a1 - s.a0, s.b1 - s.b0) >= LEAST for s in differing)
    )


def _aligned(a: str, b: str) -> Iterator[Span]:
    """Spans of two titles, without replacing: two phrases at two places are no other title."""
    for op in Indel.opcodes(a, b):
        yield Span(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end)


def told_twice(titles: Iterable[str], lines: Iterable[str]) -> tuple[str, ...]:
    """Each of ``titles`` (of the head) with a visible line that is the same but for one span which
    is another there, parted by a newline.

    >>> told_twice(["某某研究所公开转让报废车辆"], ["通达网公开转让报废车辆"])
    ('某某研究所公开转让报废车辆\\n通达网公开转让报废车辆',)
    """
    known = [title for title in titles if SHORTEST <= len(title) <= LONGEST]
    # Few lines have an end in common with a title.
    begins, ends = tuple(t[:EDGE] for t in known), tuple(t[-EDGE:] for t in known)
    alike = (line for line in lines if line.startswith(begins) or line.endswith(ends))
    told = (f"{title}\n{line}" for line in alike for title in known if _is_retold(title, line))
    return tuple(dict.fromkeys(islice(told, MOST_SPANS)))


def _is_retold(title: str, line: str) -> bool:
    if len(line) > LONGEST or not (line[-EDGE:] == title[-EDGE:] or line[:EDGE] == title[:EDGE]):
        return False
    before = _common(title, line)
    behind = _common(title[before:][::-1], line[before:][::-1])
    middles = (len(title) - before - behind, len(line) - before - behind)
    return before + behind >= SAME and all(1 < span <= RETOLD for span in middles)


def _common(one: str, other: str) -> int:
    """Characters at the beginning of both."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
