"""Who leads a district or a state proposes targets of the own area."""

from __future__ import annotations

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        VALUES ('coordinator', 'propose_targets'), ('state_office', 'propose_targets'),
            ('administrator', 'propose_targets')
        ON CONFLICT DO NOTHING
    """)
    op.create_index(
        "target_proposal_own_idx",
        "target_proposal",
        ["proposed_by"],
        schema="ekasih",
        postgresql_where="state = 'waiting'",
    )
