"""The poor households of a district by what they lack to the poverty line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "household_gap_idx",
        "household",
        ["district_code", "gap_rm", "file_no"],
        schema="ekasih",
        postgresql_where=sa.text("exited_on IS NULL AND status IN ('tegar', 'miskin')"),
    )
