"""Oversight: who read what, and who acts for whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from registry.migrations import guard_tables, run_file

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_CHANGES = (
    "actor_id IS NOT NULL AND action NOT IN ('read', 'search', 'export', 'check_status', 'reveal_id', 'verify_audit')"
)
# How far a person reaches is asked in three functions; each keeps the rest of what it says.
_REACH = (
    ("act_as(bigint)", "acting.territory = '{}'", "reaches_everywhere(acting)"),
    ("act_as(bigint)", "territory_districts(acting.territory)", "reach_of(acting)"),
    ("sign_in_lookup(text)", "territory_districts(u.territory)", "reach_of(u)"),
    ("principal_of(bigint)", "territory_districts(u.territory)", "reach_of(u)"),
)


def upgrade() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("from_user", sa.BigInteger(), nullable=False),
        sa.Column("to_user", sa.BigInteger(), nullable=False),
        sa.Column("areas", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("from_date <= until_date", name=op.f("delegation_days_check")),
        sa.CheckConstraint("from_user <> to_user", name=op.f("delegation_persons_check")),
        sa.ForeignKeyConstraint(["from_user"], ["ekasih.app_user.id"], name=op.f("delegation_from_user_fkey")),
        sa.ForeignKeyConstraint(["to_user"], ["ekasih.app_user.id"], name=op.f("delegation_to_user_fkey")),
        sa.ForeignKeyConstraint(["created_by"], ["ekasih.app_user.id"], name=op.f("delegation_created_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("delegation_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("delegation_to_user_idx"), "delegation", ["to_user"], schema="ekasih")
    op.create_index(
        "audit_log_reads_idx",
        "audit_log",
        ["actor_id", "at"],
        schema="ekasih",
        postgresql_where=sa.text("action IN ('read', 'search', 'export')"),
    )
    op.create_index("audit_log_action_idx", "audit_log", ["action", "id"], schema="ekasih")
    op.drop_index("audit_log_people_idx", table_name="audit_log", schema="ekasih")
    op.create_index("audit_log_people_idx", "audit_log", ["id"], schema="ekasih", postgresql_where=sa.text(_CHANGES))
    guard_tables(op.get_bind(), "delegation")
    run_file(op.get_bind(), "oversight")
    for function, before, after in _REACH:
        _reword(function, before, after)


def downgrade() -> None:
    """Take delegations, the auditor's view and the note of reads away; what was logged stays."""
    op.execute("SET LOCAL search_path = ekasih, public")
    for function, before, after in _REACH:
        _reword(function, after, before)
    op.execute("""
        DROP TRIGGER guard_accounts ON app_user;
        DROP POLICY administer ON app_user;
        REVOKE ALL ON app_user FROM app_web;
        DROP FUNCTION guard_accounts(), acting_for(), reach_of(app_user), reaches_everywhere(app_user),
            delegations_to(bigint), note_read(text, text, bigint, jsonb),
            audit_entries(date, date, text, text, text, integer, integer), audit_actions(), verify_audit(bigint),
            audit_state()
    """)
    op.drop_table("delegation", schema="ekasih")
    op.drop_index("audit_log_reads_idx", table_name="audit_log", schema="ekasih")
    op.drop_index("audit_log_action_idx", table_name="audit_log", schema="ekasih")
    op.drop_index("audit_log_people_idx", table_name="audit_log", schema="ekasih")
    op.create_index(
        "audit_log_people_idx", "audit_log", ["id"], schema="ekasih", postgresql_where=sa.text("actor_id IS NOT NULL")
    )


def _reword(function: str, before: str, after: str) -> None:
    """Replace an expression in a function that is there, so that what other revisions made of it stays.

    Raises:
        LookupError: the function does not say ``before``.

    """
    bind = op.get_bind()
    name = f"ekasih.{function}"
    found = bind.execute(sa.text("SELECT pg_get_functiondef(CAST(:name AS regprocedure))"), {"name": name}).scalar_one()
    if before not in found:
        raise LookupError(function)
    bind.exec_driver_sql(found.replace(before, after).replace("%", "%%"))
