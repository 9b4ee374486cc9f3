"""Support: tickets with their thread, what stands beside them, and the calendars by which their times are counted.

The weekends are those that the states announced (Johor's since 1 January 2025 is Saturday and Sunday again); the holidays
those of the federal and state gazettes with a fixed date, and of 2026 and 2027 the ones that move, which are estimates
until they are announced. Both are where a register begins: administrators keep them from there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables()
    _calendars()
    _templates()
    # a new register has them from revision 0001
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        SELECT role, 'handle_support'
        FROM unnest(ARRAY['coordinator', 'officer', 'state_office', 'national', 'administrator']) AS role
        ON CONFLICT DO NOTHING
    """)


def _calendars() -> None:
    op.execute("""
        INSERT INTO ekasih.support_hours (state_code, since, opens, closes, weekend)
        SELECT code, since, '08:00', '17:00', CASE WHEN friday THEN ARRAY[4, 5] ELSE ARRAY[5, 6] END::smallint[]
        FROM (
            SELECT code, DATE '2014-01-01' AS since, code IN ('01', '02', '03', '11') AS friday
            FROM unnest(ARRAY['MY', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15',
                              '16']) AS code
            UNION ALL SELECT '01', DATE '2025-01-01', false) AS h
    """)
    op.execute("""
        INSERT INTO ekasih.support_holiday (state_code, day, name_ms, name_en)
        SELECT DISTINCT ON (code, day) code, day, name_ms, name_en
        FROM (
            SELECT code, make_date(year, month, day) AS day, name_ms, name_en
            FROM (VALUES
                ('{04,05,06,07,08,10,12,13,14,15,16}', 1, 1, 'Tahun Baharu', 'New Year'),
                ('{MY}', 5, 1, 'Hari Pekerja', 'Labour Day'),
                ('{MY}', 8, 31, 'Hari Kebangsaan', 'National Day'),
                ('{MY}', 9, 16, 'Hari Malaysia', 'Malaysia Day'),
                ('{MY}', 12, 25, 'Krismas', 'Christmas'),
                ('{05}', 1, 14, 'Hari Keputeraan Yang di-Pertuan Besar', 'Birthday of the Yang di-Pertuan Besar'),
                ('{14,15,16}', 2, 1, 'Hari Wilayah Persekutuan', 'Federal Territory Day'),
                ('{04}', 2, 20, 'Hari Pengisytiharan Tarikh Kemerdekaan', 'Declaration of Independence Day'),
                ('{11}', 3, 4, 'Ulang Tahun Pertabalan Sultan Terengganu', 'Installation of the Sultan of Terengganu'),
                ('{01}', 3, 23, 'Hari Keputeraan Sultan Johor', 'Birthday of the Sultan of Johor'),
                ('{11}', 4, 26, 'Hari Keputeraan Sultan Terengganu', 'Birthday of the Sultan of Terengganu'),
                ('{06}', 5, 22, 'Hari Hol Pahang', 'Hol Day of Pahang'),
                ('{12,15}', 5, 30, 'Pesta Kaamatan', 'Kaamatan'),
                ('{12,15}', 5, 31, 'Pesta Kaamatan', 'Kaamatan'),
                ('{13}', 6, 1, 'Hari Gawai', 'Gawai'),
                ('{13}', 6, 2, 'Hari Gawai', 'Gawai'),
                ('{07}', 7, 7, 'Hari Warisan Dunia George Town', 'George Town World Heritage Day'),
                ('{13}', 7, 22, 'Hari Sarawak', 'Sarawak Day'),
                ('{06}', 7, 30, 'Hari Keputeraan Sultan Pahang', 'Birthday of the Sultan of Pahang'),
                ('{04}', 8, 24, 'Hari Jadi Yang di-Pertua Negeri Melaka', 'Birthday of the Governor of Melaka'),
                ('{03}', 9, 29, 'Hari Keputeraan Sultan Kelantan', 'Birthday of the Sultan of Kelantan'),
                ('{03}', 9, 30, 'Hari Keputeraan Sultan Kelantan', 'Birthday of the Sultan of Kelantan'),
                ('{10}', 12, 11, 'Hari Keputeraan Sultan Selangor', 'Birthday of the Sultan of Selangor')
            ) AS fixed (states, month, day, name_ms, name_en)
            CROSS JOIN LATERAL unnest(fixed.states::text[]) AS code
            CROSS JOIN generate_series(2026, 2028) AS year
            UNION ALL
            SELECT 'MY', m.day::date, m.name_ms, m.name_en
            FROM (VALUES
                ('2026-02-17', 'Tahun Baharu Cina', 'Chinese New Year'), ('2026-02-18', 'Tahun Baharu Cina', 'Chinese New Year'),
                ('2026-03-21', 'Hari Raya Puasa', 'Hari Raya Puasa'), ('2026-03-22', 'Hari Raya Puasa', 'Hari Raya Puasa'),
                ('2026-05-27', 'Hari Raya Haji', 'Hari Raya Haji'), ('2026-05-31', 'Hari Wesak', 'Wesak'),
                ('2026-06-01', 'Hari Keputeraan Yang di-Pertuan Agong', 'Birthday of the Yang di-Pertuan Agong'),
                ('2026-06-17', 'Awal Muharam', 'Awal Muharram'), ('2026-08-25', 'Maulidur Rasul', 'Birthday of the Prophet'),
                ('2026-11-08', 'Deepavali', 'Deepavali'),
                ('2027-02-06', 'Tahun Baharu Cina', 'Chinese New Year'), ('2027-02-07', 'Tahun Baharu Cina', 'Chinese New Year'),
                ('2027-03-10', 'Hari Raya Puasa (jangkaan)', 'Hari Raya Puasa (estimate)'),
                ('2027-03-11', 'Hari Raya Puasa (jangkaan)', 'Hari Raya Puasa (estimate)'),
                ('2027-05-17', 'Hari Raya Haji (jangkaan)', 'Hari Raya Haji (estimate)'),
                ('2027-05-20', 'Hari Wesak', 'Wesak'),
                ('2027-06-06', 'Awal Muharam (jangkaan)', 'Awal Muharram (estimate)'),
                ('2027-06-07', 'Hari Keputeraan Yang di-Pertuan Agong', 'Birthday of the Yang di-Pertuan Agong'),
                ('2027-08-15', 'Maulidur Rasul (jangkaan)', 'Birthday of the Prophet (estimate)'),
                ('2027-10-28', 'Deepavali (jangkaan)', 'Deepavali (estimate)')
            ) AS m (day, name_ms, name_en)) AS h
        ORDER BY code, day
    """)


def _templates() -> None:
    op.execute("""
        INSERT INTO ekasih.ticket_template (code, name_ms, name_en, words_ms, words_en) VALUES
            ('kata_laluan', 'Kata laluan ditetapkan semula', 'Password was reset',
             'Kata laluan anda telah ditetapkan semula. Pentadbir akan memberinya sendiri; tukar kata laluan itu semasa log masuk pertama.',
             'Your password was reset. An administrator will tell it to you in person; change it as you sign in first.'),
            ('langkah_ralat', 'Minta langkah yang menyebabkan ralat', 'Ask for the steps to a fault',
             'Sila beritahu kami: halaman mana, apa yang anda tekan, apa yang anda jangka dan apa yang berlaku.',
             'Please tell us: which page, what you pressed, what you expected, and what happened.'),
            ('pautkan_rekod', 'Pautkan rekod, jangan tulis nombor', 'Link the record instead of its number',
             'Sila pautkan rekod itu pada tiket ini dengan nombor failnya. Jangan tulis nombor kad pengenalan atau telefon.',
             'Please link the record to this ticket by its file number. Do not write identity card or telephone numbers.'),
            ('telah_dibetulkan', 'Telah dibetulkan', 'It is mended',
             'Masalah ini telah dibetulkan. Sila semak, dan buka semula tiket ini jika masih berlaku.',
             'This has been mended. Please look again, and reopen this ticket if it still happens.'),
            ('cadangan_dicatat', 'Cadangan dicatat', 'The wish is noted',
             'Terima kasih atas cadangan anda. Ia telah dicatat untuk dipertimbangkan.',
             'Thank you for your suggestion. It was noted and will be considered.')
    """)


def _tables() -> None:
    op.create_table(
        "support_holiday",
        sa.Column("state_code", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("state_code", "day", name=op.f("support_holiday_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "support_hours",
        sa.Column("state_code", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("weekend", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.CheckConstraint("cardinality(weekend) < 7", name=op.f("support_hours_worked_check")),
        sa.CheckConstraint("opens < closes", name=op.f("support_hours_length_check")),
        sa.CheckConstraint(
            "weekend <@ ARRAY[0, 1, 2, 3, 4, 5, 6]::smallint[]", name=op.f("support_hours_weekend_check")
        ),
        sa.PrimaryKeyConstraint("state_code", "since", name=op.f("support_hours_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "ticket_month",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("opened", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("open_now", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("answered", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("answered_in_time", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("solved", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("solved_in_time", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reopened", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("articles", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("rated", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("rating_sum", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("place", "kind", "month", name=op.f("ticket_month_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "ticket_template",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("words_ms", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("ticket_template_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "ticket_transition",
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("needs_words", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("action", "from_state", name=op.f("ticket_transition_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), sa.Computed("'T' || lpad(id::text, 8, '0')", persisted=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("exposure", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'baru'"), nullable=False),
        sa.Column("level", sa.Text(), server_default=sa.text("'daerah'"), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("handler_id", sa.BigInteger(), nullable=True),
        sa.Column("first_answer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.Column("satisfaction", sa.SmallInteger(), nullable=True),
        sa.Column("article_slug", sa.Text(), nullable=True),
        sa.Column("answer_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solve_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_in_time", sa.Boolean(), nullable=True),
        sa.Column("solved_in_time", sa.Boolean(), nullable=True),
        sa.Column("turn_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("tell_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clock_stale", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("(state = 'digabung') = (merged_into IS NOT NULL)", name=op.f("ticket_merged_check")),
        sa.CheckConstraint("btrim(subject) <> ''", name=op.f("ticket_subject_check")),
        sa.CheckConstraint(
            "kind IN ('akaun', 'data', 'ralat', 'peta', 'bantuan', 'cadangan', 'lain')", name=op.f("ticket_kind_check")
        ),
        sa.CheckConstraint("level IN ('daerah', 'negeri', 'negara')", name=op.f("ticket_level_check")),
        sa.CheckConstraint(
            "state IN ('baru', 'diberi', 'dijawab', 'menunggu_pelapor', 'selesai', 'tutup', 'dibuka_semula', 'digabung')",
            name=op.f("ticket_state_check"),
        ),
        sa.CheckConstraint("told IN ('ketua', 'negeri', 'negara')", name=op.f("ticket_told_check")),
        sa.CheckConstraint("priority BETWEEN 1 AND 4", name=op.f("ticket_priority_check")),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name=op.f("ticket_satisfaction_check")),
        sa.ForeignKeyConstraint(["handler_id"], ["ekasih.app_user.id"], name=op.f("ticket_handler_id_fkey")),
        sa.ForeignKeyConstraint(["merged_into"], ["ekasih.ticket.id"], name=op.f("ticket_merged_into_fkey")),
        sa.ForeignKeyConstraint(["opened_by"], ["ekasih.app_user.id"], name=op.f("ticket_opened_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("ticket_pkey")),
        sa.UniqueConstraint("number", name=op.f("ticket_number_key")),
        schema="ekasih",
    )
    op.create_index(
        "ticket_handler_turn_idx",
        "ticket",
        ["handler_id", "turn_at", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state IN ('baru', 'diberi', 'dijawab', 'menunggu_pelapor', 'dibuka_semula')"),
    )
    op.create_index(
        op.f("ticket_merged_into_idx"),
        "ticket",
        ["merged_into"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_index("ticket_opener_idx", "ticket", ["opened_by", "id"], unique=False, schema="ekasih")
    op.create_index(
        "ticket_place_solved_idx",
        "ticket",
        ["place", "solved_at", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("solved_at IS NOT NULL"),
    )
    op.create_index(
        "ticket_place_turn_idx",
        "ticket",
        ["place", "turn_at", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state IN ('baru', 'diberi', 'dijawab', 'menunggu_pelapor', 'dibuka_semula')"),
    )
    op.create_index(
        "ticket_solved_idx",
        "ticket",
        ["solved_at", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("solved_at IS NOT NULL"),
    )
    op.create_index(
        "ticket_stale_idx", "ticket", ["id"], unique=False, schema="ekasih", postgresql_where=sa.text("clock_stale")
    )
    op.create_index(
        "ticket_tell_idx",
        "ticket",
        ["tell_at"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("tell_at IS NOT NULL"),
    )
    op.create_index(
        "ticket_to_close_idx",
        "ticket",
        ["solved_at"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state = 'selesai'"),
    )
    op.create_index(
        "ticket_turn_idx",
        "ticket",
        ["turn_at", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state IN ('baru', 'diberi', 'dijawab', 'menunggu_pelapor', 'dibuka_semula')"),
    )
    op.create_table(
        "ticket_contact",
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("phone", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("email", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("language", sa.Text(), server_default=sa.text("'ms'"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ekasih.ticket.id"], name=op.f("ticket_contact_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("ticket_contact_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "ticket_escalation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.CheckConstraint("measure IN ('jawapan', 'penyelesaian')", name=op.f("ticket_escalation_measure_check")),
        sa.CheckConstraint("percent IN (75, 100, 150)", name=op.f("ticket_escalation_percent_check")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ekasih.ticket.id"], name=op.f("ticket_escalation_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ticket_escalation_pkey")),
        sa.UniqueConstraint(
            "ticket_id", "measure", "percent", name=op.f("ticket_escalation_ticket_id_measure_percent_key")
        ),
        schema="ekasih",
    )
    op.create_table(
        "ticket_link",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('isi_rumah', 'kes', 'permohonan')", name=op.f("ticket_link_kind_check")),
        sa.ForeignKeyConstraint(["added_by"], ["ekasih.app_user.id"], name=op.f("ticket_link_added_by_fkey")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ekasih.ticket.id"], name=op.f("ticket_link_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ticket_link_pkey")),
        sa.UniqueConstraint("ticket_id", "kind", "record_id", name=op.f("ticket_link_ticket_id_kind_record_id_key")),
        schema="ekasih",
    )
    op.create_table(
        "ticket_note",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("btrim(words) <> ''", name=op.f("ticket_note_words_check")),
        sa.ForeignKeyConstraint(["actor_id"], ["ekasih.app_user.id"], name=op.f("ticket_note_actor_id_fkey")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ekasih.ticket.id"], name=op.f("ticket_note_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ticket_note_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("ticket_note_ticket_id_id_idx"), "ticket_note", ["ticket_id", "id"], unique=False, schema="ekasih"
    )
    op.create_table(
        "ticket_picture",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("bytes > 0", name=op.f("ticket_picture_size_check")),
        sa.ForeignKeyConstraint(["added_by"], ["ekasih.app_user.id"], name=op.f("ticket_picture_added_by_fkey")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ekasih.ticket.id"], name=op.f("ticket_picture_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ticket_picture_pkey")),
        sa.UniqueConstraint("name", name=op.f("ticket_picture_name_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("ticket_picture_ticket_id_id_idx"), "ticket_picture", ["ticket_id", "id"], unique=False, schema="ekasih"
    )
    op.create_table(
        "ticket_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("to_mail", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("side IN ('pelapor', 'pengendali', 'sistem')", name=op.f("ticket_step_side_check")),
        sa.ForeignKeyConstraint(["actor_id"], ["ekasih.app_user.id"], name=op.f("ticket_step_actor_id_fkey")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ekasih.ticket.id"], name=op.f("ticket_step_ticket_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ticket_step_pkey")),
        sa.UniqueConstraint("ticket_id", "id", name=op.f("ticket_step_ticket_id_id_key")),
        schema="ekasih",
    )
    op.create_index(
        "ticket_step_mail_idx",
        "ticket_step",
        ["id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("to_mail"),
    )
