"""Referrals from one office to another, with their thread and files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "referral_transition",
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("needs_words", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("codes", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("action", "from_state", name=op.f("referral_transition_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), sa.Computed("'R' || lpad(id::text, 8, '0')", persisted=True), nullable=False),
        sa.Column("from_party", sa.Text(), nullable=False),
        sa.Column("to_party", sa.Text(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), nullable=True),
        sa.Column("area_code", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("components", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'dihantar'"), nullable=False),
        sa.Column("sent_on", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("sent_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("(components = '{}') = (household_id IS NULL)", name=op.f("referral_handed_over_check")),
        sa.CheckConstraint("btrim(question) <> ''", name=op.f("referral_question_check")),
        sa.CheckConstraint(
            "components <@ ARRAY['pengenalan', 'hubungan', 'peribadi', 'lokasi', 'kediaman', 'pendidikan', 'pekerjaan', 'harta', 'kesihatan', 'pendapatan', 'bantuan']::text[]",
            name=op.f("referral_components_check"),
        ),
        sa.CheckConstraint(
            "decision IN ('setuju', 'tidak', 'sudah_dibantu', 'perlu_maklumat')", name=op.f("referral_decision_check")
        ),
        sa.CheckConstraint(
            "from_party ~ '^(pejabat|agensi|daerah|negeri|negara):[A-Za-z0-9_.-]{1,40}$' AND to_party ~ '^(pejabat|agensi|daerah|negeri|negara):[A-Za-z0-9_.-]{1,40}$'",
            name=op.f("referral_parties_check"),
        ),
        sa.CheckConstraint(
            "state IN ('dihantar', 'diterima', 'dijawab', 'ditutup', 'ditolak')", name=op.f("referral_state_check")
        ),
        sa.CheckConstraint("(household_id IS NULL) <> (area_code IS NULL)", name=op.f("referral_about_check")),
        sa.CheckConstraint("from_party <> to_party", name=op.f("referral_two_parties_check")),
        sa.ForeignKeyConstraint(["area_code"], ["ekasih.area.code"], name=op.f("referral_area_code_fkey")),
        sa.ForeignKeyConstraint(["household_id"], ["ekasih.household.id"], name=op.f("referral_household_id_fkey")),
        sa.ForeignKeyConstraint(["sent_by"], ["ekasih.app_user.id"], name=op.f("referral_sent_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("referral_pkey")),
        sa.UniqueConstraint("number", name=op.f("referral_number_key")),
        schema="ekasih",
    )
    op.create_index(
        "referral_from_due_idx",
        "referral",
        ["from_party", "due_on", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state IN ('dihantar', 'diterima')"),
    )
    op.create_index(
        "referral_from_idx", "referral", ["from_party", "state", "due_on", "id"], unique=False, schema="ekasih"
    )
    op.create_index(
        op.f("referral_household_id_idx"),
        "referral",
        ["household_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("household_id IS NOT NULL"),
    )
    op.create_index(
        "referral_to_due_idx",
        "referral",
        ["to_party", "due_on", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state IN ('dihantar', 'diterima')"),
    )
    op.create_index("referral_to_idx", "referral", ["to_party", "state", "due_on", "id"], unique=False, schema="ekasih")
    op.create_table(
        "referral_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("referral_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["ekasih.app_user.id"], name=op.f("referral_step_actor_id_fkey")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["ekasih.referral.id"], name=op.f("referral_step_referral_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("referral_step_pkey")),
        sa.UniqueConstraint("referral_id", "id", name=op.f("referral_step_referral_id_id_key")),
        schema="ekasih",
    )
    op.create_table(
        "referral_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("referral_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('jpg', 'pdf')", name=op.f("referral_file_kind_check")),
        sa.CheckConstraint("bytes > 0", name=op.f("referral_file_size_check")),
        sa.ForeignKeyConstraint(["added_by"], ["ekasih.app_user.id"], name=op.f("referral_file_added_by_fkey")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["ekasih.referral.id"], name=op.f("referral_file_referral_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["ekasih.referral_step.id"], name=op.f("referral_file_step_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("referral_file_pkey")),
        sa.UniqueConstraint("name", name=op.f("referral_file_name_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("referral_file_referral_id_id_idx"), "referral_file", ["referral_id", "id"], unique=False, schema="ekasih"
    )
    # a new register has them from revision 0001
    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        SELECT role, 'refer' FROM unnest(ARRAY['agency', 'council', 'coordinator', 'officer', 'state_office', 'national',
                                               'administrator']) AS role
        ON CONFLICT DO NOTHING
    """)
