"""``palimpsest search``: articles with all the words, as a table or for programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from archive.cli.group import Help
from archive.cli.options import common_options, filter_options, form_option, open_for
from archive.cli.output import note, write_csv, write_json, write_json_lines, write_table
from archive.cli.search_hints import meant
from archive.messages.language import say
from archive.messages.printable import printable

if TYPE_CHECKING:
    from archive.search.results import Facets, Hit, Order, Results
    from archive.search.snippet import Snippet
    from archive.store import Filters

COLUMNS = ("id", "published", "status", "site", "branch", "title", "url", "score", "snippet")
ORDERS = ("relevance", "newest", "oldest")
DEFAULT_LIMIT = 20
SHOWN_FACETS = 10  # values of a facet in a table; programs get all


@click.command(cls=Help, help="search.help")
@click.argument("words", nargs=-1, required=True, metavar="QUERY")
@filter_options
@click.option(
    "--order",
    type=click.Choice(ORDERS),
    default="relevance",
    show_default=True,
    help="search.order",
)
@click.option("--save", metavar="NAME", help="search.save")
@click.option("--facets", is_flag=True, help="search.facets")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=DEFAULT_LIMIT,
    show_default=True,
    metavar="N",
    help="option.limit",
)
@form_option("table", "json", "jsonl", "csv")
@common_options
def search(
    words: tuple[str, ...],
    filters: Filters,
    order: Order,
    save: str | None,
    limit: int,
    facets: bool,
    form: str,
    data: Path,
) -> None:
    """Search and print."""
    with open_for(data, filters) as archive:
        query, filters = archive.store.saved.recalled(" ".join(words), filters)
        if save is not None:
            name = archive.store.saved.put(save, query, filters).name
            note(say("search.saved", name=name))
        found = archive.search(query, filters, order=order, limit=limit, facets=facets)
        hints = [] if found.total else meant(archive, query, filters)
    if form == "table":
        _print_table(found.hits)
        _print_facets(found.facets)
    elif form == "json":
        write_json(_whole(found))
    elif form == "jsonl":
        write_json_lines(_plain(hit) for hit in found)
    else:
        write_csv(COLUMNS, (_plain(hit) for hit in found))
    note(say("search.total", shown=len(found), total=found.total))
    for hint in hints:
        note(printable(hint))


def _whole(found: Results) -> dict[str, Any]:
    values: dict[str, Any] = {
        "query": found.query,
        "total": found.total,
        "hits": [_plain(hit) for hit in found],
    }
    if found.facets:
        values["facets"] = {
            name: {one.value or "": one.count for one in counts}
            for name, counts in found.facets.items()
        }
    return values


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


def _print_facets(facets: Facets) -> None:
    for name, counts in facets.items():
        shown = [
            f"{printable(one.value or say('search.unknown'))} {one.count}"
            for one in counts[:SHOWN_FACETS]
        ]
        more = ["…"] if len(counts) > SHOWN_FACETS else []
        note(f"{say(f'column.{name}')}{say('show.colon')}{', '.join(shown + more)}")


def _print_table(hits: Sequence[Hit]) -> None:
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
