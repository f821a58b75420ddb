"""From a snapshot to what a host answers at each address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from tests.site import asp, frames, frontpage, modern, nights, trs
from tests.site.articles import Draft
from tests.site.files import files_of
from tests.site.resources import Resource, Resources
from tests.site.server import Answerer
from tests.site.snapshot import Snapshot

SESSION_PART = re.compile(r"&SessionID=\w+$")
STRANGER = -1
EDITED_AFTER = timedelta(days=400)


def copied_pages(snapshot: Snapshot) -> Resources:
    """Every page of the site that a copy of it has too."""
    found: Resources = {}
    for part in (frontpage.pages, trs.resources, asp.resources, modern.resources):
        found.update(part(snapshot))
    return found


def files(drafts: Sequence[Draft]) -> Resources:
    """Every file of the site: images, attachments, styles."""
    found: Resources = dict(frontpage.assets())
    for draft in drafts:
        found.update(files_of(draft))
    return found


def official(night: int, authorities: Sequence[str]) -> Answerer:
    """The official host on one night."""
    drafts = nights.drafts(night)
    live = tuple(draft for draft in drafts if draft.live)
    snapshot = Snapshot(live, authorities[STRANGER])
    found = copied_pages(snapshot) | files(live) | dict(frontpage.official_only(snapshot))
    for draft in drafts:
        if "removed" in draft.features and draft.number % 2:
            found[draft.path] = frontpage.GONE
        if "edited" in draft.features:
            _date_edit(draft, found)

    def look_up(target: str) -> Resource:
        if target.startswith(frames.PRIVATE_AREA):
            target = target.partition("?")[0]
        known = found.get(target) or found.get(SESSION_PART.sub("", target))
        return known or modern.calendar(target, snapshot) or frontpage.NOT_FOUND

    return look_up


def _date_edit(draft: Draft, found: Resources) -> None:
    for number in range(len(draft.pages)):
        page = found[draft.page_path(number)]
        if page.modified:
            found[draft.page_path(number)] = replace(page, modified=page.modified + EDITED_AFTER)


def stranger(authorities: Sequence[str]) -> Answerer:
    """A host that pages link to and nobody may visit."""
    notice = Resource(text=f"<html><body>{authorities[STRANGER]}: 非本站页面</body></html>")
    return lambda target: notice
