"""What may be asked for: an ordered list of small rules, each with its reason.

Pages of strangers name addresses; some of them point into the operator's own network, out of the
site, or at schemes that read local files. It promises that an address is fetched only when every
rule lets it pass, that the refusal names the rule, and that a private address is reached only when
the operator wrote that very host himself, and no stranger could say where it is.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from scrapy.exceptions import IgnoreRequest

from archive.addresses import suffixes
from archive.model import Site
from archive.remembered import remembered
from crawler.canonical import CACHE_SIZE, authority_of

MAX_URL_LENGTH = 2_000
"""Characters; longer ones are made by traps, and servers refuse them."""

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressRefused(IgnoreRequest):
    """The address may not be asked for; ``reason`` is the rule that said so."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Address:
    """The part of an address that the rules ask about, taken apart once for all of them."""

    parts: SplitResult
    host: str
    port: int | None


Rule = Callable[["Guard", Address], bool]


class Guard:
    """The scope of one crawl: the site's official hosts, with everything below them where they are
    public names, and its mirrors, each exactly as named."""

    def __init__(self, site: Site) -> None:
        self.named = frozenset((*site.official, *site.mirrors))
        self._domains = tuple(
            (domain, _port_of(host)) for host in site.official if (domain := domain_of(host))
        )
        # Who copies the institute answers for the name of the copy: a mirror's name that leads into
        # the operator's own network was not written by the operator. Its bare address was.
        self._may_be_private = frozenset(
            (*site.official, *(host for host in site.mirrors if _is_written_as_private(host)))
        )
        self._resolved_public: set[str] = set()
        # The same links stand on page after page, and all of a site's have a few hosts.
        self._known: Callable[[str], str | None] = remembered(CACHE_SIZE)(self._refusal)
        self._known_hosts: Callable[[str, str], str | None] = remembered(CACHE_SIZE)(
            self._refusal_of_host
        )

    def refusal(self, url: str) -> str | None:
        """The reason why ``url`` may not be fetched, or None when it may."""
        return self._known(url)

    def _refusal(self, url: str) -> str | None:
        if len(url) > MAX_URL_LENGTH:
            return "too-long"
        try:
            parts = urlsplit(url)
        except ValueError:
            return "bad-address"
        return self._known_hosts(parts.scheme, parts.netloc)

    def _refusal_of_host(self, scheme: str, netloc: str) -> str | None:
        parts = SplitResult(scheme, netloc, "", "", "")
        try:
            port = parts.port
            if scheme not in ("http", "https"):
                return "scheme"
            host = authority_of(scheme, parts.hostname or "", port)
        except ValueError:
            return "bad-address"
        address = Address(parts, host, port)
        return next((reason for reason, rule in RULES if rule(self, address)), None)

    def check(self, url: str) -> None:
        """Raises AddressRefused when ``url`` may not be fetched."""
        if reason := self.refusal(url):
            raise AddressRefused(reason, url[:200])

    def allow_address(self, host: str, ip: str) -> bool:
        """May ``host`` be reached at ``ip``, the address its name was just resolved to?

        A private address is for hosts of the institute's that the operator named, and for mirrors
        whose names say that they are there (an address, ``localhost``); a named host that had a
        public address before and now shows a private one is being rebound, and is refused.
        """
        address = literal_address(ip)
        if address is None:
            return False
        host = host.lower()
        if is_public(address):
            self._resolved_public.add(host)
            return True
        return host in self._may_be_private and host not in self._resolved_public

    def in_scope(self, host: str, name: str, port: int | None) -> bool:
        """Does ``host`` (``name`` with ``port``) belong to the site?"""
        if host in self.named:
            return True
        return any(
            port in (None, 80, 443, wanted) and (name == domain or name.endswith("." + domain))
            for domain, wanted in self._domains
        )


def _names_a_user(guard: Guard, address: Address) -> bool:
    return "@" in address.parts.netloc


def _is_private(guard: Guard, address: Address) -> bool:
    literal = literal_address(address.parts.hostname or "")
    local = literal is not None and not is_public(literal)
    return (local or _is_local_name(address.parts.hostname or "")) and (
        address.host not in guard.named
    )


def _is_off_site(guard: Guard, address: Address) -> bool:
    return not guard.in_scope(address.host, address.parts.hostname or "", address.port)


# In this order: the first rule that fires gives the reason.
RULES: tuple[tuple[str, Rule], ...] = (
    # http://www.example.cn@evil.example/ is read differently by people and programs.
    ("user-in-address", _names_a_user),
    # Loopback, link-local, private and reserved ranges, however they are written.
    ("private-address", _is_private),
    # Everything else that is neither an official host, nor below one, nor a named mirror.
    ("off-site", _is_off_site),
)


FINAL = frozenset(("too-long", "bad-address", "scheme", *(reason for reason, _ in RULES)))
"""Reasons that are the same every night, as long as the site has the same hosts."""


def literal_address(name: str) -> IPAddress | None:
    """The IP address that ``name`` writes, in any form a resolver takes (dotted, decimal, hex,
    octal, shortened, IPv6 in brackets or not); None when it is a name."""
    name = name.strip("[]").partition("%")[0]
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        pass
    if not name[:1].isdigit():
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except (OSError, ValueError):
        return None


def is_public(address: IPAddress) -> bool:
    """Is it an address of the public internet, and not a cloak over another?"""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in _GIVEN_OUT:
            return False
    return address not in _ASSIGNED and address.is_global and not address.is_multicast


_ASSIGNED = ipaddress.IPv4Network("192.0.0.0/24")
"""For protocols (RFC 6890), and where some clouds answer for their machines' secrets (192.0.0.192);
Python before 3.11.10 holds most of it for public."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
"""All that IANA gives to networks of the internet. Outside lie the forms that translate to IPv4
within a network (``::127.0.0.1``, ``64:ff9b:1::/48``), and ranges that were local once."""


def is_loopback(host: str) -> bool:
    """Is ``host`` (with or without a port) this very machine?"""
    name = urlsplit(f"//{host}").hostname or ""
    literal = literal_address(name)
    if isinstance(literal, ipaddress.IPv6Address) and literal.ipv4_mapped:
        literal = literal.ipv4_mapped
    return literal.is_loopback if literal else name == "localhost" or name.endswith(".localhost")


def with_and_without_www(hosts: Iterable[str]) -> tuple[str, ...]:
    """Each public name in both spellings: mirrors answer on either and redirect to the other."""
    found: dict[str, None] = {}
    for host in hosts:
        found[host] = None
        if host.startswith("www."):
            found[host.removeprefix("www.")] = None
        elif domain_of(host):
            found[f"www.{host}"] = None
    return tuple(found)


def _is_written_as_private(host: str) -> bool:
    """Does the host (with or without a port) itself say that it is in the operator's network?"""
    name = urlsplit(f"//{host}").hostname or ""
    literal = literal_address(name)
    return _is_local_name(name) if literal is None else not is_public(literal)


def _is_local_name(name: str) -> bool:
    return "." not in name or name.endswith((".localhost", ".local", ".internal"))


def _port_of(host: str) -> int | None:
    return urlsplit(f"//{host}").port


def domain_of(host: str) -> str | None:
    """The name below which everything belongs to ``host``: itself without ``www.``, when that is
    a public name and not one under which strangers register theirs."""
    name = urlsplit(f"//{host}").hostname or ""
    if literal_address(name) is not None or _is_local_name(name):
        return None
    shorter = name.removeprefix("www.")
    for candidate in (shorter, name):
        found = suffixes(candidate)
        if found.suffix and found.domain:
            return candidate
    return None
