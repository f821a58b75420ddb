"""The way from any older schema to the newest, one file a revision.

Imported only when a store is not up to date, for Alembic takes longer to load than a search takes
to answer.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection


def _config() -> Config:
    config = Config()
    # A percent sign in the path would be read as interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def known_revisions() -> list[str]:
    """Every revision this program knows, the newest first."""
    script = ScriptDirectory.from_config(_config())
    return [revision.revision for revision in script.walk_revisions()]


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the store behind ``connection`` up to ``revision``, in its transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
