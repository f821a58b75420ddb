"""How the program names itself to servers: what it is, and whom to turn to.

Who runs a server decides by the User-Agent whom it lets in, and writes to the address in it when a
crawler does harm (RFC 9110, section 10.1.5; RFC 9309, section 2.2.1: the name that robots.txt
rules are for). It promises a header value of visible ASCII characters.
"""

from __future__ import annotations

import re

PRODUCT = "Palimpsest/0.1"
PURPOSE = "institutional web archive"
MAX_CONTACTS = 2
MAX_CONTACT_CHARS = 200
_CONTACT = re.compile(
    r"https?://[!-'*+.-:=?-~-]{3,}|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)


def user_agent(operator: str, purpose: str = PURPOSE) -> str:
    """The header's value; of ``operator`` (a name and an address, in any language) it has the web
    and mail addresses.

    >>> user_agent("国家图书馆 <archive@example.ac.cn>, https://example.ac.cn/w")
    'Palimpsest/0.1 (+https://example.ac.cn/w; archive@example.ac.cn; institutional web archive)'
    >>> user_agent("")
    'Palimpsest/0.1 (+institutional web archive)'
    """
    found = [one for one in _CONTACT.findall(operator) if len(one) <= MAX_CONTACT_CHARS]
    # Where a "+" stands, people and programs look for a page that tells more.
    contacts = sorted(found, key=lambda one: not one.startswith("http"))[:MAX_CONTACTS]
    return f"{PRODUCT} (+{'; '.join([*contacts, purpose])})"
