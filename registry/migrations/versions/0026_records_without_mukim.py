"""The records of a district that name no mukim are read in order of need by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "household_no_mukim_idx",
        "household",
        ["district_code", sa.literal_column("gap_share DESC"), "per_capita_rm", "id"],
        schema="ekasih",
        postgresql_where=sa.text("exited_on IS NULL AND mukim_code IS NULL"),
    )
