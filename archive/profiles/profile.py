"""A site profile read, and what is wrong with it said with its line and the remedy.

It promises that a profile is either wholly right or refused: an unknown key is an error, not
something that is silently without effect.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.cleaning.selectors import NAMES as SELECTED
from archive.cleaning.selectors import NO_SELECTORS, Selectors, is_selector
from archive.errors import ConfigurationError

SUFFIX = ".toml"
MAX_MINUTES = 24 * 60
DEFAULT_MINUTES = 240
DEFAULT_FAILURE_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Profile:
    """One site. ``start`` and ``mirrors`` are addresses; ``max_pages`` (requests, 0: no limit) and
    ``max_minutes`` are the budget of one night; ``delay`` the seconds between two requests to a
    public host; ``unverified_hosts`` those whose TLS certificates are not looked at; a night in
    which more than ``failure_share`` of the requests failed ends with exit code 2; ``selectors``
    say where things stand on the site's pages."""

    name: str
    start: tuple[str, ...]
    mirrors: tuple[str, ...] = ()
    enabled: bool = True
    max_pages: int = 0
    max_minutes: int = DEFAULT_MINUTES
    delay: float = 1.0
    unverified_hosts: tuple[str, ...] = ()
    failure_share: float = DEFAULT_FAILURE_SHARE
    selectors: Selectors = NO_SELECTORS


@dataclass(frozen=True, slots=True)
class _Key:
    """What a key must hold: ``kind`` in words, how to tell, and an example for the remedy."""

    kind: str
    example: str
    is_right: Any = field(compare=False)


def is_name(value: object) -> bool:
    """May a site be called so?"""
    return isinstance(value, str) and 0 < len(value.strip()) <= 200 and value.isprintable()


def _whole(low: int, high: int) -> Any:
    return lambda v: isinstance(v, int) and not isinstance(v, bool) and low <= v <= high


def _number(low: float, high: float) -> Any:
    return lambda v: (
        isinstance(v, int | float) and not isinstance(v, bool) and low <= float(v) <= high
    )


def _is_address(value: object) -> bool:
    if not isinstance(value, str) or any(c.isspace() for c in value):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _addresses(at_least: int) -> Any:
    return lambda v: isinstance(v, list) and len(v) >= at_least and all(map(_is_address, v))


_KEYS: dict[str, _Key] = {
    "name": _Key("a name of 1 to 200 characters", '"institute"', is_name),
    "start": _Key(
        "a list of addresses that begin with http:// or https://",
        '["http://www.example.ac.cn/"]',
        _addresses(1),
    ),
    "mirrors": _Key(
        "a list of addresses that begin with http:// or https://",
        '["http://mirror.example.com/"]',
        _addresses(0),
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
        lambda v: isinstance(v, list) and all(isinstance(one, str) and one for one in v),
    ),
    "failure_share": _Key("a share from 0 to 1", "0.05", _number(0, 1)),
    "selectors": _Key(
        f"a table of CSS selectors for any of {', '.join(SELECTED)}",
        '{ container = "div.TRS_Editor" }',
        lambda v: (
            isinstance(v, dict) and v.keys() <= set(SELECTED) and all(map(is_selector, v.values()))
        ),
    ),
}
_NEEDED = ("name", "start")


def read_profile(path: Path) -> Profile:
    """The profile in ``path``. Raises ConfigurationError, which says the line and the remedy."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8 text ({error.reason}); save it so") from None
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: {_toml_error(str(error))}") from None
    return _checked(path, text, values)


def read_profiles(folder: Path) -> list[Profile]:
    """Every profile in ``folder``, by file name; none where there is no such folder.

    Raises ConfigurationError for a profile that is wrong, and for two with one name.
    """
    found: dict[str, Path] = {}
    profiles = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        profile = read_profile(path)
        if profile.name in found:
            raise ConfigurationError(
                f"{path}: the name {profile.name!r} is also that of {found[profile.name]}; "
                "give one of them another name"
            )
        found[profile.name] = path
        profiles.append(profile)
    return profiles


def _checked(path: Path, text: str, values: Mapping[str, Any]) -> Profile:
    for name, value in values.items():
        where = f"{path} line {_line_of(text, name)}"
        if name not in _KEYS:
            close = difflib.get_close_matches(name, _KEYS, 1)
            remedy = f"did you mean {close[0]}?" if close else f"there are {', '.join(_KEYS)}"
            raise ConfigurationError(f"{where}: unknown key {name!r}; {remedy}")
        key = _KEYS[name]
        if not key.is_right(value):
            raise ConfigurationError(
                f"{where}: {name} is {_short(value)}, it must be {key.kind}; "
                f"write for instance {name} = {key.example}"
            )
    for name in _NEEDED:
        if name not in values:
            raise ConfigurationError(
                f"{path}: {name} is missing; add a line {name} = {_KEYS[name].example}"
            )
    lists = {name: tuple(v) for name, v in values.items() if isinstance(v, list)}
    selectors = Selectors(**values.get("selectors", {}))
    return Profile(**{**values, **lists, "selectors": selectors})


def _line_of(text: str, name: str) -> int:
    pattern = re.compile(rf"^\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*[\].=]", re.MULTILINE)
    found = pattern.search(text)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _toml_error(message: str) -> str:
    """``… (at line 3, column 5)`` with the line in front, as in every other message."""
    found = re.search(r"\s*\(at line (\d+), column (\d+)\)$", message)
    remedy = "correct it; https://toml.io shows how values are written"
    if found is None:
        return f"not TOML: {message}; {remedy}"
    line, column = found.groups()
    return f"line {line}, column {column}: not TOML: {message[: found.start()]}; {remedy}"
