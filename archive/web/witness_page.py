"""Witnesses: side by side with their marks, and each one's capture down to the raw exchange."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from archive.cleaning.repairs import for_field, revert
from archive.errors import NotFoundError
from archive.evidence.article import certificate
from archive.evidence.certificates import identity, pem
from archive.evidence.fixity import check
from archive.model import Article, Extraction, Repair, Witness
from archive.warc import read_at
from archive.web.difference import Paragraph, changed_characters, compare
from archive.web.downloads import made_in_turn, made_whole
from archive.web.evidence import exchange, witness_of
from archive.web.guard import KEPT_POLICY
from archive.web.links import article_page, memento, safe_address
from archive.web.marks import Piece, drawn, paragraphs
from archive.web.named import article_of
from archive.web.paging import paged
from archive.web.render import page
from archive.web.repaired import counted
from archive.web.replay.package import article_package
from archive.web.room import room
from archive.web.side_by_side import rows
from archive.web.stops import numbered, stops

router = APIRouter(include_in_schema=False)

CHOICES = 200
"""Witnesses that are offered at a time."""
MAX_DIGITS = 9
"""Of the number of a witness that is asked for."""
RECORDS_LOOKED_AT = 2_000
"""Of a WARC file, for the certificate of a capture: a page must not wait for a whole file."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mirror's witness as it is shown: its title and paragraphs with the marks."""

    place: int
    witness: Witness
    title: list[Piece]
    text: list[list[Piece]]


@dataclass(frozen=True, slots=True)
class Compared:
    """The official host's witness as it is shown: with what differs from the reading."""

    place: int
    witness: Witness
    changes: list[Paragraph]
    changed: int


@router.get("/article/{id}/witnesses", response_class=HTMLResponse)
def side_by_side(request: Request, id: str) -> Response:
    """The reading, what a mirror or a page that was broken into showed, and what the official host
    showed otherwise."""
    article = article_of(request, id)
    chosen = request.query_params.get("mirror", "")[:MAX_DIGITS]
    mirrors = [p for p, one in enumerate(article.witnesses) if _is_marked(one)]
    place = int(chosen) if chosen.isdecimal() and int(chosen) in mirrors else None
    if place is None and mirrors:
        place = max(mirrors, key=lambda p: _says_most(article.witnesses[p]))
    whole = _beside(request, article, place)
    mirror = None if place is None else marked(article, place)
    official = None if whole is None else compared(article, whole)
    showed = "witnesses.mirror_showed"
    showed_beside = "witnesses.official_showed"
    if official is not None and official.witness.role != "original":
        showed_beside = "witnesses.other_showed"
    if mirror is not None and mirror.witness.role == "original":
        showed = "witnesses.tampered_showed"
    numbers = count(1)
    title = numbered([mirror.title] if mirror else [], numbers)
    found = [
        row.numbered(numbers)
        for row in rows(
            article.reading.text,
            mirror.text if mirror else [],
            official.changes if official else [],
        )
    ]
    return page(
        request,
        "witnesses.html",
        article=article,
        count=len(mirrors),
        **_choices(request, article, mirrors, place),
        mirror=mirror,
        official=official,
        title=title,
        rows=found,
        showed=showed,
        showed_beside=showed_beside,
        others=_others(article, mirrors),
        stops=[
            *stops(title, showed),
            *(stop for row in found for stop in row.stops(showed, showed_beside)),
        ],
        article_page=article_page,
    )


def _beside(request: Request, article: Article, mirror: int | None) -> int | None:
    """The witness that is asked for beside the first one, else the official host's own."""
    asked = request.query_params.get("beside", "")[:MAX_DIGITS]
    if asked.isdecimal() and int(asked) < len(article.witnesses) and int(asked) != mirror:
        return int(asked)
    return _official(article)


def _others(article: Article, mirrors: list[int]) -> list[tuple[int, Witness]]:
    """The witnesses that bear no marks, to stand beside one that does."""
    found = [one for one in enumerate(article.witnesses) if one[0] not in mirrors]
    return found[:CHOICES]


def _choices(
    request: Request, article: Article, places: list[int], chosen: int | None
) -> dict[str, Any]:
    """One page of the witnesses that can be chosen, by number and each: the page that is asked for,
    else that of the ``chosen`` one."""
    found = [(place, article.witnesses[place]) for place in places]
    own = 1 + places.index(chosen) // CHOICES if chosen is not None else 1
    return paged(request, found, "mirrors", CHOICES, own)


def marked(article: Article, place: int) -> Marked:
    """The witness number ``place`` with its marks drawn in."""
    witness = article.witnesses[place]
    title = [one for line in paragraphs(_drawn(witness.clean, "title")) for one in line]
    return Marked(place, witness, title, paragraphs(_drawn(witness.clean, "text")))


def compared(article: Article, place: int) -> Compared:
    """The witness number ``place`` beside the reading."""
    witness = article.witnesses[place]
    changes = compare(article.reading.text, witness.raw.text)
    return Compared(place, witness, changes, changed_characters(changes))


def _drawn(clean: Extraction, field: str) -> list[Piece]:
    text = (clean.title if field == "title" else clean.text) or ""
    repairs: tuple[Repair, ...] = for_field(clean.repairs, field)
    try:
        return drawn(revert(text, repairs), repairs)
    except ValueError:
        return [Piece("kept", text)]


def _is_marked(witness: Witness) -> bool:
    """Whether it is shown with its marks: a mirror's, or the institute's own while somebody had
    broken in."""
    return witness.role == "mirror" or (witness.role == "original" and _is_repaired(witness))


def _is_repaired(witness: Witness) -> bool:
    return bool(witness.clean.repairs)


def _says_most(witness: Witness) -> tuple[bool, int]:
    """A mirror's marks first, and of several those that say most."""
    return witness.role == "mirror", len(witness.clean.repairs)


def _official(article: Article) -> int | None:
    """The newest witness of the official host, before one that bears marks."""
    places = [p for p, one in enumerate(article.witnesses) if one.role == "original"]
    return max(places, key=lambda p: _is_whole(article.witnesses[p]), default=None)


def _is_whole(witness: Witness) -> tuple[bool, datetime]:
    return not _is_repaired(witness), witness.captured_at


@router.get("/article/{id}/witness/{place}", response_class=HTMLResponse)
@router.post("/article/{id}/witness/{place}", response_class=HTMLResponse)
def evidence(request: Request, id: str, place: int) -> Response:
    """The capture: where it lies, its raw exchange, and (posted) whether it is still whole."""
    archive = room(request).archive
    article = article_of(request, id)
    witness = witness_of(article, place)
    checked = check(archive, witness.pointer) if request.method == "POST" else None
    shown = certificate(archive, witness.pointer, RECORDS_LOOKED_AT)
    return page(
        request,
        "witness.html",
        article=article,
        witness=witness,
        place=place,
        checked=checked,
        repairs=counted(witness.clean.repairs),
        certificate=shown,
        identity=identity(shown) if shown else None,
        exchange=exchange(archive, witness.pointer),
        article_page=article_page,
        memento=memento,
        safe_address=safe_address,
    )


@router.get("/article/{id}/witness/{place}/exchange.bin")
def raw(request: Request, id: str, place: int) -> Response:
    """Request and response, byte for byte, as they crossed the wire."""
    archive = room(request).archive
    witness = witness_of(article_of(request, id), place)
    capture = read_at(archive.warc_dir, witness.pointer)
    name = quote(f"{id[:16]}-{place}.http")
    return Response(
        capture.request + capture.response,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Content-Security-Policy": KEPT_POLICY,
        },
    )


@router.get("/article/{id}/witness/{place}/certificate.pem")
def certificate_chain(request: Request, id: str, place: int) -> Response:
    """The certificates that the server showed, its own first (RFC 8555, section 9.1). Raises
    NotFoundError where none are kept."""
    archive = room(request).archive
    witness = witness_of(article_of(request, id), place)
    shown = certificate(archive, witness.pointer)
    if shown is None or not shown.chain:
        raise NotFoundError(f"witness {place} of article {id} has no certificate")
    return Response(
        pem(shown),
        media_type="application/pem-certificate-chain",
        headers={"Content-Security-Policy": KEPT_POLICY},
    )


@router.get("/article/{id}/evidence.wacz")
def package(request: Request, id: str) -> Response:
    """All evidence of the article, to replay elsewhere."""
    archive = room(request).archive
    article = article_of(request, id)
    pieces = made_whole(lambda target: article_package(archive, article, target))
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(article.id)}.wacz"}
    return StreamingResponse(made_in_turn(request, pieces), 200, headers, "application/wacz")
