"""Oversight: who read what, and who acts for whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_CHANGES = (
    "actor_id IS NOT NULL AND action NOT IN ('read', 'search', 'export', 'check_status', 'reveal_id', 'verify_audit')"
)


# How far a person reaches is asked in three functions; each keeps the rest of what it says.
def upgrade() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("from_user", sa.BigInteger(), nullable=False),
        sa.Column("to_user", sa.BigInteger(), nullable=False),
        sa.Column("areas", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("from_date <= until_date", name=op.f("delegation_days_check")),
        sa.CheckConstraint("from_user <> to_user", name=op.f("delegation_persons_check")),
        sa.ForeignKeyConstraint(["from_user"], ["ekasih.app_user.id"], name=op.f("delegation_from_user_fkey")),
        sa.ForeignKeyConstraint(["to_user"], ["ekasih.app_user.id"], name=op.f("delegation_to_user_fkey")),
        sa.ForeignKeyConstraint(["created_by"], ["ekasih.app_user.id"], name=op.f("delegation_created_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("delegation_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("delegation_to_user_idx"), "delegation", ["to_user"], schema="ekasih")
    op.create_index(
        "audit_log_reads_idx",
        "audit_log",
        ["actor_id", "at"],
        schema="ekasih",
        postgresql_where=sa.text("action IN ('read', 'search', 'export')"),
    )
    op.create_index("audit_log_action_idx", "audit_log", ["action", "id"], schema="ekasih")
    op.drop_index("audit_log_people_idx", table_name="audit_log", schema="ekasih")
    op.create_index("audit_log_people_idx", "audit_log", ["id"], schema="ekasih", postgresql_where=sa.text(_CHANGES))
