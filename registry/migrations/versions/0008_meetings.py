"""Meetings: the focus group's agenda and its minutes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("meeting_state_check"), "meeting", schema="ekasih", type_="check")
    op.create_check_constraint(
        op.f("meeting_state_check"), "meeting", "state IN ('planned', 'held', 'closed')", schema="ekasih"
    )
    op.create_unique_constraint(
        op.f("meeting_area_code_number_key"), "meeting", ["area_code", "number"], schema="ekasih"
    )
    op.create_table(
        "meeting_item",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["ekasih.case_file.id"], name=op.f("meeting_item_case_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["ekasih.meeting.id"], name=op.f("meeting_item_meeting_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("meeting_item_pkey")),
        sa.UniqueConstraint("meeting_id", "case_id", name=op.f("meeting_item_meeting_id_case_id_key")),
        schema="ekasih",
    )
    op.create_index(
        "meeting_item_waiting_idx",
        "meeting_item",
        ["case_id"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("outcome IS NULL"),
    )
