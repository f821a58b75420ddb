"""Where the weights of archive/cleaning/likelihood.py come from: ./scripts/bench fit-likelihood

Blocks of real pages (see ``benchmarks.corpus``) are labelled by the page's truth: a block belongs
to the body when its text stands in the truth. A logistic regression is fitted to them by stochastic
gradient descent with a fixed seed, so that the same pages give the same weights. Twice it is fitted
to one half of the hosts and judged on the other half, which tells what to expect elsewhere; then
to all. ``--print`` prints the weights fitted to all, as the module has them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from math import exp, log1p, sqrt
from random import Random
from statistics import fmean

from archive.cleaning import extract, likelihood, read_page
from archive.cleaning.chrome import CHROME, near_and_far
from archive.cleaning.features import MARKS, NUMBERS, Row, features
from archive.cleaning.shape import shape_of
from benchmarks.corpus import CorpusPage, corpus_directory, corpus_pages
from benchmarks.scores import bare, character_score

_NAMED = tuple(f"{where}_{kind}" for where in ("near", "far") for kind in CHROME)
COLUMNS = (*NUMBERS, *MARKS, *_NAMED)
EPOCHS = 12
RATE = 0.25
DECAY = 1e-5
SEED = 4
MAX_LOGIT = 30.0
HALVES = 2

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """One block: its non-zero columns, whether it is of the body, and how much it counts."""

    columns: list[tuple[int, float]]
    inside: bool
    weight: float


def half_of(host: str) -> int:
    """Which half of the hosts a host belongs to; near-evenly, and always the same."""
    return blake2b(host.encode(), digest_size=1).digest()[0] % HALVES


def examples(pages: Sequence[CorpusPage]) -> Iterator[Example]:
    """All blocks with any text of ``pages``."""
    for page in pages:
        read = read_page(page.body, f"http://{page.host}{page.path}")
        truth = bare((page.truth or {})["text"])
        rows = features(read.flow, shape_of(read.flow, read.title))
        for block, row in zip(read.flow.blocks, rows, strict=True):
            if block.size:
                yield Example(columns(row), bare(block.text) in truth, log1p(block.size))


def columns(row: Row) -> list[tuple[int, float]]:
    """The columns of a block's row that are not zero: their places in ``COLUMNS``, their values."""
    near, far = near_and_far(row.around)
    bits = [row.marks >> n & 1 for n in range(len(MARKS))]
    bits += [near >> n & 1 for n in range(len(CHROME))]
    bits += [far >> n & 1 for n in range(len(CHROME))]
    return [(n, float(v)) for n, v in enumerate([*row.numbers, *bits]) if v]


def fit(blocks: Sequence[Example]) -> Weights:
    """The weights of a logistic regression (AdaGrad: Duchi, Hazan, Singer 2011)."""
    order, random = list(blocks), Random(SEED)
    weights, squares = [0.0] * len(COLUMNS), [1e-6] * len(COLUMNS)
    for _ in range(EPOCHS):
        random.shuffle(order)
        for block in order:
            logit = sum(weights[n] * value for n, value in block.columns)
            said = 1 / (1 + exp(-max(-MAX_LOGIT, min(MAX_LOGIT, logit))))
            error = (said - block.inside) * block.weight
            for n, value in block.columns:
                slope = error * value + DECAY * weights[n]
                squares[n] += slope * slope
                weights[n] -= RATE * slope / sqrt(squares[n])
    return {name: round(weight, 2) for name, weight in zip(COLUMNS, weights, strict=True)}


@contextmanager
def in_use(weights: Weights) -> Iterator[None]:
    """Let extraction use ``weights`` for a while."""
    before = likelihood._IN_USE
    likelihood._IN_USE = likelihood.Weighing(weights)
    try:
        yield
    finally:
        likelihood._IN_USE = before


def f1(pages: Sequence[CorpusPage], weights: Weights) -> float:
    """The mean F1 of the texts extracted with ``weights``."""
    with in_use(weights):
        return fmean(
            character_score(
                extract(page.body, f"http://{page.host}{page.path}").text,
                (page.truth or {})["text"],
            ).f1
            for page in pages
        )


def main(arguments: list[str] | None = None) -> int:
    """Fit, judge, print; the exit code."""
    parser = argparse.ArgumentParser(prog="bench fit-likelihood", description=__doc__)
    parser.add_argument("--print", dest="shown", action="store_true", help="print the weights")
    options = parser.parse_args(arguments)
    folder = corpus_directory()
    if folder is None:
        print("bench fit-likelihood: no corpus; set PALIMPSEST_CORPUS to it", file=sys.stderr)
        return 66
    pages = [page for page in corpus_pages(folder) if (page.truth or {}).get("text")]
    halves = [[page for page in pages if half_of(page.host) == n] for n in range(HALVES)]
    for learnt, judged in ((0, 1), (1, 0)):
        weights = fit(list(examples(halves[learnt])))
        print(
            f"fitted to {len(halves[learnt])} pages: F1 {f1(halves[learnt], weights):.4f} on them, "
            f"{f1(halves[judged], weights):.4f} on {len(halves[judged])} pages of other hosts"
        )
    weights = fit(list(examples(pages)))
    print(
        f"fitted to all: F1 {f1(pages, weights):.4f}; in use: {f1(pages, likelihood.WEIGHTS):.4f}"
    )
    for name, weight in weights.items() if options.shown else ():
        print(f'    "{name}": {weight},')
    return 0


if __name__ == "__main__":
    sys.exit(main())
