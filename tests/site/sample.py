"""The sample institute as tests see it: addresses, truth, and what was asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from tests.site import frames, hosts, institute, mirrors, nights
from tests.site.server import Answerer, HostServers
from tests.site.truth import TruthArticle, truth_of


def truth(night: int = 1) -> tuple[TruthArticle, ...]:
    """The truth about every article of a night, without serving anything."""
    return tuple(truth_of(draft) for draft in nights.drafts(night))


class SampleInstitute:
    """A served sample. ``official`` and ``mirrors`` are start addresses (mirrors in the order
    frame, name, traditional, doorway), ``stranger`` the authority nobody may visit; ``requests``
    lists authority and target of everything asked so far, ``request_headers`` the headers."""

    full_name = institute.FULL_NAME
    short_name = institute.SHORT_NAME
    brands = tuple(mirror.brand for mirror in mirrors.MIRRORS)
    private_prefix = frames.PRIVATE_AREA
    calendar_prefix = frames.CALENDAR

    def __init__(self, servers: HostServers, night: int) -> None:
        self._servers = servers
        official, *copies = servers.authorities
        self.night = night
        self.official = f"http://{official}/"
        self.mirrors = tuple(f"http://{name}/" for name in copies[: len(mirrors.MIRRORS)])
        self.stranger = copies[-1]
        self.articles = truth(night)

    @property
    def requests(self) -> list[tuple[str, str]]:
        """Authority and target (path and query) of each request, in order."""
        return self._servers.journal.requests

    @property
    def request_headers(self) -> list[dict[str, str]]:
        """The headers of each request, names in lower case, in the same order."""
        return self._servers.journal.headers

    def asked(self, url_or_authority: str) -> list[str]:
        """The targets asked of one host, by its authority or start address."""
        authority = url_or_authority.removeprefix("http://").partition("/")[0]
        return [target for host, target in self.requests if host == authority]

    def turn_to(self, night: int) -> None:
        """Let the official host go on to another night, at the same address."""
        self._servers.replace(0, partial(hosts.official, night))
        self.night = night
        self.articles = truth(night)

    @classmethod
    @contextmanager
    def serve(cls, night: int = 1, *, port: int = 0) -> Iterator[SampleInstitute]:
        """Serve all hosts until the block ends. ``port``: the official host's, the others follow;
        0 lets the system choose. Raises OSError when a port is taken."""
        makers: list[Callable[[Sequence[str]], Answerer]] = [
            partial(hosts.official, night),
            *(partial(_mirror, place) for place in range(len(mirrors.MIRRORS))),
            hosts.stranger,
        ]
        servers = HostServers(makers, port)
        servers.start()
        try:
            yield cls(servers, night)
        finally:
            servers.stop()


def _mirror(place: int, authorities: Sequence[str]) -> Answerer:
    return mirrors.answerer(place, authorities[hosts.STRANGER])
