"""OAI-PMH 2.0 at ``/oai``: harvesters take the articles' Dublin Core, page by page.

An article's datestamp is when its present version was first seen, so that a harvest from a date
gives what is new or changed since; a gone article is a deleted record, and so is an id that an
article had before it was joined with another. A resumption token names the
last article given out and the request it goes on with: nothing is kept for it, it never expires,
and whatever changes meanwhile, no article is given twice or left out.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from anyio.to_thread import run_sync
from fastapi import APIRouter
from lxml import etree
from starlette.requests import Request
from starlette.responses import Response

from archive.errors import NotFoundError
from archive.export.mets import METS
from archive.store import Archive
from archive.store.characters import storable
from archive.store.holdings import FORMER
from archive.web.interfaces.oai_records import (
    OAI,
    OAI_DC,
    OAI_DC_SCHEMA,
    PREFIX,
    XSI,
    child,
    header,
    metadata,
    mets_metadata,
    set_of,
    stamp,
)
from archive.web.room import room
from archive.web.turns import PROGRAMS, in_programs_turn, turns_of

router = APIRouter(include_in_schema=False)

PAGE = 100
DUBLIN_CORE, METS_FORMAT = "oai_dc", "mets"
FORMATS = {
    DUBLIN_CORE: (OAI_DC_SCHEMA, OAI_DC),
    METS_FORMAT: ("http://www.loc.gov/standards/mets/mets.xsd", METS),
}
"""Prefixes with their schema and namespace."""
_SELECTIVE = {"from", "until", "set"}
# Of each verb (section 4): the arguments it must have, and those it may have.
_VERBS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "ListIdentifiers": ({"metadataPrefix"}, _SELECTIVE),
    "ListRecords": ({"metadataPrefix"}, _SELECTIVE),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
}
_TOKEN = "resumptionToken"
_LISTS = ("ListIdentifiers", "ListRecords")
NOT_THERE = ("gone", FORMER)
"""Statuses of records that are deleted ones: an id that an article had before is one, too."""
_ONE_SECOND = timedelta(seconds=1)


class OaiError(Exception):
    """What a harvester is told is wrong: a ``code`` of the protocol (section 3.6)."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@router.get("/oai")
@in_programs_turn
def oai(request: Request) -> Response:
    """One OAI-PMH request; errors of the protocol are answers like any other."""
    return _answered(request, request.query_params.multi_items())


@router.post("/oai")
async def oai_posted(request: Request) -> Response:
    """The same, asked by POST (section 3.1.1.2)."""
    asked = (await request.body()).decode("ascii", "replace")
    pairs = parse_qsl(asked, keep_blank_values=True)
    return await run_sync(_answered, request, pairs, limiter=turns_of(PROGRAMS, request))


def _answered(request: Request, pairs: list[tuple[str, str]]) -> Response:
    base = str(request.base_url).rstrip("/")
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})  # type: ignore[dict-item]
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {OAI}OAI-PMH.xsd")
    child(root, "responseDate", stamp(datetime.now(UTC)))
    asked = child(root, "request", f"{base}/oai")
    try:
        arguments = checked(pairs)
        for name, value in arguments.items():
            asked.set(name, value)
        harvest = Harvest(room(request).archive, base, room(request).settings.contact)
        root.append(harvest.answer(arguments))
    except OaiError as error:
        if error.code in ("badVerb", "badArgument"):
            asked.attrib.clear()
        child(root, "error", str(error)).set("code", error.code)
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return Response(body, media_type="text/xml; charset=utf-8")


def checked(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """The arguments, once each and all that the verb must have. Raises OaiError."""
    arguments = dict(pairs)
    verb = arguments.get("verb", "")
    if verb not in _VERBS or sum(name == "verb" for name, _ in pairs) != 1:
        raise OaiError("badVerb", "The verb is missing, repeated or none of the protocol's.")
    if len(arguments) < len(pairs) or any(storable(value) != value for _, value in pairs):
        raise OaiError("badArgument", "An argument is repeated or has forbidden characters.")
    must, may = _VERBS[verb]
    given = set(arguments) - {"verb"}
    if verb in _LISTS and _TOKEN in given:
        must, may = {_TOKEN}, set()
    if not must <= given or not given <= must | may:
        needs = f", and needs {_listed(must)}" if must else ""
        raise OaiError("badArgument", f"{verb} takes {_listed(must | may)}{needs}.")
    return arguments


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "no arguments"


class Harvest:
    """The answers to one harvester's request."""

    def __init__(self, archive: Archive, base: str, contact: str) -> None:
        self._archive = archive
        self._base = base
        self._contact = contact
        self._holdings = archive.store.holdings

    def answer(self, arguments: Mapping[str, str]) -> etree._Element:
        """The element of the verb. Raises OaiError."""
        verb = arguments["verb"]
        found = etree.Element(f"{{{OAI}}}{verb}")
        if verb == "Identify":
            self._identify(found)
        elif verb == "ListMetadataFormats":
            self._formats(found, arguments.get("identifier"))
        elif verb == "ListSets":
            self._sets(found, arguments)
        elif verb == "GetRecord":
            self._format_is_known(arguments)
            self._record(found, arguments["identifier"], arguments["metadataPrefix"])
        else:
            self._list(found, verb, arguments)
        return found

    def _identify(self, found: etree._Element) -> None:
        values = (
            ("repositoryName", "Palimpsest"),
            ("baseURL", f"{self._base}/oai"),
            ("protocolVersion", "2.0"),
            ("adminEmail", self._contact),
            ("earliestDatestamp", stamp(self._holdings.earliest() or datetime.now(UTC))),
            ("deletedRecord", "transient"),
            ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        )
        for name, value in values:
            child(found, name, value)

    def _formats(self, found: etree._Element, identifier: str | None) -> None:
        if identifier is not None:
            self._row(identifier)
        for prefix, (schema, namespace) in FORMATS.items():
            one = child(found, "metadataFormat")
            child(one, "metadataPrefix", prefix)
            child(one, "schema", schema)
            child(one, "metadataNamespace", namespace)

    def _sets(self, found: etree._Element, arguments: Mapping[str, str]) -> None:
        if _TOKEN in arguments:
            raise OaiError("badResumptionToken", "The list of sets has one page.")
        for site in self._archive.store.sites():
            one = child(found, "set")
            child(one, "setSpec", set_of(site.name))
            child(one, "setName", site.name)

    def _record(self, found: etree._Element, identifier: str, prefix: str) -> None:
        row = self._row(identifier)
        record = child(found, "record")
        article = None
        if row.status not in NOT_THERE:
            # A pass may have joined it with another since the row was read.
            with suppress(NotFoundError):
                article = self._archive.get(row.id)
        header(record, row, is_deleted=article is None)
        if article is not None:
            write = mets_metadata if prefix == METS_FORMAT else metadata
            write(record, article, self._base)

    def _list(self, found: etree._Element, verb: str, arguments: Mapping[str, str]) -> None:
        asked = read_token(arguments[_TOKEN]) if _TOKEN in arguments else {**arguments, "after": ""}
        self._format_is_known(asked)
        first, last = _span(asked)
        rows = self._holdings.by_id(
            first, last, site=self._site(asked.get("set")), after=asked["after"], limit=PAGE + 1
        )
        if not rows:
            raise OaiError("noRecordsMatch", "No article is that, in that time.")
        for row in rows[:PAGE]:
            if verb == "ListIdentifiers":
                header(found, row, is_deleted=row.status in NOT_THERE)
            else:
                self._record(found, PREFIX + row.id, asked["metadataPrefix"])
        if len(rows) > PAGE:
            child(found, _TOKEN, token(asked, rows[PAGE - 1].id))
        elif _TOKEN in arguments:
            child(found, _TOKEN)  # an empty one ends the list (section 3.5)

    def _row(self, identifier: str) -> Any:
        row = self._holdings.row(identifier.removeprefix(PREFIX))
        if row is None or not identifier.startswith(PREFIX):
            raise OaiError("idDoesNotExist", "There is no article of this identifier.")
        return row

    def _format_is_known(self, asked: Mapping[str, str]) -> None:
        if asked.get("metadataPrefix") not in FORMATS:
            given = " and ".join(FORMATS)
            raise OaiError("cannotDisseminateFormat", f"Articles are given as {given} only.")

    def _site(self, spec: str | None) -> str | None:
        if spec is None:
            return None
        for site in self._archive.store.sites():
            if set_of(site.name) == spec:
                return site.name
        raise OaiError("noRecordsMatch", "There is no such set.")


def _span(asked: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """The moments between which, both included; a day as ``until`` means all of it."""
    first, last = asked.get("from"), asked.get("until")
    if first and last and len(first) != len(last):
        raise OaiError("badArgument", "from and until must be of one granularity.")
    start = _moment(first) if first else None
    end = _moment(last) if last else None
    if last and end:
        end += timedelta(days=1) if len(last) == len("2010-12-09") else _ONE_SECOND
        end -= timedelta(microseconds=1)
    if start and end and start > end:
        raise OaiError("badArgument", "from is later than until.")
    return start, end


def _moment(text: str) -> datetime:
    for form in ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise OaiError("badArgument", "A date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def token(asked: Mapping[str, str], after: str) -> str:
    """The token that goes on after the article ``after``."""
    kept = {name: asked[name] for name in (*_SELECTIVE, "metadataPrefix") if name in asked}
    plain = json.dumps({**kept, "after": after}, sort_keys=True)
    return urlsafe_b64encode(plain.encode()).decode()


def read_token(text: str) -> dict[str, str]:
    """What ``token`` wrote. Raises OaiError for anything else."""
    try:
        found = json.loads(urlsafe_b64decode(text.encode("ascii")))
    except ValueError as error:
        raise OaiError("badResumptionToken", "That token was not given out here.") from error
    known = {*_SELECTIVE, "metadataPrefix", "after"}
    if (
        not isinstance(found, dict)
        or not {"metadataPrefix", "after"} <= set(found) <= known
        or not all(isinstance(value, str) for value in found.values())
    ):
        raise OaiError("badResumptionToken", "That token was not given out here.")
    return found
