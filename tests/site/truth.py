"""What is true about each article, as tests measure against it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from tests.site.articles import Draft

Standing = Literal["live", "gone", "mirror-only"]


@dataclass(frozen=True, slots=True)
class TruthArticle:
    """One article. ``path`` is its address on the official host, query included (``pages`` those
    of all its pages, in order); ``images`` and ``attachments`` are paths, the latter with names.

    ``text`` has one paragraph a line, table cells by tab, rows by newline. ``hits`` is what the
    label line shows (None: a script loads it). ``mirrors`` are the indexes of the mirrors that
    carry it. ``status`` is "gone" for an article that the first night still had.
    """

    key: str
    title: str
    branch: str
    author: str | None
    editor: str | None
    source: str | None
    published: date | None
    hits: int | None
    text: str
    path: str
    pages: tuple[str, ...]
    live: bool
    mirrors: tuple[int, ...]
    features: frozenset[str]
    images: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]
    status: Standing

    def to_json(self) -> str:
        """One line of JSON."""
        plain = asdict(self)
        plain["published"] = self.published and self.published.isoformat()
        plain["features"] = sorted(self.features)
        return json.dumps(plain, ensure_ascii=False)


def truth_of(draft: Draft) -> TruthArticle:
    """The truth about one draft."""
    status: Standing = "live" if draft.live else "mirror-only"
    if "removed" in draft.features:
        status = "gone"
    return TruthArticle(
        key=draft.key,
        title=draft.title,
        branch=draft.branch.name,
        author=draft.author,
        editor=draft.editor,
        source=draft.source,
        published=draft.published if draft.dated else None,
        hits=draft.hits,
        text=draft.text,
        path=draft.path,
        pages=tuple(draft.page_path(number) for number in range(len(draft.pages))),
        live=draft.live,
        mirrors=tuple(sorted(draft.mirrors)),
        features=draft.features,
        images=draft.images,
        attachments=draft.attachments,
        status=status,
    )
