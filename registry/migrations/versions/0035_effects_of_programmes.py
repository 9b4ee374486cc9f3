"""Whether programmes helped, half-year by half-year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aid_effect",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["ekasih.aid_programme.id"], name=op.f("aid_effect_programme_id_fkey")
        ),
        sa.PrimaryKeyConstraint("programme_id", "begins", name=op.f("aid_effect_pkey")),
        schema="ekasih",
    )
