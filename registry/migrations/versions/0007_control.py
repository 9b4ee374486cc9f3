"""Control: sign-in, sessions, and an audit log that shows tampering."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


from registry.definitions import run_file

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
    # what was logged before there was a chain is its first link
    if op.get_bind().scalar(sa.text("SELECT EXISTS (SELECT FROM ekasih.audit_log)")):
        # what an entry says has one more column by now
        op.execute("ALTER TABLE ekasih.audit_log ADD COLUMN source text")
        for name in ("audit/audit_verify", "audit/audit"):
            run_file(op.get_bind(), name)
        op.execute("""
            INSERT INTO audit_batch (entries, digest)
            SELECT range_agg(int8range(a.id, a.id, '[]')), sha256(string_agg(audit_digest(a), ''::bytea ORDER BY a.id))
            FROM audit_log AS a;
        """)
