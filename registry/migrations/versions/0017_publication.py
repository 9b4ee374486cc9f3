"""Figures for those who see no persons are published once, with small counts left out, instead of hidden at each view."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("publication_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "published_count",
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("cut", sa.Text(), nullable=False),
        sa.Column("tegar", sa.BigInteger(), nullable=True),
        sa.Column("miskin", sa.BigInteger(), nullable=True),
        sa.Column("gap_rm", sa.Numeric(), nullable=True),
        sa.PrimaryKeyConstraint("area_code", "month", "cut", name=op.f("published_count_pkey")),
        schema="ekasih",
    )
    for name, column, value in (
        ("published_fault", "kind", sa.Column("households", sa.BigInteger(), nullable=True)),
        ("published_share", "indicator_code", sa.Column("share", sa.Numeric(), nullable=True)),
    ):
        op.create_table(
            name,
            sa.Column("area_code", sa.Text(), nullable=False),
            sa.Column(column, sa.Text(), nullable=False),
            value,
            sa.PrimaryKeyConstraint("area_code", column, name=op.f(f"{name}_pkey")),
            schema="ekasih",
        )
