"""How likely a block is part of the body, by what was learnt from pages with known bodies.

A logistic regression over the features of a block; the weights are data. ``./scripts/bench
fit-likelihood`` fits such weights to the corpus again and says how those of one half of the hosts
do on the other half: F1 .967 and .943, while the weights below, which were fitted to pages of both,
reach .966. It promises a number between 0 and 1 for every block, at the cost of one product a
feature.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from math import exp
from operator import mul

from archive.cleaning.blocks import Flow
from archive.cleaning.chrome import CHROME, near_and_far
from archive.cleaning.features import MARKS, NUMBERS, Row, features
from archive.cleaning.shape import Shape

WEIGHTS = {
    "one": -0.19,
    "length": 0.11,
    "stop": -0.11,
    "stops": 2.43,
    "stop_rate": 0.01,
    "sentence": 1.55,
    "linked": -3.06,
    "all_linked": 2.74,
    "links": -3.25,
    "tag_p": -1.07,
    "tag_li": -2.35,
    "tag_cell": -1.95,
    "tag_heading": -2.63,
    "tag_inline": -1.08,
    "data_cell": 0.73,
    "hidden": 1.82,
    "control": -1.81,
    "picture": -0.82,
    "words_foot": -0.53,
    "words_related": -1.04,
    "words_tools": -0.55,
    "words_labels": -2.23,
    "words_crumb": -0.09,
    "words_legal": -4.39,
    "dated_end": -1.69,
    "repeated": 1.04,
    "is_title": -1.69,
    "before_title": -2.07,
    "after_title": -1.54,
    "title_distance": 0.69,
    "place": 0.69,
    "group_size": -0.03,
    "group_share": 1.04,
    "group_best": 1.11,
    "group_linked": 1.24,
    "best_distance": -5.82,
    "before_best": 1.76,
    "previous": 0.36,
    "following": 0.7,
    "previous_linked": -1.3,
    "following_linked": -0.41,
    "near_comment": -8.82,
    "near_side": -0.31,
    "near_foot": -2.02,
    "near_nav": -0.28,
    "near_more": -1.42,
    "near_ad": -1.79,
    "near_body": 0.54,
    "near_main": 0.25,
    "far_comment": -0.91,
    "far_side": -0.87,
    "far_foot": -3.14,
    "far_nav": -0.11,
    "far_more": 0.61,
    "far_ad": -0.52,
    "far_body": 0.59,
    "far_main": 0.1,
}
# exp() of more than this says nothing more.
MAX_LOGIT = 30.0


class Weighing:
    """Weights made ready to be used: one for each number, one for each bit."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._numbers = tuple(weights[name] for name in NUMBERS)
        self._marks = tuple(weights[name] for name in MARKS)
        self._near = tuple(weights[f"near_{kind}"] for kind in CHROME)
        self._far = tuple(weights[f"far_{kind}"] for kind in CHROME)
        # A page has few kinds of lines and of places: each is worked out once.
        self._marked = lru_cache(maxsize=4096)(partial(_of_bits, self._marks))
        self._named = lru_cache(maxsize=4096)(self._of_names)

    def likelihood(self, row: Row) -> float:
        """The likelihood of the block with ``row``, 0 to 1."""
        logit = sum(map(mul, self._numbers, row.numbers))
        logit += self._marked(row.marks) + self._named(row.around)
        return 1 / (1 + exp(-max(-MAX_LOGIT, min(MAX_LOGIT, logit))))

    def _of_names(self, around: int) -> float:
        near, far = near_and_far(around)
        return _of_bits(self._near, near) + _of_bits(self._far, far)


def _of_bits(weights: tuple[float, ...], bits: int) -> float:
    return sum(weight for place, weight in enumerate(weights) if bits >> place & 1)


_IN_USE = Weighing(WEIGHTS)


def likelihoods(flow: Flow, shape: Shape) -> list[float]:
    """The likelihood of each block of ``flow``."""
    return [_IN_USE.likelihood(row) for row in features(flow, shape)]
