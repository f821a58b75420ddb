"""A new profile: written once, commented, and never over one that is there."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from archive.addresses import host_of
from archive.afresh import afresh
from archive.errors import ConfigurationError, UsageError
from archive.profiles.profile import (
    SUFFIX,
    is_address,
    is_institutes,
    is_new_name,
    no_name,
    read_profile,
    read_profiles,
)
from archive.warc.naming import safe_prefix
from archive.warc.storage import storage_errors

FOLDER = "sites"
_SAFE = re.compile("[A-Za-z0-9]")
"""What of a name a file's name can show; one in another script shows nothing."""

_TEXT = """\
# A site of the nightly crawl. `palimpsest sites check` says whether this file is right.

# What the site is called in the archive; --site NAME means this.
name = {name}

# Where the walk begins: pages of the institute's own hosts.
start = {start}

# Copies of the site on hosts that are not the institute's.
mirrors = {mirrors}

# false leaves the site out without losing this file.
enabled = true

# The budget of one night: requests (0: no limit) and minutes. What is left is asked for in the
# next night.
max_pages = 0
max_minutes = 240

# Seconds between two requests to one host; robots.txt may ask for more.
delay = 1.0

# Hosts whose TLS certificates are not looked at (expired, self-signed), one by one.
unverified_hosts = []

# A night in which a larger share of the requests failed ends with exit code 2.
failure_share = 0.05

# Articles that the server sends without ETag and Last-Modified come whole each time. Those that
# have not changed for 30 days are asked for every so many nights: an edit is found as late.
unvalidated_every = 1

# Days on which the site was made anew, should reports say that addresses of articles give other
# texts or somebody else's pages: what stands there since is then believed.
relaunched = []

# Hosts that are the institute's own, should a report take one for a mirror.
own_hosts = []

# What the institute is called, as it writes it, the full name first, then every shorter one. Where
# a mirror's brand stands in its place and nothing in the archive shows what stood there, the full
# name is put back, if the mirror left the shorter ones or none are given.
institute = {institute}

# Where things stand on the site's pages, should the program not find them: CSS selectors. What is
# left out, and what a selector finds nothing for, is found as on any other site.
# [selectors]
# container = "div.TRS_Editor"
# title = "h1"
# branch = "div.position a:last-child"
# author = "span.author"
# source = "span.source"
# published = "span.date"
"""


def profile_folder(data: Path) -> Path:
    """Where the profiles of the data directory lie."""
    return data / FOLDER


def add_profile(
    data: Path,
    start: Sequence[str],
    mirrors: Sequence[str] = (),
    name: str | None = None,
    institute: Sequence[str] = (),
) -> Path:
    """Write a profile for these addresses; returns its path.

    Raises UsageError for what is no address or name, ConfigurationError where there is a profile
    of that name, DataDirectoryError when it cannot be written.
    """
    starts, copies = [_address(one) for one in start], [_address(one) for one in mirrors]
    site = (name or host_of(starts[0])).strip()
    if not is_new_name(site):
        raise no_name(site)
    if wrong := [one for one in institute if not is_institutes(one)]:
        raise UsageError(
            f"{wrong[0][:60]!r} cannot be the institute's name (3 to 60 Chinese characters, no "
            "blank); give each as the institute writes it, the full one first"
        )
    folder = profile_folder(data)
    known, _ = read_profiles(folder)
    if site in {profile.name for profile in known}:
        raise ConfigurationError(f"{folder} has a profile named {site!r} already; edit that one")
    stem = _stem(site, host_of(starts[0]))
    path = folder / f"{stem}{SUFFIX}"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{SUFFIX}"
    text = _TEXT.format(
        name=_toml(site), start=_toml(starts), mirrors=_toml(copies), institute=_toml(institute)
    )
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.part")
        with afresh(partial) as file:
            file.write(text.encode())
        read_profile(partial)
        partial.replace(path)
    return path


def _stem(site: str, host: str) -> str:
    """What the file is called: the site, or its host as the name service knows it."""
    if _SAFE.search(site):
        return safe_prefix(site)
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    return safe_prefix(host)


def _address(text: str) -> str:
    url = text.strip() if "://" in text else f"http://{text.strip()}"
    if not is_address(url):
        raise UsageError(
            f"{text[:200]!r} is not the address of a web site; write it as in "
            "http://www.example.ac.cn/"
        )
    return url


def _toml(value: object) -> str:
    # A JSON string or list of strings is a TOML one, once characters beyond the BMP stay whole.
    return json.dumps(value, ensure_ascii=False)
