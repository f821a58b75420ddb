"""``scrapy view``: a page in a browser, asked by hand and kept nowhere."""

from __future__ import annotations

from argparse import Namespace

from scrapy.commands import view

from crawler.scrapy_commands import without_run


class Command(view.Command):
    """Scrapy's own, outside of a run."""

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """As Scrapy has it; what ``-s`` sets still counts."""
        without_run(self.settings)
        super().process_options(args, opts)
