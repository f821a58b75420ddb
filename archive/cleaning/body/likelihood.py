"""How likely a block is part of the body, by what was learnt from pages with known bodies.

A logistic regression over the features of a block; the weights are data, fitted to the corpus by
``./scripts/bench fit-likelihood``, which gives these again and tells by cross-validation over hosts
how texts come out on hosts it has not seen (docs/extraction.md). It promises a number between 0 and
1 for every block, at the cost of one product a number and one look-up of its marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import exp
from operator import mul

from archive.cleaning.body.chrome import CHROME, near_and_far
from archive.cleaning.body.features import MARKS, NUMBERS, Row, features
from archive.cleaning.body.shape import Shape
from archive.cleaning.markup.blocks import Flow
from archive.remembered import remembered

WEIGHTS = {
    "length": -2.01,
    "stops": 2.53,
    "stop_rate": -0.24,
    "linked": -2.19,
    "links": -2.58,
    "title_distance": 0.93,
    "place": 0.36,
    "group_share": 1.16,
    "group_linked": 0.5,
    "best_distance": -4.6,
    "previous": 0.6,
    "following": 0.93,
    "previous_linked": -0.82,
    "following_linked": -0.44,
    "one": -0.66,
    "stop": 0.11,
    "sentence": 1.27,
    "all_linked": 1.12,
    "tag_p": -0.37,
    "tag_li": -1.58,
    "tag_cell": -0.98,
    "tag_heading": -1.37,
    "tag_inline": -0.61,
    "data_cell": 0.77,
    "control": -2.93,
    "picture": -0.59,
    "words_foot": -1.45,
    "words_related": -0.81,
    "words_labels": -1.87,
    "words_legal": -4.3,
    "dated_end": -1.06,
    "repeated": 1.19,
    "is_title": -1.39,
    "before_title": -0.99,
    "after_title": -0.77,
    "group_best": 0.87,
    "before_best": 1.69,
    "near_comment": -5.45,
    "near_side": 0.04,
    "near_foot": -1.02,
    "near_nav": -1.61,
    "near_more": -0.83,
    "near_ad": -1.64,
    "near_body": 0.5,
    "near_main": 0.29,
    "far_comment": -1.59,
    "far_side": -0.63,
    "far_foot": -1.33,
    "far_nav": -0.26,
    "far_more": 0.47,
    "far_ad": -0.7,
    "far_body": 0.42,
    "far_main": 0.05,
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
        self._marked = remembered(4096)(partial(_of_bits, self._marks))
        self._named = remembered(4096)(self._of_names)

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
