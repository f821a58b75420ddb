"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, and the index that search asks."""
    op.create_table(
        "facts",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("official", sa.JSON(), nullable=False),
        sa.Column("mirrors", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
        sa.UniqueConstraint("name", name="uq_sites_name"),
    )
    op.create_table(
        "branches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_branches_site_id"),
        sa.PrimaryKeyConstraint("id", name="pk_branches"),
        sa.UniqueConstraint("site_id", "name", name="uq_branches_site_id_name"),
    )
    op.create_table(
        "frontier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("anchor", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("leased_until", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_frontier_site_id"),
        sa.PrimaryKeyConstraint("id", name="pk_frontier"),
        sa.UniqueConstraint("site_id", "url", name="uq_frontier_site_id_url"),
    )
    op.create_index(
        "ix_frontier_leased",
        "frontier",
        ["site_id", "leased_until"],
        unique=False,
        sqlite_where=sa.text("state = 'leased'"),
        postgresql_where=sa.text("state = 'leased'"),
    )
    op.create_table(
        "models",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_models_site_id"),
        sa.PrimaryKeyConstraint("site_id", "host", name="pk_models"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("started", sa.String(length=27), nullable=False),
        sa.Column("ended", sa.String(length=27), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_runs_site_id"),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "articles",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("hits", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("first_seen", sa.String(length=27), nullable=False),
        sa.Column("last_seen", sa.String(length=27), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("reading_of", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_articles_branch_id"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_articles_site_id"),
        sa.PrimaryKeyConstraint("n", name="pk_articles"),
        sa.UniqueConstraint("id", name="uq_articles_id"),
    )
    op.create_index("ix_articles_branch_id", "articles", ["branch_id"], unique=False)
    op.create_index(
        "ix_articles_site_id_published", "articles", ["site_id", "published"], unique=False
    )
    op.create_index("ix_articles_url", "articles", ["url"], unique=False)
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.String(length=27), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("payload_digest", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_captures_run_id"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_captures_site_id"),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sa.UniqueConstraint("site_id", "record_id", name="uq_captures_site_id_record_id"),
    )
    op.create_index(
        "ix_captures_site_id_url_captured_at",
        "captures",
        ["site_id", "url", "captured_at"],
        unique=False,
    )
    op.create_table(
        "assets",
        sa.Column("article_n", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_n"], ["articles.n"], name="fk_assets_article_n", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_n", "kind", "place", name="pk_assets"),
    )
    op.create_index("ix_assets_url", "assets", ["url"], unique=False)
    op.create_table(
        "documents",
        sa.Column("article_n", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_n"], ["articles.n"], name="fk_documents_article_n", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_n", "place", name="pk_documents"),
    )
    op.create_table(
        "repairs",
        sa.Column("article_n", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_n"], ["articles.n"], name="fk_repairs_article_n", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_n", "place", name="pk_repairs"),
    )
    op.create_table(
        "versions",
        sa.Column("article_n", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.String(length=27), nullable=False),
        sa.Column("last_seen", sa.String(length=27), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_n", "document"],
            ["documents.article_n", "documents.place"],
            name="fk_versions_article_n_document",
        ),
        sa.ForeignKeyConstraint(
            ["article_n"], ["articles.n"], name="fk_versions_article_n", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_n", "number", name="pk_versions"),
    )
    op.create_index(
        "uq_versions_current",
        "versions",
        ["article_n"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "witnesses",
        sa.Column("article_n", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("captured_at", sa.String(length=27), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("payload_digest", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("raw", sa.Integer(), nullable=False),
        sa.Column("clean", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_n", "clean"],
            ["documents.article_n", "documents.place"],
            name="fk_witnesses_article_n_clean",
        ),
        sa.ForeignKeyConstraint(
            ["article_n", "raw"],
            ["documents.article_n", "documents.place"],
            name="fk_witnesses_article_n_raw",
        ),
        sa.ForeignKeyConstraint(
            ["article_n"], ["articles.n"], name="fk_witnesses_article_n", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_n", "place", name="pk_witnesses"),
    )
    op.create_index("ix_witnesses_url", "witnesses", ["url"], unique=False)
    op.create_index(
        "ix_frontier_waiting",
        "frontier",
        ["site_id", "host", sa.text("priority DESC"), "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.execute(
        "CREATE VIRTUAL TABLE article_terms USING fts5("
        "title, body, content='', tokenize='ascii', prefix='1')"
    )
    op.execute("INSERT INTO facts(name, value) VALUES ('folding', '1')")
