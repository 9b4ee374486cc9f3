"""What comes in without an account is counted, and proofs of work are used once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "portal_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("visitor", sa.LargeBinary(), nullable=False),
        sa.Column("waited", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("outcome IN ('sent', 'limited')", name=op.f("portal_entry_outcome_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("portal_entry_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("portal_entry_visitor_at_idx"), "portal_entry", ["visitor", "at"], schema="ekasih")
    op.create_index(op.f("portal_entry_at_idx"), "portal_entry", ["at"], schema="ekasih")
    op.create_table(
        "portal_day_key",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("portal_day_key_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "portal_proof",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("portal_proof_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("portal_proof_expires_at_idx"), "portal_proof", ["expires_at"], schema="ekasih")
