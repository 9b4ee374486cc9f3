"""A report of a project may be a visit to its site: sent once by a device, from a place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("client_key", sa.Uuid(), nullable=True),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("longitude", sa.Numeric(9, 6), nullable=True),
        sa.Column("latitude", sa.Numeric(9, 6), nullable=True),
        sa.Column("accuracy_m", sa.Integer(), nullable=True),
        sa.Column("point_source", sa.Text(), nullable=True),
    ):
        op.add_column("project_report", column, schema="ekasih")
    op.create_unique_constraint(
        op.f("project_report_client_key_key"), "project_report", ["client_key"], schema="ekasih"
    )
    op.create_check_constraint(
        op.f("project_report_point_source_check"), "project_report", "point_source IN ('gps', 'typed')", schema="ekasih"
    )
