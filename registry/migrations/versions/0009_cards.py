"""Identity cards: requests, the register of cards, and what a card's code opens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _requests()
    _cards()


def _requests() -> None:
    op.create_table(
        "card_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), sa.Computed("'P' || lpad(id::text, 6, '0')", persisted=True), nullable=False),
        sa.Column("requested_by", sa.BigInteger(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("state_code", sa.Text(), nullable=False),
        sa.Column("file_numbers", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("not_found", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'requested'"), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'refused', 'issued')", name=op.f("card_request_state_check")
        ),
        sa.CheckConstraint("decided_by <> requested_by", name=op.f("card_request_decided_by_check")),
        sa.ForeignKeyConstraint(["decided_by"], ["ekasih.app_user.id"], name=op.f("card_request_decided_by_fkey")),
        sa.ForeignKeyConstraint(["requested_by"], ["ekasih.app_user.id"], name=op.f("card_request_requested_by_fkey")),
        sa.ForeignKeyConstraint(["state_code"], ["ekasih.area.code"], name=op.f("card_request_state_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("card_request_pkey")),
        sa.UniqueConstraint("number", name=op.f("card_request_number_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("card_request_requested_by_idx"), "card_request", ["requested_by"], unique=False, schema="ekasih"
    )
    op.create_index(
        op.f("card_request_state_code_state_idx"),
        "card_request",
        ["state_code", "state"],
        unique=False,
        schema="ekasih",
    )


def _cards() -> None:
    op.create_table(
        "card",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), sa.Computed("'EK' || lpad(id::text, 8, '0')", persisted=True), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'valid'"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('valid', 'replaced', 'withdrawn')", name=op.f("card_state_check")),
        sa.CheckConstraint("valid_until > issued_on", name=op.f("card_valid_until_check")),
        sa.ForeignKeyConstraint(["district_code"], ["ekasih.area.code"], name=op.f("card_district_code_fkey")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["ekasih.household.id"], name=op.f("card_household_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["ekasih.app_user.id"], name=op.f("card_issued_by_fkey")),
        sa.ForeignKeyConstraint(["request_id"], ["ekasih.card_request.id"], name=op.f("card_request_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("card_pkey")),
        sa.UniqueConstraint("number", name=op.f("card_number_key")),
        sa.UniqueConstraint("token_hash", name=op.f("card_token_hash_key")),
        schema="ekasih",
    )
    op.create_index(op.f("card_district_code_id_idx"), "card", ["district_code", "id"], unique=False, schema="ekasih")
    op.create_index(
        "card_household_idx",
        "card",
        ["household_id"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("state = 'valid'"),
    )
    op.create_index(op.f("card_request_id_idx"), "card", ["request_id"], unique=False, schema="ekasih")
