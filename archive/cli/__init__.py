"""The command line: data to standard output, everything else to standard error.

It promises that no failure is a traceback, nor Ctrl-C at any moment from here on, be it while the
program is being loaded or while it is being taken down: an expected one is a line that says what to
do, and the exit code tells the truth (docs/exit-codes.md).
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence

from archive.cli.streams import make_whole

EXIT_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. ``arguments`` default to the process's, which is
    then taken to end with the command."""
    try:
        if arguments is None:
            make_whole()
        # Loading takes half a second, in which somebody may have had enough.
        from archive.cli.program import run

        return run(arguments)
    except KeyboardInterrupt:
        return _interrupted()
    finally:
        if arguments is None:
            # All of it goes with the process: to look through it for cycles first, as Python does
            # at its end, takes a third of the time that loading it took.
            gc.freeze()
        if arguments is None and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            # Python's own would have a traceback printed by whatever is being taken down.
            signal.signal(signal.SIGINT, signal.SIG_DFL)


def _interrupted() -> int:
    # Whoever presses it again means the same.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from archive.messages.language import say

    sys.stderr.write(f"palimpsest: {say('error.interrupted')}\n")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return EXIT_INTERRUPTED
