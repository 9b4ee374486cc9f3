"""Visits: what was found, photographs, recommendations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("case_version", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("findings", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("remarks", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("recommendation", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("point", Geometry(geometry_type="POINT", srid=4326, spatial_index=False), nullable=True),
        sa.Column("point_source", sa.Text(), nullable=True),
        sa.Column("accuracy_m", sa.Integer(), nullable=True),
        sa.CheckConstraint("btrim(reason) <> ''", name=op.f("visit_reason_check")),
        sa.CheckConstraint("point_source IN ('gps', 'typed')", name=op.f("visit_point_source_check")),
        sa.CheckConstraint("recommendation IN ('approve', 'reject')", name=op.f("visit_recommendation_check")),
        sa.CheckConstraint("(point IS NULL) = (point_source IS NULL)", name=op.f("visit_point_check")),
        sa.CheckConstraint("accuracy_m >= 0", name=op.f("visit_accuracy_m_check")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["ekasih.case_file.id"], name=op.f("visit_case_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["ekasih.app_user.id"], name=op.f("visit_officer_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("visit_pkey")),
        sa.UniqueConstraint("client_key", name=op.f("visit_client_key_key")),
        schema="ekasih",
    )
    op.create_index(op.f("visit_case_id_id_idx"), "visit", ["case_id", "id"], unique=False, schema="ekasih")
    op.create_index(
        op.f("visit_officer_id_visited_at_idx"), "visit", ["officer_id", "visited_at"], unique=False, schema="ekasih"
    )
    op.create_table(
        "visit_photo",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0 AND bytes > 0", name=op.f("visit_photo_size_check")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["ekasih.visit.id"], name=op.f("visit_photo_visit_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("visit_photo_pkey")),
        sa.UniqueConstraint("client_key", name=op.f("visit_photo_client_key_key")),
        sa.UniqueConstraint("name", name=op.f("visit_photo_name_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("visit_photo_visit_id_id_idx"), "visit_photo", ["visit_id", "id"], unique=False, schema="ekasih"
    )
