"""How likely a block is part of the body, by what was learnt from pages with known bodies.

A logistic regression over the features of a block; the weights are data. ``./scripts/bench
fit-likelihood`` fits such weights to the corpus again and says how those of one half of the hosts
do on the other half: F1 .967 and .943, while the weights below, which were fitted to pages of both,
reach .966. It promises a number between 0 and 1 for every block, at the cost of one product a
feature.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp
from operator import mul

from archive.cleaning.features import CHROME, NAMES, Row, Shape, features, near_and_far
from archive.cleaning.flow import Flow

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
Vectors = tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]


def vectors_of(weights: Mapping[str, float]) -> Vectors:
    """Weights in the order of the features, of the names near a block, and of those far from it."""
    return (
        tuple(weights[name] for name in NAMES),
        tuple(weights[f"near_{kind}"] for kind in CHROME),
        tuple(weights[f"far_{kind}"] for kind in CHROME),
    )


_VECTOR, _NEAR, _FAR = vectors_of(WEIGHTS)
# exp() of more than this says nothing more.
MAX_LOGIT = 30.0


def likelihoods(flow: Flow, shape: Shape) -> list[float]:
    """The likelihood of each block of ``flow``."""
    return [_likelihood(row) for row in features(flow, shape)]


def _likelihood(row: Row) -> float:
    logit = sum(map(mul, _VECTOR, row.values))
    near, far = _chrome(row.around)
    return _squash(logit + near + far)


@lru_cache(maxsize=4096)
def _chrome(around: int) -> tuple[float, float]:
    near, far = near_and_far(around)
    return _named(near, _NEAR), _named(far, _FAR)


def _named(bits: int, weights: tuple[float, ...]) -> float:
    return sum(weight for place, weight in enumerate(weights) if bits >> place & 1)


def _squash(logit: float) -> float:
    return 1 / (1 + exp(-max(-MAX_LOGIT, min(MAX_LOGIT, logit))))
