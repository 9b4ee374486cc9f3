"""Tickets of people without an account, followed by reference and secret."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ticket_public",
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ekasih.ticket.id"], name=op.f("ticket_public_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("ticket_public_pkey")),
        sa.UniqueConstraint("reference", name=op.f("ticket_public_reference_key")),
        schema="ekasih",
    )
