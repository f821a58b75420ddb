"""The questions of Wayback machines (``q=type:urlquery url:…``) and their answers in XML.

OpenWayback asks its remote indexes so, pywb does with ``xmlquery+http://…``, and OutbackCDX answers
them (OpenSearch 1.1 queries; the elements are those of OpenWayback's RemoteResourceIndex). It
promises well-formed XML whatever an address or a media type holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote_plus

from lxml import etree
from lxml.etree import _Element as Element

from archive.store.characters import storable
from archive.web.interfaces.cdx_question import CdxError, CdxQuestion, Line

_MATCH_OF = {"urlquery": "exact", "prefixquery": "prefix"}
_NAME_OF = {
    "compressedoffset": "offset",
    "compressedendoffset": "length",
    "mimetype": "mime",
    "file": "filename",
    "urlkey": "urlkey",
    "digest": "digest",
    "httpresponsecode": "status",
    "url": "url",
    "capturedate": "timestamp",
}


@dataclass(frozen=True, slots=True)
class XmlQuestion:
    """``kind`` is urlquery (each capture of an address) or prefixquery (each address below one)."""

    kind: str
    question: CdxQuestion

    @classmethod
    def parse(cls, text: str) -> XmlQuestion:
        """The question in ``q``: words of the form ``name:value``. Raises CdxError."""
        words = dict(word.partition(":")[::2] for word in text.split())
        kind = words.get("type", "urlquery").lower()
        if kind not in _MATCH_OF:
            raise CdxError("type is urlquery or prefixquery")
        asked = [("url", unquote_plus(words.get("url", ""))), ("matchType", _MATCH_OF[kind])]
        names = {"limit": "limit", "startdate": "from", "enddate": "to"}
        asked += [(to, words[name]) for name, to in names.items() if name in words]
        return cls(kind, CdxQuestion.parse(asked))

    def written(self, lines: Iterable[Line]) -> bytes:
        """The answer as a document."""
        root = etree.Element("wayback")
        request = etree.SubElement(root, "request")
        _add(request, "type", self.kind)
        _add(request, "url", self.question.url)
        _add(request, "resultsrequested", str(self.question.limit))
        results = etree.SubElement(root, "results")
        results.extend(_captures(lines) if self.kind == "urlquery" else _addresses(lines))
        _add(request, "numreturned", str(len(results)))
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _captures(lines: Iterable[Line]) -> Iterator[Element]:
    for line in lines:
        row = etree.Element("result")
        for name, key in _NAME_OF.items():
            _add(row, name, line.get(key, "-"))
        yield row


def _addresses(lines: Iterable[Line]) -> Iterator[Element]:
    """One result an address; its lines come together, in the order of their moments."""
    for key, group in groupby(lines, key=lambda line: line["urlkey"]):
        captures = list(group)
        row = etree.Element("result")
        _add(row, "urlkey", key)
        _add(row, "originalurl", captures[0]["url"])
        _add(row, "numcaptures", str(len(captures)))
        _add(row, "numversions", str(len({line.get("digest") for line in captures})))
        _add(row, "firstcapturets", captures[0]["timestamp"])
        _add(row, "lastcapturets", captures[-1]["timestamp"])
        yield row


def _add(parent: Element, name: str, value: str) -> None:
    etree.SubElement(parent, name).text = storable(value)
