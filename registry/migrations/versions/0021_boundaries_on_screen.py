"""Boundary files that are sent on screen, and which set of a level was active since when and by whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_LEVELS = "level IN ('country', 'state', 'district', 'mukim', 'parliament', 'dun', 'catchment')"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    document = postgresql.JSONB(astext_type=sa.Text())
    op.create_table(
        "boundary_upload",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("uploaded_by", sa.BigInteger(), nullable=False),
        sa.Column("uploaded_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("stored_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'ready'"), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("accuracy_m", sa.Integer(), nullable=True),
        sa.Column("asked_at", moment, nullable=True),
        sa.Column("report", document, nullable=True),
        sa.Column("reported_at", moment, nullable=True),
        sa.Column("problem", document, nullable=True),
        sa.CheckConstraint(
            "state IN ('ready', 'check', 'checked', 'used', 'expired')", name=op.f("boundary_upload_state_check")
        ),
        sa.CheckConstraint(
            "stored_name ~ '^[0-9a-f]{32}\\.(geojson|gz|gpkg|zip)$'",
            name=op.f("boundary_upload_stored_name_check"),
        ),
        sa.CheckConstraint(_LEVELS, name=op.f("boundary_upload_level_check")),
        sa.CheckConstraint(
            "state IN ('ready', 'expired') OR num_nulls(level, source, licence, dated, accuracy_m) = 0",
            name=op.f("boundary_upload_facts_check"),
        ),
        sa.CheckConstraint("accuracy_m > 0", name=op.f("boundary_upload_accuracy_m_check")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["ekasih.app_user.id"], name=op.f("boundary_upload_uploaded_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("boundary_upload_pkey")),
        sa.UniqueConstraint("stored_name", name=op.f("boundary_upload_stored_name_key")),
        schema="ekasih",
    )
    op.create_index(op.f("boundary_upload_uploaded_by_idx"), "boundary_upload", ["uploaded_by"], schema="ekasih")
    op.create_table(
        "boundary_activation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=True),
        sa.Column("upload_id", sa.BigInteger(), nullable=True),
        sa.Column("partial", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.Column("activated_at", moment, nullable=True),
        sa.Column("households_located", sa.Integer(), nullable=True),
        sa.Column("refused_at", moment, nullable=True),
        sa.Column("problem", document, nullable=True),
        sa.CheckConstraint(_LEVELS, name=op.f("boundary_activation_level_check")),
        sa.CheckConstraint("num_nonnulls(activated_at, refused_at) <= 1", name=op.f("boundary_activation_ended_check")),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["ekasih.boundary_set.id"],
            name=op.f("boundary_activation_set_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"],
            ["ekasih.boundary_upload.id"],
            name=op.f("boundary_activation_upload_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["ekasih.app_user.id"], name=op.f("boundary_activation_asked_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("boundary_activation_pkey")),
        schema="ekasih",
    )
    op.create_index(
        "boundary_activation_wanted_key",
        "boundary_activation",
        ["level"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("activated_at IS NULL AND refused_at IS NULL"),
    )
    op.create_index(op.f("boundary_activation_set_id_idx"), "boundary_activation", ["set_id"], schema="ekasih")
    op.create_index(op.f("boundary_activation_upload_id_idx"), "boundary_activation", ["upload_id"], schema="ekasih")
    # every set that there is was made active by the command that brought it in
    op.execute("""
        INSERT INTO ekasih.boundary_activation (level, set_id, asked_at, activated_at)
        SELECT level, id, imported_at, imported_at FROM ekasih.boundary_set ORDER BY id
    """)
