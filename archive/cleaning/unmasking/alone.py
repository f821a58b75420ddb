"""What betrays a mirror whose original is not in the archive.

Its frame names somebody whom its articles do not know, and something else agrees: the articles
speak as an institute, a foot still names another owner, or other strangers show the very same pages
under other names, of whom one at most can be right. It promises that neither a frame nor shared
articles alone are enough, that a host which names itself and is named by the others' texts is
never betrayed, and that organisations' names are no brands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import regex

from archive.cleaning.facts.dates import address_date
from archive.cleaning.script import light
from archive.cleaning.unmasking.addressed import housed_at
from archive.cleaning.unmasking.against import MIN_COPIES
from archive.cleaning.unmasking.brands import (
    MOST,
    NEARLY_ALL,
    Elsewhere,
    brand_candidates,
    common_terms,
    is_institution,
    key_of,
)
from archive.cleaning.unmasking.build import same_pages
from archive.cleaning.unmasking.compare import Comparison
from archive.cleaning.unmasking.copies import Shared
from archive.cleaning.unmasking.host import SLOTS, HostSurvey
from archive.cleaning.unmasking.leading import (
    in_titles_alone,
    leading_points,
    mailed_points,
    names_two_strangers,
)
from archive.cleaning.unmasking.look import (
    Look,
    is_reserved,
    is_simplified,
    one_owner,
    tells_its_owner,
)
from archive.cleaning.unmasking.menu import (
    institute_sections,
    institutions_at_home,
    is_no_institutes,
    is_of_the_press,
    keeping_institute,
    owned_names,
    owner_in_turn,
    owner_otherwise,
    renamed_in_title,
)
from archive.cleaning.unmasking.other_script import in_the_other_script
from archive.cleaning.unmasking.signs import SAME_WORDS
from archive.cleaning.unmasking.told import (
    called_institute,
    holding_offices,
    institution_named,
    speaking_as_institute,
)

SUSPECT = 3
"""Points that betray a mirror whose original is not there."""
SOWN, SOWN_WIDELY = 2, 3
"""Points of phrases put into sentences, and of several on most pages, which are proof enough of a
portal's, too; asked for only where they decide, for it takes time."""
CLAIMED_DAYS = 4
"""Days within which all dates of a host lie that shows the day of the visit."""
SECTION = 0.1
"""Share of the articles whose branch a string is that makes it a section of the site."""
SECTIONS_TOLD = 3
MAX_SIBLINGS = 24
"""Other mirrors of the same pages that are asked: a kit may have filled hundreds."""
BESIDE = 2
"""Characters on either side that two texts must have in common to have something at one place."""
_YEAR = regex.compile(r"(?<!\d)((?:19|20)\d\d)年(?!\d{1,2}月\d)")
_DEPARTMENT = regex.compile(r"(?:处|办公?室|(?<!俱乐)部|办|委员会|工会|团委|支部)$")
_ORGANISATION = regex.compile(
    r"(?:公司|集团|企业|工厂|厂|银行|基金会?|出版社|杂志社?|学报|期刊|报社?|通讯社|新闻网?|频道|联盟|论坛"
    r"|协会|附中|附小|[一二三四五六七八九十]中|[^网]店|inc|ltd|co|corp|press|journal|news)\.?$"
)


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another stranger's host that shows the same pages, and the pairs of articles, the host's own
    first."""

    look: Look
    shared: Shared

    @property
    def survey(self) -> HostSurvey:
        """The sibling's survey."""
        return self.look.survey


def siblings_of(
    host: str, looks: Mapping[str, Look], shared: Mapping[tuple[str, str], Shared]
) -> list[Sibling]:
    """Hosts of strangers that show most of this host's articles in the same pages: of many those
    with which it has most in common."""
    found = [
        Sibling(look, common)
        for other, look in looks.items()
        if (common := shared.get((host, other))) is not None
        and common.copies >= max(MIN_COPIES, MOST * common.looked_at)
        and not one_owner(host, other)
        and same_pages(looks[host].survey, look.survey)
    ]
    if len(found) <= MAX_SIBLINGS:
        return found
    return sorted(found, key=lambda one: -one.shared.copies)[:MAX_SIBLINGS]


@dataclass(frozen=True, slots=True)
class Charges:
    """What a host's own pages say against it: ``points``, each with the words that say why, and the
    ``brands`` in its frame."""

    points: Mapping[str, int]
    brands: Mapping[str, int]

    @property
    def weight(self) -> int:
        """All points together."""
        return sum(self.points.values())

    def sown_in(self, look: Look) -> dict[str, int]:
        """Points for phrases put into the sentences of a host (``look``) that bears a brand."""
        if not self.brands or not look.sown:
            return {}
        told = SOWN_WIDELY if look.is_sown_widely else SOWN
        sown = {"phrases stand inside sentences whose halves belong together": told}
        return sown | mailed_points(look)


def betrayed(look: Look, siblings: Sequence[Sibling]) -> tuple[str, ...]:
    """The evidence that betrays a host as a mirror; empty where it is not enough."""
    found = charges(look, siblings)
    against = look.says_its_own_name + 2 * look.is_reserved
    against += _cites(look) or is_of_the_press(look.survey)
    missing = SUSPECT + against - found.weight
    sown = found.sown_in(look) if 0 < missing <= SOWN_WIDELY else {}
    return (*found.points, *sown) if missing <= sum(sown.values()) else ()


def charges(look: Look, siblings: Sequence[Sibling]) -> Charges:
    """What speaks against a host, but for phrases put into sentences."""
    survey = look.survey
    strangers = [s for s in siblings if not _knows(s, survey)]
    brands = _frame_brands(survey, siblings) or _tampered_brands(look, siblings)
    away = in_titles_alone(look, lambda: _frame_brands(survey, siblings, organisations=True))
    brands |= away
    points = _owner_points(look, siblings)
    foreign = bool(brands or points)
    if brands:
        points |= _brand_points(look, brands)
        points |= leading_points(look, away)
        points |= _sibling_points(brands, strangers)
        if look.repeats_words:
            points[SAME_WORDS] = 1
    points |= dict.fromkeys(look.disguises, 2)
    if look.titles_replaced:
        points["many titles have no word in common with any text"] = 2
    if foreign:
        points |= _voice_points(look, brands)
        points |= _menu_points(look, brands)
    elif points and (line := _dates_against_addresses(survey) or _dates_against_texts(look)):
        points[line] = 2
    return Charges(points, brands)


def _cites(look: Look) -> bool:
    """Whether most articles say which institution they were taken from, as honest reprints do;
    none of these has another owner in its foot or another's menu, nor is a department or the
    owner itself a source."""
    survey = look.survey
    if look.foreign_owners or institute_sections(survey) or keeping_institute(survey):
        return False
    own = set(owned_names(survey))
    return any(
        count >= MOST * survey.articles and key_of(source) not in own
        for source, count in survey.sources.items()
        if is_institution(source) and not _DEPARTMENT.search(key_of(source))
    )


def _tampered_brands(look: Look, siblings: Sequence[Sibling]) -> dict[str, int]:
    """The same, organisations' names among them, where only a machine can have made the pages; and
    those in simplified characters over traditional articles whose feet name an institution's host,
    on one where anybody may register, or whose titles are traditional but for them."""
    found = _frame_brands(look.survey, siblings, organisations=True)
    if found and (look.disguises or names_two_strangers(look) or look.sown):
        return found
    owned = any(is_reserved(owner) for owner in look.foreign_owners)
    if not (look.is_traditional and owned) or look.is_reserved:
        return in_the_other_script(look, found)
    return {brand: points for brand, points in found.items() if is_simplified(brand)}


def _frame_brands(
    survey: HostSurvey, siblings: Sequence[Sibling], *, organisations: bool = False
) -> dict[str, int]:
    """Strings that may be brands, with points: 2 in several slots of the frame, 1 in nearly every
    title alone. What siblings have in their frames or texts too is no brand, nor is a section, nor
    an organisation's name unless these are asked for."""
    peers = [sibling.survey for sibling in siblings]
    elsewhere = Elsewhere(peers) if peers else None
    found = dict.fromkeys(brand_candidates(survey, [], (), elsewhere), 2)
    for term in common_terms(survey, "title_ends", NEARLY_ALL):
        if not is_institution(term) and len(term) > 1:
            found.setdefault(term, 1)
    naming = {t for slot in ("title_ends", "owners") for t in common_terms(survey, slot, MOST)}
    framed = {key_of(term) for peer in peers for term in peer.strings}
    framed |= {key_of(term) for peer in peers for term in peer.slots["title_ends"]}
    return {
        term: points
        for term, points in found.items()
        if term in naming
        and (organisations or not _ORGANISATION.search(key_of(term)))
        and key_of(term) not in framed
        and survey.branches[term] < SECTION * survey.articles
        and not any(_in_texts(term, s) for s in siblings)
    }


def _in_texts(term: str, sibling: Sibling) -> bool:
    """Whether a sibling's texts have a string; where it sows phrases, which may hold the brands of
    its kind, the host's own must have it there, too."""
    needle = light(term)
    pairs = [(light(ours.text), light(theirs.text)) for ours, theirs in sibling.shared.pairs]
    bearing = [(ours, theirs) for ours, theirs in pairs if needle in theirs]
    if not bearing or not sibling.look.sown:
        return bool(bearing)
    around = regex.compile(f".{{{BESIDE}}}{regex.escape(needle)}.{{{BESIDE}}}", regex.DOTALL)
    return any(place in ours for ours, theirs in bearing for place in around.findall(theirs))


def _knows(sibling: Sibling, survey: HostSurvey) -> bool:
    """Whether a sibling's frame names the same owner: a second address, not a stranger."""
    return bool(_identity(survey) & _identity(sibling.survey))


def _identity(survey: HostSurvey) -> set[str]:
    """Whom nearly all titles name; where they name nobody, whom the feet name."""
    for slot in ("title_ends", "owners"):
        named = {key_of(term) for term in common_terms(survey, slot, NEARLY_ALL)} - {""}
        if named:
            return named
    return set()


def _brand_points(look: Look, brands: Mapping[str, int]) -> dict[str, int]:
    """What the host's own articles say against the brands of its frame."""
    survey, texts = look.survey, look.texts
    strongest = max(brands, key=lambda b: (brands[b], b))
    points = {f"{strongest} stands in the frame": brands[strongest]}
    for brand in brands:
        if (seen := holding_offices(brand, texts)) >= MIN_COPIES - 1:
            points[f"{brand} holds offices on {seen} pages"] = 2
        inside = sum(light(brand) in text for text in texts)
        called = called_institute(texts)
        if inside >= MIN_COPIES and called and not names_institution(survey):
            points[f"{called} articles call {brand} an institute"] = 1
    if line := _dates_against_addresses(survey):
        points[line] = 2
    if any(is_simplified(brand) for brand in brands) and look.is_traditional:
        points["simplified characters in the frame of traditional pages"] = 2
    return points


def _sibling_points(brands: Iterable[str], strangers: Sequence[Sibling]) -> dict[str, int]:
    """Other strangers with the same pages, and what they have where the brand stands."""
    points: dict[str, int] = {}
    if strangers:
        points[f"the same pages stand on {', '.join(s.look.host for s in strangers)}"] = 2
    terms = sorted({light(b) for b in brands}, key=lambda b: (-len(b), b))
    for sibling in strangers:
        comparison = Comparison()
        for ours, theirs in sibling.shared.pairs:
            comparison.add(ours, theirs, terms)
        for (brand, span), count in sorted(comparison.names.items()):
            if count >= 2 and (is_institution(span) or span in _identity(sibling.survey)):
                points[f"{brand} stands where {sibling.look.host} has {span}"] = 3
    return points


def _owner_points(look: Look, siblings: Sequence[Sibling]) -> dict[str, int]:
    """Where the foot names another owner than the host's own domain."""
    points: dict[str, int] = {}
    for owner in look.foreign_owners:
        if name := housed_at(look.survey, owner):
            points[f"the foot gives {owner} as the host of {name}"] = 1
        told = 1 + (is_reserved(owner) and not look.is_reserved)
        points[f"copyright line names {owner}"] = told
        too = [s.look.host for s in siblings if owner in s.look.foreign_owners]
        if too:
            points[f"so do the same pages on {', '.join(too)}"] = 2
    for domain in common_terms(look.survey, "mail_domains", MOST):
        foreign = tells_its_owner(look.host) and not one_owner(look.host, domain)
        agrees = any(one_owner(domain, owner) for owner in look.foreign_owners)
        if foreign and (agrees or (is_reserved(domain) and not look.is_reserved)):
            points[f"e-mail address names {domain}"] = 1
    return points


def _voice_points(look: Look, brands: Iterable[str]) -> dict[str, int]:
    """Articles that speak as an institute, under a frame that names none; a house whose menu is no
    institute's may print what institutes say."""
    if brands and (names_institution(look.survey) or is_no_institutes(look.survey)):
        return {}
    if told := speaking_as_institute(look.texts):
        return {f"{told} articles speak of an institute as their own": 1}
    name = institution_named(look.texts)
    framed = {key_of(t) for slot in SLOTS for t in look.survey.slots[slot]}
    if name and name not in framed:
        return {f"the articles name {name}, the frame does not": 1}
    return {}


def _menu_points(look: Look, brands: Mapping[str, int]) -> dict[str, int]:
    """A menu that is an institute's; a way home or a keeper of the pages that is one where the
    owner's place names none; titles that name nobody whom the page knows."""
    if not brands and not look.foreign_owners:
        return {}
    points: dict[str, int] = {}
    owners = common_terms(look.survey, "owners", MOST)
    if not any(is_institution(owner) for owner in owners):
        for name in institutions_at_home(look.survey, brands):
            points[f"the way home bears the name {name}"] = 1
        if keeper := keeping_institute(look.survey, brands):
            points[f"the foot says that {keeper} keeps the pages"] = 1
    for brand in brands:
        if owner := owner_otherwise(look.survey, brand):
            points[f"the foot names {owner}, the titles {brand}"] = 1
        if owner := owner_in_turn(look.survey, brand):
            points[f"the foot names {owner} on most pages, {brand} on all others"] = 1
        if owner := renamed_in_title(look.survey, brand):
            points[f"a title has {brand} where its headline has {owner}"] = 1
    if sections := institute_sections(look.survey):
        points[f"the menu is an institute's: {', '.join(sections[:SECTIONS_TOLD])}"] = 1
    return points


def names_institution(survey: HostSurvey) -> bool:
    """Whether the frame of most pages names an institution."""
    return any(
        is_institution(term)
        for slot in ("title_ends", "owners", "crumb_roots", "home_links")
        for term in common_terms(survey, slot, MOST)
    )


def _dates_against_addresses(survey: HostSurvey) -> str:
    """Pages that all claim to be of a few days, at addresses that tell days of many months."""
    told = [day for path in survey.paths if (day := address_date(path)) is not None]
    if len(told) < MIN_COPIES or len(survey.dates) == 0:
        return ""
    shown = (max(survey.dates) - min(survey.dates)).days
    wide = (max(told) - min(told)).days
    if shown >= CLAIMED_DAYS or wide < 10 * CLAIMED_DAYS:
        return ""
    return f"all dates fall within {shown + 1} days, those of the addresses within {wide + 1}"


def _dates_against_texts(look: Look) -> str:
    """Pages most of whose days are of a few, and whose texts speak of years long past."""
    shown = look.survey.dates
    last = max(shown, default=date.min)
    near = sum(count for day, count in shown.items() if (last - day).days < CLAIMED_DAYS)
    if not shown or near < NEARLY_ALL * shown.total():
        return ""
    told = [max(years) for text in look.texts if (years := _years(text))]
    past = sum(year < last.year - 1 for year in told)
    if past < max(MIN_COPIES, NEARLY_ALL * len(told)):
        return ""
    return f"most dates fall within {CLAIMED_DAYS} days, {past} articles speak of years long past"


def _years(text: str) -> list[int]:
    """The years that ``text`` names without a day."""
    return [int(year) for year in _YEAR.findall(text)]
