"""Which TLS context a host gets: certificates are looked at unless the operator says otherwise."""

from __future__ import annotations

import ssl
from collections.abc import Collection

from crawler.wire.tls import client_context


class Contexts:
    """Hosts in ``unverified`` (authorities, as in an address) and, without ``verify``, all others
    are fetched whatever their certificate says."""

    def __init__(self, *, verify: bool = True, unverified: Collection[str] = ()) -> None:
        self._verify = verify
        self._unverified = {host.lower() for host in unverified}
        self._made: dict[bool, ssl.SSLContext] = {}

    def of(self, host: str) -> ssl.SSLContext:
        """The context for ``host``; made once for all hosts of its kind."""
        verify = self._verify and host not in self._unverified
        if verify not in self._made:
            self._made[verify] = client_context(verify=verify)
        return self._made[verify]
