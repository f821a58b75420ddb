"""``./scripts/bench search --judged``: queries as scholars type them, and what each should find.

``judged.toml`` has a few hundred articles of a sentence each and the queries. It tells recall, and
recall and precision among the first ten, of every group, and names each query that is not answered
as judged.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from archive.model import (
    Article,
    Decoding,
    Extraction,
    PageKind,
    Site,
    WarcPointer,
    Witness,
)
from archive.search import search
from archive.store import Store, open_archive
from tests.postgres import programs, running

SITE = "judged"
FIRST = 10
"""Hits of the first page that count."""
FILE = Path(__file__).with_name("judged.toml")
_FIRST_MARK = "!"
_DAY = date(2010, 1, 1)
_NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Judged:
    """A query of a group, the keys of the articles it should find, and the one that must come
    first, if any must."""

    group: str
    query: str
    keys: frozenset[str]
    first: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search gave, in order."""

    judged: Judged
    found: Sequence[str]

    @property
    def right(self) -> int:
        """How many of those that should be found are."""
        return len(self.judged.keys.intersection(self.found))

    @property
    def right_first(self) -> int:
        """The same among the first ten."""
        return len(self.judged.keys.intersection(self.found[:FIRST]))

    @property
    def is_as_judged(self) -> bool:
        """Whether it is all that, and nothing else, with the right one in front."""
        first = self.judged.first
        return set(self.found) == self.judged.keys and first in (None, *self.found[:1])


def judged() -> list[Judged]:
    """The queries, in order."""
    return [
        Judged(
            group,
            query,
            frozenset(key.removeprefix(_FIRST_MARK) for key in keys),
            next((key[1:] for key in keys if key.startswith(_FIRST_MARK)), None),
        )
        for group, one in tomllib.loads(FILE.read_text(encoding="utf-8")).items()
        for query, keys in one["queries"].items()
    ]


def fill(store: Store) -> None:
    """Put the articles into the store, under their keys."""
    store.put_site(Site(SITE, ("www.judged.cn",)))
    store.replace_articles(SITE, _articles())


def answers(store: Store) -> list[Answer]:
    """What the search gives for each query."""
    return [
        Answer(one, [hit.id for hit in search(store, one.query, limit=1_000)]) for one in judged()
    ]


def table(every: Sequence[Answer]) -> Iterator[str]:
    """The figures of each group and of all, as rows of a table."""
    yield f"| group | queries | as judged | recall | recall@{FIRST} | precision@{FIRST} |"
    yield "|---" * 6 + "|"
    for group in (*dict.fromkeys(one.judged.group for one in every), "all"):
        these = [one for one in every if group in (one.judged.group, "all")]
        wanted = sum(len(one.judged.keys) for one in these)
        first = sum(min(len(one.judged.keys), FIRST) for one in these)
        shown = sum(len(one.found[:FIRST]) for one in these)
        right = sum(one.right_first for one in these)
        yield (
            f"| {group} | {len(these)} | {sum(one.is_as_judged for one in these)} "
            f"| {sum(one.right for one in these) / wanted:.3f} | {right / first:.3f} "
            f"| {right / max(shown, 1):.3f} |"
        )


def wrong(every: Sequence[Answer]) -> Iterator[str]:
    """Each query that is not answered as judged, and how."""
    for one in every:
        if not one.is_as_judged:
            missing = sorted(one.judged.keys.difference(one.found))
            more = sorted(set(one.found) - one.judged.keys)
            yield f"{one.judged.query}: missing {missing}, too many {more}, first {one.found[:1]}"


def main() -> None:
    """Ask both kinds of store, and print."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stores: dict[str, str | None] = {"SQLite and tantivy": None}
        if found := programs():
            stores["PostgreSQL"] = stack.enter_context(running(found)).new_database()
        for name, database in stores.items():
            archive = stack.enter_context(
                open_archive(place / name, create=True, database=database)
            )
            fill(archive.store)
            every = answers(archive.store)
            print("\n".join((f"{name}:", *table(every), *wrong(every))), flush=True)


def _articles() -> Iterator[Article]:
    groups = tomllib.loads(FILE.read_text(encoding="utf-8")).values()
    texts = [pair for one in groups for pair in one["articles"].items()]
    for number, (key, text) in enumerate(texts):
        url = f"http://www.judged.cn/{number}.html"
        reading = Extraction(
            kind=PageKind.ARTICLE,
            url=url,
            decoding=Decoding("utf-8", "strict", None, 0),
            title=f"甲{number:04d}乙",
            published=_DAY,
            language="zh",
            text=text,
            markdown=text,
            html=f"<p>{text}</p>",
        )
        pointer = WarcPointer("j.warc.gz", number, 1, "sha256:00", f"urn:j:{number}")
        witness = Witness(url, "original", _NOON, pointer, reading, reading)
        yield Article(key, url, SITE, "live", reading, 0, (witness,), _NOON, _NOON)
