"""``palimpsest crawl``: walk a site and its mirrors now, and say what was found."""

from __future__ import annotations

from pathlib import Path

import click
from archive.cli.options import data_option

from crawler.progress import shown
from crawler.run import crawl_site
from crawler.summary import summary


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--mirror",
    "mirrors",
    multiple=True,
    metavar="URL",
    help="A copy of the site on a host that is not the institute's; may be given several times.",
)
@click.option("--site", "name", metavar="NAME", help="The site's name [default: its first host].")
@click.option(
    "--max-pages",
    type=click.IntRange(min=1),
    metavar="N",
    help="Stop in good order after N requests.",
)
@data_option
def crawl(
    urls: tuple[str, ...],
    mirrors: tuple[str, ...],
    name: str | None,
    max_pages: int | None,
    data: Path,
) -> None:
    """Walk the site at URL, keep every exchange as WARC, and derive clean articles.

    No selectors are needed: branches, lists, articles and files are found from the address. Run
    again to ask for the pages again; a run that was cut short is gone on with.
    """
    with shown() as progress:
        report = crawl_site(data, urls, mirrors, name, max_pages, progress=progress)
    click.echo(summary(report, data))
    if report.exit_code:
        click.get_current_context().exit(report.exit_code)
