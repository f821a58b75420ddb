"""``palimpsest serve``: the reading room."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from archive.cli.group import Help
from archive.cli.options import common_options, open_existing
from archive.cli.output import note
from archive.cli.values import Email, GivenPath, HostName, Origin
from archive.errors import UsageError
from archive.messages.language import say

DEFAULT_PORT = 8080


@click.command(cls=Help, help="serve.help")
@click.option("--host", default="127.0.0.1", show_default=True, help="serve.host")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="serve.port",
)
@click.option(
    "--rate", type=click.IntRange(min=0), default=1200, show_default=True, help="serve.rate"
)
@click.option(
    "--access",
    type=GivenPath(path_type=Path, dir_okay=False),
    metavar="FILE",
    envvar="PALIMPSEST_ACCESS",
    show_envvar=True,
    help="serve.access",
)
@click.option("--name", "names", type=HostName(), multiple=True, metavar="HOST", help="serve.name")
@click.option("--behind-proxy", is_flag=True, help="serve.behind_proxy")
@click.option("--replay-port", type=click.IntRange(0, 65535), metavar="PORT", help="serve.replay")
@click.option("--replay-origin", type=Origin(), metavar="ORIGIN", help="serve.replay_origin")
@click.option("--origin", type=Origin(), metavar="ORIGIN", help="serve.origin")
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", help="serve.workers")
@click.option(
    "--contact", type=Email(), default="nobody@localhost", metavar="EMAIL", help="serve.contact"
)
@common_options
def serve(
    host: str,
    port: int,
    rate: int,
    access: Path | None,
    names: tuple[str, ...],
    behind_proxy: bool,
    replay_port: int | None,
    replay_origin: str | None,
    origin: str | None,
    workers: int | None,
    contact: str,
    data: Path,
) -> None:
    """Answer until interrupted."""
    from archive.web import Settings
    from archive.web.access import AccessList
    from archive.web.counting import Counters
    from archive.web.room_server import Doors, serve_all
    from archive.web.running import is_loopback, listen
    from archive.web.settings import LOOPBACK_HOSTS
    from archive.web.workers import by_default

    open_to_others = not is_loopback(host)
    if open_to_others and access is None:
        raise UsageError(say("serve.not_loopback", host=host))
    count = workers or by_default()
    settings = Settings(
        # Who must show a secret need not be told apart by the name they call the room by.
        hosts=() if open_to_others and not names else (*LOOPBACK_HOSTS, host, *names),
        rate=rate,
        contact=contact,
        access=None if access is None else AccessList.read(access),
        replay_origin=replay_origin,
        room_origin=origin,
        counters=Counters(count),
    )
    open_existing(data).close()  # what is wrong with it is told before anything is opened
    listener = listen(host, port)
    name, number = listener.getsockname()[:2]
    beside = listen(host, _replay_port(replay_port, number))
    settings = replace(settings, replay_port=beside.getsockname()[1])
    shown = f"[{name}]" if ":" in name else name
    note(say("serve.ready", address=f"http://{shown}:{number}/"))
    serve_all(partial(open_existing, data), Doors(listener, beside, behind_proxy), settings, count)


def _replay_port(asked: int | None, port: int) -> int:
    """The player's port: the one asked for, else the next after the reading room's."""
    return min(port + 1, 65535) if asked is None else asked
