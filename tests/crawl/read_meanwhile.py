"""Reads an archive that cannot be written here, while its owner writes: run by a test."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from archive.store import open_archive
from tests.unit.store_sample import SITE, article, extraction


def main(place: Path) -> None:
    """Print how many articles are counted (and found) before, while the owner has the store open,
    and after."""
    counted = []
    text = extraction("老党员参观展览。")
    with open_archive(place / "shown") as archive:
        counted += [archive.store.count_articles(), archive.search("老党员").total]
        with open_archive(place / "own") as own:
            own.store.replace_articles(SITE, (article(f"{n:03d}", text) for n in range(3)))
            counted.append(archive.store.count_articles())
            own.store.replace_articles(SITE, (article(f"{n:03d}", text) for n in range(2)))
        counted += [archive.store.count_articles(), archive.search("老党员").total]
    json.dump(counted, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
