"""What a request calls this server by: its Host header, read by the grammar and no further.

It promises that whatever is no host with a port (RFC 9110, section 7.2; RFC 3986, section 3.2) is
told from one, so that no other reader of the same header comes to another host than this one.
"""

from __future__ import annotations

import ipaddress
import re

MAX_PORT = 65535
# Of what a registered name may have by the grammar, that which names of hosts do have: the rest
# (";", "'", "*", ",", "%") means something where a header or a page is made of it.
_NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?\.?"
_HOST = re.compile(
    rf"(?:\[(?P<literal>[0-9A-Fa-f:.]{{2,45}})\]|(?P<name>{_NAME}))(?::(\d{{0,5}}))?"
)


def host_in(header: str) -> str | None:
    """The host in a Host header, in lower case, IPv6 addresses in their shortest form; None where
    it is none.

    >>> host_in("[0:0::1]:8080"), host_in("LocalHost:80"), host_in("localhost:80@other")
    ('::1', 'localhost', None)
    """
    found = _HOST.fullmatch(header)
    if found is None or int(found[3] or 0) > MAX_PORT:
        return None
    if found["name"] is not None:
        return found["name"].lower()
    try:
        return str(ipaddress.IPv6Address(found["literal"]))
    except ValueError:
        return None
