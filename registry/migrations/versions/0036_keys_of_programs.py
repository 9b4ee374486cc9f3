"""Keys by which programs of agencies ask the register, and what they sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "app_user", sa.Column("machine", sa.Boolean(), server_default=sa.text("false"), nullable=False), schema="ekasih"
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("office_code", sa.Text(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("api_key_agency_id_fkey")),
        sa.ForeignKeyConstraint(["office_code"], ["ekasih.office.code"], name=op.f("api_key_office_code_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["ekasih.app_user.id"], name=op.f("api_key_user_id_fkey")),
        sa.ForeignKeyConstraint(["created_by"], ["ekasih.app_user.id"], name=op.f("api_key_created_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("api_key_pkey")),
        sa.UniqueConstraint("client_id", name=op.f("api_key_client_id_key")),
        sa.UniqueConstraint("user_id", name=op.f("api_key_user_id_key")),
        schema="ekasih",
    )
    op.create_index(op.f("api_key_agency_id_idx"), "api_key", ["agency_id"], schema="ekasih")
    op.create_table(
        "api_secret",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["key_id"], ["ekasih.api_key.id"], name=op.f("api_secret_key_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("api_secret_pkey")),
        sa.UniqueConstraint("secret_hash", name=op.f("api_secret_secret_hash_key")),
        schema="ekasih",
    )
    op.create_index(op.f("api_secret_key_id_idx"), "api_secret", ["key_id"], schema="ekasih")
    op.create_table(
        "api_token",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("secret_id", sa.BigInteger(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["secret_id"], ["ekasih.api_secret.id"], name=op.f("api_token_secret_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("api_token_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("api_token_secret_id_idx"), "api_token", ["secret_id"], schema="ekasih")
    op.create_table(
        "api_use",
        sa.Column("key_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("calls", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refused", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("calls >= 0 AND refused >= 0", name=op.f("api_use_counts_check")),
        sa.ForeignKeyConstraint(["key_id"], ["ekasih.api_key.id"], name=op.f("api_use_key_id_fkey")),
        sa.PrimaryKeyConstraint("key_id", "day", name=op.f("api_use_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "aid_sending",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("content_key", sa.LargeBinary(), nullable=False),
        sa.Column("line_references", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("upload_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_by", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("aid_sending_agency_id_fkey")),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["ekasih.delivery_upload.id"], name=op.f("aid_sending_upload_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["ekasih.app_user.id"], name=op.f("aid_sending_sent_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_sending_pkey")),
        sa.UniqueConstraint("agency_id", "number", name=op.f("aid_sending_agency_id_number_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("aid_sending_upload_id_idx"),
        "aid_sending",
        ["upload_id"],
        schema="ekasih",
        postgresql_where=sa.text("upload_id IS NOT NULL"),
    )
    op.create_index(op.f("aid_application_agency_id_id_idx"), "aid_application", ["agency_id", "id"], schema="ekasih")
