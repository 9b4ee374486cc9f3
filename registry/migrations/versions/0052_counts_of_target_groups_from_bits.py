"""Counts of target groups are read from bits, one for each household and value."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0052"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "target_bits",
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("bits", postgresql.BIT(8192), nullable=False),
        sa.PrimaryKeyConstraint("block", "key", "slot", name=op.f("target_bits_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "target_stale",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("target_stale_pkey")),
        schema="ekasih",
    )
    # whoever is on the register already is counted from the records until a night has made bits
    op.execute("INSERT INTO ekasih.target_stale (block) SELECT DISTINCT id >> 13 FROM ekasih.household")
