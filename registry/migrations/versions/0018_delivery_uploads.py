"""Deliveries that are sent on screen: what was uploaded, how far it has come, and who may."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    document = postgresql.JSONB(astext_type=sa.Text())
    op.create_table(
        "delivery_upload",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("uploaded_by", sa.BigInteger(), nullable=False),
        sa.Column("uploaded_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("stored_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'ready'"), nullable=False),
        sa.Column("findings", document, nullable=False),
        sa.Column("asked_at", moment, nullable=True),
        sa.Column("steps_done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("steps_total", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("report", document, nullable=True),
        sa.Column("reported_at", moment, nullable=True),
        sa.Column("problem", document, nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('ready', 'trial', 'import', 'imported', 'expired')", name=op.f("delivery_upload_state_check")
        ),
        sa.CheckConstraint(
            "stored_name ~ '^[0-9a-f]{32}\\.(zip|xlsx)$'", name=op.f("delivery_upload_stored_name_check")
        ),
        sa.CheckConstraint(
            "(state = 'imported') = (delivery_id IS NOT NULL)", name=op.f("delivery_upload_delivery_check")
        ),
        sa.ForeignKeyConstraint(["delivery_id"], ["ekasih.delivery.id"], name=op.f("delivery_upload_delivery_id_fkey")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["ekasih.app_user.id"], name=op.f("delivery_upload_uploaded_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("delivery_upload_pkey")),
        sa.UniqueConstraint("stored_name", name=op.f("delivery_upload_stored_name_key")),
        schema="ekasih",
    )
    op.create_index(op.f("delivery_upload_uploaded_by_idx"), "delivery_upload", ["uploaded_by"], schema="ekasih")
    op.create_index(op.f("delivery_upload_delivery_id_idx"), "delivery_upload", ["delivery_id"], schema="ekasih")
    op.create_index(
        "delivery_upload_waiting_idx",
        "delivery_upload",
        ["asked_at"],
        schema="ekasih",
        postgresql_where=sa.text("state IN ('trial', 'import')"),
    )
    # a new register has given its roles what they may do already
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        VALUES ('state_office', 'import_deliveries'), ('administrator', 'import_deliveries')
        ON CONFLICT DO NOTHING
    """)
