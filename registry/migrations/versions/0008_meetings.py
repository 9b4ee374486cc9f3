"""Meetings: the focus group's agenda and its minutes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.migrations import guard_tables, run_file

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
    guard_tables(op.get_bind(), "meeting_item")
    run_file(op.get_bind(), "meetings")


def downgrade() -> None:
    """Take agendas away; meetings and the decisions that refer to them stay."""
    op.execute("SET LOCAL search_path = ekasih, public")
    for trigger, table in (
        ("case_step_outcome", "case_step"),
        ("case_step_kept", "case_step"),
        ("case_step_meeting", "case_step"),
        ("meeting_kept", "meeting"),
    ):
        op.execute(f"DROP TRIGGER {trigger} ON {table}")
    op.drop_table("meeting_item", schema="ekasih")
    op.drop_constraint(op.f("meeting_area_code_number_key"), "meeting", schema="ekasih", type_="unique")
    for policy, table in (
        ("read_own_meetings", "audit_log"),
        ("plan_own_area", "meeting"),
        ("hold_own_area", "meeting"),
    ):
        op.execute(f"DROP POLICY {policy} ON {table}")
    own = "(SELECT may('decide')) AND ((SELECT nationwide()) OR area_code = ANY ((SELECT acting_districts())::text[]))"
    op.execute(f"CREATE POLICY hold_own_area ON meeting FOR ALL TO app_web USING ({own}) WITH CHECK ({own})")
    op.execute("DROP FUNCTION note_outcome(), keep_decision(), open_meeting_of_step(), keep_agenda(), keep_meeting()")
    op.execute("DROP FUNCTION decides_for(text, text), covers_area(text), covers_state(text)")
