"""Open applications are read in the order in which steps are due; an application may be allowed to overlap other aid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0036"
branch_labels = None
depends_on = None

_TABLE = "aid_application"
_OPEN = sa.text(
    "state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu')"
)
_OWN = sa.text("state IN ('draf', 'tidak_lengkap')")


def upgrade() -> None:
    _order_applications()
    op.add_column(
        _TABLE,
        sa.Column("override_asked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        schema="ekasih",
    )
    op.add_column(_TABLE, sa.Column("override_id", sa.BigInteger(), nullable=True), schema="ekasih")
    op.add_column(
        _TABLE, sa.Column("paid_back", sa.Boolean(), server_default=sa.text("false"), nullable=False), schema="ekasih"
    )
    op.drop_index("aid_application_one_open_idx", table_name=_TABLE, schema="ekasih")
    op.create_index(
        "aid_application_one_open_idx",
        _TABLE,
        ["household_id", sa.literal_column("coalesce(person_id, 0)"), "kind_id"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text(f"{_OPEN} AND NOT paid_back"),
    )
    op.create_foreign_key(
        op.f("aid_application_override_id_fkey"),
        _TABLE,
        "aid_override",
        ["override_id"],
        ["id"],
        source_schema="ekasih",
        referent_schema="ekasih",
    )
    op.create_index(
        "aid_application_override_asked_idx",
        _TABLE,
        ["district_code", "due_on", "id"],
        schema="ekasih",
        postgresql_where=sa.text("override_asked"),
    )
    op.add_column("aid_pair", sa.Column("application_no", sa.Text(), nullable=True), schema="ekasih")
    op.create_unique_constraint(
        op.f("aid_pair_standing_claim_id_application_no_key"),
        "aid_pair",
        ["standing_claim_id", "application_no"],
        schema="ekasih",
    )


def _order_applications() -> None:
    for gone in ("agency_due_idx", "district_due_idx", "waiting_idx", "kind_id_idx"):
        op.drop_index(f"{_TABLE}_{gone}", table_name=_TABLE, schema="ekasih")
    for name, columns, where in (
        ("due_idx", ["state", "due_on", "id"], _OPEN),
        ("district_due_idx", ["district_code", "state", "due_on", "id"], _OPEN),
        ("agency_due_idx", ["agency_id", "state", "due_on", "id"], _OPEN),
        (
            "office_due_idx",
            ["agency_id", sa.literal_column("coalesce(office_code, '')"), "state", "due_on", "id"],
            _OPEN,
        ),
        ("opened_agency_due_idx", ["opened_agency_id", "state", "due_on", "id"], _OPEN),
        ("own_due_idx", ["opened_by", "due_on", "id"], _OWN),
        ("kind_due_idx", ["kind_id", "state", "due_on", "id"], None),
    ):
        op.create_index(f"{_TABLE}_{name}", _TABLE, columns, schema="ekasih", postgresql_where=where)
