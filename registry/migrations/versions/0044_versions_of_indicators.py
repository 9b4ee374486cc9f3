"""Definitions of indicators have versions, each from a day on and with a reason; who may define them is a permission."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "indicator",
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        schema="ekasih",
    )
    op.add_column("indicator", sa.Column("cohort_id", sa.BigInteger(), nullable=True), schema="ekasih")
    op.create_foreign_key(
        op.f("indicator_cohort_id_fkey"), "indicator", "cohort", ["cohort_id"], ["id"],
        source_schema="ekasih", referent_schema="ekasih", ondelete="SET NULL",
    )  # fmt: skip
    op.create_table(
        "indicator_version",
        sa.Column("indicator_code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("definition", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(reason) <> ''", name=op.f("indicator_version_reason_check")),
        sa.CheckConstraint("version > 0", name=op.f("indicator_version_version_check")),
        sa.ForeignKeyConstraint(["decided_by"], ["ekasih.app_user.id"], name=op.f("indicator_version_decided_by_fkey")),
        sa.PrimaryKeyConstraint("indicator_code", "version", name=op.f("indicator_version_pkey")),
        schema="ekasih",
    )
    op.execute("""
        INSERT INTO ekasih.indicator_version (indicator_code, version, valid_from, definition, reason)
        SELECT i.code, 1, '0001-01-01', to_jsonb(i) - '{code,position,version,cohort_id}'::text[] || '{"cohort_id": null}',
            'Takrif asal produk'
        FROM ekasih.indicator AS i
    """)
    # a new register has it from revision 0001
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        VALUES ('national', 'define_kpi'), ('administrator', 'define_kpi') ON CONFLICT DO NOTHING
    """)
