"""Certificates as servers show them, made for the test."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from archive.model import Certificate

NOT_BEFORE = datetime(2010, 1, 1, tzinfo=UTC)
NOT_AFTER = datetime(2011, 1, 1, tzinfo=UTC)


def shown(host: str, owner: str = "Owner", *, trusted: bool = True) -> Certificate:
    """A chain of two, as a server named ``host`` shows it."""
    chain = (_der(host, owner), _der("authority", "Authority"))
    return Certificate("sha256:" + hashlib.sha256(chain[0]).hexdigest(), chain, trusted)


def _der(host: str, owner: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, owner)])
    issuer = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Authority")])
    names = x509.SubjectAlternativeName([x509.DNSName(host)])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOT_BEFORE)
        .not_valid_after(NOT_AFTER)
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )
