"""``palimpsest search``: articles with all the words, as a table or for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from archive.cli.group import Help
from archive.cli.language import say
from archive.cli.options import common_options, filter_options, open_existing
from archive.cli.output import (
    note,
    printable,
    write_csv,
    write_json,
    write_json_lines,
    write_table,
)

if TYPE_CHECKING:
    from archive.search import Hit
    from archive.search.snippet import Snippet
    from archive.store import Filters

COLUMNS = ("id", "published", "status", "site", "branch", "title", "url", "score", "snippet")
DEFAULT_LIMIT = 20


@click.command(cls=Help, help="search.help")
@click.argument("words", nargs=-1, required=True, metavar="QUERY")
@filter_options
@click.option(
    "--limit", type=int, default=DEFAULT_LIMIT, show_default=True, metavar="N", help="option.limit"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "jsonl", "csv")),
    default="table",
    show_default=True,
    help="option.format",
)
@common_options
def search(words: tuple[str, ...], filters: Filters, limit: int, form: str, data: Path) -> None:
    """Search and print."""
    from archive.search import count, find

    query = " ".join(words)
    with open_existing(data) as archive:
        hits = find(archive.store, query, filters, limit=limit)
        total = count(archive.store, query, filters)
    if form == "table":
        _print_table(hits)
    elif form == "json":
        write_json({"query": query, "total": total, "hits": [_plain(hit) for hit in hits]})
    elif form == "jsonl":
        write_json_lines(_plain(hit) for hit in hits)
    else:
        write_csv(COLUMNS, (_plain(hit) for hit in hits))
    note(say("search.total", shown=len(hits), total=total))


def _plain(hit: Hit) -> dict[str, Any]:
    values = {
        "id": hit.id,
        "published": None if hit.published is None else hit.published.isoformat(),
        "status": hit.status,
        "site": hit.site,
        "branch": hit.branch,
        "title": hit.title.text,
        "url": hit.url,
        "score": round(hit.score, 6),
        "snippet": hit.snippet.text,
    }
    return {column: values[column] for column in COLUMNS}


def _print_table(hits: list[Hit]) -> None:
    if not hits:
        return
    titles = [say(f"column.{name}") for name in ("id", "published", "branch", "status", "title")]
    rows = (
        (hit.id, hit.published, hit.branch, hit.status, _title_and_snippet(hit)) for hit in hits
    )
    write_table(titles, rows)


def _title_and_snippet(hit: Hit) -> Text:
    title = _marked(hit.title, "bold")
    return title.append("  ").append_text(_marked(hit.snippet, "dim"))


def _marked(snippet: Snippet, style: str) -> Text:
    # Each character becomes exactly one, so that the marks stay where they are.
    text = Text(printable(snippet.text), style=style)
    for start, end in snippet.marks:
        text.stylize("bold reverse", start, end)
    return text
