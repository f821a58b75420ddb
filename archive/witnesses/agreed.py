"""What witnesses agree in where each has something else put into it.

Mirrors that sow phrases sow them at places of their own: where these lie close together, no two
witnesses have the same, and a vote has no winner. It promises to leave out only what is a phrase
long and what another witness has nothing in the place of, so that no word is lost that one has for
another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from archive.cleaning.unmasking.align import Span

PHRASE = 3
"""Characters from which something that a witness has more is taken for put in."""


def agreed(texts: Sequence[str]) -> str | None:
    """What all of ``texts`` (at least two, one line each) have, if each has nothing besides but
    phrases that were put in; None where that cannot be told (what two have, one here and the other
    there, may be what all have), or they have nothing in common."""
    common = min(texts, key=len)
    for text in texts:
        common = "".join(common[s.a0 : s.a1] for s in _align(common, text) if s.same)
    if not common or any("\n" in text for text in texts):
        return None
    gaps: dict[int, list[str]] = defaultdict(list)
    for text in texts:
        for span in _align(common, text):
            if span.same:
                continue
            if span.a1 > span.a0 or span.b1 - span.b0 < PHRASE:
                return None
            gaps[span.a0].append(text[span.b0 : span.b1])
    told = all(len(put_in) < len(texts) for put_in in gaps.values())
    pieces = [piece for put_in in gaps.values() for piece in put_in]
    return common if told and len({*pieces}) == len(pieces) else None


def _align(one: str, other: str) -> Iterator[Span]:
    """Nothing is replaced: of two phrases put in side by side neither stands for the other."""
    for op in Indel.opcodes(one, other):
        yield Span(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end)
