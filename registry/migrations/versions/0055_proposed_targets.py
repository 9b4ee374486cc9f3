"""Targets are proposed by one person and approved by another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "target_proposal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("wanted", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("seen", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("tx", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('trial', 'waiting', 'approved', 'refused', 'withdrawn', 'stale')",
            name=op.f("target_proposal_state_check"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by OR state IN ('withdrawn', 'stale')",
            name=op.f("target_proposal_other_check"),
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["ekasih.area.code"], name=op.f("target_proposal_area_code_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["ekasih.app_user.id"], name=op.f("target_proposal_proposed_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["ekasih.app_user.id"], name=op.f("target_proposal_decided_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("target_proposal_pkey")),
        schema="ekasih",
    )
    op.create_index(
        "target_proposal_waiting_idx",
        "target_proposal",
        ["id"],
        schema="ekasih",
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("target_proposal_tx_idx", "target_proposal", ["tx"], schema="ekasih")
