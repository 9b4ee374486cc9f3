"""A catchment may be decided on for a day to come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

_OPEN = "activated_at IS NULL AND refused_at IS NULL"


def upgrade() -> None:
    op.add_column("boundary_activation", sa.Column("holds_from", sa.Date(), nullable=True), schema="ekasih")
    op.create_check_constraint(
        op.f("boundary_activation_holds_from_check"),
        "boundary_activation",
        "holds_from IS NULL OR level = 'catchment'",
        schema="ekasih",
    )
    op.drop_index("boundary_activation_wanted_key", "boundary_activation", schema="ekasih")
    op.create_index(
        "boundary_activation_wanted_key",
        "boundary_activation",
        ["level"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text(f"{_OPEN} AND holds_from IS NULL"),
    )
    op.create_index(
        "boundary_activation_waits_key",
        "boundary_activation",
        ["upload_id"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text(_OPEN),
    )
