"""Questions of people without an account, codes that answer them, and the offices that they turn to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "district_office",
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("telephone", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("hours", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["ekasih.area.code"], name=op.f("district_office_district_code_fkey")
        ),
        sa.PrimaryKeyConstraint("district_code", name=op.f("district_office_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "check_code",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("way IN ('kaunter', 'lawatan', 'surat', 'kad')", name=op.f("check_code_way_check")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["ekasih.household.id"], name=op.f("check_code_household_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["ekasih.app_user.id"], name=op.f("check_code_made_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("check_code_pkey")),
        sa.UniqueConstraint("digest", name=op.f("check_code_digest_key")),
        schema="ekasih",
    )
    op.create_index(op.f("check_code_household_id_idx"), "check_code", ["household_id"], unique=False, schema="ekasih")
    op.create_table(
        "status_inquiry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Text(), nullable=False),
        sa.Column("wished_district", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default=sa.text("'baru'"), nullable=False),
        sa.Column("office_code", sa.Text(), nullable=True),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.Column("joined_to", sa.BigInteger(), nullable=True),
        sa.Column("asked_times", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "answer_by IN ('kaunter', 'telefon', 'surat', '')", name=op.f("status_inquiry_answer_by_check")
        ),
        sa.CheckConstraint(
            "state IN ('baru', 'menunggu', 'dijawab', 'tidak_dihubungi', 'enggan', 'digabung')",
            name=op.f("status_inquiry_state_check"),
        ),
        sa.CheckConstraint(
            "length(identity) <= 40 AND length(telephone) <= 20", name=op.f("status_inquiry_lengths_check")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["ekasih.app_user.id"], name=op.f("status_inquiry_closed_by_fkey")),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["ekasih.household.id"],
            name=op.f("status_inquiry_household_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["joined_to"], ["ekasih.status_inquiry.id"], name=op.f("status_inquiry_joined_to_fkey")
        ),
        sa.ForeignKeyConstraint(["office_code"], ["ekasih.area.code"], name=op.f("status_inquiry_office_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("status_inquiry_pkey")),
        sa.UniqueConstraint("reference", name=op.f("status_inquiry_reference_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("status_inquiry_household_id_idx"), "status_inquiry", ["household_id"], unique=False, schema="ekasih"
    )
    op.create_index(
        "status_inquiry_new_idx",
        "status_inquiry",
        ["id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state = 'baru'"),
    )
    op.create_index(
        "status_inquiry_number_idx",
        "status_inquiry",
        ["number", "asked_at"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("number IS NOT NULL"),
    )
    op.create_index(
        op.f("status_inquiry_office_code_state_due_on_id_idx"),
        "status_inquiry",
        ["office_code", "state", "due_on", "id"],
        unique=False,
        schema="ekasih",
    )
    op.create_index(op.f("status_inquiry_closed_at_idx"), "status_inquiry", ["closed_at"], schema="ekasih")
    op.create_index(
        "status_inquiry_open_idx",
        "status_inquiry",
        ["due_on", "id"],
        schema="ekasih",
        postgresql_where=sa.text("state = 'menunggu'"),
    )
