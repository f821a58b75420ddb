"""One article as the record that every export and the API give: one row an article.

Keys and their order are fixed by the design; unknown values are null, never an empty guess.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from archive.model import (
    Article,
    Attachment,
    Image,
    PagePart,
    Removal,
    Repair,
    WarcPointer,
    Witness,
)

Record = dict[str, Any]


def record(article: Article) -> Record:
    """The article as plain values that JSON can hold."""
    reading = article.reading
    return {
        "id": article.id,
        "url": article.url,
        "site": article.site,
        "branch": reading.branch,
        "title": reading.title,
        "author": reading.author,
        "source": reading.source,
        "published": None if reading.published is None else reading.published.isoformat(),
        "published_evidence": reading.published_evidence,
        "hits": reading.hits,
        "text": reading.text,
        "markdown": reading.markdown,
        "language": reading.language,
        "images": [_image(image) for image in reading.images],
        "attachments": [_attachment(attachment) for attachment in reading.attachments],
        "status": article.status,
        "first_seen": moment(article.first_seen),
        "last_seen": moment(article.last_seen),
        "versions": article.versions,
        "witnesses": [_witness(witness) for witness in article.witnesses],
        "repairs": [repair_values(repair) for repair in reading.repairs],
        "former_ids": list(article.former_ids),
        "gone_since": None if article.gone_since is None else article.gone_since.isoformat(),
    }


def moment(time: datetime) -> str:
    """``2010-12-09T08:00:00Z``, with a fraction only where there is one (RFC 3339)."""
    return time.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _image(image: Image) -> Record:
    return {"url": image.url, "alt": image.alt, "digest": image.digest}


def _attachment(attachment: Attachment) -> Record:
    return {"url": attachment.url, "name": attachment.name, "digest": attachment.digest}


def _witness(witness: Witness) -> Record:
    return {
        "url": witness.url,
        "role": witness.role,
        "captured_at": moment(witness.captured_at),
        "brand": witness.brand,
        "kinds": list(witness.kinds),
        "warc": _place(witness.pointer),
        "pages": [page_values(page) for page in witness.raw.pages],
    }


def page_values(page: PagePart) -> Record:
    """One of several pages that a witness stands on; without time and place where it is missing."""
    return {
        "url": page.url,
        "captured_at": None if page.captured_at is None else moment(page.captured_at),
        "warc": None if page.pointer is None else _place(page.pointer),
    }


def _place(pointer: WarcPointer) -> Record:
    return {
        "file": pointer.file,
        "offset": pointer.offset,
        "length": pointer.length,
        "payload_digest": pointer.payload_digest,
    }


def repair_values(repair: Repair) -> Record:
    """One repair as the record has it."""
    return {
        "field": repair.field,
        "start": repair.start,
        "end": repair.end,
        "before": repair.before,
        "after": repair.after,
        "rule": repair.rule,
        "evidence": repair.evidence,
        "confidence": repair.confidence,
    }


def removal_values(removal: Removal) -> Record:
    """One removal, where a record tells of what was left out."""
    return {
        "text": removal.text,
        "rule": removal.rule,
        "evidence": removal.evidence,
        "place": removal.place,
    }
