"""A night: every site that has a profile, one after the other, under one lock.

It promises that one site's failure does not cost the others their night, that what concerns the
whole archive (a full disk, a broken store) ends it, and an exit code that is the gravest of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scrapy.settings import Settings

from archive.errors import (
    ConfigurationError,
    DataDirectoryError,
    NotFoundError,
    PalimpsestError,
    SiteUnreachableError,
    StoreError,
)
from archive.lock import locked
from archive.model import RunReport
from archive.profiles import Profile, profile_folder, read_profiles
from archive.runs.judging import EXIT_MANY_FAILURES, EXIT_REGRESSION
from archive.runs.publishing import publish
from archive.runs.stopping import Stop
from archive.store import open_archive
from crawler.plan import plan_of
from crawler.run import Progress, crawl_plan, crawl_settings

GRAVEST_FIRST = (74, 73, 70, 76, 1, 78, 64, 143, 130, 69, EXIT_REGRESSION, EXIT_MANY_FAILURES, 0)
"""Exit codes, the one that a night of several sites ends with first."""
SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class SiteNight:
    """How one site's night went: ``report`` is None where it was not begun; ``error`` ended it."""

    site: str
    report: RunReport | None
    error: PalimpsestError | None = None

    @property
    def exit_code(self) -> int:
        """That of the error, else that of the report."""
        if self.error is not None:
            return self.error.exit_code
        return 0 if self.report is None else self.report.exit_code


def profiles_for(data: Path, names: Sequence[str]) -> list[Profile]:
    """The profiles to walk: those named, else all that are enabled.

    Raises ConfigurationError where there is none or one is wrong, NotFoundError for a name.
    """
    folder = profile_folder(data)
    known = {profile.name: profile for profile in read_profiles(folder)}
    if unknown := [name for name in names if name not in known]:
        listed = ", ".join(known) or "none yet"
        raise NotFoundError(f"{folder} has no profile named {unknown[0]!r}; known: {listed}")
    chosen = [known[name] for name in names] if names else list(known.values())
    chosen = [profile for profile in chosen if names or profile.enabled]
    if not chosen:
        raise ConfigurationError(
            f"no site is to be crawled: {folder} has no enabled profile; "
            "`palimpsest sites add URL` writes one"
        )
    return chosen


def nightly(
    data: Path,
    names: Sequence[str],
    stop: Stop,
    *,
    progress: Progress | None = None,
    told: Callable[[SiteNight], None] = lambda night: None,
) -> list[SiteNight]:
    """Walk the sites; ``told`` hears of each when it is done.

    Raises LockedError when another run holds the data directory, ConfigurationError, NotFoundError.
    """
    with locked(data):
        nights: list[SiteNight] = []
        for profile in profiles_for(data, names):
            is_over = stop.is_asked or any(_concerns_all(night) for night in nights)
            night = (
                SiteNight(profile.name, None) if is_over else _one(data, profile, stop, progress)
            )
            nights.append(night)
            told(night)
        return nights


def exit_code_of(nights: Iterable[SiteNight]) -> int:
    """The gravest of the sites' exit codes."""
    codes = {night.exit_code for night in nights}
    unknown = sorted(codes - set(GRAVEST_FIRST))
    return unknown[0] if unknown else next(code for code in GRAVEST_FIRST if code in codes)


def _concerns_all(night: SiteNight) -> bool:
    return isinstance(night.error, DataDirectoryError | StoreError)


def _one(data: Path, profile: Profile, stop: Stop, progress: Progress | None) -> SiteNight:
    try:
        plan = replace(
            plan_of(data, profile.start, profile.mirrors, profile.name, profile.max_pages or None),
            max_seconds=profile.max_minutes * SECONDS_PER_MINUTE,
            failure_share=profile.failure_share,
            kind="nightly",
            is_locked=True,
        )
        report = crawl_plan(plan, _settings(profile), stop, progress)
    except PalimpsestError as error:
        kept = _last_report(data, profile.name, error)
        return SiteNight(profile.name, _published(data, kept) if kept else None, error)
    return SiteNight(profile.name, _published(data, report))


def _settings(profile: Profile) -> Settings:
    settings = crawl_settings()
    settings.set("DOWNLOAD_DELAY", profile.delay, priority="cmdline")
    settings.set("PALIMPSEST_UNVERIFIED_HOSTS", list(profile.unverified_hosts), priority="cmdline")
    return settings


def _last_report(data: Path, site: str, failure: PalimpsestError) -> RunReport | None:
    """The report that a run which failed has kept all the same."""
    if not isinstance(failure, SiteUnreachableError | DataDirectoryError):
        return None
    try:
        with open_archive(data) as archive:
            runs = archive.store.runs(site)
        return runs[0].report if runs else None
    except PalimpsestError:
        return None


def _published(data: Path, report: RunReport) -> RunReport:
    """Reports are written and sent; that they cannot be must not undo the night."""
    try:
        notes = publish(data, report)
    except (PalimpsestError, OSError) as error:
        notes = [f"the report could not be written: {error}"]
    return replace(report, notes=(*report.notes, *notes))
