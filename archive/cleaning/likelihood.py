"""How likely a block is part of the body, by what was learnt from pages with known bodies.

A logistic regression over the features of a block; the weights are data, fitted once on Chinese
pages of many hosts and checked on hosts left out. It promises a number between 0 and 1 for every
block, at the cost of one product a feature.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp
from operator import mul

from archive.cleaning.features import CHROME, NAMES, Row, Shape, features
from archive.cleaning.flow import Flow

WEIGHTS = {
    "one": -1.1,
    "length": 0.75,
    "stop": -0.26,
    "stops": 2.36,
    "stop_rate": -0.05,
    "sentence": 1.49,
    "linked": -2.84,
    "all_linked": 2.68,
    "links": -3.11,
    "tag_p": -0.28,
    "tag_li": -0.77,
    "tag_cell": -1.26,
    "tag_heading": -0.74,
    "tag_inline": -0.24,
    "data_cell": 1.77,
    "hidden": 2.01,
    "control": -1.46,
    "picture": -0.76,
    "near_comment": -8.35,
    "near_side": -0.09,
    "near_foot": -2.16,
    "near_nav": -0.4,
    "near_more": -1.36,
    "near_ad": -1.59,
    "near_body": 0.56,
    "near_main": 0.1,
    "far_comment": -0.47,
    "far_side": -0.41,
    "far_foot": -1.75,
    "far_nav": 0.02,
    "far_more": 0.54,
    "far_ad": -0.43,
    "far_body": 0.5,
    "far_main": 0.23,
    "words_foot": -0.61,
    "words_related": -0.77,
    "words_tools": -0.3,
    "words_labels": -2.16,
    "words_crumb": -0.1,
    "words_legal": -3.81,
    "dated_end": -1.65,
    "repeated": 0.97,
    "is_title": -2.46,
    "before_title": -1.44,
    "after_title": -1.58,
    "title_distance": 0.56,
    "place": 0.57,
    "group_size": 0.59,
    "group_share": 0.75,
    "group_best": 0.77,
    "group_linked": 0.5,
    "best_distance": -5.78,
    "before_best": 1.6,
    "previous": 0.22,
    "following": 0.71,
    "previous_linked": -1.68,
    "following_linked": -0.58,
}
_VECTOR = tuple(WEIGHTS[name] for name in NAMES)
_NEAR = tuple(WEIGHTS[f"near_{kind}"] for kind in CHROME)
_FAR = tuple(WEIGHTS[f"far_{kind}"] for kind in CHROME)
# exp() of more than this says nothing more.
MAX_LOGIT = 30.0


def likelihoods(flow: Flow, shape: Shape) -> list[float]:
    """The likelihood of each block of ``flow``."""
    return [_likelihood(row) for row in features(flow, shape)]


def _likelihood(row: Row) -> float:
    logit = sum(map(mul, _VECTOR, row.values))
    return _squash(logit + _named(row.near, _NEAR) + _named(row.far, _FAR))


@lru_cache(maxsize=4096)
def _named(bits: int, weights: tuple[float, ...]) -> float:
    return sum(weight for place, weight in enumerate(weights) if bits >> place & 1)


def _squash(logit: float) -> float:
    return 1 / (1 + exp(-max(-MAX_LOGIT, min(MAX_LOGIT, logit))))
