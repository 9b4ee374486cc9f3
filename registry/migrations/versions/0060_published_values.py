"""Values of indicators and alerts that follow from what is published alone, for those who see no persons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_value",
        sa.Column("indicator_code", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=True),
        sa.PrimaryKeyConstraint("indicator_code", "area_code", "month", name=op.f("published_value_pkey")),
        schema="ekasih",
    )
    op.add_column(
        "alert",
        sa.Column("published", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        schema="ekasih",
    )
    op.drop_index("alert_open", table_name="alert", schema="ekasih")
    op.create_index(
        "alert_open",
        "alert",
        ["rule_code", sa.text("coalesce(indicator_code, '')"), "area_code", "published"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    # how many periods running is for administrators to say
    op.execute("""
        UPDATE ekasih.alert_rule SET name_ms = 'Merah berturut-turut', name_en = 'Red for periods running'
        WHERE code = 'merah_berturut'
    """)
    # the last month is judged once more, so that those who see no persons have their alerts of it
    op.execute("DELETE FROM ekasih.alert_period WHERE period = (SELECT max(period) FROM ekasih.alert_period)")
