"""What each query should find: by reading every text, without any index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.search.corpus import Text
from benchmarks.search.queries import Asked, plain


class Truth:
    """The queries, and the numbers of the texts that each should find."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._words = [tuple(map(plain, one.words)) for one in asked]
        self._distinct = sorted({word for words in self._words for word in words})
        self._asked = asked

    def read(self, texts: Iterable[tuple[int, Text]]) -> list[list[int]]:
        """The numbers among ``texts`` (with their numbers) that each query should find."""
        found: list[list[int]] = [[] for _ in self._asked]
        for number, one in texts:
            text = plain(one.title) + "\n" + plain(one.text)
            there = {word for word in self._distinct if word in text}
            for place, (query, words) in enumerate(zip(self._asked, self._words, strict=True)):
                if query.holds([word in there for word in words]):
                    found[place].append(number)
        return found
