"""Case work: cases, their states and steps, and the meetings that decide them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_state",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("case_state_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "case_transition",
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.Column("needs_reason", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("needs_meeting", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("only_assigned", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("not_by", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_state"], ["ekasih.case_state.code"], name=op.f("case_transition_from_state_fkey")
        ),
        sa.ForeignKeyConstraint(["to_state"], ["ekasih.case_state.code"], name=op.f("case_transition_to_state_fkey")),
        sa.PrimaryKeyConstraint("action", "from_state", name=op.f("case_transition_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("members", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'planned'"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'held')", name=op.f("meeting_state_check")),
        sa.ForeignKeyConstraint(["area_code"], ["ekasih.area.code"], name=op.f("meeting_area_code_fkey")),
        sa.ForeignKeyConstraint(["created_by"], ["ekasih.app_user.id"], name=op.f("meeting_created_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("meeting_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("meeting_area_code_held_on_idx"), "meeting", ["area_code", "held_on"], unique=False, schema="ekasih"
    )
    op.create_table(
        "case_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), sa.Computed("'K' || lpad(id::text, 7, '0')", persisted=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("mukim_code", sa.Text(), nullable=True),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.Column("held_id", sa.BigInteger(), nullable=True),
        sa.Column("head_name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reporter_name", sa.Text(), nullable=True),
        sa.Column("reporter_phone", sa.Text(), nullable=True),
        sa.Column("reporter_relation", sa.Text(), nullable=True),
        sa.Column("draft", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("assigned_to", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "channel IN ('officer', 'paper', 'representative', 'census', 'held', 'review')",
            name=op.f("case_file_channel_check"),
        ),
        sa.ForeignKeyConstraint(["assigned_to"], ["ekasih.app_user.id"], name=op.f("case_file_assigned_to_fkey")),
        sa.ForeignKeyConstraint(["created_by"], ["ekasih.app_user.id"], name=op.f("case_file_created_by_fkey")),
        sa.ForeignKeyConstraint(["district_code"], ["ekasih.area.code"], name=op.f("case_file_district_code_fkey")),
        sa.ForeignKeyConstraint(
            ["held_id"], ["ekasih.held_household.id"], name=op.f("case_file_held_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["ekasih.household.id"], name=op.f("case_file_household_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["mukim_code"], ["ekasih.area.code"], name=op.f("case_file_mukim_code_fkey")),
        sa.ForeignKeyConstraint(["state"], ["ekasih.case_state.code"], name=op.f("case_file_state_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("case_file_pkey")),
        sa.UniqueConstraint("number", name=op.f("case_file_number_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("case_file_assigned_to_state_idx"), "case_file", ["assigned_to", "state"], unique=False, schema="ekasih"
    )
    op.create_index(
        op.f("case_file_district_code_state_idx"),
        "case_file",
        ["district_code", "state"],
        unique=False,
        schema="ekasih",
    )
    op.create_index(
        "case_file_held_id_idx",
        "case_file",
        ["held_id"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("held_id IS NOT NULL"),
    )
    op.create_index(op.f("case_file_household_id_idx"), "case_file", ["household_id"], unique=False, schema="ekasih")
    op.create_table(
        "case_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("to_state", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("assigned_to", sa.BigInteger(), nullable=True),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("detail", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["ekasih.app_user.id"], name=op.f("case_step_actor_id_fkey")),
        sa.ForeignKeyConstraint(["assigned_to"], ["ekasih.app_user.id"], name=op.f("case_step_assigned_to_fkey")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["ekasih.case_file.id"], name=op.f("case_step_case_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["ekasih.meeting.id"], name=op.f("case_step_meeting_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("case_step_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("case_step_case_id_id_idx"), "case_step", ["case_id", "id"], unique=False, schema="ekasih")
    op.create_index(op.f("case_step_meeting_id_idx"), "case_step", ["meeting_id"], unique=False, schema="ekasih")
