"""Candidates by fingerprints: every copy is among them, however many notices share a pattern."""

from __future__ import annotations

from random import Random

import pytest

from archive.model import Witness
from archive.witnesses import group
from archive.witnesses.candidates import CROWD, NEXT, banded_pairs
from archive.witnesses.compared import Compared, prepare
from benchmarks.witnesses.notices import notices, witnesses
from benchmarks.witnesses.stories import stories

NOTICES = 1200


def told() -> tuple[list[int], list[Witness]]:
    """Numbers and witnesses of notices (crowds by the hundred) and of stories."""
    some = [*witnesses(notices(NOTICES), 0.1), *stories(300, Random(3))]
    return [n if place < len(some) - 300 else -n - 1 for place, (n, _) in enumerate(some)], [
        witness for _, witness in some
    ]


@pytest.fixture(scope="module")
def known() -> tuple[list[int], list[Compared]]:
    numbers, some = told()
    return numbers, [prepare(witness) for witness in some]


def test_every_copy_is_among_the_candidates(known: tuple[list[int], list[Compared]]) -> None:
    numbers, items = known
    found = {
        max(one, other)
        for one, other in banded_pairs(items, range(len(items)))
        if numbers[one] == numbers[other]
    }
    assert found >= {place for place, item in enumerate(items) if not item.original}


def test_pairs_come_once_join_two_hosts_and_do_not_grow_with_the_crowd(
    known: tuple[list[int], list[Compared]],
) -> None:
    _, items = known
    pairs = list(banded_pairs(items, range(len(items))))
    assert len(pairs) == len(set(pairs))
    assert all(one < other and items[one].host != items[other].host for one, other in pairs)
    assert len(pairs) <= (CROWD + 4 * NEXT) * len(items)


def test_the_order_of_witnesses_does_not_matter(known: tuple[list[int], list[Compared]]) -> None:
    _, items = known
    order = list(range(len(items)))
    first = {frozenset(pair) for pair in banded_pairs(items, order)}
    Random(1).shuffle(order)
    assert {frozenset(pair) for pair in banded_pairs(items, order)} == first


@pytest.mark.parametrize("count", [0, 1])
def test_few_witnesses_have_no_candidates(
    known: tuple[list[int], list[Compared]], count: int
) -> None:
    assert list(banded_pairs(known[1][:count], range(count))) == []


def test_yearly_notices_are_never_joined_and_their_copies_always() -> None:
    some = list(witnesses(notices(NOTICES), 0.1))
    for members in group([witness for _, witness in some]):
        assert len({some[i][0] for i in members}) == 1
        assert [some[i][1].role for i in members].count("original") == 1
