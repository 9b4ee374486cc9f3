"""Targets that are shared out from the country's, version by version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    nothing = sa.text("'{}'")
    op.create_table(
        "target_tree",
        sa.Column("indicator_code", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=False),
        sa.Column("target", sa.Numeric(), nullable=False),
        sa.Column("pins", postgresql.JSONB(astext_type=sa.Text()), server_default=nothing, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), server_default=nothing, nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), server_default=nothing, nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("how IN ('syer', 'keperluan', 'tangan')", name=op.f("target_tree_how_check")),
        sa.CheckConstraint("btrim(reason) <> ''", name=op.f("target_tree_reason_check")),
        sa.CheckConstraint("version > 0", name=op.f("target_tree_version_check")),
        sa.ForeignKeyConstraint(
            ["indicator_code"], ["ekasih.indicator.code"], name=op.f("target_tree_indicator_code_fkey")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["ekasih.app_user.id"], name=op.f("target_tree_decided_by_fkey")),
        sa.PrimaryKeyConstraint("indicator_code", "due_on", "version", name=op.f("target_tree_pkey")),
        schema="ekasih",
    )
