"""Phrases sown into lone mirrors of few pages: ./scripts/bench phrases [--pages N] [--hosts N]

Invented phrases, or those of a file (one a line), are put into articles of the sample and of the
corpus as mirrors do; told is how many articles keep one, and which honest strings were taken. No
host to compare with, no frame: the texts alone.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from archive.cleaning.script import light
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.recurring import recurring_phrases
from archive.cleaning.unmasking.told import institution_named
from benchmarks.mirrors.corpus_articles import corpus_originals
from tests.tampering import copied, originals
from tests.tampering.kinds import SOWN, sown

PHRASES = 6
SOURCES = {"sample": originals, "corpus": corpus_originals}
_TAG = re.compile(r"<[^>]*>")


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; prints a line a source, returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench phrases", description=__doc__)
    parser.add_argument("--pages", type=int, default=5, help="articles of a host")
    parser.add_argument("--a-page", type=int, default=2, help="phrases put into a page")
    parser.add_argument("--hosts", type=int, default=80)
    parser.add_argument("--first-seed", type=int, default=0, help="hosts that nobody has seen yet")
    parser.add_argument("--phrases", type=Path, help="take the phrases from here, one a line")
    options = parser.parse_args(arguments)
    told = options.phrases.read_text(encoding="utf-8").split("\n") if options.phrases else []
    known = [line.strip() for line in told if line.strip()]
    seeds = range(options.first_seed, options.first_seed + options.hosts)
    for source in SOURCES:
        articles, kept, taken = _hosts(source, seeds, options.pages, options.a_page / SOWN, known)
        print(
            f"{source}: {options.hosts} hosts of {options.pages} articles, a phrase left in "
            f"{100 * kept / max(1, articles):.1f} %, honest strings taken: {taken or 'none'}"
        )
    return 0


def _hosts(
    source: str, seeds: Iterable[int], pages: int, strength: float, known: Sequence[str]
) -> tuple[int, int, list[str]]:
    """Articles, those that keep a phrase, and honest strings that were taken for one."""
    articles = kept = 0
    taken: list[str] = []
    for seed in seeds:
        rng = Random(f"phrases {seed} {source} {bool(known)}")
        names, clean = SOURCES[source](rng, pages, None)
        disguise = copied(clean[:1], names, "plain", rng).disguise
        if known:
            disguise = replace(disguise, phrases=tuple(rng.sample(known, PHRASES)))
        texts = []
        for one in clean:
            html = "<p>" + one.text.replace("\n", "</p><p>") + "</p>"
            texts.append(plain(_TAG.sub("\n", sown(html, disguise, rng, strength))))
        phrases = [plain(phrase) for phrase in disguise.phrases]
        name = plain(institution_named([light(text) for text in texts]))
        found = recurring_phrases(texts, (), (), [name] if name else [])
        taken += [f for f in found if not any(f in p for p in phrases)]
        gone = re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))) or "(?!)")
        articles += len(texts)
        kept += sum(any(p in gone.sub("", text) for p in phrases) for text in texts)
    return articles, kept, taken


if __name__ == "__main__":
    sys.exit(main())
