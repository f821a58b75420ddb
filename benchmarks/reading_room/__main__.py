"""``./scripts/bench reading-room``: the search page under readers, beside Datasette.

    ./scripts/bench reading-room --articles 300000 --readers 8 --requests 400
    ./scripts/bench reading-room --data DIR --peer FILE --writer

Each reader asks for the whole search page (hits, snippets, facets with counts, timeline) of a query
of one to four characters or a title out of the articles, one after the other. ``--writer`` commits
articles meanwhile, as a nightly run does. The wall time is what a reader waits; the CPU time of the
server tells how much of it was work, on a machine that has other things to do. Datasette (named by
PALIMPSEST_DATASETTE, or found on the path) serves the same articles from SQLite with FTS5's trigram
index and facets, and is asked the same; how many of its answers are empty is told, too. To make its
index takes two milliseconds an article; ``--peer FILE`` keeps it, and takes it where it is there.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from archive.model import Site
from archive.store import open_archive
from benchmarks.reading_room.peer import datasette
from benchmarks.reading_room.readers import measured, queries
from benchmarks.reading_room.serving import serving
from benchmarks.reading_room.writing import write, writing
from benchmarks.search.corpus import articles

SITE = "generated"


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.work) as place:
        data = options.data or _archive(Path(place, "data"), options.articles)
        with open_archive(data) as archive:
            asked = queries(archive, options.requests)
            print(f"{archive.count():,} articles, {options.readers} readers, {len(asked)} pages")
            print("load of the machine before:", " ".join(f"{n:.1f}" for n in os.getloadavg()))
            for workers in options.workers:
                with _writer(options, data), serving(_palimpsest(data, workers)) as run:
                    done = measured(run, asked, options.readers, "/?q={}", 'class="hit"')
                    print(done.row(f"palimpsest, {workers} processes"))
            peer = options.peer or Path(place, "datasette.db")
            datasette(peer, archive, asked, options.readers, beside_a_writer=options.writer)


def _writer(options: argparse.Namespace, data: Path) -> AbstractContextManager[None]:
    return writing(write, data) if options.writer else nullcontext()


def _palimpsest(data: Path, workers: int) -> list[str]:
    program = str(Path(sys.executable).with_name("palimpsest"))
    common = ["--data", str(data), "--rate", "0", "--replay-port", "0"]
    return [program, "serve", *common, "--workers", str(workers)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench reading-room")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--writer", action="store_true", help="commit articles meanwhile")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="one after another")
    parser.add_argument("--data", type=Path, help="an archive that is there already")
    parser.add_argument("--peer", type=Path, help="datasette's database, made where it is not")
    parser.add_argument("--work", type=Path, help="where to put files (default: /tmp)")
    return parser.parse_args()


def _archive(data: Path, count: int) -> Path:
    with open_archive(data, create=True) as archive:
        archive.store.put_site(Site(SITE, ("www.generated.cn",)))
        archive.store.replace_articles(SITE, articles(count))
    return data


if __name__ == "__main__":
    main()
