"""The certificate that a server showed over TLS, as notes on the exchange.

WARC 1.1 leaves open how it is kept (sections 6.3.2 and 6.5.2). Each exchange names it by its
digest; the certificates themselves stand in a metadata record behind the first exchange of a file
that had them from this host. It promises that what is read back has the digest it is named by.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from archive.errors import RecordError
from archive.model import Certificate
from archive.warc.record import WARC_FIELDS, Fields, digest
from archive.warc.records import Record, read_records

NAMED = "tlsCertificate"
TRUSTED = "tlsTrusted"
CHAIN = "tlsCertificateChain"
NAMES = (NAMED, TRUSTED, CHAIN)
FOLLOWERS = 3
"""Records behind an exchange's first that belong to it."""


def naming(certificate: Certificate) -> Fields:
    """Which certificate it was, and whether it was trusted."""
    return [(NAMED, certificate.digest), (TRUSTED, "yes" if certificate.trusted else "no")]


def holding(certificate: Certificate) -> Fields:
    """The certificates themselves: DER in base64 (RFC 4648), the server's own first."""
    chain = " ".join(b64encode(one).decode() for one in certificate.chain)
    return [*naming(certificate), (CHAIN, chain)]


def certificate_in(notes: Mapping[str, str]) -> Certificate | None:
    """The certificate that the notes name, with its chain where they hold it."""
    named = notes.get(NAMED)
    if named is None:
        return None
    chain = _chain(notes.get(CHAIN, ""))
    if chain and digest(chain[0]) != named:
        chain = ()
    return Certificate(named, chain, notes.get(TRUSTED) != "no")


def holder(path: Path, named: str, until: int, at_most: int | None = None) -> Record | None:
    """The record of the file ``path`` that holds the certificate ``named``. It stands behind the
    first exchange that had it: among the first records of a file, as a rule, and never more than a
    few behind the one at ``until``. None where it is not there, or not among the first ``at_most``
    records. Raises OSError."""
    damage: list[RecordError] = []
    behind = 0
    for record in islice(read_records(path, damage.append), at_most):
        behind += record.offset > until
        if behind > FOLLOWERS:
            return None
        if record.header.type == "metadata" and _holds(record, named):
            return record
    return None


def notes_in(record: Record) -> dict[str, str]:
    """The fields of a metadata record of ``application/warc-fields``, the last of each name."""
    if not (record.header.field("Content-Type") or "").lower().startswith(WARC_FIELDS):
        return {}
    lines = (line.partition(":") for line in record.block.decode("utf-8", "replace").splitlines())
    return {name: value.strip() for name, _, value in lines if value.strip()}


def _holds(record: Record, named: str) -> bool:
    found = certificate_in(notes_in(record)) if CHAIN.encode() in record.block else None
    return found is not None and found.digest == named and bool(found.chain)


def _chain(text: str) -> tuple[bytes, ...]:
    try:
        return tuple(b64decode(one, validate=True) for one in text.split())
    except binascii.Error:
        return ()
