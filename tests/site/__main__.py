"""The sample institute on the command line: ``serve`` it, or print its ``truth``."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence

from tests.site import SampleInstitute, truth


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.site", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve all hosts until interrupted")
    serve.add_argument("--port", type=int, default=0, help="the official host's; others follow")
    told = commands.add_parser("truth", help="print the truth as JSON lines")
    for command in (serve, told):
        command.add_argument("--night", type=int, choices=(1, 2), default=1)
    return parser


def _serve(night: int, port: int) -> int:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        with SampleInstitute.serve(night, port=port) as sample:
            lines = [f"official {sample.official}"]
            lines += [f"mirror {address}" for address in sample.mirrors]
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()
            stop.wait()
    except OSError as error:
        sys.stderr.write(f"cannot serve on port {port}: {error.strerror}; try another --port\n")
        return 1
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = _parser().parse_args(arguments)
    if options.command == "serve":
        return _serve(options.night, options.port)
    sys.stdout.writelines(f"{article.to_json()}\n" for article in truth(options.night))
    return 0


if __name__ == "__main__":
    sys.exit(main())
