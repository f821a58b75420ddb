"""One article of the institute's own that somebody broke into, known by what it said before.

Where several articles of a host change on one day, what they have in common proves a break-in
(``put_in``, ``exchanged``). One article alone has only its own past. It promises that this is told,
and undone as repairs, where nobody who edits a text would do so: phrases in the midst of words, at
several places a string that is no word for the institute's name, emoji before the stops; that less
is noted and read as it stands; and that the answer depends on the captures alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from archive.cleaning.repairs import Edit
from archive.cleaning.script import fold, light, simplified
from archive.cleaning.unmask import with_own_words
from archive.cleaning.unmasking.edits import emoji_edits
from archive.cleaning.unmasking.told import institution_named
from archive.model import Extraction
from archive.sitepass.added import pairs_of
from archive.sitepass.exchanged import alone, with_own
from archive.sitepass.midst import Midst, put_into_midst, taken_out, texts_of
from archive.sitepass.reader import PageRead
from archive.sitepass.stand_ins import is_between
from archive.sitepass.swapped import EMOJI, READINGS, Proven, for_names, is_alone, is_no_word

MAX_READ = 60
"""Articles of a host, spread over all of them, that tell its name and its words."""
PLACES = 2
"""Places of an article at which one string stands for the institute's name that prove it."""
TRADITIONAL = "traditional characters"
"""An institute may choose them as well."""
MAX_NAMED = 3
"""Strings named in one line."""
KNOWN = "the same article said it before, without what nobody who edits a text puts there"
"""How it is known what stood there."""
Keep = Callable[[Extraction], Extraction]


@dataclass(frozen=True, slots=True)
class Single:
    """``restored``: what pages said without what was done to them, by the ``id()`` of what was
    read; ``returned``: the addresses whose last change gave their own words back; ``hosts`` on
    which something stands that is undone; lines of ``alarms`` and ``notes``, for as long as
    something stands."""

    restored: Mapping[int, Extraction] = field(default_factory=dict)
    returned: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    alarms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """What is judged with: the days on which the operator says that a site was ``relaunched``; what
    a page says without what is known already (``own``); ``keep`` takes what is put back, and
    ``beat`` is called in between, and may raise."""

    relaunched: Collection[date]
    own: Callable[[PageRead], Extraction]
    keep: Keep
    beat: Callable[[], None]


def single(
    versions: Mapping[str, Sequence[PageRead]],
    now: Iterable[PageRead],
    hosts: Collection[str],
    judge: Judge,
) -> Single:
    """What was done to articles of ``hosts``: ``now`` what they say, ``versions`` by address what
    they said before, the oldest first."""
    articles: dict[str, list[PageRead]] = defaultdict(list)
    for one in now:
        if one.row.host in hosts:
            articles[one.row.host].append(one)
    found = [_Host(articles[host], versions, judge).found() for host in sorted(articles)]
    return Single(
        {key: said for one in found for key, said in one.restored.items()},
        frozenset(url for one in found for url in one.returned),
        frozenset(host for one in found for host in one.hosts),
        tuple(line for one in found for line in one.alarms),
        tuple(line for one in found for line in one.notes),
    )


@dataclass(frozen=True, slots=True)
class _Change:
    """What one change of an article brought: phrases in its ``midst``; strings in the place of the
    institute's name, each with how often, that are hardly of the language (``brands``) or are
    (``words``); ``signs`` of a conversion; and ``since`` when they stand."""

    midst: Midst
    brands: Mapping[str, int]
    words: frozenset[str]
    signs: frozenset[str]
    since: date

    def proven(self, known: Collection[str]) -> frozenset[str]:
        """The brands that are no edit: those that stand at several places, are ``known`` from
        another article, or stand beside what is proven otherwise."""
        is_sure = self.midst.is_proven or bool(self.signs - {TRADITIONAL})
        return frozenset(
            brand
            for brand, places in self.brands.items()
            if is_sure or places >= PLACES or brand in known
        )

    def is_broken(self, known: Collection[str]) -> bool:
        """Whether it is proven that somebody broke in."""
        is_converted = bool(self.signs - {TRADITIONAL})
        return self.midst.is_proven or is_converted or bool(self.proven(known))


class _Host:
    """The articles of one host; its name and words are asked for only where something changed."""

    def __init__(
        self, articles: Sequence[PageRead], versions: Mapping[str, Sequence[PageRead]], judge: Judge
    ) -> None:
        self._articles, self._versions, self._judge = articles, versions, judge
        self._names: frozenset[str] | None = None
        self._known: set[str] | None = None
        self._brands: set[str] = set()
        self._restored: dict[int, Extraction] = {}
        self._returned: set[str] = set()
        self._standing: dict[str, _Change] = {}

    def found(self) -> Single:
        """What is found on the host."""
        self._go_through_all()
        often = Counter(brand for one in self._standing.values() for brand in one.brands)
        self._brands = {brand for brand, articles in often.items() if articles >= PLACES}
        if self._brands:
            self._go_through_all()
        host = self._articles[0].row.host
        standing = self._standing
        proven = {url: c for url, c in standing.items() if c.is_broken(self._brands)}
        noted = {url: c for url, c in standing.items() if url not in proven}
        return Single(
            self._restored,
            frozenset(self._returned),
            frozenset({host} if proven else ()),
            tuple(f"{line}{_remedy(proven)}" for line in _lines(host, proven, "and undone")),
            tuple(_lines(host, noted, "and read as it stands")),
        )

    def _go_through_all(self) -> None:
        for one in self._articles:
            past = self._versions.get(one.row.url, ())
            if past:
                self._go_through([*past, one])

    def _go_through(self, reads: Sequence[PageRead]) -> None:
        """Each version beside the one before it, as far as that is the institute's."""
        url = reads[-1].row.url
        before, change = reads[0], None
        given = self._judge.own(before)
        own = alone(given)
        has_readings = own is not given
        since: date | None = None
        for read in reads[1:]:
            self._judge.beat()
            given = self._judge.own(read)
            said = alone(given)
            signs = {READINGS} if said is not given and not has_readings else set()
            change = None
            if not is_between(self._judge.relaunched, before.row, read.row):
                day = since or read.row.captured_at.date()
                change = self._change(own, said, signs, day)
            self._returned.discard(url)
            if change is not None and change.is_broken(self._brands):
                own, since = self._judge.keep(self._without(own, said, change)), change.since
                self._restored[id(read)] = own
            else:
                if id(before) in self._restored:
                    self._returned.add(url)
                own, since, has_readings = said, None, said is not given
            before = read
        if change is not None:
            self._standing[url] = change

    def _change(
        self, own: Extraction, said: Extraction, signs: set[str], day: date
    ) -> _Change | None:
        """What a page ``said`` on a ``day`` beside what the article had of its ``own``, and the
        ``signs`` that it bears by itself."""
        if emoji_edits(said.text) and not emoji_edits(own.text, 1):
            signs.add(EMOJI)
        if said.text != own.text and simplified(said.text) == own.text:
            signs.add(TRADITIONAL)
        texts = texts_of(own, said)
        midst = put_into_midst(texts, self._pairs)
        stand = [one for before, after in texts for one in self._for_name(before, after)]
        brands = Counter(one for one in stand if is_no_word(one))
        words = frozenset(stand) - brands.keys()
        is_told = signs or stand or midst.phrases
        return _Change(midst, brands, words, frozenset(signs), day) if is_told else None

    def _for_name(self, before: str, after: str) -> list[str]:
        """What stands for the institute's name and is new to the host, once for each place."""
        if all(before.count(name) <= after.count(name) for name in self._called()):
            return []
        return [
            one.came
            for one in for_names(before, after, self._called())
            if is_alone(before, after, one) and not pairs_of(fold(one.came)) <= self._pairs()
        ]

    def _without(self, own: Extraction, said: Extraction, change: _Change) -> Extraction:
        """What a page said without what was done to it."""
        names = self._called()
        proven = Proven(
            brands=defaultdict(set, {b: set(names) for b in change.proven(self._brands)}),
            names=set(names),
            signs=set(change.signs & {EMOJI}),
        )
        back = with_own(own, said, proven, KNOWN)
        phrases = change.midst.phrases if change.midst.is_proven else frozenset()
        if not phrases:
            return back

        def edits(key: str, text: str) -> list[Edit]:
            return list(taken_out(getattr(own, key) or "", text, phrases))

        return with_own_words(back, edits, back.published, KNOWN)

    def _called(self) -> frozenset[str]:
        if self._names is None:
            name = institution_named([light(_all(one)) for one in self._spread()])
            self._names = frozenset({name} - {""})
        return self._names

    def _pairs(self) -> set[str]:
        """The pairs of characters of what the host's articles said first."""
        if self._known is None:
            self._known = {p for one in self._spread() for p in pairs_of(fold(_all(one)))}
        return self._known

    def _spread(self) -> list[Extraction]:
        some = self._articles[:: -(-len(self._articles) // MAX_READ) or 1]
        firsts = ((*self._versions.get(one.row.url, ()), one)[0] for one in some)
        return [self._judge.own(one) for one in firsts]


def _lines(host: str, changes: Mapping[str, _Change], done: str) -> Iterable[str]:
    """What is told of the articles that ``changes`` are standing on, by address."""
    midst = {url: one.midst.phrases for url, one in changes.items() if one.midst.phrases}
    named = {u: {*one.brands, *one.words} for u, one in changes.items() if one.brands or one.words}
    if midst:
        yield f"{host}: put into the midst of words in {_told(midst, done)}"
    if named:
        yield f"{host}: put in the place of the institute's name in {_told(named, done)}"
    signs = sorted({sign for one in changes.values() for sign in one.signs})
    for sign in signs:
        urls = sorted(url for url, one in changes.items() if sign in one.signs)
        yield f"{host}: {sign} on {len(urls)} pages that had none; look at {urls[0]}"


def _remedy(changes: Mapping[str, _Change]) -> str:
    days = sorted({str(one.since) for one in changes.values()})[:MAX_NAMED]
    made = f"write relaunched = [{', '.join(days)}] into the site's profile"
    return f"; if the institute has made them, {made}"


def _told(found: Mapping[str, Collection[str]], done: str) -> str:
    strings = {string for some in found.values() for string in some}
    longest = sorted(strings, key=lambda string: (-len(string), string))[:MAX_NAMED]
    return f"{len(found)} articles, {done}: {', '.join(longest)}; look at {min(found)}"


def _all(said: Extraction) -> str:
    return f"{said.title or ''}\n{said.text}"
