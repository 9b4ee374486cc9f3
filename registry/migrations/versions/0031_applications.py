"""Applications for aid, their steps, and the steps that there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aid_transition",
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.Column("own_agency", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("needs_reason", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("codes", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("not_by", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("only_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("action", "from_state", name=op.f("aid_transition_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "aid_application",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), sa.Computed("'B' || lpad(id::text, 8, '0')", persisted=True), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("office_code", sa.Text(), nullable=True),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("catchment_codes", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("head_present", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("asked_relation", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("asked_phone", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("for_name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("amount_asked_rm", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("asked_period", postgresql.DATERANGE(), nullable=True),
        sa.Column("amount_rm", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("period", postgresql.DATERANGE(), nullable=True),
        sa.Column("state", sa.Text(), server_default=sa.text("'draf'"), nullable=False),
        sa.Column("state_since", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("conditions_id", sa.Integer(), nullable=True),
        sa.Column("verdict", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("outside_target", sa.Boolean(), nullable=True),
        sa.Column("submitted_version", sa.Integer(), nullable=True),
        sa.Column("decided_version", sa.Integer(), nullable=True),
        sa.Column("commit_year", sa.Integer(), nullable=True),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_agency_id", sa.Integer(), nullable=True),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "channel IN ('kaunter', 'telefon', 'lawatan', 'wakil_rakyat', 'agensi')",
            name=op.f("aid_application_channel_check"),
        ),
        sa.CheckConstraint("head_present OR asked_by <> ''", name=op.f("aid_application_asked_by_check")),
        sa.CheckConstraint(
            "state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'selesai', 'ditolak', 'dirayu', 'ditolak_muktamad', 'dibatalkan', 'ditarik', 'luput')",
            name=op.f("aid_application_state_check"),
        ),
        sa.CheckConstraint("amount_asked_rm > 0", name=op.f("aid_application_amount_asked_rm_check")),
        sa.CheckConstraint("amount_rm > 0", name=op.f("aid_application_amount_rm_check")),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("aid_application_agency_id_fkey")),
        sa.ForeignKeyConstraint(
            ["conditions_id"], ["ekasih.aid_conditions.id"], name=op.f("aid_application_conditions_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["ekasih.household.id"], name=op.f("aid_application_household_id_fkey")
        ),
        sa.ForeignKeyConstraint(["kind_id"], ["ekasih.aid_kind.id"], name=op.f("aid_application_kind_id_fkey")),
        sa.ForeignKeyConstraint(["line_id"], ["ekasih.aid_line.id"], name=op.f("aid_application_line_id_fkey")),
        sa.ForeignKeyConstraint(["office_code"], ["ekasih.office.code"], name=op.f("aid_application_office_code_fkey")),
        sa.ForeignKeyConstraint(
            ["opened_agency_id"], ["ekasih.agency.id"], name=op.f("aid_application_opened_agency_id_fkey")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["ekasih.app_user.id"], name=op.f("aid_application_opened_by_fkey")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["ekasih.person.id"], name=op.f("aid_application_person_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_application_pkey")),
        sa.UniqueConstraint("number", name=op.f("aid_application_number_key")),
        schema="ekasih",
    )
    op.create_index(
        "aid_application_agency_due_idx",
        "aid_application",
        ["agency_id", "due_on", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text(
            "state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu')"
        ),
    )
    op.create_index(
        op.f("aid_application_agency_id_state_state_since_id_idx"),
        "aid_application",
        ["agency_id", "state", "state_since", "id"],
        unique=False,
        schema="ekasih",
    )
    op.create_index(
        "aid_application_catchments_idx",
        "aid_application",
        ["catchment_codes"],
        unique=False,
        schema="ekasih",
        postgresql_using="gin",
    )
    op.create_index(
        op.f("aid_application_district_code_state_state_since_id_idx"),
        "aid_application",
        ["district_code", "state", "state_since", "id"],
        unique=False,
        schema="ekasih",
    )
    op.create_index(
        "aid_application_district_due_idx",
        "aid_application",
        ["district_code", "due_on", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text(
            "state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu')"
        ),
    )
    op.create_index(
        op.f("aid_application_household_id_idx"), "aid_application", ["household_id"], unique=False, schema="ekasih"
    )
    op.create_index(op.f("aid_application_kind_id_idx"), "aid_application", ["kind_id"], unique=False, schema="ekasih")
    op.create_index(
        "aid_application_one_open_idx",
        "aid_application",
        ["household_id", sa.literal_column("coalesce(person_id, 0)"), "kind_id"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text(
            "state IN ('draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'dalam_bayaran', 'diserah', 'dirayu')"
        ),
    )
    op.create_index(
        op.f("aid_application_person_id_idx"),
        "aid_application",
        ["person_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "aid_application_waiting_idx",
        "aid_application",
        ["state", "due_on"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state IN ('tidak_lengkap', 'diluluskan')"),
    )
    op.create_table(
        "aid_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("application_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("to_state", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("seen_version", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("amount_rm", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("period", postgresql.DATERANGE(), nullable=True),
        sa.Column("kind_id", sa.Integer(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["ekasih.app_user.id"], name=op.f("aid_step_actor_id_fkey")),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("aid_step_agency_id_fkey")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ekasih.aid_application.id"],
            name=op.f("aid_step_application_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["kind_id"], ["ekasih.aid_kind.id"], name=op.f("aid_step_kind_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_step_pkey")),
        sa.UniqueConstraint("application_id", "id", name=op.f("aid_step_application_id_id_key")),
        schema="ekasih",
    )
