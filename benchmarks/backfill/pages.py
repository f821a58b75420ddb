"""WARC files of generated pages: the sample institute's frames and mark-up, words of their own.

The pages of the institute's own host are templates: every text on one or two of them alone is a
gap, filled for each generated page with random words of the same length, so that no two pages have
a sentence in common and all pages of a kind have their frame in common, as on a real site. The same
seed gives the same pages.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

from archive.cleaning import decode
from archive.model import Capture
from archive.warc import WarcWriter
from benchmarks.search.corpus import texts
from tests.site import SampleInstitute

HOST = "www.example.ac.cn"
FILES = 8
BEGAN = datetime(2012, 3, 1, tzinfo=UTC)
OWN_PAGES = 2
"""A text on more pages than these is part of the frame."""
MIN_GAP = 10
WORDS = 40
"""Generated articles whose text, put together, is cut up for the gaps."""
_TEXT = re.compile(rf"(?<=>)([^<>]{{{MIN_GAP},}})(?=<)")
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Template:
    """A page in its ``encoding``: at even places what stays, at odd places what is filled."""

    pieces: tuple[str, ...]
    encoding: str

    def filled(self, words: str, chance: random.Random) -> bytes:
        """The page with other words in its gaps; marks and spaces stay where they are."""
        out = []
        for place, piece in enumerate(self.pieces):
            out.append(_other_words(piece, words, chance) if place % 2 else piece)
        return "".join(out).encode(self.encoding, "xmlcharrefreplace")


def _other_words(piece: str, words: str, chance: random.Random) -> str:
    start = chance.randrange(len(words) - len(piece))
    drawn = iter(words[start : start + len(piece)])
    return _HAN.sub(lambda _: next(drawn), piece)


def templates() -> list[Template]:
    """The article pages that the sample institute's own host shows."""
    with SampleInstitute.serve() as sample:
        urls = [f"{sample.official}{one.path.lstrip('/')}" for one in sample.articles if one.live]
        pages = []
        for url in urls:
            with urlopen(url) as answer:
                pages.append(decode(answer.read()))
    shown = Counter(text for page, _ in pages for text in set(_TEXT.findall(page)))
    return [Template(_pieces(page, shown), how.encoding) for page, how in pages]


def _pieces(page: str, shown: Counter[str]) -> tuple[str, ...]:
    pieces, done = [], 0
    for found in _TEXT.finditer(page):
        if shown[found[1]] <= OWN_PAGES and _HAN.search(found[1]):
            pieces += [page[done : found.start()], found[1]]
            done = found.end()
    return (*pieces, page[done:])


def warc_files(folder: Path, count: int) -> Iterator[Path]:
    """``count`` pages in FILES files."""
    words = "".join(_HAN.findall("".join(one.text for one in texts(WORDS))))
    kinds = templates()
    for part in range(FILES):
        chance = random.Random(part)
        with WarcWriter(folder, prefix=f"bench{part}", max_bytes=1 << 40) as writer:
            for number in range(part, count, FILES):
                page = kinds[number // FILES % len(kinds)].filled(words, chance)
                writer.write(_capture(page, number))
        yield folder / writer.files[0]


def _capture(body: bytes, number: int) -> Capture:
    path = f"/bench/t20120301_{number}.html"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    return Capture(
        url=f"http://{HOST}{path}",
        captured_at=BEGAN + timedelta(seconds=number),
        request=f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(),
        response=head.encode() + body,
    )
