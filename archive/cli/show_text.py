"""An article as text, Markdown or HTML to read, with what is known of it and how it is known."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import click

from archive.messages.language import evidenced, flagged, language, say
from archive.messages.printable import printable, printable_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.difference import Piece
    from archive.model import Article
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
