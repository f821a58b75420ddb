"""What a query means, by reading the whole of an article: the truth that indexes are held to."""

from __future__ import annotations

from collections.abc import Sequence

from archive.model import Article
from archive.search import query as q
from archive.search.terms import units


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
            return any(_within(units(text), each) for text in _texts(article, field))
        case q.Sounds(syllables, field):
            return any(_within(units(text), syllables) for text in _texts(article, field))


def _exact(article: Article) -> dict[str, set[str]]:
    return {
        "site": {article.site},
        "status": {article.status},
        "witness": {one.role for one in article.witnesses},
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
