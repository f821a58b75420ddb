"""Where the weights of ``archive.cleaning.unmasking.resembling`` come from (``bench fit-phrases``).

Phrases, invented ones and those of real tampered titles (the corpus's ``spam/``), are sown into the
sample's and the corpus's articles. What recurs and no phrase of the host proves is labelled by the
truth; a logistic regression with a ridge, fitted by Newton's method, which has one answer. Told is
how many sown and how many honest strings pass the threshold, on hosts the weights were not fitted
to. The program says whether the weights in use are those it found, or ends with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import inf
from pathlib import Path
from random import Random

import numpy as np

from archive.cleaning.script import light
from archive.cleaning.unmasking import recurring, resembling
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.places import Texts
from archive.cleaning.unmasking.resembling import CERTAIN, WEIGHTS, Makeup, features
from archive.cleaning.unmasking.told import institution_named
from benchmarks.corpus import corpus_directory
from benchmarks.mirrors.corpus_articles import corpus_originals
from tests.tampering import copied, originals

HOSTS = 1200
PAGES, A_PAGE, KINDS = (5, 5, 6, 8, 10), (2, 2, 3, 6, 12), (6, 6, 12)
"""Articles of a host, phrases put into each, different phrases of a host: drawn from these."""
TITLES = "spam/tampered_titles_2024.jsonl"
RIDGE, STEPS = 1.0, 30
CHUNK = 20
"""Hosts that a process is given at a time."""
MAX_LOGIT = 30.0
_BREAK = re.compile(r"[^\w]+")
_SPOT = re.compile(r"(?<=[\u4e00-\u9fff]{4})(?=[\u4e00-\u9fff]{4})")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A recurring string of the host of number ``host``: what is weighed of it, and the truth."""

    host: int
    string: str
    seen: dict[str, float]
    sown: bool


@cache
def real_phrases(folder: Path) -> tuple[str, ...]:
    """Phrases of 4 to 14 characters out of real tampered titles."""
    lines = (folder / TITLES).read_text(encoding="utf-8").splitlines()
    parts = {part for line in lines for part in _BREAK.split(json.loads(line)["text"])}
    return tuple(
        sorted(p for p in parts if 4 <= len(p) <= 14 and re.search("[\u4e00-\u9fff]{2}", p))
    )


def sown_host(
    number: int, folder: Path, a_page: Sequence[int] = A_PAGE, kinds: Sequence[int] = KINDS
) -> tuple[list[str], list[str]]:
    """The texts (plain) of a host into which phrases are sown, and these."""
    rng = Random(f"fit phrases {number}")
    source = rng.choice((originals, corpus_originals))
    names, clean = source(rng, rng.choice(PAGES), None)
    invented = rng.random() < 0.33
    made = copied(clean[:1], names, "plain", rng).disguise.phrases
    phrases = made if invented else rng.sample(real_phrases(folder), rng.choice(kinds))
    count, texts = rng.choice(a_page), []
    for one in clean:
        text = one.text
        spots = [match.start() for match in _SPOT.finditer(text)]
        for at in sorted(rng.sample(spots, min(count, len(spots))), reverse=True):
            text = text[:at] + rng.choice(phrases) + text[at:]
        texts.append(plain(text))
    return texts, [plain(phrase) for phrase in phrases]


def lessons(number: int, folder: Path) -> Iterator[Lesson]:
    """What recurs on a host besides its proven phrases; pieces of phrases teach nothing."""
    texts, phrases = sown_host(number, folder)
    name = plain(institution_named([light(text) for text in texts]))
    with _proven_only():
        found = recurring.recurring_phrases(texts, (), (), [name] if name else [])
    if not found:
        return
    left, makeup = Texts(recurring._without(texts, found)), Makeup(found)
    strings = recurring._weighed(left, ())
    for string, weight in recurring._apart({s: one for s, (_, one) in strings.items()}).items():
        is_piece = any(string in p or p in string for p in phrases) and string not in phrases
        if not (is_piece or string.isascii()):
            seen = features(string, strings[string][0], left, weight, makeup)
            yield Lesson(number, string, seen, string in phrases)


def _lessons(number: int, folder: Path) -> list[Lesson]:
    return list(lessons(number, folder))


@contextmanager
def _proven_only() -> Iterator[None]:
    before = resembling.CERTAIN, resembling.CERTAIN_IF_DENSE, recurring.FEW_PAGES
    resembling.CERTAIN = resembling.CERTAIN_IF_DENSE = inf
    recurring.FEW_PAGES = 0
    try:
        yield
    finally:
        resembling.CERTAIN, resembling.CERTAIN_IF_DENSE, recurring.FEW_PAGES = before


def fit(found: Sequence[Lesson]) -> dict[str, float]:
    """The weights that these strings give."""
    return fitted([one.seen for one in found], [one.sown for one in found], tuple(WEIGHTS))


def fitted(
    seen: Sequence[dict[str, float]], said_sown: Sequence[bool], names: Sequence[str]
) -> dict[str, float]:
    """The weights of what has these ``names`` that tell the sown ones among those ``seen``."""
    values = np.array([[one[name] for name in names] for one in seen])
    sown = np.array(said_sown, dtype=float)
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        said = 1 / (1 + np.exp(-np.clip(values @ weights, -MAX_LOGIT, MAX_LOGIT)))
        bend = (values * (said * (1 - said))[:, None]).T @ values
        slope = values.T @ (said - sown) + RIDGE * weights
        weights -= np.linalg.solve(bend + RIDGE * np.eye(len(names)), slope)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def passing(found: Sequence[Lesson], weights: dict[str, float]) -> tuple[list[str], list[str]]:
    """The sown and the honest strings that pass the threshold."""
    past = [one for one in found if sum(weights[n] * v for n, v in one.seen.items()) >= CERTAIN]
    return [o.string for o in past if o.sown], [o.string for o in past if not o.sown]


def main(arguments: list[str] | None = None) -> int:
    """Fit, judge, print; the exit code."""
    parser = argparse.ArgumentParser(prog="bench fit-phrases", description=__doc__)
    parser.add_argument("--hosts", type=int, default=HOSTS)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    options = parser.parse_args(arguments)
    folder = corpus_directory()
    if folder is None:
        print("bench fit-phrases: no corpus; set PALIMPSEST_CORPUS to it", file=sys.stderr)
        return 66
    with ProcessPoolExecutor(options.jobs) as pool:
        some = pool.map(_lessons, range(options.hosts), repeat(folder), chunksize=CHUNK)
        found = [one for few in some for one in few]
    print(f"{len(found)} strings that nothing proves, {sum(o.sown for o in found)} of them sown")
    for half in (0, 1):
        own = [one for one in found if one.host % 2 == half]
        sown, honest = passing(own, fit([one for one in found if one.host % 2 != half]))
        print(f"hosts not seen: {len(sown)} of {sum(o.sown for o in own)} sown; honest: {honest}")
    weights = fit(found)
    for name, weight in weights.items():
        print(f'    "{name}": {weight},')
    same = weights == WEIGHTS
    print("these are the weights in use" if same else "these are not the weights in use")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
