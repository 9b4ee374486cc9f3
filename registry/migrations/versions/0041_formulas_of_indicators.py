"""Indicators are worked out by a formula of their own, and say how far down they reach and how targets are shared out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("indicator", sa.Column("formula", sa.Text(), nullable=True), schema="ekasih")
    op.add_column(
        "indicator",
        sa.Column("lowest", sa.Text(), server_default=sa.text("'district'"), nullable=False),
        schema="ekasih",
    )
    op.add_column(
        "indicator",
        sa.Column("cascade", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        schema="ekasih",
    )
    op.add_column(
        "indicator",
        sa.Column("forecast", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        schema="ekasih",
    )
    op.alter_column("indicator", "frequency", server_default=sa.text("'bulanan'"), schema="ekasih")
    # those that are there were each a figure, or one divided by another; what is new comes with the reference tables
    op.execute("""
        UPDATE ekasih.indicator SET
            formula = numerator || coalesce(' / ' || denominator, ''),
            unit = CASE unit WHEN 'share' THEN 'syer' WHEN 'rm' THEN 'RM' WHEN 'households' THEN 'isi_rumah' ELSE unit END,
            frequency = CASE frequency WHEN 'daily' THEN 'harian' ELSE 'bulanan' END,
            lowest = CASE WHEN code IN ('tegar', 'miskin', 'gap', 'located') THEN 'mukim' ELSE 'district' END,
            cascade = CASE WHEN code IN ('tegar', 'miskin', 'gap', 'rate') THEN ARRAY['syer', 'keperluan', 'tangan']
                      ELSE ARRAY['sama'] END,
            forecast = true,
            position = CASE code WHEN 'located' THEN 12 WHEN 'review_overdue' THEN 11 WHEN 'quality_open' THEN 13
                       ELSE position END
    """)
    op.alter_column("indicator", "formula", nullable=False, schema="ekasih")
    for name, rule in (
        ("lowest", "lowest IN ('country', 'state', 'district', 'mukim')"),
        ("frequency", "frequency IN ('harian', 'bulanan', 'sukuan', 'tahunan')"),
        ("cascade", "cascade <@ ARRAY['syer', 'keperluan', 'tangan', 'sama']"),
    ):
        op.create_check_constraint(op.f(f"indicator_{name}_check"), "indicator", rule, schema="ekasih")
