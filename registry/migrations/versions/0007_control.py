"""Control: sign-in, sessions, and an audit log that shows tampering."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from registry.migrations import run_file

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "app_user",
        sa.Column("session_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        schema="ekasih",
    )
    op.create_table(
        "audit_batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("entries", postgresql.INT8MULTIRANGE(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_batch_pkey")),
        schema="ekasih",
    )
    op.create_index("audit_batch_entries_idx", "audit_batch", ["entries"], schema="ekasih", postgresql_using="gist")
    op.create_table(
        "audit_link",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("audit_link_pkey")),
        sa.UniqueConstraint("batch_id", name=op.f("audit_link_batch_id_key")),
        schema="ekasih",
    )
    op.create_table(
        "sign_in_refusal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_refusal_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("sign_in_refusal_address_at_idx"), "sign_in_refusal", ["address", "at"], schema="ekasih")
    run_file(op.get_bind(), "audit")
    run_file(op.get_bind(), "control")


def downgrade() -> None:
    """Take the chain, the refusals and the versions of sessions away; the log itself stays."""
    op.execute("SET LOCAL search_path = ekasih, public")
    op.execute("DROP TRIGGER batch ON audit_log; DROP TRIGGER only_grows ON audit_log")
    for name in ("audit_link", "audit_batch", "sign_in_refusal"):
        op.drop_table(name, schema="ekasih")
    op.execute("""
        DROP TRIGGER end_sessions ON app_user;
        DROP FUNCTION end_sessions(), audit_first_break(bigint), batch_audit(), link_audit(), refuse_audit_change(),
            audit_digest(audit_log), audit_link_hash(bigint, bytea, int8multirange, bytea),
            sign_in_wait(text, text), sign_in_refused(text, text), sign_in_accepted(text, text),
            sign_in_lookup(text), principal_of(bigint)
    """)
    op.drop_column("app_user", "session_version", schema="ekasih")
    run_file(op.get_bind(), "access")
    op.execute("GRANT EXECUTE ON FUNCTION sign_in_lookup(text), principal_of(bigint) TO app_web")
