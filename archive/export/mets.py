"""What lies in a bag, told as digital preservation systems read it: METS with PREMIS.

    metsHdr      who made it, when
    dmdSec       Dublin Core of each article
    amdSec       PREMIS: for each file an object (size, digest, format); for each article an event
                 for every capture it was read from, and one for the changes that undid a mirror's
    fileSec      every file of the bag
    structMap    physical: the files; logical: an article a div, with the bytes of each WARC
                 record it was read from

Written with lxml: METS 1.12 (Library of Congress), PREMIS 3.0. It promises to hold one article in
memory at a time, however many there are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import etree
from lxml.etree import _Element as Element

METS = "http://www.loc.gov/METS/"
PREMIS = "http://www.loc.gov/premis/v3"
DC = "http://purl.org/dc/elements/1.1/"
XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {"mets": METS, "premis": PREMIS, "dc": DC, "xlink": XLINK, "xsi": XSI}

SOFTWARE = "Palimpsest"
MEDIA_TYPES = {".jsonl": "application/x-ndjson", ".csv": "text/csv"}
WARC_TYPE = "application/warc"

_DC_OF = {
    "title": "title",
    "author": "creator",
    "source": "publisher",
    "branch": "subject",
    "published": "date",
    "language": "language",
    "url": "source",
    "id": "identifier",
}

Record = dict[str, Any]


def _element(space: str, name: str, *content: Element | str, **attributes: str) -> Element:
    made = etree.Element(f"{{{space}}}{name}", attributes)
    for one in content:
        if isinstance(one, str):
            made.text = one
        else:
            made.append(one)
    return made


mets = partial(_element, METS)
"""Makes an element of METS."""
_P = partial(_element, PREMIS)
_D = partial(_element, DC)


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the bag: its path below ``data``, size in bytes, SHA-256 in hex."""

    number: int
    path: str
    size: int
    sha256: str

    @property
    def id(self) -> str:
        return f"file-{self.number}"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(Path(self.path).suffix, WARC_TYPE)


def write_mets(bag: Path) -> None:
    """Write ``bag/mets.xml`` about the files in ``bag`` and the articles in its
    ``articles.jsonl``. Raises OSError."""
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    files = list(_files(bag))
    with (bag / "mets.xml").open("wb") as target, etree.xmlfile(target, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{METS}}}mets", nsmap=NAMESPACES):
            _write(xml, _header(now))
            for number, one in _records(bag):
                _write(xml, descriptive(number, one))
            for file in files:
                _write(xml, mets("amdSec", _technical(file), ID=f"amd-{file.id}"))
            for number, one in _records(bag):
                _write(xml, event_section(number, one, now))
            _write(xml, agent_section())
            _write(xml, _file_section(files))
            _write(xml, _folder(files))
            by_path = {file.path: file.id for file in files}
            whole = xml.element(f"{{{METS}}}div", TYPE="collection")
            with xml.element(f"{{{METS}}}structMap", TYPE="logical"), whole:
                for number, one in _records(bag):
                    _write(xml, _division(number, one, by_path))


def _write(xml: Any, element: Element) -> None:
    """Write an element with the namespaces of the document (lxml would declare them anew)."""
    with xml.element(element.tag, element.attrib):
        if element.text:
            xml.write(element.text)
        for child in element:
            _write(xml, child)


def _records(bag: Path) -> Iterator[tuple[int, Record]]:
    with (bag / "articles.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield number, json.loads(line)


def _files(bag: Path) -> Iterator[_File]:
    paths = sorted(path for path in bag.rglob("*") if path.is_file())
    for number, path in enumerate(paths, 1):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        yield _File(number, path.relative_to(bag).as_posix(), path.stat().st_size, digest)


def _header(now: str) -> Element:
    agent = mets(
        "agent", mets("name", SOFTWARE), ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE"
    )
    return mets("metsHdr", agent, CREATEDATE=now)


def descriptive(number: int, one: Record) -> Element:
    """The Dublin Core of the record numbered so."""
    told = [_D(term, str(one[key])) for key, term in _DC_OF.items() if one[key] is not None]
    return mets("dmdSec", mets("mdWrap", mets("xmlData", *told), MDTYPE="DC"), ID=f"dmd-{number}")


def event_section(number: int, one: Record, now: str) -> Element:
    """How the record numbered so came about."""
    return mets("amdSec", *_events(number, one, now), ID=f"amd-article-{number}")


def agent_section() -> Element:
    """Who made the events."""
    return mets("amdSec", _agent(), ID="amd-agent")


def root() -> Element:
    """A document without content."""
    found = etree.Element(f"{{{METS}}}mets", nsmap=NAMESPACES)
    found.append(_header(datetime.now(UTC).replace(microsecond=0).isoformat()))
    return found


def _technical(file: _File) -> Element:
    is_warc = file.media_type == WARC_TYPE
    fixity = _P("fixity", _P("messageDigestAlgorithm", "SHA-256"), _P("messageDigest", file.sha256))
    name = "WARC" if is_warc else file.media_type
    kind = _P("format", _P("formatDesignation", _P("formatName", name)))
    told = _P(
        "object",
        _identifier("object", file.path),
        _P("objectCharacteristics", fixity, _P("size", str(file.size)), kind),
        _P("originalName", Path(file.path).name),
    )
    told.set(f"{{{XSI}}}type", "premis:file")
    return mets("techMD", _wrapped("PREMIS:OBJECT", told), ID=f"tech-{file.number}")


def _events(number: int, one: Record, now: str) -> Iterator[Element]:
    """A capture event for each witness, and one for all repairs of the text (the repairs
    themselves are in articles.jsonl). Terms are those of the Library of Congress's vocabulary of
    event types."""
    for place, witness in enumerate(one["witnesses"], 1):
        warc = witness["warc"]
        detail = (
            f"{witness['url']}: record of {warc['length']} bytes at offset {warc['offset']} of "
            f"{warc['file']}, payload {warc['payload_digest']}, role {witness['role']}"
        )
        name = f"event-{number}-{place}"
        yield _event(name, "capture", witness["captured_at"], detail, warc["file"])
    if one["repairs"]:
        rules = sorted({repair["rule"] for repair in one["repairs"]})
        detail = f"article {one['id']}: {len(one['repairs'])} repairs by {', '.join(rules)}"
        yield _event(f"event-{number}-repairs", "modification", now, detail, "articles.jsonl")


def _event(name: str, kind: str, moment: str, detail: str, path: str) -> Element:
    told = _P(
        "event",
        _identifier("event", name),
        _P("eventType", kind),
        _P("eventDateTime", moment),
        _P("eventDetailInformation", _P("eventDetail", detail)),
        _linked("Agent", SOFTWARE),
        _linked("Object", path),
    )
    return mets("digiprovMD", _wrapped("PREMIS:EVENT", told), ID=name)


def _agent() -> Element:
    told = _P(
        "agent",
        _identifier("agent", SOFTWARE),
        _P("agentName", SOFTWARE),
        _P("agentType", "software"),
    )
    return mets("digiprovMD", _wrapped("PREMIS:AGENT", told), ID="agent-1")


def _identifier(what: str, value: str) -> Element:
    kind, identifier = f"{what}IdentifierType", f"{what}IdentifierValue"
    return _P(f"{what}Identifier", _P(kind, "local"), _P(identifier, value))


def _linked(what: str, value: str) -> Element:
    return _P(
        f"linking{what}Identifier",
        _P(f"linking{what}IdentifierType", "local"),
        _P(f"linking{what}IdentifierValue", value),
    )


def _wrapped(kind: str, told: Element) -> Element:
    return mets("mdWrap", mets("xmlData", told), MDTYPE=kind)


def _file_section(files: list[_File]) -> Element:
    groups: dict[str, list[Element]] = {"evidence": [], "articles": []}
    for file in files:
        place = mets("FLocat", LOCTYPE="URL")
        place.set(f"{{{XLINK}}}href", quote(file.path))
        told = {"ID": file.id, "ADMID": f"amd-{file.id}", "MIMETYPE": file.media_type}
        told |= {"SIZE": str(file.size), "CHECKSUM": file.sha256, "CHECKSUMTYPE": "SHA-256"}
        use = "evidence" if file.media_type == WARC_TYPE else "articles"
        groups[use].append(mets("file", place, **told))
    return mets(
        "fileSec", *(mets("fileGrp", *held, USE=use) for use, held in groups.items() if held)
    )


def _folder(files: list[_File]) -> Element:
    items = [
        mets("div", mets("fptr", FILEID=file.id), TYPE="Item", LABEL=file.path) for file in files
    ]
    return mets("structMap", mets("div", *items, TYPE="Directory", LABEL="data"), TYPE="physical")


def _division(number: int, one: Record, by_path: dict[str, str]) -> Element:
    told = {"TYPE": "article", "DMDID": f"dmd-{number}", "ADMID": f"amd-article-{number}"}
    pointers = [
        mets(
            "fptr",
            mets(
                "area",
                FILEID=by_path[witness["warc"]["file"]],
                BEGIN=str(witness["warc"]["offset"]),
                BETYPE="BYTE",
                EXTENT=str(witness["warc"]["length"]),
                EXTTYPE="BYTE",
            ),
        )
        for witness in one["witnesses"]
    ]
    return mets("div", *pointers, LABEL=one["title"] or one["url"], **told)
