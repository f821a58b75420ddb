"""What Alembic runs for each command: the migrations, over the connection it was handed."""

from __future__ import annotations

from alembic import context

from archive.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # The caller's transaction is the only one: all the migrations happen, or none.
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
