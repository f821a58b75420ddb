"""Witnesses become articles: joined, the reading chosen or collated, named, dated.

It promises one article for each work, whichever hosts and addresses carried it; the same articles
whatever the order of witnesses; the official text untouched wherever the official host has the
article; and for an article that only mirrors have, a reading whose repairs lead back to one of
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import regex

from archive.addresses import LOOSE_URN
from archive.cleaning.repairs import apply, make_repairs
from archive.cleaning.unmask import DATES_REWRITTEN
from archive.model import Article, Extraction, GivenId, Repair, Site, Witness
from archive.witnesses.collate import Reading, collate
from archive.witnesses.contained import join_contained
from archive.witnesses.fold import fold
from archive.witnesses.group import group
from archive.witnesses.naming import Named, Stood, Work, named
from archive.witnesses.titled import of_its_own, put_in_its_place

CARRIED = ("branch", "author", "editor", "source", "published", "hits", "language")
MAX_COLLATED = 8
"""Witnesses that are voted with; further ones hardly change a vote."""
MAX_TEXT = 60_000
"""Characters; longer texts are chosen, not collated."""
_PRINT = regex.compile(r"(?i)print|dayin|(?<![a-z])dy\.")
_SCAR = regex.compile(r"\?{1,3}(?=\p{Script=Han})|\ufffd")
_KIND_DAMAGE = {"A": 1.0, "C": 3.0, "D": 1.0, "E": 0.5, "F": 0.3, "G": 3.0, "H": 3.0, "K": 0.3}
MARKED = "mirror: "
"""Begins the flags of a text that bears a mirror's marks."""
_ROLE_RANK = {"original": 0, "backfill": 1, "mirror": 2}


def assemble(
    site: Site,
    witnesses: Sequence[Witness],
    keep: Callable[[Extraction], Extraction] = lambda reading: reading,
    meanwhile: Callable[[], None] = lambda: None,
    given: Iterable[GivenId] = (),
    stood: Stood | None = None,
) -> list[Article]:
    """The articles of ``site`` that ``witnesses`` attest, by id; ``keep`` is given readings that
    are no witness's, and gives back what is kept of them; ``meanwhile`` is called again and
    again, and may raise; ``given`` are the ids that the site's articles have had, ``stood`` when
    the witnesses had stood at their addresses before."""
    ordered = sorted(witnesses, key=_order)
    groups = join_contained(ordered, group(ordered, meanwhile), meanwhile)
    drafts = [_draft([ordered[i] for i in members], keep) for members in groups]
    return sorted(_named(site, drafts, given, stood), key=lambda a: a.id)


@dataclass(frozen=True, slots=True)
class _Draft:
    members: tuple[Witness, ...]
    chosen: int
    reading: Extraction


def _order(witness: Witness) -> tuple[Any, ...]:
    pointer = witness.pointer
    return (
        _ROLE_RANK[witness.role],
        witness.url,
        witness.captured_at.isoformat(),
        pointer.file,
        pointer.offset,
    )


def _draft(members: list[Witness], keep: Callable[[Extraction], Extraction]) -> _Draft:
    standing = _standing(members)
    chosen = min(standing, key=lambda i: _preference(members[i]))
    best = members[chosen]
    reading = best.clean
    if best.role != "original" and len(standing) > 1:
        reading = keep(_reconstruct(members, standing, chosen))
    return _Draft(tuple(members), chosen, reading)


def _standing(members: Sequence[Witness]) -> list[int]:
    """The newest of each address: what stood there before is neither read nor voted with."""
    newest: dict[str, int] = {}
    for place, one in enumerate(members):
        known = newest.get(one.url)
        if known is None or members[known].captured_at < one.captured_at:
            newest[one.url] = place
    return sorted(newest.values())


def _preference(witness: Witness) -> tuple[Any, ...]:
    """Smaller is better: the official host, the normal page, little damage, much told."""
    clean = witness.clean
    told = sum(getattr(clean, name) is not None for name in CARRIED)
    return (
        _ROLE_RANK[witness.role],
        damage(witness) if witness.role != "original" else 0.0,
        bool(_PRINT.search(witness.url)),
        -told - bool(clean.images) - bool(clean.attachments),
        len(witness.url),
        witness.url,
    )


def damage(witness: Witness) -> float:
    """How much a witness has suffered, 0 for nothing: by kinds of tampering, unresolved slots,
    scars of lost bytes a thousand characters, and characters that could not be decoded."""
    text = witness.clean.text
    scars = len(_SCAR.findall(text)) + witness.clean.decoding.replaced
    flags = sum(f.startswith("mirror:") for f in witness.clean.flags)
    kinds = sum(_KIND_DAMAGE.get(kind, 0.1) for kind in witness.kinds)
    return kinds + flags + min(1000 * scars / max(len(text), 1), 20.0)


def _reconstruct(members: Sequence[Witness], standing: Sequence[int], chosen: int) -> Extraction:
    """The reading of an article that no official host has: text and title voted on the least
    damaged of the ``standing`` witnesses, what it does not tell carried over from the others."""
    ranked = sorted(standing, key=lambda i: _preference(members[i]))[:MAX_COLLATED]
    best = members[chosen]
    reading = best.clean
    repairs: list[Repair] = []
    changed: dict[str, Any] = {}
    voters = [members[i] for i in ranked]
    titled = of_its_own(voters)
    for name, voted, made in (
        ("text", *_voted("text", voters)),
        ("title", *(put_in_its_place(voters, titled) or _voted("title", titled or voters))),
    ):
        if made:
            changed[name] = voted
            repairs += made
    if "text" in changed:
        markdown, made = _follow(reading.markdown, reading.text, repairs)
        changed["markdown"] = markdown
        repairs += made
    changed.update(_carried(reading, [members[i].clean for i in ranked[1:]]))
    return replace(reading, **changed, repairs=(*reading.repairs, *repairs))


def _voted(name: str, ranked: Sequence[Witness]) -> tuple[str, tuple[Repair, ...]]:
    """The field voted on; ``ranked`` begins with the base."""
    base = getattr(ranked[0].clean, name) or ""
    readings = [
        Reading(text, 1.0 / (1.0 + damage(w)), w.brand or "", DATES_REWRITTEN in w.clean.flags)
        for w in ranked
        if (text := getattr(w.clean, name) or "") and len(text) <= MAX_TEXT
    ]
    if not base or len(base) > MAX_TEXT or len(readings) < 2 or not _comparable(readings):
        return base, ()
    result = collate(readings)
    made = make_repairs(
        name,
        base,
        result.edits(base),
        rule="collated",
        evidence=f"vote of {len(readings)} witnesses",
        confidence=0.9 if len(readings) > 2 else 0.7,
    )
    return (apply(base, made), made) if made else (base, ())


def _comparable(readings: Sequence[Reading]) -> bool:
    """Lengths of the same order: a stub or a page with everything round it has no vote."""
    lengths = [len(r.text) for r in readings]
    return max(lengths) <= 2 * min(lengths)


def _follow(markdown: str, text: str, repairs: Sequence[Repair]) -> tuple[str, tuple[Repair, ...]]:
    """The changes of the text made in the markdown too, where the place is certain: the words
    around it stand there exactly once."""
    made: list[Repair] = []
    for repair in repairs:
        if repair.field != "text":
            continue
        before = text[max(repair.start - 8, 0) : repair.start].rsplit("\n", 1)[-1]
        after = text[repair.end : repair.end + 8].split("\n", 1)[0]
        place = before + repair.before + after
        if len(before + after) >= 4 and markdown.count(place) == 1:
            start = markdown.index(place) + len(before)
            end = start + len(repair.before)
            one = replace(repair, field="markdown", start=start, end=end)
            markdown = markdown[:start] + repair.after + markdown[end:]
            made.append(one)
    return markdown, tuple(made)


def _carried(reading: Extraction, others: Sequence[Extraction]) -> dict[str, Any]:
    """What the reading does not tell, from the best witness that does."""
    found: dict[str, Any] = {}
    for name in (*CARRIED, "title"):
        if getattr(reading, name) is None:
            value = next((v for o in others if (v := getattr(o, name)) is not None), None)
            if value is not None:
                found[name] = value
                if name == "published":
                    source = next(o for o in others if o.published is not None)
                    found["published_evidence"] = source.published_evidence
    for name in ("images", "attachments"):
        if not getattr(reading, name):
            value = next((v for o in others if (v := getattr(o, name))), ())
            if value:
                found[name] = value
    return found


def _named(
    site: Site, drafts: Sequence[_Draft], given: Iterable[GivenId], stood: Stood | None
) -> list[Article]:
    """Give each draft its id; where two works want a new one, official hosts come first, then the
    order of addresses."""
    ordered = sorted(drafts, key=lambda d: _order(d.members[d.chosen]))
    names = named(site.name, [Work(d.members, d.chosen) for d in ordered], given, stood)
    return [_article(site, *both) for both in zip(ordered, names, strict=True)]


def _article(site: Site, draft: _Draft, name: Named) -> Article:
    seen = [w.captured_at for w in draft.members]
    url = draft.members[draft.chosen].url
    return Article(
        id=name.id,
        url=_known_address(draft) or url,
        site=site.name,
        status="mirror-only" if all(map(_is_a_mirrors, draft.members)) else "live",
        reading=draft.reading,
        reading_of=draft.chosen,
        witnesses=draft.members,
        first_seen=min(seen),
        last_seen=max(seen),
        versions=_versions([w for w in draft.members if w.url == url]),
        former_ids=name.former_ids,
        address_ids=name.address_ids,
    )


def _is_a_mirrors(witness: Witness) -> bool:
    """Whether a witness is a mirror's: by its host, or as a text without one that bears marks."""
    marked = any(flag.startswith(MARKED) for flag in witness.clean.flags)
    return witness.role == "mirror" or (witness.role == "backfill" and marked)


def _known_address(draft: _Draft) -> str | None:
    """Where a text that came without its exchange says that it stood; None for any other."""
    chosen = draft.members[draft.chosen]
    claimed = chosen.clean.url or ""
    is_told = chosen.url.startswith(LOOSE_URN) and claimed.startswith(("http://", "https://"))
    return claimed if is_told else None


def _versions(members: Sequence[Witness]) -> int:
    """How many texts the witnesses of one address have."""
    return len({fold(w.clean.text) for w in members}) if len(members) > 1 else 1
