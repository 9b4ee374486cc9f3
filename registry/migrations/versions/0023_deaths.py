"""A death of a member is a row of its own; those that are known so far stand in the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_death",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("member_no", sa.SmallInteger(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["ekasih.household.id"], name=op.f("member_death_household_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("member_death_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("member_death_household_id_noted_at_idx"), "member_death", ["household_id", "noted_at"], schema="ekasih"
    )
    # a household that was merged into another since is not there any more; its removals stay in the log alone
    op.execute("""
        INSERT INTO ekasih.member_death (household_id, member_no, noted_at, noted_by)
        SELECT e.subject_id, CAST(split_part(said.field, '.', 1) AS smallint), e.at, e.actor
        FROM ekasih.audit_log AS e
        JOIN ekasih.household AS h ON h.id = e.subject_id
        CROSS JOIN jsonb_each_text(e.after) AS said (field, value)
        WHERE e.subject = 'household' AND e.action = 'remove_member' AND said.field ~ '^[0-9]+[.]removed$'
            AND said.value = 'died'
        ORDER BY e.id
    """)
