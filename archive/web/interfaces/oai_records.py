"""An article as an OAI-PMH record: its header, and its Dublin Core or METS."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from archive.export.article_mets import Located, article_mets
from archive.export.dublin_core import dublin_core
from archive.export.record import moment
from archive.model import Article, Attachment, Image
from archive.store.characters import storable
from archive.store.holdings import ArticleRow
from archive.web.links import article_page, exchange_file, kept_file
from archive.web.told import told

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PREFIX = "oai:palimpsest:"


def child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """A new element of the protocol's namespace below ``parent``."""
    found = etree.SubElement(parent, f"{{{OAI}}}{name}")
    if text is not None:
        found.text = storable(text)
    return found


def stamp(when: datetime) -> str:
    """A moment as the protocol writes it, to the second (section 3.3)."""
    return moment(when.replace(microsecond=0))


def set_of(site: str) -> str:
    """A setSpec for a site: its name where the protocol allows it, else its bytes in hex."""
    plain = site.isascii() and all(c.isalnum() or c in "-_.!~*'()" for c in site)
    return site if plain else f"x-{site.encode().hex()}"


def header(parent: etree._Element, row: ArticleRow, *, is_deleted: bool) -> None:
    """The header of a record; that of an article that is not there any more says so."""
    found = child(parent, "header")
    if is_deleted:
        found.set("status", "deleted")
    child(found, "identifier", PREFIX + row.id)
    child(found, "datestamp", stamp(row.changed))
    child(found, "setSpec", set_of(row.site))


def metadata(parent: etree._Element, article: Article, base: str) -> None:
    """The article in unqualified Dublin Core; what is unknown is left out."""
    root = etree.SubElement(
        child(parent, "metadata"), f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC}
    )
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {OAI_DC_SCHEMA}")
    for name, value in dublin_core(article, f"{base}{article_page(article.id)}"):
        etree.SubElement(root, f"{{{DC}}}{name}").text = storable(value)


def mets_metadata(parent: etree._Element, article: Article, base: str) -> None:
    """The article in METS, with the addresses of its files in this archive."""
    now = datetime.now(UTC).replace(microsecond=0)
    child(parent, "metadata").append(article_mets(told(article), list(_files(article, base)), now))


def _files(article: Article, base: str) -> Iterator[Located]:
    page = f"{base}{article_page(article.id)}"
    yield Located(f"{base}/api/v1/articles/{article.id}", "application/json", "article")
    yield Located(f"{page}/evidence.wacz", "application/wacz", "evidence")
    for witness in article.witnesses:
        address = f"{base}{exchange_file(witness.pointer.record_id)}"
        yield Located(address, "application/octet-stream", "evidence")
    assets: list[Attachment | Image] = [*article.reading.attachments, *article.reading.images]
    for asset in assets:
        if asset.digest is not None:
            yield Located(base + kept_file(article.site, asset.url), None, "asset", asset.digest)
