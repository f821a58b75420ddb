"""Taking in what exists elsewhere: WARC, ARC and WACZ files of others, saved pages, plain texts,
and what a Wayback-compatible service holds.

The same way in as the crawl: bytes first, then rows, then the site pass. It promises: foreign WARC
files are referenced in place, or copied whole, never rewritten; what is no WARC file is kept in one
before anything is made of it; a broken record is reported with its file and offset and the rest is
taken; the same input twice adds nothing; a run that was killed is gone on with, and files it had
finished are not read again; the articles do not depend on the order of the input.

``archive.backfill.run`` is where it begins. This module loads none of the others, so that a process
that only reads files loads no more than it needs.
"""
