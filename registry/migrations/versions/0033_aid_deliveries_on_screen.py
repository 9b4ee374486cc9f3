"""Deliveries of aid are sent on screen: an upload has a layout, and a delivery of aid knows the upload that it came in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "delivery_upload",
        sa.Column("layout", sa.Text(), server_default=sa.text("'birm'"), nullable=False),
        schema="ekasih",
    )
    op.create_check_constraint(
        op.f("delivery_upload_layout_check"), "delivery_upload", "layout IN ('birm', 'aid')", schema="ekasih"
    )
    op.drop_constraint(op.f("delivery_upload_delivery_check"), "delivery_upload", schema="ekasih")
    op.create_check_constraint(
        op.f("delivery_upload_delivery_check"),
        "delivery_upload",
        "(layout = 'birm' AND state = 'imported') = (delivery_id IS NOT NULL)",
        schema="ekasih",
    )
    op.add_column("aid_delivery", sa.Column("upload_id", sa.BigInteger(), nullable=True), schema="ekasih")
    op.create_foreign_key(
        op.f("aid_delivery_upload_id_fkey"),
        "aid_delivery",
        "delivery_upload",
        ["upload_id"],
        ["id"],
        source_schema="ekasih",
        referent_schema="ekasih",
    )
    op.create_index(
        op.f("aid_delivery_upload_id_idx"),
        "aid_delivery",
        ["upload_id"],
        schema="ekasih",
        postgresql_where=sa.text("upload_id IS NOT NULL"),
    )
