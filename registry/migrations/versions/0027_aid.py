"""Agencies, what they give, and what was given; accounts belong to an agency and an office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("areas", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("fiscal_month", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('persekutuan', 'negeri', 'pbt', 'zakat', 'badan_amal')", name=op.f("agency_kind_check")
        ),
        sa.CheckConstraint("fiscal_month BETWEEN 1 AND 12", name=op.f("agency_fiscal_month_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("agency_pkey")),
        sa.UniqueConstraint("code", name=op.f("agency_code_key")),
        schema="ekasih",
    )
    op.create_table(
        "aid_need",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("once", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("exclusive OR NOT once", name=op.f("aid_need_once_check")),
        sa.PrimaryKeyConstraint("code", name=op.f("aid_need_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "aid_override",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("evidence_no", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "reason = 'gabungan_rekod' OR length(regexp_replace(words, '[^[:alpha:]]', '', 'g')) >= 20",
            name=op.f("aid_override_words_check"),
        ),
        sa.CheckConstraint(
            "reason IN ('bencana', 'tambahan_dirancang', 'keperluan_lain', 'gabungan_rekod')",
            name=op.f("aid_override_reason_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_override_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "aid_delivery",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("content_key", sa.LargeBinary(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("aid_delivery_agency_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_delivery_pkey")),
        sa.UniqueConstraint("agency_id", "number", name=op.f("aid_delivery_agency_id_number_key")),
        schema="ekasih",
    )
    op.create_table(
        "aid_programme",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("has_ledger", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.Text(), server_default="dibuka", nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("state IN ('draf', 'dibuka', 'dijeda', 'ditutup')", name=op.f("aid_programme_state_check")),
        sa.CheckConstraint("valid_from <= valid_until", name=op.f("aid_programme_days_check")),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("aid_programme_agency_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_programme_pkey")),
        sa.UniqueConstraint("code", name=op.f("aid_programme_code_key")),
        schema="ekasih",
    )
    op.create_index(op.f("aid_programme_agency_id_idx"), "aid_programme", ["agency_id"], unique=False, schema="ekasih")
    op.create_table(
        "office",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("territory", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("office_agency_id_fkey")),
        sa.PrimaryKeyConstraint("code", name=op.f("office_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "aid_conditions",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.Column("conditions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("programme_id"), "="),
            (sa.text("daterange(from_date, until_date, '[]')"), "&&"),
            using="gist",
            name="aid_conditions_days_apart",
        ),
        sa.CheckConstraint("jsonb_typeof(conditions) = 'array'", name=op.f("aid_conditions_conditions_check")),
        sa.CheckConstraint("from_date <= until_date", name=op.f("aid_conditions_days_check")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["ekasih.aid_programme.id"], name=op.f("aid_conditions_programme_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_conditions_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "aid_kind",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("need_code", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("coverage", sa.Text(), nullable=False),
        sa.Column("quantity_unit", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "coverage ~ '^(bulan|tahun|seumur|hari:[1-9][0-9]{0,3})$'", name=op.f("aid_kind_coverage_check")
        ),
        sa.CheckConstraint("form IN ('tunai', 'barangan', 'perkhidmatan')", name=op.f("aid_kind_form_check")),
        sa.CheckConstraint("frequency IN ('sekali', 'bulanan')", name=op.f("aid_kind_frequency_check")),
        sa.CheckConstraint("recipient IN ('isi_rumah', 'orang')", name=op.f("aid_kind_recipient_check")),
        sa.ForeignKeyConstraint(["need_code"], ["ekasih.aid_need.code"], name=op.f("aid_kind_need_code_fkey")),
        sa.ForeignKeyConstraint(["programme_id"], ["ekasih.aid_programme.id"], name=op.f("aid_kind_programme_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_kind_pkey")),
        sa.UniqueConstraint("programme_id", "code", name=op.f("aid_kind_programme_id_code_key")),
        schema="ekasih",
    )
    op.create_table(
        "aid_rate",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.Column("ceiling_rm", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_date", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("kind_id"), "="),
            (sa.text("daterange(from_date, until_date, '[]')"), "&&"),
            using="gist",
            name="aid_rate_days_apart",
        ),
        sa.CheckConstraint("ceiling_rm > 0", name=op.f("aid_rate_ceiling_rm_check")),
        sa.CheckConstraint("from_date <= until_date", name=op.f("aid_rate_days_check")),
        sa.ForeignKeyConstraint(["kind_id"], ["ekasih.aid_kind.id"], name=op.f("aid_rate_kind_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_rate_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "aid_line",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("need_code", sa.Text(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("period", postgresql.DATERANGE(), nullable=False),
        sa.Column("amount_rm", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("application_no", sa.Text(), nullable=True),
        sa.Column("outside_target", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("row_no", sa.Integer(), nullable=True),
        sa.Column("content_key", sa.LargeBinary(), nullable=True),
        sa.Column("warnings", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.CheckConstraint("origin IN ('delivery', 'payment', 'handover')", name=op.f("aid_line_origin_check")),
        sa.CheckConstraint("NOT isempty(period) AND NOT lower_inf(period)", name=op.f("aid_line_period_check")),
        sa.CheckConstraint("amount_rm > 0", name=op.f("aid_line_amount_rm_check")),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("aid_line_agency_id_fkey")),
        sa.ForeignKeyConstraint(["delivery_id"], ["ekasih.aid_delivery.id"], name=op.f("aid_line_delivery_id_fkey")),
        sa.ForeignKeyConstraint(["household_id"], ["ekasih.household.id"], name=op.f("aid_line_household_id_fkey")),
        sa.ForeignKeyConstraint(["kind_id"], ["ekasih.aid_kind.id"], name=op.f("aid_line_kind_id_fkey")),
        sa.ForeignKeyConstraint(["need_code"], ["ekasih.aid_need.code"], name=op.f("aid_line_need_code_fkey")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["ekasih.person.id"], name=op.f("aid_line_person_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_line_pkey")),
        sa.UniqueConstraint("agency_id", "reference", name=op.f("aid_line_agency_id_reference_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("aid_line_delivery_id_idx"),
        "aid_line",
        ["delivery_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("delivery_id IS NOT NULL"),
    )
    op.create_index(
        op.f("aid_line_household_id_day_idx"), "aid_line", ["household_id", "day"], unique=False, schema="ekasih"
    )
    op.create_index(op.f("aid_line_kind_id_day_idx"), "aid_line", ["kind_id", "day"], unique=False, schema="ekasih")
    op.create_index(
        op.f("aid_line_person_id_idx"),
        "aid_line",
        ["person_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_table(
        "aid_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("content_key", sa.LargeBinary(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("given", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("state_code", sa.Text(), nullable=True),
        sa.Column("district_code", sa.Text(), nullable=True),
        sa.Column("reversal", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("period", postgresql.DATERANGE(), nullable=True),
        sa.Column("amount_rm", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("quantity", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("warnings", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("settled_by", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("fate IN ('held', 'rejected', 'accepted', 'refused')", name=op.f("aid_row_fate_check")),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("aid_row_agency_id_fkey")),
        sa.ForeignKeyConstraint(["delivery_id"], ["ekasih.aid_delivery.id"], name=op.f("aid_row_delivery_id_fkey")),
        sa.ForeignKeyConstraint(["household_id"], ["ekasih.household.id"], name=op.f("aid_row_household_id_fkey")),
        sa.ForeignKeyConstraint(["kind_id"], ["ekasih.aid_kind.id"], name=op.f("aid_row_kind_id_fkey")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["ekasih.person.id"], name=op.f("aid_row_person_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["ekasih.app_user.id"], name=op.f("aid_row_settled_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_row_pkey")),
        sa.UniqueConstraint("delivery_id", "row_no", name=op.f("aid_row_delivery_id_row_no_key")),
        schema="ekasih",
    )
    op.create_index(
        "aid_row_held_idx",
        "aid_row",
        ["district_code", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("fate = 'held'"),
    )
    op.create_index(
        op.f("aid_row_household_id_idx"),
        "aid_row",
        ["household_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("household_id IS NOT NULL"),
    )
    op.create_index(
        "aid_row_reference_idx",
        "aid_row",
        ["agency_id", "reference"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("fate IN ('held', 'accepted')"),
    )
    op.create_table(
        "aid_claim",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("person_key", sa.Text(), server_default="", nullable=False),
        sa.Column("need_code", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("period", postgresql.DATERANGE(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("application_no", sa.Text(), nullable=True),
        sa.Column("override_id", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("household_id"), "="),
            (sa.column("need_code"), "="),
            (sa.column("person_key"), "="),
            (sa.column("period"), "&&"),
            where=sa.text("exclusive AND override_id IS NULL AND ended_at IS NULL"),
            using="gist",
            name="aid_claim_met_once",
        ),
        sa.CheckConstraint("NOT isempty(period) AND NOT lower_inf(period)", name=op.f("aid_claim_period_check")),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("aid_claim_agency_id_fkey")),
        sa.ForeignKeyConstraint(["household_id"], ["ekasih.household.id"], name=op.f("aid_claim_household_id_fkey")),
        sa.ForeignKeyConstraint(["kind_id"], ["ekasih.aid_kind.id"], name=op.f("aid_claim_kind_id_fkey")),
        sa.ForeignKeyConstraint(["line_id"], ["ekasih.aid_line.id"], name=op.f("aid_claim_line_id_fkey")),
        sa.ForeignKeyConstraint(["need_code"], ["ekasih.aid_need.code"], name=op.f("aid_claim_need_code_fkey")),
        sa.ForeignKeyConstraint(["override_id"], ["ekasih.aid_override.id"], name=op.f("aid_claim_override_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_claim_pkey")),
        sa.UniqueConstraint("line_id", name=op.f("aid_claim_line_id_key")),
        sa.UniqueConstraint("override_id", name=op.f("aid_claim_override_id_key")),
        schema="ekasih",
    )
    op.create_index(
        "aid_claim_application_idx",
        "aid_claim",
        ["application_no"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("application_no IS NOT NULL"),
    )
    op.create_index(op.f("aid_claim_household_id_idx"), "aid_claim", ["household_id"], unique=False, schema="ekasih")
    op.create_table(
        "aid_reversal",
        sa.Column("line_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount_rm", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("row_no", sa.Integer(), nullable=True),
        sa.Column("content_key", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("aid_reversal_agency_id_fkey")),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["ekasih.aid_delivery.id"], name=op.f("aid_reversal_delivery_id_fkey")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["ekasih.aid_line.id"], name=op.f("aid_reversal_line_id_fkey")),
        sa.PrimaryKeyConstraint("line_id", name=op.f("aid_reversal_pkey")),
        sa.UniqueConstraint("agency_id", "reference", name=op.f("aid_reversal_agency_id_reference_key")),
        schema="ekasih",
    )
    op.create_table(
        "aid_pair",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("found_on", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("file_no", sa.Text(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("need_code", sa.Text(), nullable=False),
        sa.Column("standing_claim_id", sa.BigInteger(), nullable=False),
        sa.Column("standing_agency_id", sa.Integer(), nullable=False),
        sa.Column("standing_reference", sa.Text(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=True),
        sa.Column("other_agency_id", sa.Integer(), nullable=False),
        sa.Column("other_reference", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "finding IN ('false_match', 'agreed', 'disputed', 'confirmed')", name=op.f("aid_pair_finding_check")
        ),
        sa.ForeignKeyConstraint(["household_id"], ["ekasih.household.id"], name=op.f("aid_pair_household_id_fkey")),
        sa.ForeignKeyConstraint(["need_code"], ["ekasih.aid_need.code"], name=op.f("aid_pair_need_code_fkey")),
        sa.ForeignKeyConstraint(["other_agency_id"], ["ekasih.agency.id"], name=op.f("aid_pair_other_agency_id_fkey")),
        sa.ForeignKeyConstraint(["row_id"], ["ekasih.aid_row.id"], name=op.f("aid_pair_row_id_fkey")),
        sa.ForeignKeyConstraint(
            ["standing_agency_id"], ["ekasih.agency.id"], name=op.f("aid_pair_standing_agency_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["standing_claim_id"], ["ekasih.aid_claim.id"], name=op.f("aid_pair_standing_claim_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_pair_pkey")),
        sa.UniqueConstraint("standing_claim_id", "row_id", name=op.f("aid_pair_standing_claim_id_row_id_key")),
        schema="ekasih",
    )
    op.create_index(op.f("aid_pair_household_id_idx"), "aid_pair", ["household_id"], unique=False, schema="ekasih")
    op.create_index(op.f("aid_pair_row_id_idx"), "aid_pair", ["row_id"], unique=False, schema="ekasih")
    op.add_column("app_user", sa.Column("agency_id", sa.Integer(), nullable=True), schema="ekasih")
    op.add_column("app_user", sa.Column("office_code", sa.Text(), nullable=True), schema="ekasih")
    op.create_foreign_key(
        op.f("app_user_office_code_fkey"),
        "app_user",
        "office",
        ["office_code"],
        ["code"],
        source_schema="ekasih",
        referent_schema="ekasih",
    )
    op.create_foreign_key(
        op.f("app_user_agency_id_fkey"),
        "app_user",
        "agency",
        ["agency_id"],
        ["id"],
        source_schema="ekasih",
        referent_schema="ekasih",
    )
    op.create_index(
        "person_birth_date_idx",
        "person",
        ["birth_date"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("birth_date IS NOT NULL"),
    )
    op.execute("""
        INSERT INTO ekasih.aid_need (code, name_ms, name_en, exclusive, once)
        VALUES ('PENDAPATAN', 'Sara hidup', 'Income support', true, false),
            ('MAKANAN', 'Makanan', 'Food', true, false),
            ('RUMAH', 'Bina baru atau baik pulih rumah', 'House built or repaired', true, true),
            ('SEWA', 'Sewa rumah', 'Rent', true, false),
            ('SEKOLAH', 'Persekolahan', 'Schooling', true, false),
            ('JAGAAN', 'Penjagaan', 'Care', true, false),
            ('KESIHATAN', 'Dialisis dan rawatan', 'Dialysis and treatment', true, false),
            ('ANGKUTAN', 'Pengangkutan', 'Transport', true, false),
            ('PEKERJAAN', 'Pekerjaan dan perniagaan', 'Work and trade', true, false),
            ('LATIHAN', 'Latihan', 'Training', false, false),
            ('BENCANA', 'Bencana', 'Disaster relief', false, false)
    """)
    # a new register has them from revision 0001
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        SELECT role, permission
        FROM (VALUES ('agency', '{apply_aid,check_aid,approve_aid,deliver_aid,manage_programmes,deliver_aid_lines}'),
                     ('council', '{apply_aid,check_aid,approve_aid,deliver_aid}'),
                     ('officer', '{apply_aid,settle_aid}'),
                     ('state_office', '{apply_aid,settle_aid,override_double_aid,decide_appeal,deliver_aid_lines}'),
                     ('national',
                      '{apply_aid,settle_aid,override_double_aid,decide_appeal,deliver_aid_lines,manage_programmes}'),
                     ('administrator', '{apply_aid,check_aid,approve_aid,deliver_aid,settle_aid,override_double_aid,decide_appeal,'
                      || 'deliver_aid_lines,manage_programmes}')) AS added (role, permissions)
        CROSS JOIN LATERAL unnest(CAST(permissions AS text[])) AS permission
        ON CONFLICT DO NOTHING
    """)
