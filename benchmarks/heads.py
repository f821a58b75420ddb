"""Titles, sections, sources and days against what pages say of themselves: ./scripts/bench heads

    ./scripts/bench heads FOLDER...

Government web sites name an article's title, section, source and day in meta tags
(``ArticleTitle``, ``ColumnName``, ``ContentSource``, ``PubDate``). Every saved page (``.html``,
``.htm``) under the folders that has any of these is read twice: as it is, and with the tags taken
away, so that only what a reader sees is left; both readings are held to what the tags said. That
is a truth nobody had to write down, for pages that no rule was made from. Where a tag and the page
differ (a day of publishing again, a source's longer name), the page may be the better one: each
difference is printed with ``--show``.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from archive.cleaning import extract, read_page
from archive.cleaning.facts.head import Head
from archive.cleaning.markup.blocks import squeeze
from archive.model import Extraction

TAGS = {
    "title": "articletitle",
    "branch": "columnname",
    "source": "contentsource",
    "published": "pubdate",
}
DAY_CHARS = len("2017-05-15")
_TAG = re.compile(
    rb"<meta[^>]{1,200}(?:ArticleTitle|ColumnName|ContentSource|PubDate)[^>]{0,2000}>",
    re.IGNORECASE,
)


def main() -> None:
    """Read the pages and print how many agree."""
    parser = argparse.ArgumentParser(prog="bench heads", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--show", action="store_true", help="each difference, one a line")
    options = parser.parse_args()
    told: Counter[str] = Counter()
    agree: Counter[tuple[str, bool]] = Counter()
    for path, body, truth in _pages(options.folders):
        told.update(truth.keys())
        for whole in (True, False):
            read = _values(extract(body if whole else _TAG.sub(b"", body)))
            for field in truth:
                agree[field, whole] += read[field] == truth[field]
                if options.show and not whole and read[field] != truth[field]:
                    print(f"{path.name}\t{field}\t{read[field]}\t{truth[field]}")
    for field in TAGS:
        with_tags, without = agree[field, True], agree[field, False]
        print(f"{field:10} {with_tags} of {told[field]}; with the tags taken away {without}")


def _pages(folders: Iterable[Path]) -> Iterator[tuple[Path, bytes, Mapping[str, str]]]:
    for folder in folders:
        for path in sorted(folder.rglob("*.htm*")):
            body = path.read_bytes()
            truth = _truth(read_page(body).head)
            if truth:
                yield path, body, truth


def _truth(head: Head) -> dict[str, str]:
    said = {field: squeeze(head.named.get(tag, "")) for field, tag in TAGS.items()}
    said["published"] = said["published"][:DAY_CHARS]
    return {field: value for field, value in said.items() if value}


def _values(read: Extraction) -> dict[str, str]:
    return {
        "title": squeeze(read.title or ""),
        "branch": squeeze(read.branch or ""),
        "source": squeeze(read.source or ""),
        "published": read.published.isoformat() if read.published else "",
    }


if __name__ == "__main__":
    main()
