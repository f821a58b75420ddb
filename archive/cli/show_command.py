"""``palimpsest show``: one article to read, or as a record."""

from __future__ import annotations

import sys
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help
from archive.cli.language import language, say
from archive.cli.options import common_options, open_existing
from archive.cli.output import printable, printable_lines, write_json
from archive.errors import NotFoundError

if TYPE_CHECKING:
    from archive.model import Article
    from archive.store import Store

FORMATS = ("text", "markdown", "html", "json")


@click.command(cls=Help, help="show.help")
@click.argument("id_or_url", metavar="ID|URL")
@click.option("--version", type=click.IntRange(min=1), metavar="N", help="option.version")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="option.format",
)
@common_options
def show(id_or_url: str, version: int | None, form: str, data: Path) -> None:
    """Print the article."""
    from archive.export import record

    with open_existing(data) as archive:
        article = archive.store.article(id_or_url)
        if version is not None:
            article = _at_version(archive.store, article, version)
    if form == "json":
        write_json(record(article))
    elif form == "html":
        click.echo(_html(article))
    else:
        text = _markdown(article) if form == "markdown" else _text(article)
        click.echo(printable_lines(text) if sys.stdout.isatty() else text)


def _at_version(store: Store, article: Article, number: int) -> Article:
    """The article as it read in that version."""
    versions = store.versions(article.id)
    for version in versions:
        if version.number == number:
            return replace(
                article,
                reading=version.reading,
                first_seen=version.first_seen,
                last_seen=version.last_seen,
            )
    raise NotFoundError(say("show.no_version", id=article.id, number=number, count=len(versions)))


def _facts(article: Article) -> list[tuple[str, str]]:
    reading = article.reading
    values = {
        "branch": reading.branch,
        "author": reading.author,
        "source": reading.source,
        "published": reading.published,
        "hits": reading.hits,
        "status": article.status,
        "url": article.url,
        "id": article.id,
        "versions": article.versions,
        "witnesses": ", ".join(f"{one.role} {one.url}" for one in article.witnesses),
        "images": ", ".join(image.url for image in reading.images),
        "attachments": ", ".join(one.name or one.url for one in reading.attachments),
        "repairs": len(reading.repairs) or None,
    }
    return [
        (say(f"column.{name}"), printable(str(value)))
        for name, value in values.items()
        if value not in (None, "")
    ]


def _text(article: Article) -> str:
    title = printable(article.reading.title or say("show.untitled"))
    facts = "\n".join(f"{name}{say('show.colon')}{value}" for name, value in _facts(article))
    return f"{title}\n\n{facts}\n\n{article.reading.text}"


def _markdown(article: Article) -> str:
    title = printable(article.reading.title or say("show.untitled"))
    facts = "\n".join(f"- {name}{say('show.colon')}{value}" for name, value in _facts(article))
    return f"# {title}\n\n{facts}\n\n{article.reading.markdown}"


def _html(article: Article) -> str:
    title = escape(article.reading.title or say("show.untitled"))
    facts = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in _facts(article)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(article.reading.language or language())}">\n'
        f'<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
        f"<h1>{title}</h1>\n<dl>{facts}</dl>\n<article>{article.reading.html}</article>\n"
        "</body>\n</html>"
    )
