"""``palimpsest crawl``: walk a site and its mirrors now, and say what was found."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help
from archive.cli.options import common_options
from archive.cli.output import tell_lost
from archive.cli.site_names import check_site_name
from crawler.language import words

HELP = (
    "Walk the site at URL, keep every exchange as WARC, and derive clean articles.\n"
    "No selectors are needed: branches, lists, articles and files are found from the address. Run "
    "again to ask for the pages again; a run that was cut short is gone on with."
)
MIRROR_HELP = (
    "A copy of the site on a host that is not the institute's; may be given several times."
)
UNVERIFIED_HELP = (
    "A host that is read whatever its certificate and its encryption are; may be given several "
    "times."
)


@click.command(cls=Help, help=words(HELP))
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--mirror", "mirrors", multiple=True, metavar="URL", help=words(MIRROR_HELP))
@click.option(
    "--unverified", "unverified", multiple=True, metavar="HOST", help=words(UNVERIFIED_HELP)
)
@click.option(
    "--site",
    "name",
    metavar="NAME",
    help=words("The site's name (its first host, if none is given)."),
)
@click.option(
    "--max-pages",
    type=click.IntRange(min=1),
    metavar="N",
    help=words("Stop in good order after N requests."),
)
@common_options
def crawl(
    urls: tuple[str, ...],
    mirrors: tuple[str, ...],
    unverified: tuple[str, ...],
    name: str | None,
    max_pages: int | None,
    data: Path,
) -> int:
    """Crawl and print the summary; the exit code is the report's."""
    from crawler.progress import shown
    from crawler.run import crawl_site
    from crawler.summary import summary

    check_site_name(data, name)
    with shown() as progress:
        report = crawl_site(
            data, urls, mirrors, name, max_pages,
            unverified=unverified, progress=progress, lost=tell_lost,
        )  # fmt: skip
    click.echo(summary(report, data))
    return report.exit_code
