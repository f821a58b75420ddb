"""Mirrors recognised and undone: ./scripts/bench mirrors [--seeds N] [--pages N] [--json FILE]

Invented institutes (names put over the sample's pages, or real articles of the corpus set into
pages, where the corpus is at hand) are copied by invented mirrors, archived as
a crawl would archive them without a word about mirrors, and read back as any user reads them. Each
setting has articles that only mirrors keep: beside the original (which has the others), and with
one, two or four mirrors and no original. Figures are over these articles alone. Copies that are
equal to the original and name no host leave no trace; they are counted apart.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from itertools import product
from pathlib import Path
from random import Random

from archive.cleaning.script import simplified, without_pinyin
from archive.cleaning.unmasking.words import is_ordinary
from archive.model import Article, Site
from archive.profiles import add_profile
from archive.store import open_archive
from benchmarks.mirrors.corpus_articles import corpus_originals
from benchmarks.mirrors.scores import Score, Totals, score_of
from tests.tampering import RECIPES, Copy, Original, copied, originals
from tests.tampering.archived import put
from tests.tampering.brands import GLYPHS

SETTINGS = {"beside": 1, "alone": 1, "two": 2, "four": 4}
"""Mirrors in each setting; ``beside``: the original is there too and has half of the articles."""
HOSTS = ("www.hx7788.com", "www.zz8899.net", "m.kk5566.cc", "www.yy3344.vip")
OFFICIALS = ("www.qskyzx.com", "www.qs.ac.cn")
STRENGTHS = (0.3, 0.6, 1.0)
OWN_PATHS = 0.3
PLAIN = "plain"
"""The recipe that changes nothing but the host."""
UNTOLD = 0.5
"""Share of institutes whose pages do not name their host in the foot."""


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; prints two tables, returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench mirrors", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="institutes a recipe and setting")
    parser.add_argument("--pages", type=int, default=10, help="articles of an institute")
    parser.add_argument("--recipe", action="append", help="only these recipes")
    parser.add_argument("--setting", action="append", choices=sorted(SETTINGS))
    parser.add_argument("--source", choices=("sample", "corpus"), default="sample")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument(
        "--words", action="store_true", help="brands that are words of the language"
    )
    parser.add_argument("--given", action="store_true", help="the operator has told the names")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--json", type=Path, help="write every figure here")
    options = parser.parse_args(arguments)
    cases = list(
        product(
            options.recipe or RECIPES, options.setting or SETTINGS,
            range(options.first_seed, options.first_seed + options.seeds), (options.pages,),
            (options.source,), (options.words,), (options.given,),
        )
    )  # fmt: skip
    began = time.monotonic()
    with ProcessPoolExecutor(options.jobs) as pool:
        found = list(pool.map(_case, *zip(*cases, strict=True)))
    scores: dict[tuple[str, str], Totals] = defaultdict(Totals)
    for (recipe, setting, *_), some in zip(cases, found, strict=True):
        for one in some:
            scores[recipe, setting].add(one)
            scores["all", setting].add(one)
    _print(scores)
    traceless = sum(some[0].traceless for some in found if some)
    print(f"{traceless} mirrors without a trace, not counted as recognised or not")
    print(f"{len(cases)} archives in {time.monotonic() - began:.0f} s")
    if options.json:
        plain = {f"{recipe} {setting}": asdict(t) for (recipe, setting), t in scores.items()}
        options.json.write_text(json.dumps(plain, indent=1), encoding="utf-8")
    return 0


def _print(scores: dict[tuple[str, str], Totals]) -> None:
    print(f"{'recipe':14}{'setting':9}{Totals.HEAD}")
    for (recipe, setting), total in sorted(scores.items()):
        print(f"{recipe:14}{setting:9}{total.line()}")
    for (recipe, setting), total in sorted(scores.items()):
        if recipe == "all":
            print(f"{setting}: {total.missing()}")


def _case(
    recipe: str,
    setting: str,
    seed: int,
    count: int,
    source: str = "sample",
    words: bool = False,
    given: bool = False,
) -> list[Score]:
    """One institute, archived and read back: a score for each article only mirrors have."""
    rng = Random(f"{recipe} {setting} {seed}")
    host = rng.choice(OFFICIALS)
    institute = corpus_originals if source == "corpus" else originals
    named = None if rng.random() < UNTOLD else host
    names, pages = institute(rng, count, named)
    mirrors = [
        copied(
            pages, names, recipe if place == 0 else rng.choice(list(RECIPES)), rng,
            strength=rng.choice(STRENGTHS), own_paths=rng.random() < OWN_PATHS,
            brand=_word(rng) if words else "",
        )
        for place in range(SETTINGS[setting])
    ]  # fmt: skip
    shown = {
        HOSTS[place]: [(path, html) for path, html, _ in mirror.pages]
        for place, mirror in enumerate(mirrors)
    }
    kept = pages[: count // 2] if setting == "beside" else ()
    if kept:
        shown[host] = [(one.path, one.html) for one in kept]
    baseline = _read({host: [(one.path, one.html) for one in pages]})[0]
    articles, recognised = _read(shown, _used(names, pages) if given else ())
    lost = [one for one in pages if one not in kept]
    told = any(_shows(html, names[0]) for some in shown.values() for _, html in some)
    traced = {h for h, m in zip(HOSTS, mirrors, strict=False) if named or m.recipe != PLAIN}
    hosts = len(traced), len(traced & recognised), len(mirrors) - len(traced)
    return list(_scores(lost, mirrors, articles, baseline, hosts, names[0], told))


def _used(names: Sequence[str], pages: Sequence[Original]) -> list[str]:
    """The full name, and the others that the articles use."""
    full, *others = names
    return [full, *(name for name in others if any(name in one.text for one in pages))]


def _word(rng: Random) -> str:
    """Two characters of brands that are a word of the language."""
    while not is_ordinary(word := "".join(rng.sample(GLYPHS, 2))):
        pass
    return word


def _shows(html: str, name: str) -> bool:
    """Whether a page has the institute's name, disguised by script or not."""
    return name in html or name in simplified(without_pinyin(html))


def _read(
    hosts: dict[str, list[tuple[str, str]]], given: Sequence[str] = ()
) -> tuple[list[Article], frozenset[str]]:
    """The articles of an archive of these hosts, and the mirrors recognised in it. ``given``: what
    the operator has said that the institute is called."""
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder), create=True) as made:
        if given:
            add_profile(Path(folder), ["www.example.ac.cn"], name="s", institute=given)
        report = put(made, Site("s", ()), hosts, kind="backfill")
        return list(made.store.articles()), frozenset(m.host for m in report.mirrors)


def _scores(
    lost: list[Original],
    mirrors: list[Copy],
    articles: list[Article],
    baseline: list[Article],
    hosts: tuple[int, int, int],
    name: str,
    told: bool,
) -> Iterator[Score]:
    by_path = {
        (HOSTS[place], path): one.path
        for place, mirror in enumerate(mirrors)
        for path, _, one in mirror.pages
    }
    found: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        parts = [w.url.removeprefix("http://").partition("/") for w in article.witnesses]
        for origin in {by_path.get((host, f"/{rest}")) for host, _, rest in parts} - {None}:
            found[str(origin)].append(article)
    clean = {a.url.removeprefix("http://").partition("/")[2]: a for a in baseline}
    for one in lost:
        yield score_of(
            one, found[one.path], clean.get(one.path[1:]), [m.disguise for m in mirrors],
            hosts, name, told,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
