"""Settings and names of states that administrators change on screen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.migrations import guard_tables, run_file

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
    guard_tables(op.get_bind(), "setting")
    run_file(op.get_bind(), "settings")
    op.execute("DROP FUNCTION IF EXISTS ekasih.login_of(bigint)")  # colleagues are told by name everywhere now


def downgrade() -> None:
    """Take the bounds and the right to change away; values and names stay as they are."""
    op.execute("""
        DROP POLICY administer ON ekasih.setting;
        DROP POLICY read_everyone ON ekasih.setting;
        DROP POLICY system ON ekasih.setting;
        ALTER TABLE ekasih.setting NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
        REVOKE UPDATE (value) ON ekasih.setting FROM app_web;
    """)
    op.drop_constraint(op.f("setting_bounds_check"), "setting", schema="ekasih")
    for name in _BOUNDS:
        op.drop_column("setting", name, schema="ekasih")
