"""Simulations: where households stand, kept narrow; groups for who sees no persons; scenarios that are saved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "target_standing",
        sa.Column("household_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("income_sen", sa.BigInteger(), nullable=False),
        sa.Column("gap_sen", sa.BigInteger(), nullable=False),
        sa.Column("cell", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("members", sa.SmallInteger(), nullable=False),
        sa.Column("place", sa.Text(collation="C"), nullable=False),
        sa.Column("district_code", sa.Text(collation="C"), nullable=False),
        sa.Column("employment_sen", sa.BigInteger(), nullable=False),
        sa.Column("self_employment_sen", sa.BigInteger(), nullable=False),
        sa.Column("property_sen", sa.BigInteger(), nullable=False),
        sa.Column("transfers_sen", sa.BigInteger(), nullable=False),
        sa.Column("employment_earners", sa.SmallInteger(), nullable=False),
        sa.Column("self_employment_earners", sa.SmallInteger(), nullable=False),
        sa.Column("property_earners", sa.SmallInteger(), nullable=False),
        sa.Column("transfers_earners", sa.SmallInteger(), nullable=False),
        sa.Column("births", postgresql.ARRAY(sa.Date()), nullable=True),
        sa.PrimaryKeyConstraint("household_id", name=op.f("target_standing_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("target_standing_district_code_idx"), "target_standing", ["district_code"], schema="ekasih"
    )
    op.create_table(
        "simulation_group",
        sa.Column("state_code", sa.Text(), nullable=False),
        sa.Column("strata", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("per_head_rm", sa.Numeric(12, 2), nullable=False),
        sa.Column("members", sa.Numeric(6, 1), nullable=False),
        sa.Column("sources_rm", postgresql.ARRAY(sa.Numeric(12, 2)), nullable=False),
        sa.Column("earners", postgresql.ARRAY(sa.Numeric(6, 1)), nullable=False),
        sa.Column("children", postgresql.ARRAY(sa.Numeric(6, 1)), nullable=False),
        sa.CheckConstraint("strata IN ('urban', 'rural')", name=op.f("simulation_group_strata_check")),
        sa.CheckConstraint("households >= 10", name=op.f("simulation_group_households_check")),
        sa.PrimaryKeyConstraint("state_code", "strata", "no", name=op.f("simulation_group_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "simulation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked", postgresql.JSONB(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(name) <> '' AND length(name) <= 120", name=op.f("simulation_name_check")),
        sa.ForeignKeyConstraint(["made_by"], ["ekasih.app_user.id"], name=op.f("simulation_made_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("simulation_pkey")),
        sa.UniqueConstraint("made_by", "name", name=op.f("simulation_made_by_name_key")),
        schema="ekasih",
    )
    # whoever is on the register already is read from the records until a night has kept where they stand
    op.execute("INSERT INTO ekasih.target_stale (block) SELECT DISTINCT id >> 13 FROM ekasih.household")
