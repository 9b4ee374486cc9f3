"""Target groups of aid: who is meant, what was asked and approved, and the lists that were frozen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "target_count",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("target_count_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("target_count_asked_by_idx"), "target_count", ["asked_by", "at"], schema="ekasih")
    op.create_table(
        "target_group",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("conditions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("polygon", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("fields", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("state", sa.Text(), server_default="draf", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("districts", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("catchments", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("states", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draf', 'dipohon', 'diluluskan', 'ditolak', 'beku', 'luput')",
            name=op.f("target_group_state_check"),
        ),
        sa.CheckConstraint("decided_by <> made_by", name=op.f("target_group_other_check")),
        sa.CheckConstraint(
            "state NOT IN ('beku', 'luput') OR expires_on IS NOT NULL", name=op.f("target_group_expires_check")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("target_group_agency_id_fkey")),
        sa.ForeignKeyConstraint(["made_by"], ["ekasih.app_user.id"], name=op.f("target_group_made_by_fkey")),
        sa.ForeignKeyConstraint(["decided_by"], ["ekasih.app_user.id"], name=op.f("target_group_decided_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("target_group_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("target_group_agency_id_idx"), "target_group", ["agency_id", "id"], schema="ekasih")
    op.create_index(op.f("target_group_made_by_idx"), "target_group", ["made_by", "id"], schema="ekasih")
    op.create_index(
        "target_group_waiting_idx",
        "target_group",
        ["id"],
        schema="ekasih",
        postgresql_where=sa.text("state = 'dipohon'"),
    )
    op.create_table(
        "target_group_household",
        sa.Column("group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_no", sa.Text(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("per_capita_rm", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["ekasih.target_group.id"],
            name=op.f("target_group_household_group_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "file_no", name=op.f("target_group_household_pkey")),
        schema="ekasih",
    )
    # counts of a whole country read what they compare from an index, which is a quarter of the table
    op.create_index(
        "household_target_idx",
        "household",
        ["district_code"],
        schema="ekasih",
        postgresql_include=[
            "id",
            "status",
            "strata",
            "tenure",
            "dwelling_type",
            "dwelling_condition",
            "room_count",
            "toilet",
            "water_supply",
            "electricity",
            "rubbish_collection",
            "vehicle",
            "land_acres",
            "member_count",
            "income_rm",
            "per_capita_rm",
        ],
        postgresql_where=sa.text("exited_on IS NULL"),
    )
    op.create_index(
        "person_target_idx",
        "person",
        ["district_code", "household_id"],
        schema="ekasih",
        postgresql_include=[
            "birth_date",
            "is_head",
            "sex",
            "marital_status",
            "citizen",
            "ethnicity",
            "religion",
            "education_level",
            "in_school",
            "skill",
            "employment_status",
            "disability",
            "chronic_illness",
        ],
    )
    # a new register has them from revision 0001
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        SELECT role, permission
        FROM (VALUES ('agency', '{build_targets}'), ('council', '{build_targets}'),
                     ('state_office', '{build_targets,approve_targets}'), ('national', '{build_targets,approve_targets}'),
                     ('administrator', '{build_targets,approve_targets}')) AS added (role, permissions)
        CROSS JOIN LATERAL unnest(CAST(permissions AS text[])) AS permission
        ON CONFLICT DO NOTHING
    """)
