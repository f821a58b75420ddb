"""The reading room: search, read, compare and check the evidence, in a browser.

    from archive import open_archive
    from archive.web import create_app

    app = create_app(open_archive("data"))      # an ASGI application; ``palimpsest serve`` runs it

It asks the archive what any program can ask through the Python API, and changes nothing. It
promises that every page works without script and in both languages, that whatever a page of the
web said reaches a reader only as escaped text or newly written HTML, and that no page refers to an
address outside of the reading room.
"""

from archive.web.app import create_app
from archive.web.settings import Settings

__all__ = ["Settings", "create_app"]
