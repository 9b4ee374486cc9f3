"""Households are read in the order of a name or of income per person by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0026"
branch_labels = None
depends_on = None

_PART = ["district_code", "status", "strata"]


def upgrade() -> None:
    for name, key in (("income", "per_capita_rm"), ("name", "head_name")):
        op.create_index(
            f"household_by_{name}_idx",
            "household",
            [*_PART, key, "id"],
            schema="ekasih",
            postgresql_where=sa.text("exited_on IS NULL"),
        )
