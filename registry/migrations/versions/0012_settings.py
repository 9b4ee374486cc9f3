"""Settings and names of states that administrators change on screen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BOUNDS = ("least", "most", "step")
# a setting without a step is the program's own; one with a step is a number within its bounds
_CHECK = """CASE WHEN step IS NULL THEN least IS NULL AND most IS NULL
    WHEN least IS NULL OR most IS NULL OR jsonb_typeof(value) <> 'number' THEN false
    ELSE (value #>> '{}')::numeric BETWEEN least AND most AND (value #>> '{}')::numeric % step = 0 END"""


def upgrade() -> None:
    for name in _BOUNDS:
        op.add_column("setting", sa.Column(name, sa.Numeric(), nullable=True), schema="ekasih")
    op.create_check_constraint(op.f("setting_bounds_check"), "setting", _CHECK, schema="ekasih")
