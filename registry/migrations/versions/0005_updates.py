"""Updates: change requests, the record as it was and as it was known, exits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("household", sa.Column("exited_on", sa.Date(), nullable=True), schema="ekasih")
    op.add_column("household", sa.Column("exit_reason", sa.Text(), nullable=True), schema="ekasih")
    op.create_index(
        "household_exited_idx",
        "household",
        ["district_code"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("exited_on IS NOT NULL"),
    )
    op.create_check_constraint(
        op.f("household_exit_check"), "household", "(exited_on IS NULL) = (exit_reason IS NULL)", schema="ekasih"
    )
    op.create_table(
        "change_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.Column("before", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("after", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("effect", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("direct", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("requested_by", sa.BigInteger(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("trial_tx", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "direct OR decided_by IS NULL OR decided_by <> requested_by OR state = 'withdrawn'",
            name=op.f("change_request_other_check"),
        ),
        sa.CheckConstraint(
            "state IN ('trial', 'waiting', 'approved', 'refused', 'withdrawn', 'stale')",
            name=op.f("change_request_state_check"),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["ekasih.app_user.id"], name=op.f("change_request_decided_by_fkey")),
        sa.ForeignKeyConstraint(
            ["household_id", "district_code"],
            ["ekasih.household.id", "ekasih.household.district_code"],
            name=op.f("change_request_household_id_district_code_fkey"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["ekasih.app_user.id"], name=op.f("change_request_requested_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("change_request_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("change_request_household_id_idx"), "change_request", ["household_id"], unique=False, schema="ekasih"
    )
    op.create_index(
        "change_request_trial_idx",
        "change_request",
        ["trial_tx"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state = 'trial'"),
    )
    op.create_index(
        "change_request_waiting_idx",
        "change_request",
        ["district_code", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "household_exit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("exited_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('income_rose', 'died', 'focus_group', 'welfare_aid', 'remarried', 'other')",
            name=op.f("household_exit_reason_check"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["ekasih.household.id"], name=op.f("household_exit_household_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("household_exit_pkey")),
        schema="ekasih",
    )
    op.create_index(
        "household_exit_household_id_idx", "household_exit", ["household_id"], unique=False, schema="ekasih"
    )
    op.create_index(
        "household_exit_open_idx",
        "household_exit",
        ["household_id"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("undone_on IS NULL"),
    )
    op.create_table(
        "household_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["ekasih.household.id"],
            name=op.f("household_version_household_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("household_version_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("household_version_household_id_valid_from_known_from_idx"),
        "household_version",
        ["household_id", "valid_from", "known_from"],
        unique=False,
        schema="ekasih",
    )
