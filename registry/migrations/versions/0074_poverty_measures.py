"""Measures of poverty of closed months, exact and published, and the structures of multidimensional poverty."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

_BASIS = "basis IN ('household', 'person')"


def _kept(name: str, *columns: sa.Column | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        *columns,
        sa.CheckConstraint(_BASIS, name=op.f(f"{name}_basis_check")),
        schema="ekasih",
    )


def _counts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _numbers(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Double(), nullable=nullable) for name in names]


def _structure(name: str) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column("structure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["structure"], ["ekasih.mpi_structure.code"], name=op.f(f"{name}_structure_fkey")),
    ]


def _shown(*, indicator: bool) -> list[sa.Column]:
    return [
        sa.Column("measure", sa.Text(), nullable=False),
        *([sa.Column("indicator", sa.Text(), nullable=False)] if indicator else []),
        sa.Column("figure_month", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=True),
        sa.Column("hidden", sa.Text(), nullable=True),
    ]


def upgrade() -> None:
    op.create_table(
        "mpi_structure",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("computable", sa.Boolean(), nullable=False),
        sa.Column("shipped", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z0-9][a-z0-9-]{0,39}$'", name=op.f("mpi_structure_code_check")),
        sa.PrimaryKeyConstraint("code", name=op.f("mpi_structure_pkey")),
        schema="ekasih",
    )
    _kept(
        "poverty_month",
        *_counts("households", "persons", "poor_households", "total", "poor", "tegar"),
        *_numbers("p1_sum", "p2_sum", "food_p1_sum", "food_p2_sum"),
        *_numbers("sen", "watts", nullable=True),
        *_counts("without_income"),
        *(
            sa.Column(name, sa.Numeric(), nullable=False)
            for name in ("income_rm", "gap_rm", "food_gap_rm", "largest_gap_rm")
        ),
        *_numbers("gini", nullable=True),
        sa.Column("lorenz", sa.ARRAY(sa.Double()), nullable=False),
        *_numbers("theil", "between", nullable=True),
        sa.PrimaryKeyConstraint("area_code", "month", "basis", name=op.f("poverty_month_pkey")),
    )
    op.create_index("poverty_month_month_idx", "poverty_month", ["month", "area_code"], schema="ekasih")
    _kept(
        "mpi_month",
        *_structure("mpi_month"),
        *_counts("used", "dropped", "weight", "every", "poor", "score", "lower", "upper"),
        sa.Column("deprived", sa.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("deprived_poor", sa.ARRAY(sa.BigInteger()), nullable=False),
        sa.PrimaryKeyConstraint("area_code", "month", "basis", name=op.f("mpi_month_pkey")),
    )
    op.create_index("mpi_month_month_idx", "mpi_month", ["month", "area_code"], schema="ekasih")
    op.create_table(
        "poverty_shown",
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("figure_month", sa.Date(), nullable=False),
        *_counts("households"),
        sa.PrimaryKeyConstraint("area_code", "month", name=op.f("poverty_shown_pkey")),
        schema="ekasih",
    )
    _kept(
        "published_poverty",
        *_shown(indicator=False),
        sa.PrimaryKeyConstraint("area_code", "month", "basis", "measure", name=op.f("published_poverty_pkey")),
    )
    _kept(
        "published_mpi",
        *_structure("published_mpi"),
        *_shown(indicator=True),
        sa.PrimaryKeyConstraint("area_code", "month", "basis", "measure", "indicator", name=op.f("published_mpi_pkey")),
    )
