"""How one site's night went, and what a night of several sites ends with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.errors import DataDirectoryError, DiskFullError, PalimpsestError, StoreError
from archive.model import RunReport
from archive.runs.judging import EXIT_MANY_FAILURES, EXIT_REGRESSION

GRAVEST_FIRST = (
    74,
    73,
    70,
    76,
    65,
    1,
    78,
    64,
    143,
    130,
    69,
    EXIT_REGRESSION,
    EXIT_MANY_FAILURES,
    0,
)
"""Exit codes, the one that a night of several sites ends with first."""
OF_ALL = frozenset({DataDirectoryError.exit_code, DiskFullError.exit_code, StoreError.exit_code})
"""Exit codes of what concerns the whole archive."""


class ProgramError(PalimpsestError):
    """A fault of the program that nobody thought of."""


@dataclass(frozen=True, slots=True)
class SiteNight:
    """How one site's night went: ``report`` is None where it was not begun; ``error`` ended it;
    ``untold`` are lines on whom the report did not reach, and ``unwritten`` is what kept its files
    from being written. ``code`` is what a process of its own ended with, which has told all that
    itself, and ``kept`` the code in the report that the store has of it."""

    site: str
    report: RunReport | None
    error: PalimpsestError | None = None
    untold: tuple[str, ...] = ()
    unwritten: DataDirectoryError | None = None
    code: int | None = None
    kept: int | None = None

    @property
    def is_begun(self) -> bool:
        """False where a stop came before it, or an error of another site's night."""
        return any(one is not None for one in (self.report, self.error, self.code))

    @property
    def exit_code(self) -> int:
        """That of the error, else that of the report, or of the process; that of files which could
        not be written where it is graver."""
        code = (self.code or 0) if self.report is None else self.report.exit_code
        code = code if self.error is None else self.error.exit_code
        return code if self.unwritten is None else _gravest({code, self.unwritten.exit_code})

    @property
    def concerns_all(self) -> bool:
        """Did it end by what would end the next site's night, too: a full disk, a broken store?"""
        if self.error is not None:
            return isinstance(self.error, DataDirectoryError | StoreError)
        # Where no more than the files of its report could not be written, the next has its night.
        return (self.code if self.kept is None else self.kept) in OF_ALL


Told = Callable[[SiteNight], None]


def exit_code_of(nights: Iterable[SiteNight]) -> int:
    """The gravest of the sites' exit codes."""
    return _gravest({night.exit_code for night in nights})


def _gravest(codes: set[int]) -> int:
    unknown = sorted(codes - set(GRAVEST_FIRST))
    return unknown[0] if unknown else next(code for code in GRAVEST_FIRST if code in codes)
