"""A night: every site that has a profile, one after the other or several at a time, under one lock.

It promises that one site's failure, be it a wrong profile or a fault of the program, does not cost
the others their night, that what concerns the whole archive (a full disk, a broken store) ends it,
that whoever wants to be told hears of a night that never began, too, and an exit code that is the
gravest of all.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from scrapy.settings import Settings

from archive.errors import (
    ConfigurationError,
    DataDirectoryError,
    NotFoundError,
    PalimpsestError,
    StoppedError,
)
from archive.lock import locked
from archive.model import RunReport
from archive.profiles import Profile, ProfileError, profile_folder, read_profiles
from archive.runs.facts import Facts, facts_of, facts_without_run
from archive.runs.lost import begun_again
from archive.runs.patience import Patience, patience
from archive.runs.publishing import publish, write_files
from archive.runs.stopping import Stop
from archive.runs.telling import MAIL_TO, WEBHOOK
from archive.store import open_archive
from crawler.plan import plan_of
from crawler.revisit import UNVALIDATED
from crawler.run import Progress, crawl_plan, crawl_settings
from crawler.side_by_side import After, Lent, OnSites, SideBySide
from crawler.site_night import ProgramError, SiteNight, Told

SECONDS_PER_MINUTE = 60
SETTLED_DAYS = 30
"""Days without a change after which a site's profile may let an article rest."""
MAX_WHY = 300
"""Characters of what an unexpected error said."""


_log = logging.getLogger(__name__)


def profiles_for(data: Path, names: Sequence[str]) -> tuple[list[Profile], list[ProfileError]]:
    """The profiles to walk (those named, else all that are enabled), and those that are wrong.

    Raises ConfigurationError where there is none, or a name is not found and one that is wrong may
    be meant; NotFoundError for a name.
    """
    folder = profile_folder(data)
    right, wrong = read_profiles(folder)
    if not names:
        chosen = [profile for profile in right if profile.enabled]
        if not chosen and not wrong:
            raise ConfigurationError(
                f"no site is to be crawled: {folder} has no enabled profile; "
                "`palimpsest sites add URL` writes one"
            )
        return chosen, wrong
    known = {profile.name: profile for profile in right}
    if unknown := [name for name in names if name not in known]:
        if wrong:
            raise wrong[0]
        listed = ", ".join(known) or "none yet"
        raise NotFoundError(f"{folder} has no profile named {unknown[0]!r}; known: {listed}")
    return [known[name] for name in names], []


def nightly(
    data: Path,
    names: Sequence[str],
    stop: Stop,
    *,
    progress: Progress | None = None,
    told: Told = lambda night: None,
    jobs: int = 1,
    on_sites: OnSites = lambda done, total, at_work: None,
) -> list[SiteNight]:
    """Walk the sites; ``told`` hears of each when it is done, and when it lost its database. Where
    ``jobs`` are several, so many are walked at a time, and ``on_sites`` hears how far that is.

    Raises LockedError when another run holds the data directory, ConfigurationError, NotFoundError.
    """
    with locked(data) as lock, patience((WEBHOOK, MAIL_TO)) as patient:
        to = _Place(data, patient)
        chosen, wrong = profiles_for(data, names)
        nights = [_not_begun(to, error.path.stem, datetime.now(UTC), error) for error in wrong]
        for night in nights:
            told(night)
        if jobs > 1 and len(chosen) > 1 and lock is not None:
            after = After(partial(_failed, to), partial(_code_kept, data))
            lent = Lent(lock, patient.sources)
            beside = SideBySide(data, lent, stop, after, told, on_sites)
            return [*nights, *beside.walked(chosen, jobs)]
        for profile in chosen:
            is_over = stop.is_asked or any(night.concerns_all for night in nights)
            night = (
                SiteNight(profile.name, None)
                if is_over
                else _one(to, profile, stop, progress, told)
            )
            nights.append(night)
            told(night)
            # What a crawl leaves is in cycles, which Python looks for too seldom here: a night of
            # hundreds of sites would hold all of them.
            gc.collect()
        return nights


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a night's reports go, and how long whoever is told is waited for."""

    data: Path
    patience: Patience


def _one(
    to: _Place, profile: Profile, stop: Stop, progress: Progress | None, told: Told
) -> SiteNight:
    data, began = to.data, datetime.now(UTC)
    try:
        plan = replace(
            plan_of(data, profile.start, profile.mirrors, profile.name, profile.max_pages or None),
            max_seconds=profile.max_minutes * SECONDS_PER_MINUTE,
            failure_share=profile.failure_share,
            kind="nightly",
            is_locked=True,
        )
        report = begun_again(
            lambda: crawl_plan(plan, _settings(profile), stop, progress),
            data,
            stop,
            lambda error: told(SiteNight(profile.name, None, error)),
        )
    except StoppedError:
        # While it waited for another machine to make the articles: nothing has begun.
        return SiteNight(profile.name, None)
    except PalimpsestError as error:
        return _failed(to, profile.name, began, error)
    except Exception as error:
        _log.exception("%s", profile.name)
        line = " ".join(str(error).split())[:MAX_WHY]
        return _failed(to, profile.name, began, ProgramError(f"{type(error).__name__}: {line}"))
    except KeyboardInterrupt:
        _leave_report(data, profile.name, began)
        raise
    return _published(to, facts_of(report), SiteNight(profile.name, report))


def _settings(profile: Profile) -> Settings:
    settings = crawl_settings(profile.unverified_hosts)
    settings.set("DOWNLOAD_DELAY", profile.delay, priority="cmdline")
    if profile.unvalidated_every > 1:
        every = {UNVALIDATED: [[SETTLED_DAYS, profile.unvalidated_every]]}
        revisit = settings.getdict("PALIMPSEST_REVISIT") | every
        settings.set("PALIMPSEST_REVISIT", revisit, priority="cmdline")
    return settings


def _failed(to: _Place, site: str, began: datetime, error: PalimpsestError) -> SiteNight:
    """A night that ``error`` ended: many a run keeps its report all the same."""
    report = _report_since(to.data, site, began)
    if report is None:
        return _not_begun(to, site, began, error)
    return _published(to, facts_of(report), SiteNight(site, report, error))


def _not_begun(to: _Place, site: str, began: datetime, error: PalimpsestError) -> SiteNight:
    facts = facts_without_run(to.data, site, began, error)
    return _published(to, facts, SiteNight(site, None, error))


def _published(to: _Place, facts: Facts, night: SiteNight) -> SiteNight:
    done = publish(to.data, facts, patience=to.patience)
    return replace(night, untold=done.problems, unwritten=done.unwritten)


def _code_kept(data: Path, site: str, began: datetime) -> int | None:
    """The exit code in the report that the store has of the site's run that began then."""
    report = _report_since(data, site, began)
    return None if report is None else report.exit_code


def _leave_report(data: Path, site: str, began: datetime) -> None:
    """Of a night that a second signal ended: the files alone. Whoever is to be told could hold up
    who wants to end at once."""
    report = _report_since(data, site, began)
    if report is not None:
        with suppress(DataDirectoryError):
            write_files(data, facts_of(report))


def _report_since(data: Path, site: str, began: datetime) -> RunReport | None:
    """The report of the site's run that began then; an earlier night's would be a lie."""
    try:
        with open_archive(data) as archive:
            newest = [row.report for row in archive.store.runs(site)[:1]]
    except PalimpsestError:
        return None
    return next((one for one in newest if one is not None and one.started >= began), None)
