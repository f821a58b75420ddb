"""Which of an article's witnesses bear a title of its own.

A kit puts keywords where the title stood, another mirror leaves it. It promises to prefer a title
only to one of which the text knows nothing, to ask the text and never the words, and to keep what
was there in a repair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from archive.cleaning.repairs import Edit, make_repairs
from archive.cleaning.script import fold
from archive.cleaning.unmasking.titles import KNOWN, pairs_of
from archive.model import Repair, Witness

SHORTEST = 2
"""Pairs of characters of a title that can be asked for."""
HARDLY = 0.5
"""Part of what the texts know of the best title: copies of one title differ by a name or a phrase
put in, keywords in its place have a word at most that is in every mouth (手机)."""


def of_its_own(ranked: Sequence[Witness]) -> list[Witness]:
    """The witnesses that have a title, but for those of whose titles the texts know hardly a word;
    all of them where the texts know none of the titles."""
    known = {pair for one in ranked for pair in pairs_of(one.clean.text)}
    shares = [(one, _share(one.clean.title, known)) for one in ranked if one.clean.title]
    best = max((share for _, share in shares if share is not None), default=0.0)
    return [one for one, share in shares if best < KNOWN or share is None or share >= HARDLY * best]


def put_in_its_place(
    ranked: Sequence[Witness], own: Sequence[Witness]
) -> tuple[str, tuple[Repair, ...]] | None:
    """The title that most of ``own`` have, and the repair that puts it in place of that of the
    first of ``ranked``; None where that one is among them, or has no title."""
    base = ranked[0].clean.title
    if not base or not own or ranked[0] in own:
        return None
    often = Counter(fold(one.clean.title or "") for one in own)
    other = max(own, key=lambda one: often[fold(one.clean.title or "")])
    title = other.clean.title or ""
    return title, make_repairs(
        "title",
        base,
        [Edit(0, len(base), title)],
        rule="title-from-witness",
        evidence=f"the texts know hardly a word of it, and those of the title of {other.url}",
        confidence=0.9,
    )


def _share(title: str, known: set[str]) -> float | None:
    """Share of the pairs of a title that are known; None of one too short to be asked for."""
    pairs = pairs_of(title)
    return sum(p in known for p in pairs) / len(pairs) if len(pairs) >= SHORTEST else None
