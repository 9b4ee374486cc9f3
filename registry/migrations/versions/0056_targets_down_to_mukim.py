"""Targets reach down to mukim, rates carry their numerator, and each has a way to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_TREE_WAYS = "how IN ('syer', 'keperluan', 'tangan', 'sama')"
_WAYS = "way IN ('lurus', 'berperingkat', 'tangan')"


def upgrade() -> None:
    for column in (
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("numerator", sa.Numeric(), nullable=True),
        sa.Column("denominator", sa.Numeric(), nullable=True),
    ):
        op.add_column("target", column, schema="ekasih")
    for table in ("target", "target_tree"):
        op.add_column(
            table, sa.Column("way", sa.Text(), server_default=sa.text("'lurus'"), nullable=False), schema="ekasih"
        )
        op.add_column(
            table,
            sa.Column("points", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
            schema="ekasih",
        )
        op.create_check_constraint(op.f(f"{table}_way_check"), table, _WAYS, schema="ekasih")
    op.create_check_constraint(op.f("target_how_check"), "target", _TREE_WAYS, schema="ekasih")
    op.drop_constraint(op.f("target_tree_how_check"), "target_tree", schema="ekasih", type_="check")
    op.create_check_constraint(op.f("target_tree_how_check"), "target_tree", _TREE_WAYS, schema="ekasih")
    # those that are shared out already say how
    op.execute("""
        UPDATE ekasih.target AS t SET how = v.how
        FROM (SELECT DISTINCT ON (indicator_code, due_on) indicator_code, due_on, how FROM ekasih.target_tree
              ORDER BY indicator_code, due_on, version DESC) AS v
        WHERE v.indicator_code = t.indicator_code AND v.due_on = t.due_on AND t.area_code ~ '^(MY|[0-9]+)$'
    """)
