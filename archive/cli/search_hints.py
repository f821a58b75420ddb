"""What is said where a search finds nothing: the article, field or branch that was meant."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from archive.errors import NotFoundError
from archive.messages.language import say

if TYPE_CHECKING:
    from archive.model import Article
    from archive.store import Archive, Filters

MOST_NAMED = 10
"""Branches that are named."""


def meant(archive: Archive, query: str, filters: Filters) -> list[str]:
    """What was probably meant by a question that found nothing, in lines."""
    from archive.search.corrections import alike
    from archive.store import Filters
    from archive.store.saved import MARK

    found = []
    if (article := _named(archive, query)) is not None:
        found.append(say("search.named", id=article.id, title=article.reading.title or article.url))
    if filters.leaves_no_day:
        # Typed they are refused: one of the two was saved with the query.
        days = {"first": filters.date_from, "last": filters.date_to}
        found.append(say("error.no_day", **days))
    first = query.split(maxsplit=1)[0] if query.strip() else ""
    if first.startswith(MARK) and first != MARK:
        # One that is there has been put in for its name.
        found.append(say("search.no_saved", name=first.removeprefix(MARK)))
    counted = {one: archive.count(one, filters) for one in _others(archive, query, filters)}
    found.extend(
        say("search.meant", query=one, count=count) for one, count in counted.items() if count
    )
    hosts = dict.fromkeys(host for host in (filters.host, filters.only_host) if host is not None)
    absent = (host for host in hosts if not archive.count("", Filters(host=host)))
    found.extend(say("search.no_host", host=host) for host in absent)
    if filters.branch is None:
        return found
    branches = [name for (_, name) in archive.store.branches(filters.site) if name]
    if filters.branch not in branches:
        near = alike(filters.branch, branches)[:MOST_NAMED]
        found.append(
            say("search.branches", branch=filters.branch, branches=", ".join(near))
            if near
            else say("search.no_branch", branch=filters.branch)
        )
    return found


def _others(archive: Archive, query: str, filters: Filters) -> list[str]:
    from archive.search.corrections import corrected
    from archive.search.near import near
    from archive.store.looking import texts_of

    other = corrected(query)
    return [other] if other is not None else near(query, partial(texts_of, archive, filters))


def _named(archive: Archive, typed: str) -> Article | None:
    from archive.search.corrections import addresses

    for address in addresses(typed):
        with suppress(NotFoundError):
            return archive.get(address)
    return None
