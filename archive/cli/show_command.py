"""``palimpsest show``: one article to read, as a record, as a reference, or as its evidence."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli import evidence_text, show_text
from archive.cli.group import Help
from archive.cli.options import common_options, form_option, open_existing
from archive.cli.output import note, write_json, write_table
from archive.errors import NotFoundError, UsageError, WarcError
from archive.export.bibliography import CSL, STYLES, citations, record_place
from archive.export.citation import csl_json
from archive.messages.language import say
from archive.messages.printable import printable, printable_lines
from archive.warc import read_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model import Article, Capture
    from archive.store import Archive, Version

FORMATS = ("text", "markdown", "html", "json")
_OF_VIEWS = {
    "--raw": ("text",),
    "--cite": ("text",),
    "--witnesses": ("text", "json"),
    "--captures": ("text", "json"),
    "--evidence": ("text", "json"),
    "--diff": ("text", "html", "json"),
}
"""The formats of what is not the article's text; ``text`` is what it is in unless asked."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What of the article is wanted, and in which form."""

    form: str
    version: int | None
    diff: tuple[int, int] | None
    evidence: bool
    raw: bool
    witness: int | None
    cite: str | None
    witnesses: bool
    captures: bool

    def check(self, articles: int) -> None:
        """UsageError when it is more than one thing, or of more articles than it can be."""
        views = {
            "--version": self.version is not None,
            "--diff": self.diff is not None,
            "--evidence": self.evidence,
            "--raw": self.raw,
            "--cite": self.cite is not None,
            "--witnesses": self.witnesses,
            "--captures": self.captures,
        }
        chosen = [name for name, wanted in views.items() if wanted]
        if len(chosen) > 1:
            raise UsageError(say("show.one_of", options=", ".join(chosen)))
        for name in chosen:
            self._check_form(name)
        if self.witness is not None and not self.raw:
            raise UsageError(say("show.witness_of_raw"))
        if articles > 1 and self.cite is None:
            raise UsageError(say("show.several_cited"))

    def _check_form(self, view: str) -> None:
        forms = _OF_VIEWS.get(view, FORMATS)
        if self.form not in forms:
            others = ", ".join(forms[1:])
            key = "show.forms_of" if others else "show.no_form"
            raise UsageError(say(key, view=view, form=self.form, forms=others))


@click.command(cls=Help, help="show.help")
@click.argument("named", metavar="ID|URL", nargs=-1, required=True)
@click.option("--version", type=click.IntRange(min=1), metavar="N", help="option.version")
@click.option("--diff", type=click.IntRange(min=1), nargs=2, metavar="M N", help="show.diff")
@click.option("--evidence", is_flag=True, help="show.evidence")
@click.option("--raw", is_flag=True, help="show.raw")
@click.option("--witness", type=click.IntRange(min=1), metavar="N", help="show.witness")
@click.option("--witnesses", is_flag=True, help="show.witnesses")
@click.option("--captures", is_flag=True, help="show.captures")
@click.option("--cite", type=click.Choice(STYLES), help="show.cite")
@form_option(*FORMATS)
@common_options
def show(
    named: tuple[str, ...],
    version: int | None,
    diff: tuple[int, int] | None,
    evidence: bool,
    raw: bool,
    witness: int | None,
    witnesses: bool,
    captures: bool,
    cite: str | None,
    form: str,
    data: Path,
) -> int:
    """Print the article; with ``--evidence`` the exit code tells of records that are not right."""
    wish = _Wish(form, version, diff, evidence, raw, witness, cite, witnesses, captures)
    wish.check(len(named))
    with open_existing(data) as archive:
        if wish.captures:
            _captures(archive, named[0], form)
            return 0
        if wish.raw and (row := archive.store.holdings.capture(named[0])) is not None:
            _exchange(read_at(archive.warc_dir, row.pointer))
            return 0
        articles = [_named(archive, one) for one in named]
        if wish.cite is not None:
            _cite(articles, wish.cite)
            return 0
        (article,) = articles
        if wish.evidence:
            return _evidence(archive, article, form)
        if wish.raw:
            _raw(archive, article, witness)
        elif wish.witnesses:
            _apparatus(article, form)
        elif wish.diff is not None:
            _diff(archive, article, wish.diff, form)
        else:
            _read(article if version is None else _at_version(archive, article, version), form)
    return 0


def _named(archive: Archive, id_or_url: str) -> Article:
    try:
        article = archive.get(id_or_url)
    except NotFoundError:
        if archive.store.holdings.captures_of(id_or_url):
            note(say("show.only_captured", url=id_or_url))
        raise
    if id_or_url in (*article.former_ids, *article.address_ids):
        note(say("show.called", id=id_or_url, now=article.id))
    return article


def _captures(archive: Archive, id_or_url: str, form: str) -> None:
    """Every capture of an address: the one given, else the article's witnesses'."""
    from archive.evidence.address import captures_named

    found = captures_named(archive, id_or_url)
    values = evidence_text.capture_values(found)
    if form == "json":
        write_json(values)
        return
    titles = tuple(say(f"column.{name}") for name in evidence_text.CAPTURE_COLUMNS)
    write_table(titles, [tuple(one.values()) for one in values])


def _read(article: Article, form: str) -> None:
    from archive.export import record

    if form == "json":
        write_json(record(article))
    elif form == "html":
        click.echo(show_text.as_html(article))
    elif form == "markdown":
        _echo(show_text.as_markdown(article))
    else:
        _echo(show_text.as_text(article))


def _apparatus(article: Article, form: str) -> None:
    from archive.witnesses.apparatus import apparatus

    found = apparatus(article)
    if form == "json":
        write_json(asdict(found))
    else:
        _echo(show_text.as_apparatus(found))


def _echo(text: str) -> None:
    click.echo(printable_lines(text) if sys.stdout.isatty() else text)


def _version(archive: Archive, article: Article, number: int) -> Version:
    versions = archive.store.versions(article.id)
    for version in versions:
        if version.number == number:
            return version
    raise NotFoundError(say("show.no_version", id=article.id, number=number, count=len(versions)))


def _at_version(archive: Archive, article: Article, number: int) -> Article:
    """The article as it read in that version."""
    version = _version(archive, article, number)
    return replace(
        article,
        reading=version.reading,
        first_seen=version.first_seen,
        last_seen=version.last_seen,
    )


def _diff(archive: Archive, article: Article, numbers: tuple[int, int], form: str) -> None:
    from archive.difference import as_text, pieces, same_words

    readings = (_version(archive, article, number).reading for number in numbers)
    old, new = (f"{one.title or ''}\n\n{one.text}" for one in readings)
    found = pieces(old, new)
    if old != new and same_words(old, new):
        note(say("show.same_words"))
    if form == "json":
        write_json([asdict(piece) for piece in found])
    elif form == "html":
        click.echo(show_text.difference_as_html(article, found))
    elif sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        click.echo(show_text.difference_on_terminal(found))
    else:
        _echo(as_text(found))


def _evidence(archive: Archive, article: Article, form: str) -> int:
    from archive.evidence.article import evidence

    found = evidence(archive, article)
    if form == "json":
        write_json(evidence_text.evidence_values(found))
    else:
        titles = (say("column.field"), say("column.value"))
        write_table(titles, evidence_text.evidence_lines(found))
    return WarcError.exit_code if any(one.problem for one in found) else 0


def _raw(archive: Archive, article: Article, witness: int | None) -> None:
    from archive.evidence.article import exchange

    _exchange(exchange(archive, article, witness))


def _exchange(capture: Capture) -> None:
    sys.stdout.buffer.write(capture.request + capture.response)
    sys.stdout.buffer.flush()


def _cite(articles: Sequence[Article], style: str) -> None:
    if style == CSL:
        write_json([csl_json(one, record_place(one)) for one in articles])
        return
    lines = "".join(citations(articles, style)).splitlines()
    click.echo("\n".join(map(printable, lines)))
