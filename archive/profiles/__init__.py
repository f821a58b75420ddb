"""Site profiles: what the nightly crawl walks, one TOML file a site in ``data/sites``."""

from archive.profiles.profile import (
    Profile,
    ProfileError,
    read_profile,
    read_profiles,
    shared_hosts,
)
from archive.profiles.selected import profile_of, selectors_of
from archive.profiles.writing import add_profile, profile_folder

__all__ = [
    "Profile",
    "ProfileError",
    "add_profile",
    "profile_folder",
    "profile_of",
    "read_profile",
    "read_profiles",
    "selectors_of",
    "shared_hosts",
]
