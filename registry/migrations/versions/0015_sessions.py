"""Sessions that the database holds, and tries at a sign-in that are counted before they are judged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_USER = ("user_id",), ("ekasih.app_user.id",)
_CHANGES = (
    "actor_id IS NOT NULL AND action NOT IN ('read', 'search', 'export', 'check_status', 'reveal_id', 'verify_audit'"
)
_NOW = f"{_CHANGES}, 'sign_in', 'sign_out', 'end_session')"


def upgrade() -> None:
    _sessions()
    _browsers()
    _refusals()
    _dated_by(_NOW)


def _sessions() -> None:
    op.create_table(
        "user_session",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_moments("begun_at", "seen_at"),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle", sa.Interval(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "end_reason IN ('signed_out', 'replaced', 'time', 'idle', 'account', 'owner', 'administrator')",
            name=op.f("user_session_end_reason_check"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name=op.f("user_session_ended_check")),
        sa.ForeignKeyConstraint(*_USER, name=op.f("user_session_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("user_session_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("user_session_token_hash_key")),
        schema="ekasih",
    )
    going_on = {"postgresql_where": sa.text("ended_at IS NULL")}
    op.create_index(op.f("user_session_user_id_idx"), "user_session", ["user_id"], schema="ekasih", **going_on)
    op.create_index(op.f("user_session_ended_at_idx"), "user_session", ["ended_at"], schema="ekasih")
    op.create_table(
        "half_sign_in",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("factor", sa.Boolean(), nullable=False),
        sa.Column("password", sa.Boolean(), nullable=False),
        *_moments("begun_at"),
        sa.ForeignKeyConstraint(*_USER, name=op.f("half_sign_in_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("half_sign_in_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("half_sign_in_user_id_idx"), "half_sign_in", ["user_id"], schema="ekasih")


def _browsers() -> None:
    op.create_table(
        "known_browser",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        *_moments("used_at"),
        sa.ForeignKeyConstraint(*_USER, name=op.f("known_browser_user_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", "user_id", name=op.f("known_browser_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("known_browser_user_id_idx"), "known_browser", ["user_id"], schema="ekasih")


def _refusals() -> None:
    op.execute("DELETE FROM ekasih.sign_in_refusal")
    op.drop_index("sign_in_refusal_address_at_idx", table_name="sign_in_refusal", schema="ekasih")
    for name in ("login", "address"):
        op.drop_column("sign_in_refusal", name, schema="ekasih")
    columns = (
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name_hash", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=True),
        sa.Column("closes", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    for column in columns:
        op.add_column("sign_in_refusal", column, schema="ekasih")
    kinds = "kind IN ('password', 'code')"
    op.create_check_constraint(op.f("sign_in_refusal_kind_check"), "sign_in_refusal", kinds, schema="ekasih")
    for name in ("name_hash", "place"):
        op.create_index(op.f(f"sign_in_refusal_{name}_at_idx"), "sign_in_refusal", [name, "at"], schema="ekasih")
    op.create_index(
        op.f("sign_in_refusal_browser_hash_idx"),
        "sign_in_refusal",
        ["browser_hash"],
        schema="ekasih",
        postgresql_where=sa.text("browser_hash IS NOT NULL"),
    )


def _dated_by(changes: str) -> None:
    """Index the entries that change the register, of which the newest is the date on every page."""
    op.drop_index("audit_log_people_idx", table_name="audit_log", schema="ekasih")
    op.create_index("audit_log_people_idx", "audit_log", ["id"], schema="ekasih", postgresql_where=sa.text(changes))


def _moments(*names: str) -> list[sa.Column[object]]:
    return [
        sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False) for name in names
    ]
