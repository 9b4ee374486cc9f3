"""What aid reached whom, by area: exact for those who see the persons, rounded for everybody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, empty, money in (("aid_area", False, sa.Numeric(16, 2)), ("published_aid", True, sa.Numeric())):
        op.create_table(
            table,
            sa.Column("area_code", sa.Text(), nullable=False),
            sa.Column("cut", sa.Text(), nullable=False),
            sa.Column("aided", sa.BigInteger(), nullable=empty),
            sa.Column("never", sa.BigInteger(), nullable=True),
            sa.Column("households", sa.BigInteger(), nullable=empty),
            sa.Column("amount_rm", money, nullable=empty),
            sa.PrimaryKeyConstraint("area_code", "cut", name=op.f(f"{table}_pkey")),
            schema="ekasih",
        )
