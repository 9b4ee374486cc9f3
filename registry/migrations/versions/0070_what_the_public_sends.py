"""What the public sends: registrations and notices of poverty, who sent them, and what they may be about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0070"
down_revision = "0068"
branch_labels = None
depends_on = None

_CHANNELS = ("officer", "paper", "representative", "census", "held", "review", "online", "notice")


def upgrade() -> None:
    op.create_table(
        "intake",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("secret_key", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'baru'"), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("mukim_code", sa.Text(), nullable=True),
        sa.Column("urgent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("marks", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=True),
        sa.Column("place_key", sa.Text(), nullable=True),
        sa.Column("id_no", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_key", sa.Text(), nullable=True),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.Column("main_id", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.Column("assigned_to", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moved_on", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "erased_on IS NULL OR answers = '{}' AND num_nonnulls(name_key, place_key, id_no, phone, geom) = 0",
            name=op.f("intake_erased_check"),
        ),
        sa.CheckConstraint("id_no ~ '^[0-9A-Z]{1,20}$'", name=op.f("intake_id_no_check")),
        sa.CheckConstraint("kind IN ('daftar', 'maklum')", name=op.f("intake_kind_check")),
        sa.CheckConstraint(
            "length(answers::text) <= 8000 AND answers::text !~ '[0-9]{12}'", name=op.f("intake_answers_check")
        ),
        sa.CheckConstraint("phone ~ '^[0-9+() -]{7,20}$'", name=op.f("intake_phone_check")),
        sa.CheckConstraint(
            "reference ~ '^[DP]-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$' AND (left(reference, 1) = 'D') = (kind = 'daftar')",
            name=op.f("intake_reference_check"),
        ),
        sa.CheckConstraint(
            "state IN ('baru', 'luar_kawasan', 'disaring', 'ditukar', 'digabung', 'spam', 'tarik_balik', 'kes_dibuka', 'sudah_berdaftar', 'tidak_ditemui', 'palsu')",
            name=op.f("intake_state_check"),
        ),
        sa.CheckConstraint("ST_X(geom) BETWEEN 99 AND 120", name=op.f("intake_east_check")),
        sa.CheckConstraint("ST_Y(geom) BETWEEN 0 AND 8", name=op.f("intake_north_check")),
        sa.CheckConstraint("main_id <> id", name=op.f("intake_main_id_check")),
        sa.CheckConstraint("octet_length(secret_key) = 32", name=op.f("intake_secret_key_check")),
        sa.ForeignKeyConstraint(["assigned_to"], ["ekasih.app_user.id"], name=op.f("intake_assigned_to_fkey")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["ekasih.case_file.id"], name=op.f("intake_case_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["district_code"], ["ekasih.area.code"], name=op.f("intake_district_code_fkey")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["ekasih.household.id"], name=op.f("intake_household_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["main_id"], ["ekasih.intake.id"], name=op.f("intake_main_id_fkey")),
        sa.ForeignKeyConstraint(["mukim_code"], ["ekasih.area.code"], name=op.f("intake_mukim_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("intake_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("intake_case_id_idx"),
        "intake",
        ["case_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("case_id IS NOT NULL"),
    )
    op.create_index(
        "intake_closed_idx",
        "intake",
        ["district_code", sa.literal_column("moved_on DESC"), sa.literal_column("id DESC")],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("main_id IS NULL AND state NOT IN ('baru', 'luar_kawasan', 'disaring')"),
    )
    op.create_index(
        "intake_geom_idx",
        "intake",
        ["geom"],
        unique=False,
        schema="ekasih",
        postgresql_using="gist",
        postgresql_where=sa.text("geom IS NOT NULL"),
    )
    op.create_index(
        op.f("intake_household_id_idx"),
        "intake",
        ["household_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("household_id IS NOT NULL"),
    )
    op.create_index(
        op.f("intake_id_no_idx"),
        "intake",
        ["id_no"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("id_no IS NOT NULL"),
    )
    op.create_index(
        op.f("intake_main_id_idx"),
        "intake",
        ["main_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("main_id IS NOT NULL"),
    )
    op.create_index(
        "intake_name_idx",
        "intake",
        ["district_code", "name_key"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("name_key IS NOT NULL"),
    )
    op.create_index(
        "intake_over_idx",
        "intake",
        ["moved_on"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("erased_on IS NULL AND state IN ('spam', 'palsu', 'tarik_balik')"),
    )
    op.create_index(
        op.f("intake_phone_key_idx"),
        "intake",
        ["phone_key"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("phone_key IS NOT NULL"),
    )
    op.create_index(op.f("intake_reference_idx"), "intake", ["reference"], unique=True, schema="ekasih")
    op.create_index(
        "intake_place_idx",
        "intake",
        ["district_code", "place_key"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("place_key IS NOT NULL"),
    )
    op.create_index(
        "intake_unseen_idx",
        "intake",
        ["id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("looked_at IS NULL"),
    )
    op.create_index(
        "intake_waits_idx",
        "intake",
        ["district_code", sa.literal_column("(NOT urgent)"), "due_on", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("main_id IS NULL AND state IN ('baru', 'luar_kawasan', 'disaring')"),
    )
    op.create_table(
        "intake_candidate",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("intake_id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("other_id", sa.BigInteger(), nullable=True),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("reasons", sa.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(household_id, case_id, other_id) = 1", name=op.f("intake_candidate_one_check")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["ekasih.case_file.id"], name=op.f("intake_candidate_case_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["ekasih.household.id"],
            name=op.f("intake_candidate_household_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["ekasih.intake.id"], name=op.f("intake_candidate_intake_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["ekasih.intake.id"], name=op.f("intake_candidate_other_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("intake_candidate_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("intake_candidate_case_id_idx"),
        "intake_candidate",
        ["case_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("case_id IS NOT NULL"),
    )
    op.create_index(
        op.f("intake_candidate_household_id_idx"),
        "intake_candidate",
        ["household_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("household_id IS NOT NULL"),
    )
    op.create_index(
        op.f("intake_candidate_intake_id_idx"), "intake_candidate", ["intake_id"], unique=False, schema="ekasih"
    )
    op.create_index(
        op.f("intake_candidate_other_id_idx"),
        "intake_candidate",
        ["other_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("other_id IS NOT NULL"),
    )
    op.create_table(
        "intake_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("intake_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["ekasih.app_user.id"], name=op.f("intake_step_actor_id_fkey")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["ekasih.intake.id"], name=op.f("intake_step_intake_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("intake_step_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("intake_step_intake_id_id_idx"), "intake_step", ["intake_id", "id"], unique=False, schema="ekasih"
    )
    op.create_table(
        "intake_teller",
        sa.Column("intake_id", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_key", sa.Text(), nullable=True),
        sa.Column("knows", sa.Text(), nullable=True),
        sa.Column("account", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("knows IN ('ya', 'tidak', 'tidak_pasti')", name=op.f("intake_teller_knows_check")),
        sa.CheckConstraint("phone ~ '^[0-9+() -]{7,20}$'", name=op.f("intake_teller_phone_check")),
        sa.CheckConstraint(
            "who IN ('kir', 'ahli', 'keluarga', 'jiran', 'ketua_kampung', 'wakil_rakyat', 'ngo', 'guru', 'lain', 'awam', 'ketua_komuniti')",
            name=op.f("intake_teller_who_check"),
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 120", name=op.f("intake_teller_name_check")),
        sa.ForeignKeyConstraint(["account"], ["ekasih.app_user.id"], name=op.f("intake_teller_account_fkey")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["ekasih.intake.id"], name=op.f("intake_teller_intake_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("intake_id", name=op.f("intake_teller_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("intake_teller_account_idx"),
        "intake_teller",
        ["account", sa.literal_column("intake_id DESC")],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("account IS NOT NULL"),
    )
    op.create_index(
        op.f("intake_teller_phone_key_idx"),
        "intake_teller",
        ["phone_key"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("phone_key IS NOT NULL"),
    )
    op.drop_constraint(op.f("case_file_channel_check"), "case_file", schema="ekasih")
    op.create_check_constraint(op.f("case_file_channel_check"), "case_file", f"channel IN {_CHANNELS}", schema="ekasih")
