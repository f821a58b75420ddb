"""Where the weights of ``archive.cleaning.unmasking.once_alike`` come from (``bench fit-once``).

Hosts as those of ``benchmarks.fit_phrases``; without what else proves there, every stretch that may
be sown is labelled by the truth, one that overlaps a phrase is honest. Told is how many phrases are
taken on hosts that the weights were not fitted to, and which stretches are that are none. The
program says whether the weights in use are those it found, or ends with exit code 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby, repeat
from pathlib import Path

from archive.cleaning.script import light
from archive.cleaning.unmasking import once_alike, recurring
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.once_alike import Stretch, stretches
from archive.cleaning.unmasking.places import Texts
from archive.cleaning.unmasking.told import institution_named
from benchmarks.corpus import corpus_directory
from benchmarks.fit_phrases import fitted, sown_host

HOSTS, FIRST = 900, 30_000
"""Hosts, and the number of the first: none that ``fit_phrases`` uses."""
A_PAGE, KINDS = (2, 3, 6, 12, 12), (6, 12, 17)
"""Phrases put into each article, different phrases of a host: drawn from these."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A stretch of a page, the truth about it, its words, and the odds asked for on its host."""

    page: tuple[int, int]
    stretch: Stretch
    sown: bool
    told: str
    certain: float


def lessons(number: int, folder: Path) -> list[Lesson]:
    """What may stand once on a host beside its proven phrases."""
    return list(_lessons(number, folder))


def _lessons(number: int, folder: Path) -> Iterator[Lesson]:
    texts, phrases = sown_host(number, folder, A_PAGE, KINDS)
    name = plain(institution_named([light(text) for text in texts]))
    before, recurring.FEW_PAGES = recurring.FEW_PAGES, 0
    found = recurring.recurring_phrases(texts, (), (), [name] if name else [])
    recurring.FEW_PAGES = before
    if not found:
        return
    left, sower = (
        Texts(recurring._without(texts, found)),
        recurring._sower(found, texts, len(texts)),
    )
    assert sower is not None
    for place, text in enumerate(left.texts):
        for one in stretches(text, left, sower):
            told = text[one.start : one.end]
            yield Lesson((number, place), one, told in phrases, told, sower.certain)


def weights_of(found: Sequence[Lesson]) -> dict[str, float]:
    """The weights that these stretches give."""
    seen = [one.stretch.seen for one in found]
    return fitted(seen, [one.sown for one in found], tuple(seen[0]))


def taken(found: Sequence[Lesson], weights: dict[str, float]) -> tuple[int, list[str]]:
    """How many phrases are taken with ``weights``, and what else is."""
    right, wrong = 0, []
    for _, some in groupby(found, key=lambda one: one.page):
        page = list(some)
        odds = [sum(weights[n] * v for n, v in one.stretch.seen.items()) for one in page]
        for at in once_alike.clear(odds, [one.stretch for one in page], page[0].certain):
            right += page[at].sown
            wrong += [] if page[at].sown else [page[at].told]
    return right, wrong


def main(arguments: list[str] | None = None) -> int:
    """Fit, judge, print; the exit code."""
    parser = argparse.ArgumentParser(prog="bench fit-once", description=__doc__)
    parser.add_argument("--hosts", type=int, default=HOSTS)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    options = parser.parse_args(arguments)
    folder = corpus_directory()
    if folder is None:
        print("bench fit-once: no corpus; set PALIMPSEST_CORPUS to it", file=sys.stderr)
        return 66
    with ProcessPoolExecutor(options.jobs) as pool:
        some = pool.map(lessons, range(FIRST, FIRST + options.hosts), repeat(folder), chunksize=9)
        found = [one for few in some for one in few]
    print(f"{len(found)} stretches, {sum(o.sown for o in found)} of them sown")
    for half in (0, 1):
        own = [one for one in found if one.page[0] % 2 == half]
        weights = weights_of([one for one in found if one.page[0] % 2 != half])
        right, wrong = taken(own, weights)
        print(f"hosts not seen: {right} of {sum(o.sown for o in own)} sown; others: {wrong}")
    weights = weights_of(found)
    for name, weight in weights.items():
        print(f'    "{name}": {weight},')
    same = weights == once_alike.WEIGHTS
    print("these are the weights in use" if same else "these are not the weights in use")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
