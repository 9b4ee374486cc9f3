"""Households in the order of a name or of income per person by an index; where an entry of the audit log came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0026"
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
