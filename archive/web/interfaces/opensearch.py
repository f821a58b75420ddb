"""OpenSearch 1.1: the reading room as a search engine of the browser, and its results as a feed."""

from __future__ import annotations

from fastapi import APIRouter
from lxml import etree
from starlette.requests import Request
from starlette.responses import Response

from archive.web.language import Speech, language_of

router = APIRouter(include_in_schema=False)

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
MEDIA_TYPE = "application/opensearchdescription+xml"


@router.get("/opensearch.xml")
def opensearch(request: Request) -> Response:
    """Where a search is asked, for browsers and feed readers."""
    base = str(request.base_url).rstrip("/")
    root = etree.Element(_name("OpenSearchDescription"), nsmap={None: OPENSEARCH})  # type: ignore[dict-item]  # lxml's own way
    for tag, text in (
        ("ShortName", "Palimpsest"),
        ("Description", str(Speech(language_of(request))("search.title"))),
        ("InputEncoding", "UTF-8"),
    ):
        etree.SubElement(root, _name(tag)).text = text
    for media_type, path in (("text/html", "/"), ("application/atom+xml", "/feed.atom")):
        template = f"{base}{path}?q={{searchTerms}}"
        etree.SubElement(root, _name("Url"), type=media_type, template=template)
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return Response(body, media_type=MEDIA_TYPE)


def _name(tag: str) -> str:
    return f"{{{OPENSEARCH}}}{tag}"
