"""Registering households: what a case becomes."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No table changed: what this revision brought stands in ``registry/cases/definitions``."""
