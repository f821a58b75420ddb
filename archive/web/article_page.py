"""An article: its text, where every value comes from, and the way down to the bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.cleaning.repairs import for_field, revert
from archive.cleaning.unmasking.marks import LACUNA
from archive.difference import same_words
from archive.errors import NotFoundError
from archive.evidence.basis import basis
from archive.export.bibliography import citations
from archive.export.citation import bibtex, csl_json, gb7714, gb7714_2025, names, ris
from archive.export.dublin_core import dublin_core
from archive.model import Article, Extraction
from archive.search.results import Hit
from archive.store import Archive, Version
from archive.web.came import not_believed_since
from archive.web.difference import characters, compare, moved_paragraphs
from archive.web.language import Speech, language_of
from archive.web.links import article_page, host_of, kept_file, safe_address
from archive.web.marks import Piece, drawn, paragraphs
from archive.web.named import article_of
from archive.web.question import Question
from archive.web.render import page
from archive.web.repaired import counted
from archive.web.room import room
from archive.web.safe_html import article_html
from archive.web.shown import hits
from archive.web.stops import numbered, stops

router = APIRouter(include_in_schema=False)

CITED = {
    "2025.txt": ("gbt7714-2025", "text/plain; charset=utf-8"),
    "txt": ("gbt7714", "text/plain; charset=utf-8"),
    "bib": ("bibtex", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "json": ("csl-json", "application/vnd.citationstyles.csl+json"),
}
"""The style and media type of a citation by file name ending."""
SHOWN_WITNESSES = 200
LONG_TITLE = 150
"""Characters of a title from which on it is written small: else the text is out of sight."""
TIMELINE_WIDTH = 300
_QUOTES = frozenset('"“”„‟«»〝〞「」『』')
"""What would end a phrase within it."""
MARK_WIDTH = 4
"""Of the versions' timeline and of a moment on it, in CSS pixels."""


@router.get("/article/{id}", response_class=HTMLResponse)
def show(request: Request, id: str) -> Response:
    """The article, or one ``version`` of it."""
    article, versions = _load(request, id)
    number = _whole(request.query_params.get("version"))
    if number is not None:
        article = _at(article, versions, number)
    here = str(request.base_url).rstrip("/") + article_page(article.id)
    marked = marked_text(article.reading)
    shown = marked if marked and request.query_params.get("marks") == "1" else []
    return page(
        request,
        "article.html",
        article=article,
        reading=article.reading,
        body=article_html(article.reading.html, article.site),
        has_marks=bool(marked),
        marks=shown,
        stops=stops(shown),
        versions=[
            (version, *span) for version, span in zip(versions, spans(versions), strict=True)
        ],
        number=number,
        basis=basis(article) if number is None else None,
        estranged=estranged(room(request).archive, article),
        lacuna=LACUNA,
        repairs=counted(article.reading.repairs),
        citations={
            "gb7714_2025": gb7714_2025(article, here),
            "gb7714": gb7714(article, here),
            "bibtex": bibtex(article, here),
            "ris": ris(article, here).replace("\r\n", "\n").strip(),
            "csl": json.dumps(csl_json(article, here), ensure_ascii=False, indent=1),
        },
        people=[(name, *_everything_of(name)) for name in names(article.reading.author or "")],
        of_source=_of("source", article.reading.source or ""),
        dublin_core=dublin_core(article, here),
        cited=[(form, media_type) for form, (_, media_type) in CITED.items()],
        article_page=article_page,
        kept_file=kept_file,
        safe_address=safe_address,
        long_title=LONG_TITLE,
        shown_witnesses=SHOWN_WITNESSES,
    )


def estranged(archive: Archive, article: Article) -> tuple[str, datetime] | None:
    """The institute's host, and since when it gives pages there that are not believed to be the
    institute's: at the article's address, or else at the host's first page."""
    own = [one.url for one in article.witnesses if one.role == "original"]
    if not own:
        return None
    url = article.url if article.url in own else own[0]
    for address in (url, f"{url.partition(':')[0]}://{host_of(url)}/"):
        since = not_believed_since(archive, article.site, address)
        if since is not None:
            return host_of(url), since
    return None


@router.get("/article/{id}/diff", response_class=HTMLResponse)
def diff(request: Request, id: str) -> Response:
    """What changed between two versions, character by character."""
    article, versions = _load(request, id)
    last = versions[-1].number
    new = _whole(request.query_params.get("to")) or last
    old = _whole(request.query_params.get("from")) or max(new - 1, 1)
    before, after = (_at(article, versions, number).reading for number in (old, new))
    numbers = count(1)
    titles = numbered(compare(before.title or "", after.title or ""), numbers)
    changes = numbered(compare(before.text, after.text), numbers)
    return page(
        request,
        "diff.html",
        article=article,
        versions=versions,
        old=old,
        new=new,
        title_changes=titles,
        changes=changes,
        stops=stops((*titles, *changes)),
        moved=moved_paragraphs(changes),
        same_words=same_words(_words(before), _words(after)),
        added=characters(changes, "added"),
        removed=characters(changes, "removed"),
        article_page=article_page,
    )


def _words(reading: Extraction) -> str:
    return f"{reading.title or ''}\n{reading.text}"


@router.get("/article/{id}/similar", response_class=HTMLResponse)
def similar(request: Request, id: str) -> Response:
    """Articles that share most with this one's title."""
    article = article_of(request, id)
    found: list[Hit] = []
    if query := _likeness(article.reading.title or ""):
        alike = room(request).archive.search(query, limit=11)
        found = [hit for hit in alike if hit.id != article.id][:10]
    shown = hits(Speech(language_of(request)), found, with_site=True)
    return page(request, "similar.html", article=article, hits=shown, article_page=article_page)


@router.get("/article/{id}/cite.{form}")
def cite(request: Request, id: str, form: str) -> Response:
    """The citation alone, for reference managers."""
    article = article_of(request, id)
    if form not in CITED:
        raise NotFoundError(f"there is no citation format {form[:20]!r}: txt, bib, ris or json")
    style, media_type = CITED[form]
    here = str(request.base_url).rstrip("/") + article_page(article.id)
    body = "".join(citations([article], style, lambda _: here))
    return Response(body, media_type=media_type)


def marked_text(reading: Extraction) -> list[list[Piece]] | None:
    """The text with what was repaired in it, or None where nothing was."""
    repairs = for_field(reading.repairs, "text")
    if not repairs:
        return None
    try:
        return paragraphs(drawn(revert(reading.text, repairs), repairs))
    except ValueError:
        return None


def _everything_of(person: str) -> tuple[str, str]:
    """Where the articles are that bear this name as their author's, and those besides that have it
    in their words: this article at least is among either."""
    bare = _bare(person)
    return _of("author", person), Question(q=f'author:"{bare}" OR "{bare}"').address()


def _of(field: str, value: str) -> str:
    return Question(q=f'{field}:"{_bare(value)}"').address()


def _bare(words: str) -> str:
    return " ".join("".join(" " if one in _QUOTES else one for one in words).split())


def _load(request: Request, id: str) -> tuple[Article, list[Version]]:
    archive = room(request).archive
    article = article_of(request, id)
    return article, archive.store.versions(article.id)


def _at(article: Article, versions: list[Version], number: int) -> Article:
    for version in versions:
        if version.number == number:
            return replace(
                article,
                reading=version.reading,
                first_seen=version.first_seen,
                last_seen=version.last_seen,
            )
    raise NotFoundError(f"article {article.id} has no version {number}")


def spans(versions: Sequence[Version]) -> list[tuple[int, int]]:
    """Where each version lies on a line of TIMELINE_WIDTH pixels from the first sight of the first
    to the last of the last: its left end and its width, which is at least MARK_WIDTH."""
    start = min(one.first_seen for one in versions)
    whole = (max(one.last_seen for one in versions) - start).total_seconds()
    scale = (TIMELINE_WIDTH - MARK_WIDTH) / whole if whole else 0.0
    lefts = [round((one.first_seen - start).total_seconds() * scale) for one in versions]
    lengths = [(one.last_seen - one.first_seen).total_seconds() * scale for one in versions]
    return [
        (left, max(MARK_WIDTH, round(length))) for left, length in zip(lefts, lengths, strict=True)
    ]


def _likeness(title: str) -> str:
    """A query for titles like this one: its words of two characters, either of them."""
    clean = "".join(c if c.isalnum() else " " for c in title)
    pairs = [word[i : i + 2] for word in clean.split() for i in range(0, len(word) - 1, 2)]
    return " OR ".join(f'title:"{pair}"' for pair in dict.fromkeys(pairs[:12]))


def _whole(text: str | None) -> int | None:
    try:
        return None if text is None else int(text[:9])
    except ValueError:
        return None
