"""What a site may be called that a command is to make.

A name with a slash or of another line gave files of another name, and one that a terminal obeys was
not found again. It promises that a site that is there already is found, whatever it is called.
"""

from __future__ import annotations

from pathlib import Path


def check_site_name(data: Path, name: str | None) -> None:
    """Raises UsageError for a name that no site in ``data`` has, and none may be given."""
    from archive.lock import LOCK_NAME
    from archive.profiles.profile import is_new_name, no_name
    from archive.store import open_archive

    if name is None or is_new_name(name):
        return
    if (data / LOCK_NAME).exists():
        with open_archive(data) as archive:
            if name in {site.name for site in archive.store.sites()}:
                return
    raise no_name(name)
