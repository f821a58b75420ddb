"""Names that mirrors replaced and nothing in the archive tells, and what the operator can do.

A gap in a text is marked, never guessed; whoever runs the archive knows what the institute is
called, or may crawl its own host. It promises to say so only where a mirror's gap may stand in what
is read: in articles that no other host has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.addresses import host_of
from archive.cleaning.unmasking.marks import LACUNA
from archive.model import Article
from archive.sitepass.standing import Standing


def names_untold(
    stand: Standing, institute: Iterable[str], hosts: Iterable[str], articles: Iterable[Article]
) -> Iterator[str]:
    """A note where articles stand only on mirrors with an untold name's brand, unless the operator
    has said what the ``institute`` is called; ``hosts`` are those in the archive."""
    losing = {
        host
        for host, marks in stand.marks.items()
        if marks.lost or any(not word.name for word in marks.words)
    }
    if not losing or any(institute):
        return
    many = sum(
        all(host_of(w.url) in losing for w in article.witnesses) and _has_gap(article)
        for article in articles
    )
    if not many:
        return
    named = {one for host in losing for one in stand.marks[host].official_hosts} - {*hosts}
    crawl = f"; or crawl {', '.join(sorted(named))}, which their pages name" if named else ""
    yield (
        "articles that stand only on mirrors with a brand in the place of a name that nothing in "
        f'the archive tells: {many}; write institute = ["FULL", "SHORT"] into the site\'s '
        f"profile{crawl}"
    )


def _has_gap(article: Article) -> bool:
    """Whether a name is missing in what is read, and not only in what a mirror's frame shows."""
    return LACUNA in article.reading.text or LACUNA in (article.reading.title or "")
