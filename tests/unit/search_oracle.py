"""What a query means, by reading the whole of an article: the truth that indexes are held to."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from archive.addresses import host_of
from archive.model import Article
from archive.search import MAX_LIMIT, count, parse, search
from archive.search import query as q
from archive.search.joined import indexed
from archive.search.terms import BREAK, is_single, units
from archive.store import Filters, Store
from tests.unit.store_sample import SITE, article, extraction


def holds(node: q.Node, article: Article) -> bool:
    """Whether the article is one that the query asks for."""
    match node:
        case q.All(parts):
            return all(holds(part, article) for part in parts)
        case q.Any(parts):
            return any(holds(part, article) for part in parts)
        case q.Without(part):
            return not holds(part, article)
        case q.Published(first, last):
            day = article.reading.published
            return day is not None and (first or day) <= day <= (last or day)
        case q.Exactly(field, value):
            return value in _exact(article)[field]
        case q.Phrase(wanted, field):
            each = [frozenset({unit}) for unit in wanted]
            return any(_within(indexed(text), each) for text in _texts(article, field))
        case q.Beginning(letters, field):
            found = (unit for text in _texts(article, field) for unit in indexed(text))
            return any(
                unit.removeprefix(BREAK).startswith(letters) and not is_single(unit)
                for unit in found
            )
        case q.Sounds(syllables, field):
            return any(_within(units(text), syllables) for text in _texts(article, field))


def as_typed(node: q.Node) -> q.Node:
    """The tree without the other ways in which words may be written."""
    match node:
        case q.Any(parts) | q.All(parts):
            kept = tuple(dict.fromkeys(as_typed(part) for part in parts if not _is_other(part)))
            if isinstance(node, q.All):
                flat = (one.parts if isinstance(one, q.All) else (one,) for one in kept)
                kept = tuple(itertools.chain.from_iterable(flat))
            return kept[0] if len(kept) == 1 else type(node)(kept)
        case q.Without(part):
            return q.Without(as_typed(part))
        case _:
            return node


def _is_other(node: q.Node) -> bool:
    if isinstance(node, q.All):
        return bool(node.parts) and all(map(_is_other, node.parts))
    return isinstance(node, q.Phrase) and node.other


def held_to_the_truth(store: Store) -> int:
    """Fill the store with texts of few characters, ask for pieces of them, and hold each answer to
    ``holds``; returns how many queries found something."""
    chance = random.Random(7)
    alphabet = "党員员大会议学习中国科学院银河ABc12 ，。\n的𠮷〇"
    texts = ["".join(chance.choices(alphabet, k=chance.randrange(5, 60))) for _ in range(300)]
    titles = ["".join(chance.choices(alphabet, k=8)) for _ in texts]
    everything = [
        article(f"{n:04d}", extraction(text, title=title))
        for n, (text, title) in enumerate(zip(texts, titles, strict=True))
    ]
    store.replace_articles(SITE, everything)
    asked = 0
    for _ in range(250):
        query = _piece(chance, texts, titles, alphabet)
        if not query.strip():
            continue
        node = parse(query)
        expected = [one.id for one in everything if holds(node, one)]
        found = search(store, query, limit=MAX_LIMIT)
        assert sorted(hit.id for hit in found) == expected, query
        assert count(store, query, Filters()) == len(expected)
        asked += bool(expected)
    return asked


def _piece(chance: random.Random, texts: list[str], titles: list[str], alphabet: str) -> str:
    source = chance.choice(texts + titles)
    start = chance.randrange(len(source))
    query = source[start : start + chance.randrange(1, 9)]
    if chance.random() < 0.3:
        query += " " + chance.choice(texts)[:2]
    if chance.random() < 0.2:
        query = "".join(chance.choices(alphabet, k=3))
    if chance.random() < 0.1:
        query = chance.choice(["ab*", "bc*", "12*", "title:ab*", "-ab*"])
    if chance.random() < 0.2:
        query += f" OR {chance.choice(texts)[:2]} -{chance.choice(titles)[:1]}"
    return query


def _exact(article: Article) -> dict[str, set[str]]:
    return {
        "site": {article.site},
        "status": {article.status},
        "witness": {one.role for one in article.witnesses},
        "host": {host_of(one.url) for one in article.witnesses},
    }


def _texts(article: Article, field: q.TextField | None) -> list[str]:
    reading = article.reading
    texts: dict[q.TextField | None, list[str | None]] = {
        "title": [reading.title],
        "text": [reading.text],
        None: [reading.title, reading.text],
        "branch": [reading.branch],
        "author": [reading.author],
        "source": [reading.source],
        "attachment": [one.name or one.url for one in reading.attachments],
    }
    return [text for text in texts[field] if text]


def _within(found: Sequence[str], wanted: Sequence[frozenset[str]]) -> bool:
    return any(
        all(unit in some for unit, some in zip(found[at:], wanted, strict=False))
        for at in range(len(found) - len(wanted) + 1)
    )
