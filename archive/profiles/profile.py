"""A site profile read, and what is wrong with it said with its line and the remedy.

It promises that a profile is either wholly right or refused: an unknown key is an error, not
something that is silently without effect. All that is wrong is said at once.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.addresses import host_of
from archive.cleaning.selectors import NAMES as SELECTED
from archive.cleaning.selectors import NO_SELECTORS, Selectors, is_selector
from archive.errors import ConfigurationError, UsageError

SUFFIX = ".toml"
MAX_MINUTES = 24 * 60
DEFAULT_MINUTES = 240
MAX_EVERY = 30
"""Nights between two visits of an article, at most: an edit is found as late."""
DEFAULT_FAILURE_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Profile:
    """One site. ``start`` and ``mirrors`` are addresses; ``max_pages`` (requests, 0: no limit) and
    ``max_minutes`` are the budget of one night; ``delay`` the seconds between two requests to a
    public host; ``unverified_hosts`` those whose TLS certificates are not looked at; a night in
    which more than ``failure_share`` of the requests failed ends with exit code 2; articles that
    came without validators (ETag, Last-Modified) and have not changed for a month are asked for
    every ``unvalidated_every`` nights; ``relaunched`` are days on which the site was made anew, so
    that other texts stand at old addresses; ``own_hosts`` are the institute's, whatever their pages
    show; ``institute`` is what it is called, the full name first; ``selectors`` say where things
    stand on its pages."""

    name: str
    start: tuple[str, ...]
    mirrors: tuple[str, ...] = ()
    enabled: bool = True
    max_pages: int = 0
    max_minutes: int = DEFAULT_MINUTES
    delay: float = 1.0
    unverified_hosts: tuple[str, ...] = ()
    failure_share: float = DEFAULT_FAILURE_SHARE
    unvalidated_every: int = 1
    relaunched: tuple[date, ...] = ()
    own_hosts: tuple[str, ...] = ()
    institute: tuple[str, ...] = ()
    selectors: Selectors = NO_SELECTORS


@dataclass(frozen=True, slots=True)
class _Key:
    """What a key must hold: ``kind`` in words, how to tell, and an example for the remedy."""

    kind: str
    example: str
    is_right: Any = field(compare=False)
    is_item: Any = field(compare=False, default=None)
    """How to tell of each value of a list."""

    def wrong(self, value: object) -> object:
        """What is wrong of ``value``: of a list only the values that are."""
        if self.is_item is None or not isinstance(value, list):
            return value
        return [one for one in value if not self.is_item(one)]


def is_name(value: object) -> bool:
    """May a site be called so?"""
    return isinstance(value, str) and 0 < len(value.strip()) <= 200 and value.isprintable()


def is_new_name(value: str) -> bool:
    """May a site that nobody knows yet be called so? What looks like a path or an option would be
    taken for one somewhere, or be written in another way."""
    return is_name(value) and "/" not in value and value.strip()[0] not in "-."


def no_name(value: str) -> UsageError:
    """That a site cannot be called so."""
    return UsageError(
        f"{value[:60]!r} cannot be a site's name (up to 200 characters, none of them /, the first "
        "no - and no dot); --site NAME gives another one"
    )


_INSTITUTES = re.compile(r"[\u3400-\u9fff]{2}[\u3400-\u9fffA-Za-z0-9（）()·]{1,58}")


def _whole(low: int, high: int) -> Any:
    return lambda v: isinstance(v, int) and not isinstance(v, bool) and low <= v <= high


def _number(low: float, high: float) -> Any:
    return lambda v: (
        isinstance(v, int | float) and not isinstance(v, bool) and low <= float(v) <= high
    )


def is_address(value: object) -> bool:
    """Is it the address of a page on a host that a night could reach: http or https, no login, a
    host of more than one word, ``localhost`` or a number?"""
    if not isinstance(value, str) or any(c.isspace() or not c.isprintable() for c in value):
        return False
    try:
        parts = urlsplit(value)
        name = parts.hostname or ""
        is_host = any(c in name.rstrip(".") for c in ".:") or name == "localhost"
        is_plain = "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and is_host and is_plain


def _is_host(value: object) -> bool:
    return isinstance(value, str) and is_address(f"http://{value}/") and "/" not in value


def is_institutes(value: object) -> bool:
    """A Chinese name long enough to be told from words."""
    return isinstance(value, str) and _INSTITUTES.fullmatch(value) is not None


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _list_of(is_right: Any, at_least: int = 0) -> Any:
    return lambda v: isinstance(v, list) and len(v) >= at_least and all(map(is_right, v))


_KEYS: dict[str, _Key] = {
    "name": _Key("a name of 1 to 200 characters", '"institute"', is_name),
    "start": _Key(
        "a list of addresses that begin with http:// or https://",
        '["http://www.example.ac.cn/"]',
        _list_of(is_address, 1),
        is_address,
    ),
    "mirrors": _Key(
        "a list of addresses that begin with http:// or https://",
        '["http://mirror.example.com/"]',
        _list_of(is_address),
        is_address,
    ),
    "enabled": _Key("true or false", "true", lambda v: isinstance(v, bool)),
    "max_pages": _Key("a whole number, 0 for no limit", "20000", _whole(0, 10**9)),
    "max_minutes": _Key(
        f"a whole number of minutes from 1 to {MAX_MINUTES}", "240", _whole(1, MAX_MINUTES)
    ),
    "delay": _Key("seconds from 0.2 to 60", "1.0", _number(0.2, 60)),
    "unverified_hosts": _Key(
        "a list of host names",
        '["old.example.ac.cn"]',
        _list_of(_is_host),
        _is_host,
    ),
    "failure_share": _Key("a share from 0 to 1", "0.05", _number(0, 1)),
    "unvalidated_every": _Key(
        f"a whole number of nights from 1 to {MAX_EVERY}", "3", _whole(1, MAX_EVERY)
    ),
    "relaunched": _Key("a list of days", "[2026-11-27]", _list_of(_is_day), _is_day),
    "own_hosts": _Key(
        "a list of host names", '["www.example.ac.cn"]', _list_of(_is_host), _is_host
    ),
    "institute": _Key(
        "a list of the institute's Chinese names, 3 to 60 characters each, the full one first",
        '["某某科学院某某研究所", "某某所"]',
        _list_of(is_institutes),
        is_institutes,
    ),
    "selectors": _Key(
        f"a table of CSS selectors for any of {', '.join(SELECTED)}",
        '{ container = "div.TRS_Editor" }',
        lambda v: isinstance(v, dict),
    ),
}
_NEEDED = ("name", "start")
_TOML_REMEDIES = {
    "Cannot overwrite a value": "the key is given twice, keep one of the lines",
    "Invalid value": 'text stands between straight quotes, as in name = "institute"',
    "Unclosed array": "between two values stands a comma, behind the last one ]",
    "Expected '=' after a key in a key/value pair": (
        'a line is written KEY = VALUE, as in name = "institute"'
    ),
}


class ProfileError(ConfigurationError):
    """The profile in ``path`` is wrong: a line for each of its ``problems``, by line. ``site`` is
    whose it says it is, None where that is wrong or cannot be read."""

    def __init__(self, path: Path, problems: Sequence[str], site: str | None = None) -> None:
        more = len(problems) - 1
        others = f" (and {more} more: `palimpsest sites check` lists them)" if more else ""
        super().__init__(problems[0] + others)
        self.path = path
        self.problems = tuple(problems)
        self.site = site


def read_profile(path: Path) -> Profile:
    """The profile in ``path``. Raises ProfileError, which says the lines and the remedies."""
    if path.exists() and not path.is_file():
        # Reading a pipe would wait for ever for somebody to write.
        raise ProfileError(path, [f"{path}: no file; move it away, or give it another name"])
    try:
        raw = path.read_bytes()
        text = StringIO(raw.decode("utf-8-sig"), newline=None).read()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ProfileError(path, [f"{path} line {line}: not UTF-8 text; save it so"]) from None
    except OSError as error:
        raise ProfileError(path, [f"{path}: cannot be read: {error.strerror}"]) from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(path, [f"{path}{_toml_error(str(error))}"]) from None
    except RecursionError:
        raise ProfileError(
            path, [f"{path}: not TOML: brackets within brackets, too deep"]
        ) from None
    problems = sorted((*_wrong_values(text, values), *_missing(values)))
    problems = problems or list(_own_mirrors(text, values))
    if problems:
        lines = [f"{path}{where}: {what}" for _, where, what in problems]
        name = values.get("name")
        raise ProfileError(path, lines, name if is_name(name) else None)
    lists = {name: tuple(v) for name, v in values.items() if isinstance(v, list)}
    selectors = Selectors(**values.get("selectors", {}))
    return Profile(**{**values, **lists, "selectors": selectors})


def read_profiles(folder: Path) -> tuple[list[Profile], list[ProfileError]]:
    """The profiles in ``folder`` by file name, and what is wrong with the others; of two with one
    name the second is wrong. Nothing where there is no such folder."""
    found: dict[str, Path] = {}
    profiles: list[Profile] = []
    wrong: list[ProfileError] = []
    for path in sorted(folder.glob("*")):
        if path.suffix.lower() != SUFFIX:
            continue
        try:
            profile = read_profile(path)
        except ProfileError as error:
            wrong.append(error)
            continue
        first = found.setdefault(profile.name, path)
        if first == path:
            profiles.append(profile)
        else:
            wrong.append(ProfileError(path, [_one_name(path, profile.name, first)]))
    return profiles, wrong


def shared_hosts(profiles: Iterable[Profile]) -> dict[str, list[str]]:
    """Hosts at which more than one of ``profiles`` begin, each with their names: whatever is there
    is asked for, and kept, once for each."""
    names: dict[str, list[str]] = {}
    for profile in profiles:
        for host in sorted({host_of(url) for url in profile.start}):
            names.setdefault(host, []).append(profile.name)
    return {host: found for host, found in names.items() if len(found) > 1}


def _one_name(path: Path, name: str, first: Path) -> str:
    return f"{path}: the name {name!r} is also that of {first}; give one of them another name"


_AFTER_ALL_LINES = 1_000_000_000
Problem = tuple[int, str, str]
"""The line by which it is sorted, the line as it is said, and what is wrong with the remedy."""


def _wrong_values(text: str, values: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in values.items():
        line = _line_of(text, name)
        if name not in _KEYS:
            yield line, f" line {line}", _unknown(name, tuple(_KEYS))
        elif name == "selectors" and isinstance(value, dict):
            yield from _wrong_selectors(text, value)
        elif not _KEYS[name].is_right(value):
            yield (
                line,
                f" line {line}",
                (
                    f"{name} is {_short(_KEYS[name].wrong(value))}, it must be {_KEYS[name].kind}; "
                    f"write for instance {name} = {_KEYS[name].example}"
                ),
            )


def _wrong_selectors(text: str, selectors: Mapping[str, Any]) -> Iterator[Problem]:
    table = _line_of(text, "selectors")
    for name, value in selectors.items():
        line = _line_of(text, name, table)
        if name not in SELECTED:
            yield line, f" line {line}", f"among the selectors: {_unknown(name, SELECTED)}"
        elif not is_selector(value):
            yield (
                line,
                f" line {line}",
                (
                    f"{name} is {_short(value)}, it must be a CSS selector; "
                    f'write for instance {name} = "div.TRS_Editor"'
                ),
            )


def _unknown(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, 1)
    remedy = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
    return f"unknown key {name!r}; {remedy}"


def _missing(values: Mapping[str, Any]) -> Iterator[Problem]:
    for name in _NEEDED:
        if name not in values:
            yield (
                _AFTER_ALL_LINES,
                "",
                f"{name} is missing; add a line {name} = {_KEYS[name].example}",
            )


def _own_mirrors(text: str, values: Mapping[str, Any]) -> Iterator[Problem]:
    line = _line_of(text, "mirrors")
    own = {host_of(one).removeprefix("www.") for one in values["start"]}
    for mirror in values.get("mirrors", ()):
        if host_of(mirror).removeprefix("www.") in own:
            what = f"{_short(mirror)} is a mirror on a host of start; leave it out of one of them"
            yield line, f" line {line}", what


def _line_of(text: str, name: str, otherwise: int = 1) -> int:
    """The line that gives ``name``; ``otherwise`` where none begins with it."""
    pattern = re.compile(rf"^\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*[\].=]", re.MULTILINE)
    found = pattern.search(text)
    return text.count("\n", 0, found.end()) + 1 if found else otherwise


def _short(value: object) -> str:
    # A login may have a password.
    text = re.sub(r"//[^/'\"]*@", "//…@", _written(value))
    return text if len(text) <= 60 else f"{text[:57]}…"


def _written(value: object) -> str:
    """``value`` as whoever wrote it knows it."""
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | time) else repr(value)


def _toml_error(message: str) -> str:
    """``… (at line 3, column 5)`` with the line in front, as in every other message."""
    found = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    what = message[: found.start()] if found else message
    remedy = _TOML_REMEDIES.get(what, "correct it; https://toml.io shows how values are written")
    where = f" line {found[1]}, column {found[2]}" if found and found[1] else ""
    return f"{where}: not TOML: {what}; {remedy}"
