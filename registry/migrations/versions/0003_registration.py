"""Registering households: what a case becomes."""

from __future__ import annotations

from alembic import op

from registry.migrations import run_file

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The steps that settle what was held back, the queue's triggers, and first decisions without a status before."""
    run_file(op.get_bind(), "classification")
    run_file(op.get_bind(), "registration")


def downgrade() -> None:
    """Nothing: functions and triggers of this revision go with the schema."""
