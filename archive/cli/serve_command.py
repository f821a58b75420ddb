"""``palimpsest serve``: the reading room."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help
from archive.cli.language import say
from archive.cli.options import common_options, open_existing
from archive.cli.output import note
from archive.errors import UsageError

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
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    envvar="PALIMPSEST_ACCESS",
    show_envvar=True,
    help="serve.access",
)
@click.option("--name", "names", multiple=True, metavar="HOST", help="serve.name")
@click.option("--behind-proxy", is_flag=True, help="serve.behind_proxy")
@click.option("--contact", default="nobody@localhost", metavar="EMAIL", help="serve.contact")
@common_options
def serve(
    host: str,
    port: int,
    rate: int,
    access: Path | None,
    names: tuple[str, ...],
    behind_proxy: bool,
    contact: str,
    data: Path,
) -> None:
    """Answer until interrupted."""
    from archive.web import Settings, create_app
    from archive.web.access import AccessList
    from archive.web.running import is_loopback, listen, run
    from archive.web.settings import LOOPBACK_HOSTS

    open_to_others = not is_loopback(host)
    if open_to_others and access is None:
        raise UsageError(say("serve.not_loopback", host=host))
    settings = Settings(
        # Who must show a secret need not be told apart by the name they call the room by.
        hosts=() if open_to_others and not names else (*LOOPBACK_HOSTS, host, *names),
        rate=rate,
        contact=contact,
        access=None if access is None else AccessList.read(access),
    )
    with open_existing(data) as archive:
        app = create_app(archive, settings)
        listener = listen(host, port)
        name, number = listener.getsockname()[:2]
        shown = f"[{name}]" if ":" in name else name
        note(say("serve.ready", address=f"http://{shown}:{number}/"))
        run(app, listener, behind_proxy=behind_proxy)
