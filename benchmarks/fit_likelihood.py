"""Where the weights of ``archive.cleaning.body.likelihood`` come from (``bench fit-likelihood``).

Blocks of real pages (see ``benchmarks.corpus``) are labelled by the page's truth: a block belongs
to the body when its text stands in the truth; a short one only near longer ones that do. Every page
counts alike, within it a block by the root of its size. A logistic regression with a ridge is
fitted by Newton's method, which has one answer: the weights in use are those this prints, and the
program says so or ends with exit code 1.

How it does on hosts it has not seen is told by cross-validation: hosts are dealt into five folds
(the digest of the split's number and the host's name), each fold is judged with the weights that
the other four gave, and that for two splits. ``--weights`` skips this; ``--print`` prints the
weights as the module has them. numpy is there because matplotlib needs it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from math import sqrt
from statistics import fmean

import numpy as np

from archive.cleaning import Page, extract_page, read_page
from archive.cleaning.body import likelihood
from archive.cleaning.body.chrome import CHROME, near_and_far
from archive.cleaning.body.features import MARKS, NUMBERS, Row, features
from archive.cleaning.body.shape import shape_of
from archive.cleaning.markup.blocks import Block
from benchmarks.corpus import CorpusPage, corpus_directory, corpus_pages
from benchmarks.scores import bare, character_score

_NAMED = tuple(f"{where}_{kind}" for where in ("near", "far") for kind in CHROME)
COLUMNS = (*NUMBERS, *MARKS, *_NAMED)
RIDGE = 3.0
PAGE_WEIGHT = 300.0
"""What all blocks of a page weigh together, whatever their number."""
MAX_STEPS = 20
SETTLED = 1e-6
MAX_LOGIT = 30.0
FOLDS = 5
SPLITS = (1, 2)
LONG_CHARS = 12
"""A block of this size that stands in the truth is of the body; a shorter one may be by chance."""
NEAR_BLOCKS = 3

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """One block: its non-zero columns, whether it is of the body, and how much it counts."""

    columns: list[tuple[int, float]]
    inside: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page with its truth and its examples."""

    host: str
    page: Page
    truth: str
    examples: list[Example]


def fold_of(host: str, split: int) -> int:
    """Which fold of a split a host is dealt to; near-evenly, and always the same."""
    digest = blake2b(f"{split} {host}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % FOLDS


def lesson(page: CorpusPage) -> Lesson:
    """What a page of the corpus teaches."""
    read = read_page(page.body, f"http://{page.host}{page.path}")
    truth = str((page.truth or {})["text"])
    rows = features(read.flow, shape_of(read.flow, read.title))
    seen = [pair for pair in zip(read.flow.blocks, rows, strict=True) if pair[0].size]
    inside = labels([block for block, _ in seen], bare(truth))
    whole = sum(sqrt(block.size) for block, _ in seen)
    examples = [
        Example(columns(row), label, PAGE_WEIGHT * sqrt(block.size) / whole)
        for (block, row), label in zip(seen, inside, strict=True)
    ]
    return Lesson(page.host, read, truth, examples)


def labels(blocks: Sequence[Block], truth: str) -> list[bool]:
    """For each block whether it is of the body."""
    found = [bare(block.text) in truth for block in blocks]
    sure = [n for n, block in enumerate(blocks) if found[n] and block.size >= LONG_CHARS]
    if not sure:
        return found
    near = range(sure[0] - NEAR_BLOCKS, sure[-1] + NEAR_BLOCKS + 1)
    return [
        there and (block.size >= LONG_CHARS or n in near)
        for n, (there, block) in enumerate(zip(found, blocks, strict=True))
    ]


def columns(row: Row) -> list[tuple[int, float]]:
    """The columns of a block's row that are not zero: their places in ``COLUMNS``, their values."""
    near, far = near_and_far(row.around)
    bits = [row.marks >> n & 1 for n in range(len(MARKS))]
    bits += [near >> n & 1 for n in range(len(CHROME))]
    bits += [far >> n & 1 for n in range(len(CHROME))]
    return [(n, float(v)) for n, v in enumerate([*row.numbers, *bits]) if v]


def fit(examples: Sequence[Example]) -> Weights:
    """The weights of the logistic regression that these blocks give."""
    values = np.zeros((len(examples), len(COLUMNS)))
    for place, example in enumerate(examples):
        for column, value in example.columns:
            values[place, column] = value
    inside = np.array([float(example.inside) for example in examples])
    counts = np.array([example.weight for example in examples])
    weights = np.zeros(len(COLUMNS))
    for _ in range(MAX_STEPS):
        said = 1 / (1 + np.exp(-np.clip(values @ weights, -MAX_LOGIT, MAX_LOGIT)))
        slope = values.T @ (counts * (said - inside)) + RIDGE * weights
        bend = (values * (counts * said * (1 - said))[:, None]).T @ values
        step = np.linalg.solve(bend + RIDGE * np.eye(len(COLUMNS)), slope)
        weights -= step
        if float(np.abs(step).max()) < SETTLED:
            break
    return {name: round(float(weight), 2) for name, weight in zip(COLUMNS, weights, strict=True)}


@contextmanager
def in_use(weights: Weights) -> Iterator[None]:
    """Let extraction use ``weights`` for a while."""
    before = likelihood._IN_USE
    likelihood._IN_USE = likelihood.Weighing(weights)
    try:
        yield
    finally:
        likelihood._IN_USE = before


def scores(lessons: Sequence[Lesson], weights: Weights) -> list[float]:
    """The F1 of the text that each page gives with ``weights``."""
    found = []
    with in_use(weights):
        for one in lessons:
            page = Page(one.page.url, one.page.decoding, one.page.html, one.page.tree)
            found.append(character_score(extract_page(page).text, one.truth).f1)
    return found


def unseen(lessons: Sequence[Lesson], split: int) -> list[float]:
    """The F1 of each page with weights fitted to the hosts of the other folds."""
    found: list[float] = []
    for fold in range(FOLDS):
        others = [x for one in lessons if fold_of(one.host, split) != fold for x in one.examples]
        own = [one for one in lessons if fold_of(one.host, split) == fold]
        found += scores(own, fit(others))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Fit, judge, print; the exit code."""
    parser = argparse.ArgumentParser(prog="bench fit-likelihood", description=__doc__)
    parser.add_argument("--print", dest="shown", action="store_true", help="print the weights")
    parser.add_argument("--weights", action="store_true", help="fit only, without folds")
    options = parser.parse_args(arguments)
    folder = corpus_directory()
    if folder is None:
        print("bench fit-likelihood: no corpus; set PALIMPSEST_CORPUS to it", file=sys.stderr)
        return 66
    lessons = [lesson(p) for p in corpus_pages(folder) if (p.truth or {}).get("text")]
    weights = fit([example for one in lessons for example in one.examples])
    print(f"fitted to all {len(lessons)} pages: F1 {fmean(scores(lessons, weights)):.4f} on them")
    for split in () if options.weights else SPLITS:
        found = unseen(lessons, split)
        low = sum(score < 0.5 for score in found)
        print(f"hosts not seen, split {split}: F1 {fmean(found):.4f}, {low} pages below .5")
    for name, weight in weights.items() if options.shown else ():
        print(f'    "{name}": {weight},')
    same = weights == likelihood.WEIGHTS
    print("these are the weights in use" if same else "these are not the weights in use")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
