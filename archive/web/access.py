"""Who may enter a reading room that others than this machine can reach.

The access file has one line an entry, and only hashes of secrets:

    user NAME $argon2id$…        a password, for people (HTTP basic authentication, RFC 7617)
    token NAME sha256:…          a random token, for programs (bearer token, RFC 6750)

It promises that no secret is kept or logged, that wrong ones cost the guesser time, and that a
right password is not paid for on every request.
"""

from __future__ import annotations

import binascii
import errno
import hashlib
import hmac
import os
import re
import secrets
from base64 import b64decode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from limits import RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from archive.errors import ConfigurationError, UsageError
from archive.web.counting import Counters, SharedStorage

TOKEN_BYTES = 32
FAILURES_PER_MINUTE = 10
"""Wrong secrets that one client may offer in a minute."""
REMEMBERED = 1_000
"""Right passwords of which a keyed digest is kept in memory."""
MAX_HEADER = 1_000

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class AccessList:
    """Names with the hashes of their passwords, and the digests of tokens."""

    users: dict[str, str]
    tokens: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> AccessList:
        """The list in the file. Raises ConfigurationError, with the line, where it is wrong."""
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(
                f"the access file {path} cannot be read: {_why(error)}"
            ) from error
        found = cls.of_lines(path, lines)
        if not found.users and not found.tokens:
            raise ConfigurationError(f"the access file {path} lets nobody in: add a user or token")
        return found

    @classmethod
    def of_lines(cls, path: Path, lines: Iterable[str]) -> AccessList:
        """The list in these lines of the file; raises ConfigurationError for one that is wrong."""
        users: dict[str, str] = {}
        tokens: set[str] = set()
        for number, line in enumerate(lines, 1):
            words = line.split()
            if not words or line.startswith("#"):
                continue
            if len(words) == 3 and words[0] == "user" and words[2].startswith("$argon2"):
                users[words[1]] = words[2]
            elif len(words) == 3 and words[0] == "token" and _DIGEST.fullmatch(words[2]):
                tokens.add(words[2])
            else:
                raise ConfigurationError(
                    f"{path}, line {number}: neither a user nor a token; "
                    "`palimpsest access --help` tells how to add one"
                )
        return cls(users, frozenset(tokens))


def check_name(name: str) -> None:
    """Raises UsageError for what cannot be the name of a user or token."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name: give one of 1 to 64 letters, digits and . _ -")


def add_user(path: Path, name: str, password: str) -> None:
    """Put a user into the file, in place of an earlier one of this name."""
    _put(path, "user", name, PasswordHasher().hash(password))


def add_token(path: Path, name: str) -> str:
    """Put a new token into the file; it is returned here and kept nowhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _put(path, "token", name, _digest(token))
    return token


def _put(path: Path, kind: str, name: str, hashed: str) -> None:
    check_name(name)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        old = path.read_text(encoding="utf-8").splitlines() if _is_there(path) else []
        AccessList.of_lines(path, old)  # what is no access file is left alone
        kept = [line for line in old if line.split()[:2] != [kind, name]]
        text = "\n".join([*kept, f"{kind} {name} {hashed}"]) + "\n"
        try:
            with open(temporary, "w", encoding="utf-8", opener=_private) as file:
                file.write(text)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"the access file {path} cannot be written: {_why(error)}"
        ) from error


def _is_there(path: Path) -> bool:
    if path.exists() and not path.is_file():
        # A device may give bytes without end.
        raise OSError(errno.EINVAL, "not a file")
    return path.exists()


def _why(error: OSError | UnicodeDecodeError) -> str:
    """What is wrong, without the name of a file that nobody gave."""
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 text ({error.reason})"
    return error.strerror or str(error)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _digest(token: str) -> str:
    return "sha256:" + hashlib.sha256(token.encode()).hexdigest()


class Access:
    """Lets in who has a right secret; everybody else is asked for one."""

    def __init__(self, app: ASGIApp, allowed: AccessList, counters: Counters) -> None:
        self._app = app
        self._allowed = allowed
        self._hasher = PasswordHasher()
        self._key = secrets.token_bytes(TOKEN_BYTES)
        self._right: set[bytes] = set()
        self._limiter = FixedWindowRateLimiter(SharedStorage(counters))
        self._failures = RateLimitItemPerMinute(FAILURES_PER_MINUTE)
        # Hashed where a name is unknown, so that unknown names take as long as known ones.
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, or answer 401 (429 after too many wrong secrets)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = await self._refusal(scope)
        await (self._app if refusal is None else refusal)(scope, receive, send)

    async def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        client = (scope.get("client") or ("",))[0]
        header = Headers(scope=scope).get("authorization", "")[:MAX_HEADER]
        if header:
            if not self._limiter.test(self._failures, client):
                return _refuse(429, "Too many wrong secrets; try again in a minute.")
            let_in = await run_in_threadpool(self._lets_in, header)
            if let_in:
                return None
            self._limiter.hit(self._failures, client)
        return _refuse(401, "This reading room asks for a password or a token.")

    def _lets_in(self, header: str) -> bool:
        scheme, _, value = header.partition(" ")
        check: Callable[[str], bool] | None = {
            "bearer": self._token,
            "basic": self._password,
        }.get(scheme.lower())
        return check is not None and check(value.strip())

    def _token(self, token: str) -> bool:
        digest = _digest(token)
        return any(hmac.compare_digest(digest, known) for known in self._allowed.tokens)

    def _password(self, value: str) -> bool:
        try:
            name, colon, password = b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        mark = hmac.digest(self._key, f"{name}:{password}".encode(), "sha256")
        if mark in self._right:
            return True
        try:
            self._hasher.verify(self._allowed.users.get(name, self._nobody), password)
        except (VerificationError, InvalidHashError):
            return False
        known = bool(colon) and name in self._allowed.users
        if known and len(self._right) < REMEMBERED:
            self._right.add(mark)
        return known


def _refuse(status: int, text: str) -> PlainTextResponse:
    headers = {"WWW-Authenticate": 'Basic realm="Palimpsest", charset="UTF-8"'}
    if status == 429:
        headers = {"Retry-After": "60"}
    return PlainTextResponse(text + "\n", status, headers)
