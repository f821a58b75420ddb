"""Which of an article's witnesses bear a title of its own.

A kit puts keywords where the title stood, another mirror leaves it. It promises to prefer a title
only to one of which the text knows less, to ask the text first and for words only where that leaves
a choice, and to keep what was there in a repair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from archive.cleaning.repairs import Edit, make_repairs
from archive.cleaning.script import fold, plain
from archive.cleaning.unmasking.titles import KNOWN, MADE_UP, pairs_of
from archive.cleaning.unmasking.words import single_share
from archive.model import Repair, Witness

SHORTEST = 2
"""Pairs of characters of a title that can be asked for."""
HARDLY = 0.5
"""Part of what the texts know of the best title: copies of one title differ by a name or a phrase
put in, keywords in its place have a word at most that is in every mouth (手机)."""


def of_its_own(ranked: Sequence[Witness]) -> list[Witness]:
    """The witnesses that have a title, but for those of whose titles the texts know hardly a word
    (all of them where the texts know none of the titles), and those whose titles are made up: of
    characters in no word, beside another that is of words, of which the texts know more, and with
    which they have hardly a word in common."""
    known = {pair for one in ranked for pair in pairs_of(one.clean.text)}
    shares = [(one, _share(one.clean.title, known)) for one in ranked if one.clean.title]
    best = max((share for _, share in shares if share is not None), default=0.0)
    told = {one.clean.title or "": share for one, share in shares if share is not None}
    return [
        one
        for one, share in shares
        if share is None
        or (
            (best < KNOWN or share >= HARDLY * best)
            and not _is_made_up(one.clean.title or "", told)
        )
    ]


def _is_made_up(title: str, told: Mapping[str, float]) -> bool:
    """Whether one of the titles, each with what the texts know of it, is made up beside another."""
    return any(
        share > told[title]
        and len(pairs_of(title) & pairs_of(other)) <= KNOWN * len(pairs_of(title))
        and single_share(plain(other)) < MADE_UP <= single_share(plain(title))
        for other, share in told.items()
    )


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
