"""Articles in versions, what is searched of them, and what readers say of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

_NOW = sa.text("now()")
_TODAY = sa.text("CURRENT_DATE")
_EMPTY = sa.text("''")


def upgrade() -> None:
    _articles()
    _versions()
    _searched()
    _told()
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        VALUES ('state_office', 'write_articles'), ('national', 'write_articles'), ('national', 'publish_articles'),
            ('administrator', 'write_articles'), ('administrator', 'publish_articles')
        ON CONFLICT DO NOTHING
    """)


def _articles() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("screens", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.CheckConstraint(
            "kind IN ('panduan', 'soalan_lazim', 'prosedur', 'pekeliling', 'amalan_terbaik')", name=op.f("article_kind_check")
        ),
        sa.CheckConstraint("audience IN ('awam', 'pegawai', 'agensi', 'pentadbir')", name=op.f("article_audience_check")),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80", name=op.f("article_slug_check")),
        sa.ForeignKeyConstraint(["owner_id"], ["ekasih.app_user.id"], name=op.f("article_owner_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("article_pkey")),
        sa.UniqueConstraint("slug", name=op.f("article_slug_key")),
        schema="ekasih",
    )


def _versions() -> None:
    op.create_table(
        "article_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'draf'"), nullable=False),
        sa.Column("title_ms", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("body_ms", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("body_en", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("note", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("screens", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("ms_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("en_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("writers", sa.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("saved", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("published_by", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shipped", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('draf', 'semakan', 'terbit', 'arkib')", name=op.f("article_version_state_check")),
        sa.CheckConstraint(
            "kind IN ('panduan', 'soalan_lazim', 'prosedur', 'pekeliling', 'amalan_terbaik')",
            name=op.f("article_version_kind_check"),
        ),
        sa.CheckConstraint(
            "audience IN ('awam', 'pegawai', 'agensi', 'pentadbir')", name=op.f("article_version_audience_check")
        ),
        sa.CheckConstraint(
            "btrim(title_ms) <> '' AND length(title_ms) <= 160 AND length(title_en) <= 160",
            name=op.f("article_version_title_check"),
        ),
        sa.CheckConstraint("length(body_ms) <= 40000 AND length(body_en) <= 40000", name=op.f("article_version_body_check")),
        sa.CheckConstraint("published_by <> ALL (writers)", name=op.f("article_version_two_persons_check")),
        sa.CheckConstraint("(shipped IS NOT NULL) = (writers = '{}')", name=op.f("article_version_shipped_check")),
        sa.CheckConstraint(
            "state IN ('draf', 'semakan') OR (published_at IS NOT NULL AND (shipped IS NOT NULL OR published_by IS NOT NULL))",
            name=op.f("article_version_published_check"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["ekasih.article.id"], name=op.f("article_version_article_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["published_by"], ["ekasih.app_user.id"], name=op.f("article_version_published_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("article_version_pkey")),
        sa.UniqueConstraint("article_id", "number", name=op.f("article_version_article_id_number_key")),
        schema="ekasih",
    )
    op.create_index(
        "article_version_published_key", "article_version", ["article_id"], unique=True, schema="ekasih",
        postgresql_where=sa.text("state = 'terbit'"),
    )
    op.create_index(
        "article_version_open_key", "article_version", ["article_id"], unique=True, schema="ekasih",
        postgresql_where=sa.text("state IN ('draf', 'semakan')"),
    )


def _searched() -> None:
    op.create_table(
        "article_search",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("heads", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("lead", TSVECTOR(), nullable=False),
        sa.Column("words", TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["ekasih.article.id"], name=op.f("article_search_article_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("article_search_pkey")),
        sa.UniqueConstraint("article_id", "language", name=op.f("article_search_article_id_language_key")),
        schema="ekasih",
    )
    op.create_index("article_search_words_idx", "article_search", ["words"], schema="ekasih", postgresql_using="gin")
    op.create_index("article_search_lead_idx", "article_search", ["lead"], schema="ekasih", postgresql_using="gin")
    op.create_index(
        "article_search_heads_idx", "article_search", ["heads"], schema="ekasih", postgresql_using="gin",
        postgresql_ops={"heads": "gin_trgm_ops"},
    )
    op.create_table(
        "article_synonym",
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("phrase", name=op.f("article_synonym_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("article_synonym_meaning_idx"), "article_synonym", ["meaning"], schema="ekasih")


def _told() -> None:
    op.create_table(
        "article_miss",
        sa.Column("shelf", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("last_on", sa.Date(), server_default=_TODAY, nullable=False),
        sa.CheckConstraint("length(asked) <= 100", name=op.f("article_miss_asked_check")),
        sa.PrimaryKeyConstraint("shelf", "asked", name=op.f("article_miss_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "article_feedback",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shelf", sa.Text(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("given_on", sa.Date(), server_default=_TODAY, nullable=False),
        sa.CheckConstraint("length(told) <= 200", name=op.f("article_feedback_told_check")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["ekasih.article.id"], name=op.f("article_feedback_article_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("article_feedback_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("article_feedback_article_id_id_idx"), "article_feedback", ["article_id", "id"], schema="ekasih")
    op.create_table(
        "article_read",
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["ekasih.article.id"], name=op.f("article_read_article_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "month", name=op.f("article_read_pkey")),
        schema="ekasih",
    )
