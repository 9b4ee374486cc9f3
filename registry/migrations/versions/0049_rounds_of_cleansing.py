"""Rounds of cleansing: frozen lists of an office's recipients, and what was decided on each household."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cleansing_round",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), sa.Computed("'PB' || lpad(id::text, 6, '0')", persisted=True), nullable=False),
        sa.Column("office_code", sa.Text(), nullable=False),
        sa.Column("years", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("frozen_on", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("kekal", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("gugur", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("siasat", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("terbuka", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'berjalan'"), nullable=False),
        sa.Column("frozen_by", sa.BigInteger(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state = 'berjalan' OR terbuka = 0", name=op.f("cleansing_round_done_check")),
        sa.CheckConstraint("state IN ('berjalan', 'selesai')", name=op.f("cleansing_round_state_check")),
        sa.CheckConstraint("kekal + gugur + siasat + terbuka = households", name=op.f("cleansing_round_adds_up_check")),
        sa.CheckConstraint(
            "kekal >= 0 AND gugur >= 0 AND siasat >= 0 AND terbuka >= 0", name=op.f("cleansing_round_counts_check")
        ),
        sa.ForeignKeyConstraint(["frozen_by"], ["ekasih.app_user.id"], name=op.f("cleansing_round_frozen_by_fkey")),
        sa.ForeignKeyConstraint(["office_code"], ["ekasih.office.code"], name=op.f("cleansing_round_office_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("cleansing_round_pkey")),
        sa.UniqueConstraint("number", name=op.f("cleansing_round_number_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("cleansing_round_office_code_id_idx"),
        "cleansing_round",
        ["office_code", "id"],
        unique=False,
        schema="ekasih",
    )
    op.create_index(
        "cleansing_round_running_idx",
        "cleansing_round",
        ["office_code"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("state = 'berjalan'"),
    )
    op.create_table(
        "round_decision",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column(
            "decided_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("second_by", sa.BigInteger(), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "settled",
            sa.Boolean(),
            sa.Computed("decision <> 'gugur' OR second_by IS NOT NULL", persisted=True),
            nullable=False,
        ),
        sa.CheckConstraint("decision = 'kekal' OR btrim(reason) <> ''", name=op.f("round_decision_reason_check")),
        sa.CheckConstraint("decision IN ('kekal', 'gugur', 'siasat')", name=op.f("round_decision_decision_check")),
        sa.CheckConstraint("second_by IS NULL OR decision = 'gugur'", name=op.f("round_decision_second_check")),
        sa.CheckConstraint("(second_by IS NULL) = (second_at IS NULL)", name=op.f("round_decision_second_at_check")),
        sa.CheckConstraint("second_by <> decided_by", name=op.f("round_decision_two_persons_check")),
        sa.ForeignKeyConstraint(["case_id"], ["ekasih.case_file.id"], name=op.f("round_decision_case_id_fkey")),
        sa.ForeignKeyConstraint(["decided_by"], ["ekasih.app_user.id"], name=op.f("round_decision_decided_by_fkey")),
        sa.ForeignKeyConstraint(["round_id"], ["ekasih.cleansing_round.id"], name=op.f("round_decision_round_id_fkey")),
        sa.ForeignKeyConstraint(["second_by"], ["ekasih.app_user.id"], name=op.f("round_decision_second_by_fkey")),
        sa.PrimaryKeyConstraint("round_id", "household_id", name=op.f("round_decision_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "round_household",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_no", sa.Text(), nullable=False),
        sa.Column("head_name", sa.Text(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("mukim_code", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("per_capita_rm", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_visit_on", sa.Date(), nullable=True),
        sa.Column("point", Geometry("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.Column("claimed", sa.Boolean(), nullable=False),
        sa.Column("needs", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("findings", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["ekasih.cleansing_round.id"], name=op.f("round_household_round_id_fkey")
        ),
        sa.PrimaryKeyConstraint("round_id", "household_id", name=op.f("round_household_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("round_household_round_id_mukim_code_household_id_idx"),
        "round_household",
        ["round_id", "mukim_code", "household_id"],
        unique=False,
        schema="ekasih",
    )
    op.create_index(
        op.f("household_catchment_code_household_id_idx"),
        "household_catchment",
        ["code", "household_id"],
        unique=False,
        schema="ekasih",
    )
