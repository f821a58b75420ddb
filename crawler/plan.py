"""What the operator asked for, checked before anything is touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UsageError
from archive.model import Lead, RunKind, Site
from archive.profiles.profile import DEFAULT_FAILURE_SHARE
from crawler.canonical import canonical_url, host_of
from crawler.discovery import lead_to
from crawler.guard import Guard, literal_address, with_and_without_www


@dataclass(frozen=True, slots=True)
class Plan:
    """A crawl to be: addresses in canonical spelling, the site's name, its bounds (requests and
    seconds, 0: none), the share of its requests that may fail, and whether the caller holds the
    data directory already."""

    data: Path
    urls: tuple[str, ...]
    mirrors: tuple[str, ...]
    name: str
    max_pages: int = 0
    max_seconds: float = 0.0
    failure_share: float = DEFAULT_FAILURE_SHARE
    kind: RunKind = "crawl"
    is_locked: bool = False

    def site(self, known: Site | None = None) -> Site:
        """The site with these hosts, and those that are known of it from before."""
        mirrors = dict.fromkeys(with_and_without_www(host_of(url) for url in self.mirrors))
        official = dict.fromkeys(host_of(url) for url in self.urls)
        if known is not None:
            official |= dict.fromkeys(known.official)
            mirrors |= dict.fromkeys(known.mirrors)
        if both := sorted(set(official) & set(mirrors)):
            raise UsageError(f"{both[0]} cannot be the institute's own host and a mirror of it")
        return Site(self.name, tuple(official), tuple(mirrors))

    def starts(self) -> tuple[Lead, ...]:
        """Where the walk begins."""
        return tuple(lead_to(url, "start") for url in (*self.urls, *self.mirrors))


def plan_of(
    data: Path,
    urls: Iterable[str],
    mirrors: Iterable[str] = (),
    name: str | None = None,
    max_pages: int | None = None,
) -> Plan:
    """The plan for these addresses. Raises UsageError, naming the address, when one is not one."""
    starts = tuple(dict.fromkeys(start_url(url) for url in urls))
    if not starts:
        raise UsageError("name at least one address, for instance http://www.example.ac.cn/")
    copies = tuple(dict.fromkeys(start_url(url) for url in mirrors))
    if max_pages is not None and max_pages < 1:
        raise UsageError("--max-pages must be at least 1")
    site = (name or "").strip() or host_of(starts[0])
    plan = Plan(data, starts, copies, site[:200], max_pages or 0)
    guard = Guard(plan.site())
    for url in (*starts, *copies):
        if reason := guard.refusal(url):
            raise UsageError(f"{url[:200]!r} cannot be crawled: {reason}")
    return plan


def start_url(text: str) -> str:
    """What the operator typed as a canonical address; a missing ``http://`` is filled in. Raises
    UsageError."""
    text = text.strip()
    try:
        url = canonical_url(text if "://" in text else f"http://{text}")
        name = host_of(url).partition(":")[0]
    except ValueError:
        raise UsageError(_not_an_address(text)) from None
    is_host = "." in name or "[" in name or name == "localhost" or literal_address(name) is not None
    is_address = url.startswith(("http://", "https://")) and is_host and "@" not in text
    if not is_address or any(character.isspace() for character in text):
        raise UsageError(_not_an_address(text))
    return url


def _not_an_address(text: str) -> str:
    return (
        f"{text[:200]!r} is not the address of a web site; write it as in http://www.example.ac.cn/"
    )
