"""What a server's TLS certificate says, for people: whose it is, by whom, for how long.

A certificate is anybody's bytes. It promises that one which cannot be read costs nothing but its
own description.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from archive.model import Certificate

MAX_NAMES = 20
"""Host names that are told; certificates of large services have hundreds."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The server's own certificate: distinguished names (RFC 4514), host names that it is for, and
    the moments between which it is good, in UTC."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: datetime
    not_after: datetime


def identity(certificate: Certificate) -> Identity | None:
    """What the certificate says; None where it is not kept or cannot be read."""
    if not certificate.chain:
        return None
    try:
        own = x509.load_der_x509_certificate(certificate.chain[0])
        return Identity(
            own.subject.rfc4514_string(),
            own.issuer.rfc4514_string(),
            _names(own),
            own.not_valid_before_utc,
            own.not_valid_after_utc,
        )
    except (ValueError, x509.UnsupportedGeneralNameType):
        return None


def pem(certificate: Certificate) -> str:
    """The whole chain in the textual encoding (RFC 7468), the server's own first."""
    return "".join(ssl.DER_cert_to_PEM_cert(one) for one in certificate.chain)


def _names(own: x509.Certificate) -> tuple[str, ...]:
    try:
        names = own.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension):
        return ()
    hosts = names.get_values_for_type(x509.DNSName)
    addresses = map(str, names.get_values_for_type(x509.IPAddress))
    return tuple([*hosts, *addresses][:MAX_NAMES])
