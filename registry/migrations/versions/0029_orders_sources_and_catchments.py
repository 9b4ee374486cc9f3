"""Households in the order of a column by an index; where an audit entry came from; catchments by the month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_PART = ["district_code", "status", "strata"]
_SOURCE = "COALESCE(NULLIF(current_setting('ekasih.source', true), ''), 'command')"


def upgrade() -> None:
    for name, key in (("income", "per_capita_rm"), ("name", "head_name")):
        op.create_index(
            f"household_by_{name}_idx",
            "household",
            [*_PART, key, "id"],
            schema="ekasih",
            postgresql_where=sa.text("exited_on IS NULL"),
        )
    # what stands in the log keeps the digest that it has, and so has no source
    op.execute("ALTER TABLE ekasih.audit_log ADD COLUMN IF NOT EXISTS source text")
    op.execute(f"ALTER TABLE ekasih.audit_log ALTER COLUMN source SET DEFAULT {_SOURCE}")
    op.create_table(
        "household_catchment",
        sa.Column("household_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("household_id", "code", "from_day", name=op.f("household_catchment_pkey")),
        schema="ekasih",
    )
    # where a household was before it moved is not known by catchment: it is counted in the one it has from its last move
    op.execute("""
        INSERT INTO ekasih.household_catchment (household_id, code, from_day)
        SELECT h.id, c.code, coalesce((SELECT max(d.effective_on) FROM ekasih.status_decision AS d
                                       WHERE d.household_id = h.id AND d.cause = 'moved'), '0001-01-01')
        FROM ekasih.household AS h
        CROSS JOIN LATERAL unnest(h.catchment_codes) AS c (code)
    """)
    # a closed month that lacks a sum is counted anew with all others, once the definitions are those of this version
    op.execute("""
        UPDATE ekasih.headcount_month SET income_rm = NULL
        WHERE month = (SELECT min(month) FROM ekasih.headcount_month)
            AND EXISTS (SELECT FROM ekasih.household_catchment)
    """)
