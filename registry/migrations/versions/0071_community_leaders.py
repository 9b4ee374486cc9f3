"""A role for community leaders, who tell of poor families and see how far their notices are."""

from __future__ import annotations

from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

_ROLES = (
    "planner", "coordinator", "officer", "administrator", "national", "state_office", "enumerator", "agency", "council",
    "auditor", "ketua_komuniti",
)  # fmt: skip


def upgrade() -> None:
    op.drop_constraint(op.f("app_user_role_check"), "app_user", schema="ekasih")
    op.create_check_constraint(op.f("app_user_role_check"), "app_user", f"role IN {_ROLES}", schema="ekasih")
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        VALUES ('ketua_komuniti', 'read_aggregates'), ('ketua_komuniti', 'tell_notices'), ('administrator', 'tell_notices')
        ON CONFLICT DO NOTHING
    """)
