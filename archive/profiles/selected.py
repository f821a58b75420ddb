"""What the profile of one site says of its pages, among whatever profiles there are.

It promises that a wrong profile is told of where it may be the site's own, and keeps no other site
from being read.
"""

from __future__ import annotations

from pathlib import Path

from archive.cleaning.selectors import NO_SELECTORS, Selectors
from archive.profiles.profile import SUFFIX, Profile, ProfileError, read_profile
from archive.profiles.writing import profile_folder


def selectors_of(data: Path, site: str) -> Selectors:
    """What the profile of ``site`` in this data directory says; nothing where there is none.

    Raises ConfigurationError for a profile that is wrong when no other one is the site's.
    """
    profile = profile_of(data, site)
    return profile.selectors if profile else NO_SELECTORS


def profile_of(data: Path, site: str) -> Profile | None:
    """The profile of ``site`` in this data directory, None where there is none; errors as above."""
    wrong: ProfileError | None = None
    for path in sorted(profile_folder(data).glob(f"*{SUFFIX}")):
        try:
            profile = read_profile(path)
        except ProfileError as error:
            if error.site in (None, site):
                wrong = wrong or error
            continue
        if profile.name == site:
            return profile
    if wrong is not None:
        raise wrong
    return None
