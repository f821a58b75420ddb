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
@common_options
def serve(host: str, port: int, rate: int, data: Path) -> None:
    """Answer until interrupted."""
    from archive.web import Settings, create_app
    from archive.web.running import is_loopback, listen, run

    if not is_loopback(host):
        raise UsageError(say("serve.not_loopback", host=host))
    with open_existing(data) as archive:
        app = create_app(archive, Settings(rate=rate))
        listener = listen(host, port)
        name, number = listener.getsockname()[:2]
        shown = f"[{name}]" if ":" in name else name
        note(say("serve.ready", address=f"http://{shown}:{number}/"))
        run(app, listener)
