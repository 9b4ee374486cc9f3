"""Files of the library of Pangkalan Ilmu, searched beside its articles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

_NOW = sa.text("now()")
_EMPTY = sa.text("''")


def upgrade() -> None:
    op.create_table(
        "library_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("stored_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("title_ms", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("title_en", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("audience", sa.Text(), server_default=sa.text("'pegawai'"), nullable=False),
        sa.Column("source", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("licence", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("published_by", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('pdf', 'docx', 'xlsx', 'ods')", name=op.f("library_file_kind_check")),
        sa.CheckConstraint(
            "audience IN ('awam', 'pegawai', 'agensi', 'pentadbir')", name=op.f("library_file_audience_check")
        ),
        sa.CheckConstraint("published_by <> added_by", name=op.f("library_file_two_persons_check")),
        sa.CheckConstraint(
            "published_at IS NULL OR (published_by IS NOT NULL AND title_ms <> '' AND source <> '' AND licence <> '' AND dated IS NOT NULL)",
            name=op.f("library_file_facts_check"),
        ),
        sa.ForeignKeyConstraint(["added_by"], ["ekasih.app_user.id"], name=op.f("library_file_added_by_fkey")),
        sa.ForeignKeyConstraint(["published_by"], ["ekasih.app_user.id"], name=op.f("library_file_published_by_fkey")),
        sa.ForeignKeyConstraint(["replaces_id"], ["ekasih.library_file.id"], name=op.f("library_file_replaces_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("library_file_pkey")),
        sa.UniqueConstraint("stored_name", name=op.f("library_file_stored_name_key")),
        schema="ekasih",
    )
    op.alter_column("article_search", "article_id", nullable=True, schema="ekasih")
    op.add_column("article_search", sa.Column("file_id", sa.BigInteger(), nullable=True), schema="ekasih")
    op.create_foreign_key(
        op.f("article_search_file_id_fkey"), "article_search", "library_file", ["file_id"], ["id"],
        source_schema="ekasih", referent_schema="ekasih", ondelete="CASCADE",
    )
    op.create_unique_constraint(
        op.f("article_search_file_id_language_key"), "article_search", ["file_id", "language"], schema="ekasih"
    )
    op.create_check_constraint(
        op.f("article_search_of_one_check"), "article_search", "num_nonnulls(article_id, file_id) = 1", schema="ekasih"
    )
