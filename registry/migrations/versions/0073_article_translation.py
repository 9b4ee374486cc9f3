"""Articles in further languages of the portal, each with which Malay words it was made from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_translation",
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_from", sa.Text(), nullable=False),
        sa.CheckConstraint("language IN ('zh', 'ta')", name=op.f("article_translation_language_check")),
        sa.CheckConstraint(
            "btrim(title) <> '' AND length(title) <= 160 AND length(body) <= 40000",
            name=op.f("article_translation_words_check"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["ekasih.article.id"], name=op.f("article_translation_article_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "language", name=op.f("article_translation_pkey")),
        schema="ekasih",
    )
