"""An article as text, Markdown or HTML to read, with what is known of it and how it is known."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import click

from archive.cli.language import evidenced, flagged, language, say
from archive.cli.output import printable, printable_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.difference import Piece
    from archive.evidence.article import Evidence
    from archive.model import Article, CaptureRow, Certificate
    from archive.witnesses.apparatus import Apparatus

_COLOURS: dict[str, dict[str, Any]] = {
    "same": {},
    "removed": {"fg": "red"},
    "added": {"fg": "green"},
}
STYLE = (
    "del{background:#fdd}ins{background:#dfd;text-decoration:none}"
    ".moved{background:none;outline:1px dashed}body{white-space:pre-wrap}"
)


def facts(article: Article) -> list[tuple[str, str]]:
    """What is known of the article, as (name, value) in the user's language."""
    reading = article.reading
    values = {
        "branch": reading.branch,
        "author": reading.author,
        "source": reading.source,
        "published": reading.published,
        "published_evidence": reading.published_evidence,
        "hits": reading.hits,
        "status": article.status,
        "url": article.url,
        "id": article.id,
        "former_ids": ", ".join(article.former_ids),
        "first_seen": article.first_seen.date(),
        "last_seen": article.last_seen.date(),
        "versions": article.versions,
        "witnesses": ", ".join(f"{one.role} {one.url}" for one in article.witnesses),
        "images": ", ".join(image.url for image in reading.images),
        "attachments": ", ".join(one.name or one.url for one in reading.attachments),
        "repairs": len(reading.repairs) or None,
        "flags": "; ".join(map(flagged, reading.flags)),
    }
    return [
        (say(f"column.{name}"), printable(str(value)))
        for name, value in values.items()
        if value not in (None, "")
    ]


def title(article: Article) -> str:
    """The title as one line that is safe to print."""
    return printable(article.reading.title or say("show.untitled"))


def attached_texts(article: Article) -> list[tuple[str, str]]:
    """Names and texts of the attachments that have any."""
    return [
        (printable(one.name or one.url), one.text)
        for one in article.reading.attachments
        if one.text
    ]


def as_text(article: Article) -> str:
    """The article as plain text."""
    lines = "\n".join(f"{name}{say('show.colon')}{value}" for name, value in facts(article))
    parts = [f"{title(article)}\n\n{lines}", article.reading.text]
    parts += [f"{name}{say('show.colon')}\n{text}" for name, text in attached_texts(article)]
    return "\n\n".join(parts)


def as_markdown(article: Article) -> str:
    """The article as Markdown."""
    lines = "\n".join(f"- {name}{say('show.colon')}{value}" for name, value in facts(article))
    parts = [f"# {title(article)}\n\n{lines}", article.reading.markdown]
    parts += [f"## {name}\n\n{text}" for name, text in attached_texts(article)]
    return "\n\n".join(parts)


def as_html(article: Article) -> str:
    """The article as an HTML document; its body was sanitised when it was read."""
    items = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts(article)
    )
    files = "".join(
        f"\n<section><h2>{escape(name)}</h2><pre>{escape(text)}</pre></section>"
        for name, text in attached_texts(article)
    )
    body = f"<dl>{items}</dl>\n<article>{article.reading.html}</article>{files}"
    return _document(article, body, style="")


def difference_as_html(article: Article, pieces: Sequence[Piece]) -> str:
    """What changed, as an HTML document."""
    from archive.difference import as_html as marked

    return _document(article, f"<article>{marked(pieces)}</article>", style=STYLE)


def difference_on_terminal(pieces: Iterable[Piece]) -> str:
    """What changed, in colours beside the marks, which stay: not everybody sees red and green."""
    from archive.difference import as_text

    return "".join(
        click.style(printable_lines(as_text([piece])), **_COLOURS[piece.kind]) for piece in pieces
    )


def _document(article: Article, body: str, *, style: str) -> str:
    name = escape(article.reading.title or say("show.untitled"))
    sheet = f"<style>{style}</style>" if style else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(article.reading.language or language())}">\n'
        f'<head><meta charset="utf-8"><title>{name}</title>{sheet}</head>\n<body>\n'
        f"<h1>{name}</h1>\n{body}\n</body>\n</html>"
    )


def evidence_lines(found: Sequence[Evidence]) -> list[tuple[str, str]]:
    """The evidence as (name, value), witness after witness."""
    lines: list[tuple[str, str]] = []
    for one in found:
        witness, pointer = one.witness, one.witness.pointer
        decoding = witness.raw.decoding
        lines += [
            (say("column.witness_number"), f"{one.number} {witness.role} {witness.url}"),
            (say("column.captured_at"), witness.captured_at.isoformat()),
            (say("column.file"), f"{pointer.file} @ {pointer.offset} + {pointer.length}"),
            (say("column.record_id"), pointer.record_id),
            (say("column.payload_digest"), pointer.payload_digest),
            (say("column.verified"), one.problem or say("show.verified")),
            (say("column.encoding"), f"{decoding.encoding} ({decoding.rule})"),
            (say("column.published_evidence"), evidenced(witness.raw.published_evidence or "")),
            *_certificate_lines(one.certificate),
        ]
        if witness.brand is not None or witness.kinds:
            marks = f"{witness.brand or ''} {' '.join(witness.kinds)}"
            lines.append((say("column.brand"), marks.strip()))
        lines += [
            (
                say("column.repair"),
                f"{repair.field} {repair.start}-{repair.end}: {repair.before!r} → "
                f"{repair.after!r} ({repair.rule}, {repair.confidence:.2f}: "
                f"{evidenced(repair.evidence)})",
            )
            for repair in one.repairs
        ]
    return [(name, value) for name, value in lines if value]


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
    from archive.export.record import moment

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
            "certificate": _certificate_values(one.certificate),
            "published_evidence": one.witness.raw.published_evidence,
            "repairs": [
                {
                    "field": repair.field,
                    "start": repair.start,
                    "end": repair.end,
                    "before": repair.before,
                    "after": repair.after,
                    "rule": repair.rule,
                    "evidence": repair.evidence,
                    "confidence": repair.confidence,
                }
                for repair in one.repairs
            ],
        }
        for one in found
    ]


def as_apparatus(found: Apparatus) -> str:
    """The witnesses by letter, then each place where they differ, as editors print it: the line,
    the words of the reading, and what each witness has."""
    lines = []
    for one in found.sigla:
        rules = ", ".join(f"{rule} {count}" for rule, count in one.repairs.items())
        undone = "  " + say("show.repaired", rules=rules) if rules else ""
        lines.append(f"{one.letter}  {one.role}  {one.captured_at}  {one.url}{undone}")
    lines.append("")
    for entry in found.entries:
        lemma = f"{entry.before}[{entry.lemma}]{entry.after}"
        lines.append(f"{say('show.line', number=entry.line)}  {lemma}")
        having: dict[str, str] = {}
        for letter, reading in entry.readings.items():
            having[reading] = having.get(reading, "") + letter
        for reading, letters in having.items():
            lines.append(f"  {letters}  {reading or say('show.nothing_there')}")
    if not found.entries:
        lines.append(say("show.no_variants"))
    if found.damages:
        lines += ["", say("show.damaged")]
    for damage in found.damages:
        doubt = "  " + say("show.ambiguous") if damage.ambiguous else ""
        lines.append(f"{say('show.line', number=damage.line)}  [{damage.before}]{doubt}")
        for offer in damage.offers:
            why = [evidenced(told) for told in offer.evidence]
            why += [say("show.excluded", why=evidenced(told)) for told in offer.excluded_by]
            lines.append(f"  {offer.text}" + (f"  ({'; '.join(why)})" if why else ""))
    return "\n".join(lines)
