"""What becomes of an article when one more witness of it comes in during a walk.

A first answer, so that an article can be read the moment its page is kept; the site pass, which
sees all witnesses at once, has the last word.
"""

from __future__ import annotations

from dataclasses import replace

from archive.model import Article, Witness

_RANK = {"original": 2, "backfill": 1, "mirror": 0}


def merged(known: Article, incoming: Article) -> Article:
    """Both as one: all witnesses once, the reading of the better one.

    An original outranks a backfilled copy, which outranks a mirror; among equals the later
    capture wins. But for its id, which is that of the ``known`` one, the result does not depend on
    which of the two came first.
    """
    better, other = sorted((known, incoming), key=_standing, reverse=True)
    by_record: dict[tuple[str, str], Witness] = {}
    for witness in (*other.witnesses, *better.witnesses):
        by_record[witness.url, witness.pointer.record_id] = witness
    witnesses = sorted(by_record.values(), key=_place)
    chosen = better.witnesses[better.reading_of]
    roles = {witness.role for witness in witnesses}
    return replace(
        better,
        id=known.id,
        former_ids=known.former_ids,
        address_ids=known.address_ids,
        status="mirror-only" if roles == {"mirror"} else better.status,
        witnesses=tuple(witnesses),
        reading_of=witnesses.index(chosen),
        first_seen=min(known.first_seen, incoming.first_seen),
        last_seen=max(known.last_seen, incoming.last_seen),
    )


def _place(witness: Witness) -> tuple[int, str, str, str]:
    return (
        -_RANK[witness.role],
        witness.url,
        witness.captured_at.isoformat(),
        witness.pointer.record_id,
    )


def _standing(article: Article) -> tuple[int, str, str, str]:
    witness = article.witnesses[article.reading_of]
    return (
        _RANK[witness.role],
        witness.captured_at.isoformat(),
        witness.url,
        witness.pointer.record_id,
    )
