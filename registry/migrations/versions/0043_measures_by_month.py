"""What formulas of indicators read is kept by closed month, for every area at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "measure_month",
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("cut", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=False),
        sa.PrimaryKeyConstraint("measure", "month", "area_code", "cut", name=op.f("measure_month_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("measure_month_area_code_measure_month_idx"), "measure_month",
                    ["area_code", "measure", "month"], schema="ekasih")  # fmt: skip
