"""A referral may be about a project; a project may be for somebody who is not in the register yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_HOUSEHOLD = (
    "ARRAY['pengenalan', 'hubungan', 'peribadi', 'lokasi', 'kediaman', 'pendidikan', 'pekerjaan', 'harta', "
    "'kesihatan', 'pendapatan', 'bantuan']::text[]"
)
_PROJECT = "ARRAY['projek', 'tempat', 'kemajuan', 'kos', 'kontraktor', 'penerima']::text[]"
_ABOUT = (
    "CASE WHEN household_id IS NOT NULL THEN 'isi_rumah' WHEN project_id IS NOT NULL THEN 'projek' ELSE 'kawasan' END"
)


def upgrade() -> None:
    op.add_column("referral", sa.Column("project_id", sa.BigInteger(), nullable=True), schema="ekasih")
    op.create_foreign_key(
        op.f("referral_project_id_fkey"), "referral", "project", ["project_id"], ["id"],
        source_schema="ekasih", referent_schema="ekasih",
    )
    op.add_column(
        "referral", sa.Column("about", sa.Text(), sa.Computed(_ABOUT, persisted=True), nullable=False), schema="ekasih"
    )
    for name in ("about", "components", "handed_over"):
        op.drop_constraint(op.f(f"referral_{name}_check"), "referral", schema="ekasih", type_="check")
    for name, rule in {
        "about": "num_nonnulls(household_id, area_code, project_id) = 1",
        "components": f"components <@ CASE WHEN project_id IS NULL THEN {_HOUSEHOLD} ELSE {_PROJECT} END",
        "handed_over": "(components = '{}') = (area_code IS NOT NULL)",
    }.items():
        op.create_check_constraint(op.f(f"referral_{name}_check"), "referral", rule, schema="ekasih")
    op.create_index(
        "referral_project_id_idx", "referral", ["project_id"], schema="ekasih",
        postgresql_where=sa.text("project_id IS NOT NULL"),
    )
    op.create_table(
        "project_person",
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("joined_by", sa.Text(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("btrim(name) <> '' AND btrim(address) <> ''", name=op.f("project_person_known_check")),
        sa.CheckConstraint(
            "(joined_by IS NULL) = (joined_at IS NULL)", name=op.f("project_person_joined_check")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["ekasih.project.id"], name=op.f("project_person_project_id_fkey")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("project_person_pkey")),
        schema="ekasih",
    )
