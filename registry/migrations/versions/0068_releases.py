"""Releases of figures for the public: numbered, frozen, and public once somebody has approved them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

_TOLD = "told IN ('angka', 'bawah10', 'tutup')"


def upgrade() -> None:
    _releases()
    op.create_table(
        "release_area",
        sa.Column("release_id", sa.BigInteger(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["ekasih.release.id"], name=op.f("release_area_release_id_fkey")),
        sa.PrimaryKeyConstraint("release_id", "area_code", name=op.f("release_area_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "release_count",
        sa.Column("release_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("cut", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=True),
        sa.Column("rate", sa.Numeric(), nullable=True),
        sa.CheckConstraint(
            f"{_TOLD} AND (told = 'angka') = (count IS NOT NULL)", name=op.f("release_count_told_check")
        ),
        sa.CheckConstraint("count >= 10 AND count % 5 = 0", name=op.f("release_count_count_check")),
        sa.CheckConstraint("rate IS NULL OR count >= 50", name=op.f("release_count_rate_check")),
        sa.CheckConstraint("measure IN ('poor', 'tegar')", name=op.f("release_count_measure_check")),
        sa.ForeignKeyConstraint(["release_id"], ["ekasih.release.id"], name=op.f("release_count_release_id_fkey")),
        sa.PrimaryKeyConstraint("release_id", "month", "area_code", "cut", "measure", name=op.f("release_count_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "release_aid",
        sa.Column("release_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("programme_code", sa.Text(), nullable=False),
        sa.Column("programme_ms", sa.Text(), nullable=False),
        sa.Column("programme_en", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("households", sa.BigInteger(), nullable=True),
        sa.Column("amount_rm", sa.Numeric(), nullable=True),
        sa.CheckConstraint(
            f"{_TOLD} AND (told = 'angka') = (households IS NOT NULL)", name=op.f("release_aid_told_check")
        ),
        sa.CheckConstraint("households >= 10 AND households % 5 = 0", name=op.f("release_aid_households_check")),
        sa.CheckConstraint(
            "amount_rm IS NULL OR households IS NOT NULL AND amount_rm % 1000 = 0",
            name=op.f("release_aid_amount_rm_check"),
        ),
        sa.ForeignKeyConstraint(["release_id"], ["ekasih.release.id"], name=op.f("release_aid_release_id_fkey")),
        sa.PrimaryKeyConstraint("release_id", "year", "programme_code", "area_code", name=op.f("release_aid_pkey")),
        schema="ekasih",
    )
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        VALUES ('national', 'approve_releases'), ('administrator', 'approve_releases')
        ON CONFLICT DO NOTHING
    """)


def _releases() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'disediakan'"), nullable=False),
        sa.Column("corrects", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("census_year", sa.SmallInteger(), nullable=True),
        sa.Column("boundaries", sa.Text(), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('disediakan', 'sedia', 'diluluskan', 'ditolak')", name=op.f("release_state_check")
        ),
        sa.CheckConstraint(
            "(state = 'disediakan') = (checksum IS NULL) AND (state = 'disediakan') = (as_of IS NULL)",
            name=op.f("release_sealed_check"),
        ),
        sa.CheckConstraint(
            "(state IN ('diluluskan', 'ditolak')) = (decided_at IS NOT NULL)"
            " AND (decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (answer IS NULL)",
            name=op.f("release_decided_check"),
        ),
        sa.CheckConstraint("decided_by <> made_by", name=op.f("release_two_persons_check")),
        sa.ForeignKeyConstraint(["corrects"], ["ekasih.release.id"], name=op.f("release_corrects_fkey")),
        sa.ForeignKeyConstraint(["decided_by"], ["ekasih.app_user.id"], name=op.f("release_decided_by_fkey")),
        sa.ForeignKeyConstraint(["made_by"], ["ekasih.app_user.id"], name=op.f("release_made_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("release_pkey")),
        sa.UniqueConstraint("number", name=op.f("release_number_key")),
        schema="ekasih",
    )
    op.create_index(
        "release_open_key",
        "release",
        [sa.text("(true)")],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("state IN ('disediakan', 'sedia')"),
    )
    op.create_index("release_month_idx", "release", ["month", "id"], schema="ekasih")
