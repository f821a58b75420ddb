"""The command line: data to standard output, everything else to standard error.

It promises that no failure is a traceback: an expected one is a line that says what to do, and the
exit code tells the truth (docs/exit-codes.md).
"""

from archive.cli.main import main

__all__ = ["main"]
