"""Taking in what exists elsewhere: WARC, ARC and WACZ files of others, saved pages, plain texts,
and what a Wayback-compatible service holds.

The same way in as the crawl: bytes first, then rows, then the site pass. It promises: foreign WARC
files are referenced in place, or copied whole, never rewritten; what is no WARC file is kept in one
before anything is made of it; a broken record is reported with its file and offset and the rest is
taken; the same input twice adds nothing; a run that was killed is gone on with, and files it had
finished are not read again; the articles do not depend on the order of the input.
"""

from archive.backfill.inputs import Input, Kind, find_inputs
from archive.backfill.report import BackfillReport, Progress
from archive.backfill.run import BackfillOptions, backfill

__all__ = [
    "BackfillOptions",
    "BackfillReport",
    "Input",
    "Kind",
    "Progress",
    "backfill",
    "find_inputs",
]
