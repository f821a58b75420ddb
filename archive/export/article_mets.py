"""One article as METS with PREMIS, for harvesters: what describes it, how it was captured, where
its files are in the archive.

    dmdSec     its Dublin Core
    amdSec     PREMIS: an event for every capture it was read from, one for the repairs of its text
    fileSec    the record (JSON), the evidence (WACZ), the raw exchange of each capture, its
               attachments and images, those with their digests
    structMap  physical: the files; logical: the article with its files

It promises that every address in it is answered by the archive it was given by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from archive.export.mets import XLINK, agent_section, descriptive, event_section, mets, root
from archive.export.record import record
from archive.model import Article


@dataclass(frozen=True, slots=True)
class Located:
    """A file of an article: its ``address`` in the archive, media type (None where it is not told),
    use, and ``digest`` (``sha256:<hex>``, None where there is none of the file itself)."""

    address: str
    media_type: str | None
    use: str
    digest: str | None = None


def article_mets(article: Article, files: list[Located], now: datetime) -> Element:
    """The METS document of the article, whose ``files`` are these."""
    one = record(article)
    found = root()
    found.append(descriptive(1, one))
    found.append(event_section(1, one, now.isoformat()))
    found.append(agent_section())
    groups: dict[str, list[Element]] = {}
    for number, file in enumerate(files, 1):
        groups.setdefault(file.use, []).append(_file(number, file))
    found.append(
        mets("fileSec", *(mets("fileGrp", *held, USE=use) for use, held in groups.items()))
    )
    items = [
        mets("div", _pointer(number), TYPE="Item", LABEL=file.address)
        for number, file in enumerate(files, 1)
    ]
    folder = mets("div", *items, TYPE="Directory", LABEL=article.id)
    found.append(mets("structMap", folder, TYPE="physical"))
    told = {"TYPE": "article", "DMDID": "dmd-1", "ADMID": "amd-article-1"}
    pointers = [_pointer(number) for number in range(1, len(files) + 1)]
    division = mets("div", *pointers, LABEL=one["title"] or one["url"], **told)
    found.append(mets("structMap", division, TYPE="logical"))
    return found


def _pointer(number: int) -> Element:
    return mets("fptr", FILEID=f"file-{number}")


def _file(number: int, file: Located) -> Element:
    place = mets("FLocat", LOCTYPE="URL")
    place.set(f"{{{XLINK}}}href", file.address)
    return mets("file", place, ID=f"file-{number}", **dict(_told(file)))


def _told(file: Located) -> Iterator[tuple[str, str]]:
    if file.media_type is not None:
        yield "MIMETYPE", file.media_type
    if file.digest is not None:
        yield "CHECKSUM", file.digest.removeprefix("sha256:")
        yield "CHECKSUMTYPE", "SHA-256"
