"""``palimpsest stats``: articles a year and branch, as a chart and as numbers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help
from archive.cli.options import common_options, filter_options, form_option, open_for
from archive.cli.output import note, write_csv, write_json, write_table
from archive.cli.output_path import check_output
from archive.cli.values import GivenPath
from archive.messages.language import explained, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.store import Filters
    from archive.store.overview import Tally

COLUMNS = ("year", "branch", "articles")


@click.command(cls=Help, help="stats.help")
@filter_options
@click.option("--plot", type=GivenPath(path_type=Path), metavar="FILE", help="stats.plot")
@form_option("chart", "json", "csv")
@common_options
def stats(filters: Filters, plot: Path | None, form: str, data: Path) -> None:
    """Print the numbers; draw them, if asked for."""
    if plot is not None:
        from archive.charts import check_form

        check_form(plot)
    with open_for(data, filters) as archive:
        if plot is not None:
            check_output(plot, archive)
        tallies = archive.store.tallies(filters)
    if plot is not None:
        _plot(tallies, plot)
    rows = [{"year": one.year, "branch": one.branch, "articles": one.articles} for one in tallies]
    if form == "json":
        write_json(rows)
    elif form == "csv":
        write_csv(COLUMNS, rows)
    elif rows:
        _chart(tallies)
    note(say("stats.count", count=sum(one.articles for one in tallies)))


def _chart(tallies: Sequence[Tally]) -> None:
    from archive.charts import bar, years

    by_year = years(tallies)
    lines: list[tuple[object, ...]] = []
    largest = max((counts.total() for counts in by_year.values()), default=0)
    for year, counts in by_year.items():
        lines.append((year, counts.total(), bar(counts.total(), largest)))
    undated = sum(one.articles for one in tallies if one.year is None)
    if undated:
        lines.append((say("search.unknown"), undated, ""))
    write_table((say("column.year"), say("column.articles"), ""), lines)
    totals: Counter[str | None] = Counter()
    for one in tallies:
        totals[one.branch] += one.articles
    most = max(totals.values())
    click.echo()
    write_table(
        (say("column.branch"), say("column.articles"), ""),
        [
            (name or say("sites.no_branch"), count, bar(count, most))
            for name, count in totals.most_common()
        ],
    )


def _plot(tallies: Sequence[Tally], plot: Path) -> None:
    from archive.charts import draw
    from archive.errors import DataDirectoryError

    try:
        draw(
            tallies,
            plot,
            title=say("stats.title"),
            unknown=say("sites.no_branch"),
            others=say("stats.others"),
        )
    except OSError as error:
        why = explained(error.strerror or str(error))
        raise DataDirectoryError(say("export.not_written", path=plot, why=why)) from error
