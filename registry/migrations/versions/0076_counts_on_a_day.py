"""What happened to households on the days of a month is found by its day, for counts of any date."""

from __future__ import annotations

from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

_INDEXES = (
    ("status_decision", "effective_on", ""),
    ("household_exit", "exited_on", ""),
    ("household_exit", "undone_on", " WHERE undone_on IS NOT NULL"),
)


def upgrade() -> None:
    for table, column, where in _INDEXES:
        op.execute(f"CREATE INDEX {table}_{column}_idx ON ekasih.{table} ({column}){where}")
