"""How many projects of each type there are in an area, as far as it may be told to everybody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_project",
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("projects", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("area_code", "type_code", name=op.f("published_project_pkey")),
        schema="ekasih",
    )
