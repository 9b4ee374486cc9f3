"""Who is whose neighbour, what is found of areas held against each other, and how far their households are from a town."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area_neighbour",
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("neighbour_code", sa.Text(), nullable=False),
        sa.Column("nearest", sa.Boolean(), nullable=False),
        sa.CheckConstraint("area_code <> neighbour_code", name=op.f("area_neighbour_other_check")),
        sa.ForeignKeyConstraint(
            ["set_id"], ["ekasih.boundary_set.id"], name=op.f("area_neighbour_set_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["area_code"], ["ekasih.area.code"], name=op.f("area_neighbour_area_code_fkey")),
        sa.ForeignKeyConstraint(
            ["neighbour_code"], ["ekasih.area.code"], name=op.f("area_neighbour_neighbour_code_fkey")
        ),
        sa.PrimaryKeyConstraint("set_id", "area_code", "neighbour_code", name=op.f("area_neighbour_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "area_look",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=True),
        sa.Column("of_day", sa.Date(), nullable=True),
        sa.Column("areas", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.CheckConstraint("subject IN ('dosm', 'register', 'access')", name=op.f("area_look_subject_check")),
        sa.CheckConstraint("reason IN ('terlalu_sedikit', 'tiada_data')", name=op.f("area_look_reason_check")),
        sa.PrimaryKeyConstraint("subject", name=op.f("area_look_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "area_pocket",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("rate", sa.Double(), nullable=False),
        sa.Column("smoothed", sa.Double(), nullable=True),
        sa.Column("smoothed_near", sa.Double(), nullable=True),
        sa.Column("small", sa.Boolean(), nullable=False),
        sa.Column("neighbours", sa.Integer(), nullable=False),
        sa.Column("lisa", sa.Text(), nullable=True),
        sa.Column("gi", sa.Text(), nullable=True),
        sa.CheckConstraint("lisa IN ('TT', 'RR', 'TR', 'RT')", name=op.f("area_pocket_lisa_check")),
        sa.CheckConstraint("gi IN ('panas', 'sejuk')", name=op.f("area_pocket_gi_check")),
        sa.ForeignKeyConstraint(["area_code"], ["ekasih.area.code"], name=op.f("area_pocket_area_code_fkey")),
        sa.ForeignKeyConstraint(
            ["subject"], ["ekasih.area_look.subject"], name=op.f("area_pocket_subject_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subject", "area_code", name=op.f("area_pocket_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "area_access",
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("metres", sa.Integer(), nullable=False),
        sa.CheckConstraint("basis IN ('households', 'point')", name=op.f("area_access_basis_check")),
        sa.ForeignKeyConstraint(["area_code"], ["ekasih.area.code"], name=op.f("area_access_area_code_fkey")),
        sa.PrimaryKeyConstraint("area_code", "basis", name=op.f("area_access_pkey")),
        schema="ekasih",
    )
