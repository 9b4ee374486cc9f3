"""Projects: their types as data, contractors, plans, reports, photographs, defects and steps."""

from __future__ import annotations

from geoalchemy2 import Geometry
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_transition",
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("permissions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("needs_reason", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("not_by", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("action", "from_state", name=op.f("project_transition_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "contractor",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("registration_no", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("contact", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("contractor_agency_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("contractor_pkey")),
        sa.UniqueConstraint("agency_id", "registration_no", name=op.f("contractor_agency_id_registration_no_key")),
        schema="ekasih",
    )
    op.create_table(
        "project_type",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=False),
        sa.Column("households", sa.Text(), nullable=False),
        sa.Column("need_code", sa.Text(), nullable=True),
        sa.Column("kind_code", sa.Text(), nullable=True),
        sa.Column("checks", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("damage", sa.Text(), nullable=True),
        sa.Column("documents", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("photos", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("shape", sa.Text(), server_default=sa.text("'bulat'"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z][a-z0-9_]{1,39}$'", name=op.f("project_type_code_check")),
        sa.CheckConstraint(
            "damage IN ('boleh_dibaiki', 'tidak_boleh_dibaiki')", name=op.f("project_type_damage_check")
        ),
        sa.CheckConstraint("geometry IN ('titik', 'poligon', 'mana')", name=op.f("project_type_geometry_check")),
        sa.CheckConstraint(
            "households IN ('satu', 'banyak', 'tiada', 'mana')", name=op.f("project_type_households_check")
        ),
        sa.CheckConstraint(
            "shape IN ('bulat', 'segi_empat', 'segi_tiga', 'berlian', 'segi_enam', 'silang')",
            name=op.f("project_type_shape_check"),
        ),
        sa.ForeignKeyConstraint(["need_code"], ["ekasih.aid_need.code"], name=op.f("project_type_need_code_fkey")),
        sa.PrimaryKeyConstraint("code", name=op.f("project_type_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "project_rate",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.Column("ceiling_rm", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("type_code"), "="),
            (sa.text("daterange(from_date, until_date, '[]')"), "&&"),
            where=sa.text("from_date IS NOT NULL"),
            using="gist",
            name="project_rate_days_apart",
        ),
        sa.CheckConstraint("ceiling_rm > 0", name=op.f("project_rate_ceiling_rm_check")),
        sa.CheckConstraint("from_date <= until_date", name=op.f("project_rate_days_check")),
        sa.CheckConstraint("from_date IS NOT NULL OR until_date IS NULL", name=op.f("project_rate_history_check")),
        sa.ForeignKeyConstraint(["type_code"], ["ekasih.project_type.code"], name=op.f("project_rate_type_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("project_rate_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "project_type_milestone",
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("weight", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("project_type_milestone_weight_check")),
        sa.ForeignKeyConstraint(
            ["type_code"], ["ekasih.project_type.code"], name=op.f("project_type_milestone_type_code_fkey")
        ),
        sa.PrimaryKeyConstraint("type_code", "position", name=op.f("project_type_milestone_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "project",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), sa.Computed("'P' || lpad(id::text, 8, '0')", persisted=True), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("office_code", sa.Text(), nullable=False),
        sa.Column("programme_code", sa.Text(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column(
            "place",
            Geometry(srid=4326, dimension=2, spatial_index=False, from_text="ST_GeomFromEWKT", name="geometry"),
            nullable=True,
        ),
        sa.Column("place_method", sa.Text(), nullable=True),
        sa.Column("place_accuracy_m", sa.Integer(), nullable=True),
        sa.Column("placed_by", sa.Text(), nullable=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("application_no", sa.Text(), nullable=True),
        sa.Column("minutes_no", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("checks", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("documents", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("estimate_rm", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("cost_rm", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("committed_rm", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("commit_year", sa.Integer(), nullable=True),
        sa.Column("contractor_id", sa.Integer(), nullable=True),
        sa.Column("sum_rm", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("list_no", sa.Text(), nullable=True),
        sa.Column("list_day", sa.Date(), nullable=True),
        sa.Column("override_id", sa.BigInteger(), nullable=True),
        sa.Column("completion", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("sick", sa.Text(), nullable=True),
        sa.Column("sick_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), server_default=sa.text("'dipohon'"), nullable=False),
        sa.Column("state_since", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "place_method IN ('peta', 'ditaip', 'gps', 'rekod')", name=op.f("project_place_method_check")
        ),
        sa.CheckConstraint("sick IN ('disahkan', 'ditolak')", name=op.f("project_sick_check")),
        sa.CheckConstraint(
            "state IN ('dipohon', 'disemak', 'disahkan_kos', 'dihantar_kpkt', 'diperakukan', 'dalam_pelaksanaan', 'digantung', 'siap', 'ditolak', 'dibatalkan')",
            name=op.f("project_state_check"),
        ),
        sa.CheckConstraint("(place IS NULL) = (place_method IS NULL)", name=op.f("project_place_check")),
        sa.CheckConstraint("cost_rm > 0", name=op.f("project_cost_rm_check")),
        sa.CheckConstraint("estimate_rm > 0", name=op.f("project_estimate_rm_check")),
        sa.CheckConstraint("sum_rm > 0", name=op.f("project_sum_rm_check")),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("project_agency_id_fkey")),
        sa.ForeignKeyConstraint(["contractor_id"], ["ekasih.contractor.id"], name=op.f("project_contractor_id_fkey")),
        sa.ForeignKeyConstraint(["district_code"], ["ekasih.area.code"], name=op.f("project_district_code_fkey")),
        sa.ForeignKeyConstraint(["kind_id"], ["ekasih.aid_kind.id"], name=op.f("project_kind_id_fkey")),
        sa.ForeignKeyConstraint(["office_code"], ["ekasih.office.code"], name=op.f("project_office_code_fkey")),
        sa.ForeignKeyConstraint(["opened_by"], ["ekasih.app_user.id"], name=op.f("project_opened_by_fkey")),
        sa.ForeignKeyConstraint(["override_id"], ["ekasih.aid_override.id"], name=op.f("project_override_id_fkey")),
        sa.ForeignKeyConstraint(
            ["programme_code"], ["ekasih.aid_programme.code"], name=op.f("project_programme_code_fkey")
        ),
        sa.ForeignKeyConstraint(["type_code"], ["ekasih.project_type.code"], name=op.f("project_type_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("project_pkey")),
        sa.UniqueConstraint("number", name=op.f("project_number_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("project_agency_id_office_code_state_id_idx"),
        "project",
        ["agency_id", "office_code", "state", "id"],
        unique=False,
        schema="ekasih",
    )
    op.create_index(
        op.f("project_contractor_id_idx"),
        "project",
        ["contractor_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("contractor_id IS NOT NULL"),
    )
    op.create_index(
        op.f("project_district_code_state_id_idx"),
        "project",
        ["district_code", "state", "id"],
        unique=False,
        schema="ekasih",
    )
    op.create_index("project_place_idx", "project", ["place"], unique=False, schema="ekasih", postgresql_using="gist")
    op.create_table(
        "project_defect",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("mended_on", sa.Date(), nullable=True),
        sa.Column("mended_words", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("mended_by", sa.Text(), nullable=True),
        sa.CheckConstraint("mended_on >= noted_on", name=op.f("project_defect_days_check")),
        sa.ForeignKeyConstraint(["project_id"], ["ekasih.project.id"], name=op.f("project_defect_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("project_defect_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("project_defect_project_id_id_idx"), "project_defect", ["project_id", "id"], unique=False, schema="ekasih"
    )
    op.create_table(
        "project_household",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["ekasih.household.id"], name=op.f("project_household_household_id_fkey")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["ekasih.project.id"], name=op.f("project_household_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("project_household_pkey")),
        sa.UniqueConstraint("project_id", "household_id", name=op.f("project_household_project_id_household_id_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("project_household_household_id_idx"), "project_household", ["household_id"], unique=False, schema="ekasih"
    )
    op.create_table(
        "project_milestone",
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("weight", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["ekasih.project.id"], name=op.f("project_milestone_project_id_fkey")),
        sa.PrimaryKeyConstraint("project_id", "position", name=op.f("project_milestone_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "project_photo",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("phase IN ('sebelum', 'semasa', 'selepas')", name=op.f("project_photo_phase_check")),
        sa.ForeignKeyConstraint(["project_id"], ["ekasih.project.id"], name=op.f("project_photo_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("project_photo_pkey")),
        sa.UniqueConstraint("client_key", name=op.f("project_photo_client_key_key")),
        sa.UniqueConstraint("name", name=op.f("project_photo_name_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("project_photo_project_id_id_idx"), "project_photo", ["project_id", "id"], unique=False, schema="ekasih"
    )
    op.create_table(
        "project_plan",
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("begins", sa.ARRAY(sa.Date()), nullable=False),
        sa.Column("ends", sa.ARRAY(sa.Date()), nullable=False),
        sa.Column("reference", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("cardinality(begins) = cardinality(ends)", name=op.f("project_plan_days_check")),
        sa.ForeignKeyConstraint(["project_id"], ["ekasih.project.id"], name=op.f("project_plan_project_id_fkey")),
        sa.PrimaryKeyConstraint("project_id", "version", name=op.f("project_plan_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "project_report",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shares", sa.ARRAY(sa.Numeric(precision=5, scale=2)), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'dihantar'"), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("judged_by", sa.BigInteger(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint("state IN ('dihantar', 'diterima', 'ditolak')", name=op.f("project_report_state_check")),
        sa.ForeignKeyConstraint(["judged_by"], ["ekasih.app_user.id"], name=op.f("project_report_judged_by_fkey")),
        sa.ForeignKeyConstraint(["made_by"], ["ekasih.app_user.id"], name=op.f("project_report_made_by_fkey")),
        sa.ForeignKeyConstraint(["project_id"], ["ekasih.project.id"], name=op.f("project_report_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("project_report_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("project_report_project_id_day_id_idx"),
        "project_report",
        ["project_id", "day", "id"],
        unique=False,
        schema="ekasih",
    )
    op.create_table(
        "project_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["ekasih.app_user.id"], name=op.f("project_step_actor_id_fkey")),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("project_step_agency_id_fkey")),
        sa.ForeignKeyConstraint(["project_id"], ["ekasih.project.id"], name=op.f("project_step_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("project_step_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("project_step_project_id_id_idx"), "project_step", ["project_id", "id"], unique=False, schema="ekasih"
    )

    op.execute("""
        INSERT INTO ekasih.project_type (code, name_ms, name_en, geometry, households, need_code, kind_code, checks, damage,
            documents, photos, shape)
        VALUES
            ('bina_baru', 'Bina baru rumah', 'New house', 'titik', 'satu', 'RUMAH', 'BINABARU',
             '{status,kawasan,bertanah,bukan_setinggan,keperluan_bebas}', 'tidak_boleh_dibaiki',
             '{kad_pengenalan,bukti_tanah,kebenaran_pemilik,bil_utiliti,gambar_rumah,sebut_harga}',
             '{sebelum,semasa,selepas}', 'segi_empat'),
            ('baik_pulih', 'Baik pulih rumah', 'House repair', 'titik', 'satu', 'RUMAH', 'BAIKPULIH',
             '{status,kawasan,bertanah,bukan_setinggan,bukan_sewa,keperluan_bebas}', 'boleh_dibaiki',
             '{kad_pengenalan,bukti_tanah,bil_utiliti,gambar_rumah,sebut_harga}', '{sebelum,semasa,selepas}', 'segi_tiga'),
            ('kios', 'Kios penjaja', 'Stall', 'titik', 'satu', 'PEKERJAAN', 'GERAI', '{status,kawasan}', NULL,
             '{kad_pengenalan,sebut_harga}', '{sebelum,selepas}', 'berlian'),
            ('latihan', 'Latihan', 'Training', 'titik', 'banyak', 'LATIHAN', NULL, '{kawasan}', NULL, '{}', '{selepas}',
             'bulat'),
            ('terminal_sejahtera', 'Terminal sejahtera', 'Terminal sejahtera', 'poligon', 'tiada', NULL, NULL, '{}', NULL,
             '{bukti_tanah,sebut_harga}', '{sebelum,semasa,selepas}', 'segi_enam'),
            ('lain', 'Projek lain', 'Other project', 'mana', 'mana', NULL, NULL, '{}', NULL, '{}', '{sebelum,selepas}', 'silang')
    """)
    op.execute("""
        INSERT INTO ekasih.project_type_milestone (type_code, position, name_ms, name_en, weight)
        VALUES
            ('bina_baru', 1, 'Tapak dan asas', 'Site and foundation', 20), ('bina_baru', 2, 'Struktur', 'Structure', 30),
            ('bina_baru', 3, 'Bumbung', 'Roof', 20), ('bina_baru', 4, 'Kemasan', 'Finishes', 20),
            ('bina_baru', 5, 'Siap dan serah', 'Completion and handover', 10),
            ('baik_pulih', 1, 'Bongkar', 'Removal', 15), ('baik_pulih', 2, 'Bumbung dan dinding', 'Roof and walls', 45),
            ('baik_pulih', 3, 'Kemasan', 'Finishes', 30), ('baik_pulih', 4, 'Siap dan serah', 'Completion and handover', 10),
            ('kios', 1, 'Bekal', 'Supply', 60), ('kios', 2, 'Serah', 'Handover', 40),
            ('latihan', 1, 'Daftar', 'Enrolment', 10), ('latihan', 2, 'Sesi', 'Sessions', 70), ('latihan', 3, 'Lulus', 'Passed', 20),
            ('terminal_sejahtera', 1, 'Reka bentuk', 'Design', 10), ('terminal_sejahtera', 2, 'Tapak', 'Site', 20),
            ('terminal_sejahtera', 3, 'Binaan', 'Building', 50), ('terminal_sejahtera', 4, 'Kemasan', 'Finishes', 15),
            ('terminal_sejahtera', 5, 'Serah', 'Handover', 5),
            ('lain', 1, 'Mula', 'Begin', 50), ('lain', 2, 'Siap', 'Completion', 50)
    """)
    op.execute("""
        INSERT INTO ekasih.project_rate (type_code, from_date, ceiling_rm, source, made_by)
        VALUES ('baik_pulih', NULL, 10000, 'mpbp.gov.my, tidak bertarikh', 'eKasih'),
            ('baik_pulih', '2025-01-01', 20000, 'pbt.kedah.gov.my, 23/01/2025; hari mula andaian', 'eKasih'),
            ('bina_baru', '2025-01-01', 90000, 'pbt.kedah.gov.my, 23/01/2025 (RM85,000-90,000); hari mula andaian', 'eKasih')
    """)
    # a new register has them from revision 0001
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        SELECT role, permission
        FROM (VALUES ('council', '{read_projects,open_projects,coordinate_projects}'),
                     ('officer', '{read_projects}'), ('coordinator', '{read_projects}'),
                     ('state_office', '{read_projects,confirm_costs}'),
                     ('national', '{read_projects,endorse_projects}'),
                     ('administrator',
                      '{read_projects,open_projects,coordinate_projects,confirm_costs,endorse_projects}'))
            AS added (role, permissions)
        CROSS JOIN LATERAL unnest(CAST(permissions AS text[])) AS permission
        ON CONFLICT DO NOTHING
    """)
