"""Why an exchange failed, in names that stay the same: they are kept in WARC files.

WireError                     reason, e.g. "reset", "body-cut"
├── NameError_                the host has no address
├── RefusedError              nobody listens there
├── TimeError                 a time limit passed
├── SizeError                 more bytes than the limit
├── LossError                 the message did not come whole
└── AddressNotAllowedError    the guard forbids every address of the host
"""

from __future__ import annotations

TLS_REASONS = frozenset({"tls", "tls-certificate"})
"""Of connections on which no encryption was agreed on, or whose certificate was refused."""


class WireError(Exception):
    """``reason`` is a stable name; the message begins with it and says what happened."""

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(f"{reason}: {message}" if message else reason)
        self.reason = reason


class UnknownHostError(WireError):
    """The host has no address."""


class RefusedError(WireError):
    """Nobody listens there."""


class TimeLimitError(WireError):
    """A time limit passed."""


class SizeLimitError(WireError):
    """More bytes than the limit."""


class LossError(WireError):
    """The message did not come whole."""


class AddressNotAllowedError(WireError):
    """The guard forbids every address of the host; ``ip`` is the first of them."""

    def __init__(self, host: str, ip: str) -> None:
        super().__init__("address-refused", f"{host} is at {ip}")
        self.host = host
        self.ip = ip
