"""A large archive to be searched, made in parts, so that a build that was stopped goes on.

Each part is a site of its own, with its truth beside it; a part that is there is not made again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from archive.model import Site
from archive.store import Archive, open_archive, schema
from benchmarks.search.corpus import Text, articles_of, texts
from benchmarks.search.queries import Asked
from benchmarks.search.truth import Truth

PART = 10_000
"""Articles of a part."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a part's making told: its bytes of text, seconds of storing and of indexing, and which
    numbers each query should find there."""

    bytes_of_text: int
    stored_s: float
    indexed_s: float
    found: list[list[int]]


def sizes(articles: int) -> list[int]:
    """The articles of each part."""
    whole, rest = divmod(articles, PART)
    return [PART] * whole + [rest] * bool(rest)


def part_texts(part: int, count: int) -> list[tuple[int, Text]]:
    """The texts of a part, numbered over all parts."""
    return list(enumerate(texts(count, seed=part + 1), part * PART))


def build(place: Path, count: int, asked: Sequence[Asked]) -> list[Part]:
    """Make what is missing of an archive of ``count`` articles in ``place``."""
    place.mkdir(parents=True, exist_ok=True)
    truth = Truth(asked)
    parts = []
    for part, size in enumerate(sizes(count)):
        record = place / f"part-{part:03d}-{size}-{len(asked)}.json"
        if not record.exists():
            made = _make(place / "archive", part, part_texts(part, size), truth)
            record.write_text(json.dumps([getattr(made, name) for name in Part.__slots__]))
        parts.append(Part(*json.loads(record.read_text())))
    return parts


def _make(data: Path, part: int, numbered: list[tuple[int, Text]], truth: Truth) -> Part:
    with open_archive(data, create=True) as archive:
        site = f"generated-{part:03d}"
        archive.store.put_site(Site(site, (f"www{part}.generated.cn",)))
        started = time.perf_counter()
        archive.store.replace_articles(site, articles_of(site, numbered, seed=part + 1))
        stored = time.perf_counter() - started
        started = time.perf_counter()
        archive.search("")  # brings in what was stored, and waits for it
        indexed = time.perf_counter() - started
    size = sum(len(one.text.encode()) for _, one in numbered)
    return Part(size, stored, indexed, truth.read(numbered))


def numbers(archive: Archive) -> dict[int, int]:
    """The text's number of each article row."""
    statement = sa.select(schema.articles.c.n, schema.articles.c.id)
    with archive.store.view() as view:
        return {row.n: int(row.id[1:]) for row in view.execute(statement)}
