"""Keys by which people connect their own tools: they read what their keeper may read, for some months."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "connection_key",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("client_id ~ '^ekp-[0-9a-f]{16}$'", name=op.f("connection_key_client_id_check")),
        sa.CheckConstraint("btrim(name) <> '' AND length(name) <= 60", name=op.f("connection_key_name_check")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ekasih.app_user.id"], name=op.f("connection_key_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("connection_key_pkey")),
        sa.UniqueConstraint("client_id", name=op.f("connection_key_client_id_key")),
        schema="ekasih",
    )
    op.create_index(op.f("connection_key_user_id_idx"), "connection_key", ["user_id"], schema="ekasih")
