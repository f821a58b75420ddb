"""What an article rests on, told: its captures, certificates, repairs, and what was left out.

It promises to tell the same to people (lines in their language) and to programs (plain values).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.messages.language import evidenced, say
from archive.messages.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.evidence.article import Evidence
    from archive.model import CaptureRow, Certificate, PagePart, Repair


def evidence_lines(found: Sequence[Evidence]) -> list[tuple[str, str]]:
    """The evidence as (name, value), witness after witness."""
    lines: list[tuple[str, str]] = []
    for one in found:
        witness, pointer = one.witness, one.witness.pointer
        decoding = witness.raw.decoding
        lines += [
            (say("column.witness_number"), _named(one)),
            (say("column.captured_at"), witness.captured_at.isoformat()),
            (say("column.file"), f"{pointer.file} @ {pointer.offset} + {pointer.length}"),
            (say("column.record_id"), pointer.record_id),
            (say("column.payload_digest"), pointer.payload_digest),
            (say("column.verified"), one.problem or say("show.verified")),
            (say("column.encoding"), f"{decoding.encoding} ({decoding.rule})"),
            (say("column.published_evidence"), evidenced(witness.raw.published_evidence or "")),
            *_certificate_lines(one.certificate),
            *((say("column.page"), _page(page)) for page in witness.raw.pages),
        ]
        if witness.brand is not None or witness.kinds:
            marks = f"{witness.brand or ''} {' '.join(witness.kinds)}"
            lines.append((say("column.brand"), marks.strip()))
        lines += [(say("column.repair"), _told(repair)) for repair in one.repairs]
        lines += [(say("column.collated"), _told(repair)) for repair in one.collated]
        lines += [
            (
                say("column.removal"),
                f"{removal.text!r} ({removal.rule}: {evidenced(removal.evidence)})",
            )
            for removal in witness.clean.removals
        ]
    return [(name, value) for name, value in lines if value]


def _named(one: Evidence) -> str:
    named = f"{one.number} {one.witness.role} {one.witness.url}"
    return f"{named} ({say('show.is_read')})" if one.is_read else named


def _page(page: PagePart) -> str:
    if page.pointer is None:
        return f"{page.url} ({say('show.not_kept')})"
    place = page.pointer
    return f"{page.url}: {place.file} @ {place.offset} + {place.length}"


def _told(repair: Repair) -> str:
    return (
        f"{repair.field} {repair.start}-{repair.end}: {repair.before!r} → {repair.after!r} "
        f"({repair.rule}, {repair.confidence:.2f}: {evidenced(repair.evidence)})"
    )


CAPTURE_COLUMNS = (
    "captured_at",
    "answer",
    "url",
    "payload_digest",
    "file",
    "offset",
    "length",
    "record_id",
)


def capture_values(rows: Iterable[CaptureRow]) -> list[dict[str, Any]]:
    """The captures as plain values, by CAPTURE_COLUMNS."""
    return [
        dict(
            zip(
                CAPTURE_COLUMNS,
                (
                    row.captured_at.isoformat(),
                    row.error or row.status,
                    row.url,
                    row.pointer.payload_digest,
                    row.pointer.file,
                    row.pointer.offset,
                    row.pointer.length,
                    row.pointer.record_id,
                ),
                strict=True,
            )
        )
        for row in rows
    ]


def _certificate_lines(shown: Certificate | None) -> list[tuple[str, str]]:
    from archive.evidence.certificates import identity

    if shown is None:
        return []
    trust = say("show.trusted" if shown.trusted else "show.untrusted")
    lines = [(say("column.certificate"), f"{shown.digest} ({trust})")]
    if said := identity(shown):
        span = f"{said.not_before.date()} – {said.not_after.date()}"
        lines += [
            (say("column.certificate_subject"), printable(said.subject)),
            (say("column.certificate_names"), printable(", ".join(said.names))),
            (say("column.certificate_issuer"), f"{printable(said.issuer)}, {span}"),
        ]
    return lines


def _certificate_values(shown: Certificate | None) -> dict[str, object] | None:
    from archive.evidence.certificates import identity, pem
    from archive.export.record import moment

    if shown is None:
        return None
    said = identity(shown)
    return {
        "digest": shown.digest,
        "trusted": shown.trusted,
        "subject": said.subject if said else None,
        "issuer": said.issuer if said else None,
        "names": list(said.names) if said else [],
        "not_before": moment(said.not_before) if said else None,
        "not_after": moment(said.not_after) if said else None,
        "pem": pem(shown) or None,
    }


def evidence_values(found: Sequence[Evidence]) -> list[dict[str, object]]:
    """The evidence for programs."""
    from archive.export.record import moment, page_values, removal_values, repair_values

    return [
        {
            "witness": one.number,
            "url": one.witness.url,
            "role": one.witness.role,
            "captured_at": moment(one.witness.captured_at),
            "file": one.witness.pointer.file,
            "offset": one.witness.pointer.offset,
            "length": one.witness.pointer.length,
            "record_id": one.witness.pointer.record_id,
            "payload_digest": one.witness.pointer.payload_digest,
            "problem": one.problem,
            "pages": [page_values(page) for page in one.witness.raw.pages],
            "certificate": _certificate_values(one.certificate),
            "published_evidence": one.witness.raw.published_evidence,
            "is_read": one.is_read,
            "repairs": [repair_values(repair) for repair in one.repairs],
            "collated": [repair_values(repair) for repair in one.collated],
            "removals": [removal_values(removal) for removal in one.witness.clean.removals],
        }
        for one in found
    ]
