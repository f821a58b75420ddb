"""What the accuracy gate counts: extractions beside what is true, measure by measure.

A measure is a share between 0 and 1 over the cases that have the value; a case in which the program
says nothing counts as wrong. Promises: the same pages give the same figures, and every measure says
over how many cases it was taken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any
from urllib.request import urlopen

from archive.cleaning import extract
from archive.model import Extraction
from benchmarks.corpus import CorpusPage
from benchmarks.scores import bare, character_score, interior_loss, same_title

GOOD_ENOUGH = 0.5
Extractor = Callable[[bytes, str], Extraction]


@dataclass(frozen=True, slots=True)
class Case:
    """One page, its address, and what is true of it; keys as those of an exported article, with
    ``kind``; ``images`` and ``attachments`` are addresses."""

    name: str
    body: bytes
    url: str
    truth: dict[str, Any]
    group: str = ""


@dataclass(slots=True)
class Tally:
    """Figures of one measure."""

    values: list[float] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """The share, 0 to 1."""
        return fmean(self.values)


def measure(cases: Iterable[Case], extractor: Extractor = extract) -> dict[str, Tally]:
    """All measures over ``cases``."""
    found: dict[str, Tally] = {}
    lost = matched = 0
    for case in cases:
        read = extractor(case.body, case.url)
        for name, value in _values(case, read):
            found.setdefault(name, Tally()).values.append(value)
        text = case.truth.get("text")
        if text:
            gone, same = interior_loss(read.text, text)
            lost, matched = lost + gone, matched + same
    if matched:
        found["kept inside"] = Tally([1 - lost / matched])
    return found


def _values(case: Case, read: Extraction) -> Iterator[tuple[str, float]]:
    truth = case.truth
    if truth.get("text"):
        yield from _text_values(case, read)
    if truth.get("title"):
        yield "title", float(same_title(read.title, truth["title"]))
    if truth.get("published"):
        day = read.published.isoformat() if read.published else None
        yield "day", float(day == truth["published"])
        if day is not None:
            yield "day when told", float(day == truth["published"])
    for name in ("kind", "branch", "author", "source", "hits"):
        if truth.get(name) is not None:
            yield name, float(bare(str(getattr(read, name))) == bare(str(truth[name])))
    for name in ("images", "attachments"):
        if name in truth:
            yield name, float([one.url for one in getattr(read, name)] == truth[name])
    if "flags" in truth:
        yield "form", float(list(read.flags) == truth["flags"])
    yield "conserved", float(read.conserved)


def _text_values(case: Case, read: Extraction) -> Iterator[tuple[str, float]]:
    score = character_score(read.text, case.truth["text"]).f1
    yield "text F1", score
    yield "text not missed", float(score >= GOOD_ENOUGH)
    if case.group:
        yield f"text F1, {case.group}", score
    if case.truth.get("exact"):
        yield "text exact", float(bare(read.text) == bare(case.truth["text"]))


def golden_cases(folder: Path) -> list[Case]:
    """The cases of a folder: NAME/page.html and NAME/expected.json."""
    cases = []
    for expected in sorted(folder.glob("*/expected.json")):
        truth = json.loads(expected.read_text(encoding="utf-8"))
        body = (expected.parent / "page.html").read_bytes()
        cases.append(Case(expected.parent.name, body, truth["url"], {**truth, "exact": True}))
    return cases


def sample_cases() -> list[Case]:
    """The live articles of the sample institute that stand on one page."""
    from tests.site import SampleInstitute  # the tests' own site, not needed by the other cases

    with SampleInstitute.serve() as sample:
        return [
            Case(
                article.key,
                _fetched(sample.official + article.path.lstrip("/")),
                sample.official + article.path.lstrip("/"),
                {
                    "kind": "article",
                    "title": article.title,
                    "branch": article.branch,
                    "author": article.author,
                    "source": article.source,
                    "published": article.published and article.published.isoformat(),
                    "hits": article.hits,
                    "text": article.text,
                    "exact": True,
                },
            )
            for article in sample.articles
            if article.live and len(article.pages) == 1
        ]


def _fetched(url: str) -> bytes:
    with urlopen(url, timeout=30) as answer:
        return bytes(answer.read())


def corpus_cases(pages: Iterable[CorpusPage]) -> list[Case]:
    """The corpus's pages with truth."""
    cases = []
    for page in pages:
        if page.truth and page.truth.get("text"):
            truth = {
                "text": page.truth["text"],
                "title": page.truth.get("title"),
                "published": (page.truth.get("date") or "")[:10] or None,
            }
            cases.append(
                Case(page.id, page.body, f"http://{page.host}{page.path}", truth, page.kind)
            )
    return cases
