"""Strings that recur in a host's texts, and the places where they stand.

It promises to find every string that recurs inside sentences, whatever its words, and to look only
where its first characters stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from archive.cleaning.script import HAN

SEED = 4
"""Characters of the runs that recurring strings are grown from."""
LONGEST = 24
SIDE = 4
"""Characters on either side of a place."""
INSIDE = 2
"""Characters on either side that are of a sentence where a place is inside one."""
RUN = 3
"""Characters of the runs across a joint that are looked for elsewhere."""
TOLD = 6
"""Characters of runs across a joint that say nothing: honest words are put into names so long."""
MOST_TOLD = 3
"""Characters beyond these that count: headings stand between two lines that are one elsewhere."""
BREAK = "\n"
"""What stands between two texts."""
TRIMMED = 2
"""Characters at either end that may be neighbours which happen to be alike."""
_HAN = regex.compile(HAN)
_WORDS = regex.compile(r"[\p{L}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Places:
    """Where a string stands: the ``joints`` of sentences that it parts, each (left, right) once;
    at how many places beside a stop (``elsewhere``); how many ``times`` in all, on how many
    ``pages``."""

    joints: tuple[tuple[str, str], ...]
    elsewhere: int
    times: int
    pages: int

    @property
    def differ(self) -> bool:
        """Whether it stands between other characters each time (up to three), twice at least."""
        least = min(len(self.joints), 3)
        left = {left[-1] for left, _ in self.joints}
        right = {right[0] for _, right in self.joints}
        return least > 1 and min(len(left), len(right)) >= least

    @property
    def vary(self) -> bool:
        """Whether it stands between two different characters on either side, at least."""
        left = {left[-1] for left, _ in self.joints}
        right = {right[0] for _, right in self.joints}
        return min(len(left), len(right)) > 1

    @property
    def diversity(self) -> float:
        """How many different neighbours it has on either side, on average, for each place."""
        sides = ({left[-1] for left, _ in self.joints}, {right[0] for _, right in self.joints})
        return sum(map(len, sides)) / (2 * max(1, len(self.joints)))

    @property
    def spread(self) -> float:
        """On how many pages it stands for each time."""
        return self.pages / max(1, self.times)


class Texts:
    """Some ``texts`` (plain) and the recurring strings in them; the first so many ``pages`` (all,
    where none are given) are articles, others are lines beside these."""

    def __init__(self, texts: Sequence[str], pages: int | None = None) -> None:
        self.texts = texts
        self.articles = texts[:pages]
        seen = Counter(text[i : i + SEED] for text in texts for i in range(len(text) - SEED + 1))
        self._seeds: dict[str, list[tuple[int, int]]] = {s: [] for s, n in seen.items() if n > 1}
        for number, text in enumerate(texts):
            for i in range(len(text) - SEED + 1):
                if (known := self._seeds.get(text[i : i + SEED])) is not None:
                    known.append((number, i))
        self._pairs = Counter(text[i : i + 2] for text in texts for i in range(len(text) - 1))
        self._runs = {text[i : i + RUN] for text in texts for i in range(len(text) - RUN + 1)}
        self._joined: str | None = None

    def recurring(self) -> Iterator[str]:
        """Strings of letters that stand at two or more places, no longer one explaining them all,
        and the same without what may be their neighbours."""
        grown = Counter(run for text in self.texts for run in self._grown(text))
        known = {
            run
            for run, count in grown.items()
            if _WORDS.fullmatch(run) and (count > 1 or self._recurs(run))
        }
        yield from sorted({part for run in known for part in _trimmed(run)})

    def _recurs(self, run: str) -> bool:
        """Whether ``run`` stands at a second place, where longer ones that recur, too, hold it: a
        phrase inside a name that is written again."""
        places = self._seeds[run[:SEED]]
        return sum(self.texts[number].startswith(run, at) for number, at in places) > 1

    def _grown(self, text: str) -> Iterator[str]:
        """The longest stretches of ``text`` all of whose seeds recur."""
        start = None
        for i in range(len(text) - SEED + 2):
            inside = i + SEED <= len(text) and text[i : i + SEED] in self._seeds
            if inside and start is None:
                start = i
            elif not inside and start is not None:
                if i - start + SEED - 1 <= LONGEST:
                    yield text[start : i + SEED - 1]
                start = None

    def places(self, string: str) -> Places:
        """Where ``string``, which recurs, stands."""
        joints: dict[tuple[str, str], None] = {}
        pages: set[int] = set()
        elsewhere = times = 0
        for number, at in self._seeds.get(string[:SEED], ()):
            text = self.texts[number]
            if text.startswith(string, at):
                times += 1
                pages.add(number)
                joint = sides(text, at, at + len(string))
                if joint is None:
                    elsewhere += 1
                else:
                    joints[joint] = None
        return Places(tuple(joints), elsewhere, times, len(pages))

    def own_share(self, string: str, times: int) -> float:
        """Share of the pairs of neighbouring characters of ``string``, which stands in the texts so
        many ``times``, that the texts have nowhere else."""
        pairs = Counter(string[i : i + 2] for i in range(len(string) - 1))
        own = sum(n for pair, n in pairs.items() if self._pairs[pair] <= n * times)
        return own / max(1, pairs.total())

    def times_of(self, pair: str) -> int:
        """How often two neighbouring characters stand in the texts."""
        return self._pairs[pair]

    def times_if_once(self, string: str) -> int:
        """How often ``string``, which stands in an article, stands in the texts; 0 where it stands
        in articles more than once, beside a stop, or between the same characters elsewhere."""
        if string[:SEED] not in self._seeds:
            return 1
        if self.times_in_articles(string) > 1:
            return 0
        places = self.places(string)
        return places.times * (places.times == 1 or (places.differ and not places.elsewhere))

    def times_in_articles(self, string: str) -> int:
        """How often ``string`` stands in the articles."""
        return sum(text.count(string) for text in self.articles)

    def again(self, string: str, left: str, right: str) -> float:
        """How long a run across the joint between ``left`` and ``right`` stands elsewhere without
        ``string``, in characters beyond those of a name of two words (``TOLD``), up to
        ``MOST_TOLD``; none where the string may as well be cut one character beside."""
        if string[0] == right[0] or string[-1] == left[-1]:
            return 0.0
        likely = (run for run in _across(left, right) if self._may_have(run))
        return float(next((len(run) - TOLD for run in likely if run in self._whole()), 0))

    def _may_have(self, run: str) -> bool:
        """Whether the texts have every part of ``run`` of ``RUN`` characters: few others are
        searched for."""
        return all(run[i : i + RUN] in self._runs for i in range(len(run) - RUN + 1))

    def _whole(self) -> str:
        if self._joined is None:
            self._joined = BREAK.join(self.texts)
        return self._joined

    def has_run_across(self, left: str, right: str) -> bool:
        """Whether a run across the joint is written elsewhere."""
        return left[1 - RUN :] + right[0] in self._runs or left[-1] + right[: RUN - 1] in self._runs


def sides(text: str, start: int, end: int) -> tuple[str, str] | None:
    """What stands left and right of a stretch of ``text``, where that is inside a sentence."""
    left, right = text[max(0, start - SIDE) : start], text[end : end + SIDE]
    near = left[-INSIDE:] + right[:INSIDE]
    return (left, right) if len(near) == 2 * INSIDE and all(map(_HAN.match, near)) else None


def _across(left: str, right: str) -> Iterator[str]:
    """The runs across the joint of ``left`` and ``right`` that tell, the longest first."""
    for length in range(TOLD + MOST_TOLD, TOLD, -1):
        for ours in range(max(1, length - len(right)), min(len(left), length - 1) + 1):
            yield left[-ours:] + right[: length - ours]


def one_of(strings: Iterable[str]) -> regex.Pattern[str]:
    """A pattern for any of ``strings``, the longest first; for nothing where there are none."""
    longest = sorted(strings, key=lambda s: (-len(s), s))
    return regex.compile("|".join(map(regex.escape, longest)) or r"(?!)")


def _trimmed(run: str) -> Iterator[str]:
    for left in range(TRIMMED + 1):
        for right in range(TRIMMED + 1):
            if len(run) - left - right >= SEED:
                yield run[left : len(run) - right]
