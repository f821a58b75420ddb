"""A process that writes articles without end, to be killed: ``python -m … DATA SEED``.

It prints a line once it writes; each round changes, adds and removes articles, and every few
rounds searches, so that the kill may come at any moment of a commit to the store or the index.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from archive.model import PageKind, WarcPointer
from archive.search import search
from archive.store import CaptureRow, open_archive
from tests.unit.store_sample import INSTITUTE, NOON, SITE, article, extraction


def main(data: Path, seed: int) -> None:
    """Write until killed."""
    chance = random.Random(seed)
    with open_archive(data, create=True) as archive:
        store = archive.store
        store.put_site(INSTITUTE)
        run = store.begin_run(SITE, "crawl")
        for number in range(1_000_000):
            key = f"k{chance.randrange(400):03d}"
            text = f"第{chance.randrange(50)}次会议，{chance.choice('甲乙丙丁')}组"
            if chance.random() < 0.03:
                few = [article(f"k{n:03d}", extraction(f"第{n}次会议")) for n in range(0, 400, 3)]
                store.replace_articles(SITE, few)
            pointer = WarcPointer("w", 0, 1, "sha256:ab", f"urn:{seed}:{number}")
            row = CaptureRow(
                f"http://www.a.cn/{key}",
                "www.a.cn",
                NOON,
                200,
                None,
                PageKind.ARTICLE,
                pointer,
                run,
            )
            store.commit_page(SITE, row, article=article(key, extraction(text)))
            if number % 7 == 0:
                search(store, "会议")
            if number == 3:
                sys.stdout.write("writing\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
