"""How near a text is to its truth, so that every benchmark means the same by a figure.

Character-level longest common subsequence, as for Chinese no word boundary can be trusted. Only
white space and zero-width characters are forgiven.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

_BLANK = re.compile("[\\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+")
MAX_COMPARED_CHARACTERS = 400_000
MAX_LOSS_CHARACTERS = 25_000
MAX_LOST_RUN = 3


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, each between 0 and 1."""

    precision: float
    recall: float
    f1: float


def bare(text: str | None) -> str:
    """The text without white space and zero-width characters."""
    return _BLANK.sub("", text or "")


def character_score(found: str | None, truth: str | None) -> Score:
    """Compare two texts character by character, in order."""
    ours, theirs = bare(found)[:MAX_COMPARED_CHARACTERS], bare(truth)[:MAX_COMPARED_CHARACTERS]
    if not ours or not theirs:
        same = float(ours == theirs)
        return Score(same, same, same)
    common = LCSseq.similarity(ours, theirs)
    precision, recall = common / len(ours), common / len(theirs)
    total = precision + recall
    return Score(precision, recall, 2 * precision * recall / total if total else 0.0)


def same_title(found: str | None, truth: str | None) -> bool:
    """Equal but for white space."""
    return bare(found) == bare(truth)


def interior_loss(found: str | None, truth: str | None) -> tuple[int, int]:
    """Characters lost inside text that was otherwise found, and characters found.

    A loss is a run of at most three characters of the truth that are missing between two stretches
    that are there, with nothing put in their place.
    """
    theirs, ours = bare(truth)[:MAX_LOSS_CHARACTERS], bare(found)[: 4 * MAX_LOSS_CHARACTERS]
    steps = list(Indel.opcodes(theirs, ours))
    lost = matched = 0
    for place, step in enumerate(steps):
        if step.tag == "equal":
            matched += step.src_end - step.src_start
        elif step.tag == "delete" and step.src_end - step.src_start <= MAX_LOST_RUN:
            around = steps[max(0, place - 1) : place + 2 : 2]
            if len(around) == 2 and all(one.tag == "equal" for one in around):
                lost += step.src_end - step.src_start
    return lost, matched
