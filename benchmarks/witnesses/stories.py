"""Ordinary articles: no two alike, and mirrors' copies of one in three, a little changed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from archive.model import Extraction, PageKind, Role, WarcPointer, Witness
from benchmarks.witnesses.notices import MIRRORS, OFFICIAL, WHEN
from tests.unit.unmask_tampering import DECODING

FIRST, LAST = 0x4E00, 0x53FF
"""Characters that the stories are made of."""
CHARACTERS = 160
CHANGED = 0.02
COPIED = 3


def stories(count: int, rng: Random) -> Iterator[tuple[int, Witness]]:
    """About ``count`` witnesses, each with the number of its story."""
    number = made = 0
    while made < count:
        text = "".join(chr(rng.randint(FIRST, LAST)) for _ in range(CHARACTERS))
        yield number, _witness(OFFICIAL, number, text, "original")
        made += 1
        if number % COPIED == 0:
            changed = "".join("某" if rng.random() < CHANGED else c for c in text)
            yield number, _witness(rng.choice(MIRRORS), number, changed, "mirror")
            made += 1
        number += 1


def _witness(host: str, number: int, text: str, role: Role) -> Witness:
    path = f"/html/{number}.html" if role == "mirror" else f"/xw/t20100101_{number}.html"
    read = Extraction(
        PageKind.ARTICLE, f"http://{host}{path}", DECODING, title=text[:12], text=text,
        markdown=text,
    )  # fmt: skip
    pointer = WarcPointer("a.warc.gz", number, 1, "sha256:0", f"r{host}{number}")
    return Witness(read.url or "", role, WHEN, pointer, read, read, None, ())
