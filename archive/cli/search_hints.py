"""What is said where a search finds nothing: the field or the branch that was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.cli.language import say

if TYPE_CHECKING:
    from archive.store import Archive, Filters

MOST_NAMED = 10
"""Branches that are named."""


def meant(archive: Archive, query: str, filters: Filters) -> list[str]:
    """What was probably meant by a question that found nothing, in lines."""
    from archive.search.corrections import alike, corrected

    found = []
    other = corrected(query)
    if other is not None and (count := archive.count(other, filters)):
        found.append(say("search.meant", query=other, count=count))
    branches = [name for (_, name) in archive.store.branches(filters.site) if name]
    if filters.branch is not None and filters.branch not in branches:
        near = alike(filters.branch, branches)[:MOST_NAMED]
        found.append(
            say("search.branches", branch=filters.branch, branches=", ".join(near))
            if near
            else say("search.no_branch", branch=filters.branch)
        )
    return found
