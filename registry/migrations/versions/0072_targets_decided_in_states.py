"""A state office decides on targets that are proposed from inside its state."""

from __future__ import annotations

from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        VALUES ('state_office', 'decide_targets'), ('administrator', 'decide_targets')
        ON CONFLICT DO NOTHING
    """)
