"""One host as recognition looks at it: what its pages bear, worked out once.

Every host is held against every other that has its articles; what is asked of one alone must not
cost as often. It promises the same answers as reading the survey anew.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import regex

from archive.addresses import registered_domain, suffixes
from archive.cleaning.script import is_simplified_only, pinyin_edits
from archive.cleaning.unmasking.addressed import is_anothers
from archive.cleaning.unmasking.brands import MOST, common_terms
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.edits import emoji_edits
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.kinds import is_traditional_text
from archive.cleaning.unmasking.linked import HERE
from archive.cleaning.unmasking.recurring import recurring_phrases
from archive.cleaning.unmasking.signs import HIDDEN_LINKS, SAME_WORDS, SIGNS
from archive.cleaning.unmasking.titles import replaced_titles
from archive.cleaning.unmasking.told import texts_of
from archive.remembered import remembered

DISGUISED = 0.3
"""Share of a host's articles that must bear a disguise."""
SEVERAL = 3
MANY_HOSTS = 5
"""Hosts of one stranger to which pages lead that were made for a house of so many: of 101 hosts of
real pages, where own ones are linked, too, two have more than three of another's domain."""
LOOKED_AT = 200
"""Articles of a host that are looked at."""
OWN_LABEL = 3
"""Characters from which a label of a host's name can be an owner's."""
_SERVICES = frozenset(
    ["www", "web", "new", "news", "old", "mail", "blog", "bbs", "lib", "english", "mobile", "wap",
     "home", "main", "portal", "cms", "site", "info"]
)  # fmt: skip
_RESERVED = regex.compile(r"(?:^|\.)(?:edu|gov|ac|mil)(?:\.[a-z]{2})?$|(?:^|\.)int$")
"""Suffixes below which only institutions may register (rules of CNNIC, EDUCAUSE)."""


class Look:
    """A ``host`` and its ``survey``, which is complete."""

    def __init__(self, host: str, survey: HostSurvey) -> None:
        self.host = host
        self.survey = survey

    @cached_property
    def samples(self) -> list[Sample]:
        """Some of the host's articles, always the same."""
        return [self.survey.samples[path] for path in sorted(self.survey.samples)][:LOOKED_AT]

    @cached_property
    def texts(self) -> list[str]:
        """Titles and texts of the host's articles, folded."""
        return texts_of(self.survey)

    @cached_property
    def is_traditional(self) -> bool:
        """Whether most of the host's articles are in traditional characters."""
        seen = sum(is_traditional_text(sample.text) for sample in self.samples)
        return bool(self.samples) and seen >= MOST * len(self.samples)

    @cached_property
    def disguises(self) -> tuple[str, ...]:
        """Disguises and builds that no institute's own pages have, on a good part of the host."""
        found = []
        for said, edits in (
            ("readings in brackets behind characters", pinyin_edits),
            ("emoji before stops", emoji_edits),
        ):
            seen = sum(bool(edits(sample.text)) for sample in self.samples)
            if self.samples and seen >= max(2, DISGUISED * len(self.samples)):
                found.append(said)
        pages = self.survey.pages
        found += [s for s in SIGNS if self.survey.signs[s] >= max(2, MOST * pages)]
        return tuple(found)

    @cached_property
    def repeats_words(self) -> bool:
        """Whether the hidden links of most pages lead to many strangers under few words."""
        return self.survey.signs[SAME_WORDS] >= max(2, MOST * self.survey.pages)

    @cached_property
    def sown(self) -> tuple[str, ...]:
        """Phrases that recur inside words of the host's articles."""
        return recurring_phrases([plain(sample.text) for sample in self.samples], ())

    @cached_property
    def is_sown_widely(self) -> bool:
        """Whether several such phrases stand on most of the host's articles."""
        texts = [plain(sample.text) for sample in self.samples]
        bearing = sum(any(phrase in text for phrase in self.sown) for text in texts)
        return len(self.sown) >= SEVERAL and bearing >= MOST * len(texts)

    @cached_property
    def titles_replaced(self) -> bool:
        """Whether many of the host's titles are none of their articles'."""
        return bool(replaced_titles(self.survey))

    @cached_property
    def is_reserved(self) -> bool:
        """Whether only institutions may register where the host lies."""
        return is_reserved(self.host)

    @cached_property
    def says_its_own_name(self) -> bool:
        """Whether the host's own frame names its own domain."""
        domain = registered_domain(self.host)
        return any(
            registered_domain(term) == domain
            for slot in ("owner_hosts", "mail_domains")
            for term in common_terms(self.survey, slot, MOST)
        )

    @cached_property
    def foreign_owners(self) -> tuple[str, ...]:
        """Hosts of strangers that the copyright lines of most pages name, but for those of houses
        above the host's own."""
        return tuple(
            term
            for term in common_terms(self.survey, "owner_hosts", MOST)
            if tells_its_owner(self.host)
            and not one_owner(self.host, term)
            and not is_anothers(self.survey, term)
        )

    @cached_property
    def led_to(self) -> tuple[str, int]:
        """The stranger's domain to many of whose hosts most pages lead, and to how many; none where
        they lead to pages of their own, too."""
        least = MOST * self.survey.pages
        hosts = [host for host, seen in self.survey.slots["linked"].items() if seen >= least]
        own = (host == HERE or one_owner(self.host, host) for host in hosts)
        if not tells_its_owner(self.host) or any(own):
            return "", 0
        domains = Counter(registered_domain(term) for term in hosts)
        domain, count = max(domains.items(), key=lambda d: (d[1], d[0]), default=("", 0))
        return (domain, count) if count >= MANY_HOSTS else ("", 0)


def sends_to(look: Look, host: str) -> bool:
    """Whether most pages of a host, and no links that nobody is to see, send readers to ``host``:
    nobody sends his readers to who copies him."""
    domain = registered_domain(host)
    survey = look.survey
    if survey.signs[HIDDEN_LINKS]:
        return False
    pages = sum(
        count for term, count in survey.slots["linked"].items() if registered_domain(term) == domain
    )
    return pages >= MOST * survey.pages


def is_reserved(host: str) -> bool:
    """Whether only institutions may register where ``host`` lies."""
    return bool(_RESERVED.search(suffixes(host.rsplit(":", 1)[0]).suffix))


def is_simplified(term: str) -> bool:
    """Whether a character of ``term`` stands in no traditional text."""
    return any(is_simplified_only(character) for character in term)


def one_owner(host: str, other: str) -> bool:
    """Whether two names tell one owner: one domain, or one label of their own (an institute's
    hosts below two suffixes)."""
    return registered_domain(host) == registered_domain(other) or bool(
        _labels(host) & _labels(other)
    )


def tells_its_owner(host: str) -> bool:
    """Whether a host has a name below a public suffix; an address of digits names nobody."""
    return bool(_labels(host))


@remembered(4096)
def _labels(host: str) -> frozenset[str]:
    """The labels that name an owner: the domain's own, and what stands before it, but for labels
    that name a service."""
    found = suffixes(host.rsplit(":", 1)[0])
    if not found.suffix or not found.domain:
        return frozenset()
    parts = {label for label in found.subdomain.split(".") if len(label) >= OWN_LABEL}
    return frozenset({f"{found.domain}.{found.suffix}", found.domain, *(parts - _SERVICES)})
