"""TLS contexts, the names WARC wants for what was agreed on, and the certificate shown."""

from __future__ import annotations

import hashlib
import re
import ssl
import sys

from archive.model import Certificate

_OPENSSL_NAME = re.compile(
    r"(?:(?P<exchange>(?:EC)?DHE-(?:RSA|ECDSA|DSS|PSK)|ADH|AECDH|PSK|RSA-PSK)-)?"
    r"(?P<cipher>AES128|AES256|CAMELLIA128|CAMELLIA256|ARIA128|ARIA256|CHACHA20-POLY1305|DES-CBC3|RC4|SEED)"
    r"(?:-(?P<mode>GCM|CCM8|CCM))?(?:-(?P<mac>SHA384|SHA256|SHA|MD5))?\Z"
)
_CIPHERS = {"CHACHA20-POLY1305": "CHACHA20_POLY1305", "DES-CBC3": "3DES_EDE_CBC", "RC4": "RC4_128"}
_EXCHANGES = {"ADH": "DH_anon", "AECDH": "ECDH_anon"}


def client_context(*, verify: bool) -> ssl.SSLContext:
    """A context for fetching; without ``verify`` it also talks to servers of long ago."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context


def certificate_of(session: ssl.SSLObject) -> Certificate | None:
    """What the server showed; the whole chain from Python 3.13 on, else its own certificate."""
    own = session.getpeercert(binary_form=True)
    if own is None:
        return None
    chain = (own,)
    if sys.version_info >= (3, 13):
        chain = tuple(session.get_unverified_chain()) or chain
    trusted = session.context.verify_mode is ssl.CERT_REQUIRED
    return Certificate("sha256:" + hashlib.sha256(own).hexdigest(), chain, trusted)


def protocol_name(version: str | None) -> str | None:
    """``TLSv1.3`` as WARC-Protocol spells it, ``tls/1.3``."""
    if version is None:
        return None
    number = version.removeprefix("TLSv").removeprefix("SSLv")
    family = "ssl" if version.startswith("SSL") else "tls"
    return f"{family}/{number if '.' in number else number + '.0'}" if family == "tls" else "ssl/3"


def suite_name(openssl_name: str) -> str:
    """OpenSSL's name of a cipher suite as IANA registers it; as it is when it follows no rule.

    >>> suite_name("ECDHE-RSA-AES128-GCM-SHA256")
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'
    """
    match = _OPENSSL_NAME.match(openssl_name)
    if match is None:
        return openssl_name
    exchange, cipher, mode, mac = match.group("exchange", "cipher", "mode", "mac")
    words = _EXCHANGES.get(exchange or "RSA", (exchange or "RSA").replace("-", "_"))
    if cipher in _CIPHERS:
        body = _CIPHERS[cipher]
    else:
        family, bits = re.split(r"(?=\d)", cipher, maxsplit=1) if cipher != "SEED" else ("SEED", "")
        body = "_".join(filter(None, (family, bits, (mode or "CBC").replace("CCM8", "CCM_8"))))
    if mac is None and cipher == "CHACHA20-POLY1305":
        mac = "SHA256"
    return "_".join(filter(None, ("TLS", words, "WITH", body, mac)))
