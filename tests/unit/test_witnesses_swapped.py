"""Copies whose school words were turned into a company's are joined; different notices are not."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from archive.model import Witness
from archive.witnesses import group
from tests.tampering.kinds import COMPANY_WORDS
from tests.unit.unmask_tampering import institute, mirror, witnesses, work

COUNT = 40


def copies(seed: int) -> list[Witness]:
    """An institute's articles on two mirrors with addresses of their own; the second one's are a
    company's."""
    rng = Random(seed)
    name = institute(rng)
    works = [work(rng, name, number) for number in range(COUNT)]
    plain, changed = (
        witnesses(mirror(works, name, name, "", rng, host=host, keep_paths=False), "mirror")
        for host in ("m.example", "n.example")
    )
    return [*plain, *map(swapped, changed)]


def swapped(witness: Witness) -> Witness:
    title, text = witness.clean.title or "", witness.clean.text
    for before, after in COMPANY_WORDS:
        title, text = title.replace(before, after), text.replace(before, after)
    return replace(witness, clean=replace(witness.clean, title=title, text=text))


@pytest.mark.parametrize("seed", range(3))
def test_copies_under_company_words_are_joined_and_with_their_own_alone(seed: int) -> None:
    groups = group(copies(seed))
    assert all(len({i % COUNT for i in members}) == 1 for members in groups)
    assert sum(len(members) == 2 for members in groups) >= 0.99 * COUNT
