"""Offices and needs hold from a day until another: what is new begins, and what is over ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("office", "aid_need"):
        op.add_column(table, sa.Column("valid_from", sa.Date(), nullable=True), schema="ekasih")
        op.add_column(table, sa.Column("valid_until", sa.Date(), nullable=True), schema="ekasih")
        op.create_check_constraint(op.f(f"{table}_days_check"), table, "valid_from <= valid_until", schema="ekasih")
