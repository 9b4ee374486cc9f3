"""Sign-in: second factors and other identity providers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_USER = ("user_id",), ("ekasih.app_user.id",)


def upgrade() -> None:
    for name, default in (("must_change", "true"), ("oidc_link", "false")):
        column = sa.Column(name, sa.Boolean(), server_default=sa.text(default), nullable=False)
        op.add_column("app_user", column, schema="ekasih")
    op.add_column("app_user", sa.Column("oidc_subject", sa.Text(), nullable=True), schema="ekasih")
    op.create_unique_constraint(op.f("app_user_oidc_subject_key"), "app_user", ["oidc_subject"], schema="ekasih")
    # who has an account already chose its password, or was not asked to
    op.execute("UPDATE ekasih.app_user SET must_change = false")
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(*_USER, name=op.f("second_factor_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("second_factor_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "recovery_code",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ekasih.second_factor.user_id"], name=op.f("recovery_code_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "code_hash", name=op.f("recovery_code_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "dear_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(*_USER, name=op.f("dear_request_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("dear_request_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("dear_request_user_id_kind_idx"), "dear_request", ["user_id", "kind"], schema="ekasih")
