"""The ledger of aid, lists of payments and the bank's answers; who reads and moves money."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None



def upgrade() -> None:
    op.create_table(
        "ledger_year",
        sa.Column("year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["programme"], ["ekasih.aid_programme.code"], name=op.f("ledger_year_programme_fkey")),
        sa.PrimaryKeyConstraint("year", "programme", name=op.f("ledger_year_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "payment_list",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'disediakan'"), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("released_by", sa.BigInteger(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state <> 'dilepaskan' OR listed_on IS NOT NULL", name=op.f("payment_list_listed_check")),
        sa.CheckConstraint(
            "state IN ('disediakan', 'dilepaskan', 'dibatalkan')", name=op.f("payment_list_state_check")
        ),
        sa.CheckConstraint("released_by <> made_by", name=op.f("payment_list_another_person_check")),
        sa.ForeignKeyConstraint(["made_by"], ["ekasih.app_user.id"], name=op.f("payment_list_made_by_fkey")),
        sa.ForeignKeyConstraint(["programme"], ["ekasih.aid_programme.code"], name=op.f("payment_list_programme_fkey")),
        sa.ForeignKeyConstraint(["released_by"], ["ekasih.app_user.id"], name=op.f("payment_list_released_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("payment_list_pkey")),
        sa.UniqueConstraint("number", name=op.f("payment_list_number_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("payment_list_programme_id_idx"), "payment_list", ["programme", "id"], unique=False, schema="ekasih"
    )
    op.create_table(
        "payee_account",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("payee_name", sa.Text(), nullable=False),
        sa.Column("id_no", sa.Text(), nullable=False),
        sa.Column("bank_code", sa.Text(), nullable=False),
        sa.Column("account_no", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("verified_by", sa.BigInteger(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(verified_by IS NULL) = (verified_at IS NULL)", name=op.f("payee_account_verified_check")),
        sa.CheckConstraint("verified_by <> entered_by", name=op.f("payee_account_another_person_check")),
        sa.ForeignKeyConstraint(["entered_by"], ["ekasih.app_user.id"], name=op.f("payee_account_entered_by_fkey")),
        sa.ForeignKeyConstraint(["office"], ["ekasih.office.code"], name=op.f("payee_account_office_fkey")),
        sa.ForeignKeyConstraint(
            ["programme"], ["ekasih.aid_programme.code"], name=op.f("payee_account_programme_fkey")
        ),
        sa.ForeignKeyConstraint(["verified_by"], ["ekasih.app_user.id"], name=op.f("payee_account_verified_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("payee_account_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("payee_account_programme_case_no_id_idx"),
        "payee_account",
        ["programme", "case_no", "id"],
        unique=False,
        schema="ekasih",
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("list_id", sa.BigInteger(), nullable=True),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint(
            "state IN ('disediakan', 'dihantar', 'berjaya', 'gagal', 'dipulangkan', 'dibatalkan')",
            name=op.f("payment_state_check"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("payment_amount_check")),
        sa.ForeignKeyConstraint(["account_id"], ["ekasih.payee_account.id"], name=op.f("payment_account_id_fkey")),
        sa.ForeignKeyConstraint(["list_id"], ["ekasih.payment_list.id"], name=op.f("payment_list_id_fkey")),
        sa.ForeignKeyConstraint(["office"], ["ekasih.office.code"], name=op.f("payment_office_fkey")),
        sa.ForeignKeyConstraint(
            ["year", "programme"],
            ["ekasih.ledger_year.year", "ekasih.ledger_year.programme"],
            name=op.f("payment_year_programme_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("payment_pkey")),
        sa.UniqueConstraint("number", name=op.f("payment_number_key")),
        schema="ekasih",
    )
    op.create_index(op.f("payment_list_id_id_idx"), "payment", ["list_id", "id"], unique=False, schema="ekasih")
    op.create_index(
        "payment_prepared_idx",
        "payment",
        ["programme", "office", "case_no"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("state = 'disediakan'"),
    )
    op.create_index(
        op.f("payment_programme_case_no_idx"), "payment", ["programme", "case_no"], unique=False, schema="ekasih"
    )
    op.create_index(
        "payment_unanswered_idx",
        "payment",
        ["sent_on", "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state = 'dihantar'"),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("case_no", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("original_id", sa.BigInteger(), nullable=True),
        sa.Column("payment_id", sa.BigInteger(), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(command = 'batal') = (original_id IS NOT NULL)", name=op.f("ledger_entry_original_check")),
        sa.CheckConstraint(
            "(command IN ('bayar', 'sah', 'gagal', 'pulang')) = (payment_id IS NOT NULL)",
            name=op.f("ledger_entry_payment_check"),
        ),
        sa.CheckConstraint(
            "command IN ('peruntukan', 'kurang', 'waran', 'waran_pulang', 'tanggungan', 'lepas', 'bayar', 'sah', 'gagal', 'pulang', 'batal', 'tutup')",
            name=op.f("ledger_entry_command_check"),
        ),
        sa.CheckConstraint("lines >= 2 OR command = 'tutup'", name=op.f("ledger_entry_lines_check")),
        sa.ForeignKeyConstraint(["made_by"], ["ekasih.app_user.id"], name=op.f("ledger_entry_made_by_fkey")),
        sa.ForeignKeyConstraint(
            ["original_id"], ["ekasih.ledger_entry.id"], name=op.f("ledger_entry_original_id_fkey")
        ),
        sa.ForeignKeyConstraint(["payment_id"], ["ekasih.payment.id"], name=op.f("ledger_entry_payment_id_fkey")),
        sa.ForeignKeyConstraint(
            ["year", "programme"],
            ["ekasih.ledger_year.year", "ekasih.ledger_year.programme"],
            name=op.f("ledger_entry_year_programme_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_entry_pkey")),
        sa.UniqueConstraint("reference", name=op.f("ledger_entry_reference_key")),
        schema="ekasih",
    )
    op.create_index(
        "ledger_entry_payment_id_idx", "ledger_entry", ["payment_id", "command"], unique=True, schema="ekasih"
    )
    op.create_index(
        op.f("ledger_entry_programme_year_id_idx"),
        "ledger_entry",
        ["programme", "year", "id"],
        unique=False,
        schema="ekasih",
    )
    op.create_index(
        "ledger_entry_reversal_idx",
        "ledger_entry",
        ["original_id"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("original_id IS NOT NULL"),
    )
    op.create_table(
        "ledger_line",
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("case_no", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.CheckConstraint(
            "CASE\n    WHEN account IN ('SUMBER', 'PERUNTUKAN', 'LUPUT', 'PULANGAN') THEN office = '' AND case_no = ''\n    WHEN account = 'WARAN' THEN office <> '' AND case_no = ''\n    ELSE account IN ('TANGGUNGAN', 'DALAM_BAYARAN', 'BELANJA') AND office <> '' AND case_no <> '' END",
            name=op.f("ledger_line_whose_check"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["ekasih.ledger_entry.id"], name=op.f("ledger_line_entry_id_fkey")),
        sa.PrimaryKeyConstraint("entry_id", "number", name=op.f("ledger_line_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("ledger_line_case_no_idx"),
        "ledger_line",
        ["case_no"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("case_no <> ''"),
    )
    op.create_table(
        "ledger_balance",
        sa.Column("year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.CheckConstraint(
            "CASE\n    WHEN account IN ('SUMBER', 'PERUNTUKAN', 'LUPUT', 'PULANGAN') THEN office = '' AND case_no = ''\n    WHEN account = 'WARAN' THEN office <> '' AND case_no = ''\n    ELSE account IN ('TANGGUNGAN', 'DALAM_BAYARAN', 'BELANJA') AND office <> '' AND case_no <> '' END",
            name=op.f("ledger_balance_whose_check"),
        ),
        sa.CheckConstraint("amount >= 0 OR account = 'SUMBER'", name=op.f("ledger_balance_amount_check")),
        sa.PrimaryKeyConstraint("year", "programme", "office", "case_no", "account", name=op.f("ledger_balance_pkey")),
        schema="ekasih",
    )
    op.create_index(
        "ledger_balance_committed_idx",
        "ledger_balance",
        ["programme", "year", "office", "case_no"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("account = 'TANGGUNGAN' AND amount > 0"),
    )
    op.create_table(
        "ledger_vote",
        sa.Column("year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("sumber", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("peruntukan", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("waran", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("tanggungan", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("dalam_bayaran", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("belanja", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("luput", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("pulangan", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("changed_on", sa.Date(), server_default=sa.text("current_date"), nullable=False),
        sa.CheckConstraint("belanja >= 0", name=op.f("ledger_vote_belanja_check")),
        sa.CheckConstraint("dalam_bayaran >= 0", name=op.f("ledger_vote_dalam_bayaran_check")),
        sa.CheckConstraint("luput >= 0", name=op.f("ledger_vote_luput_check")),
        sa.CheckConstraint("peruntukan >= 0", name=op.f("ledger_vote_peruntukan_check")),
        sa.CheckConstraint("pulangan >= 0", name=op.f("ledger_vote_pulangan_check")),
        sa.CheckConstraint("tanggungan >= 0", name=op.f("ledger_vote_tanggungan_check")),
        sa.CheckConstraint("waran >= 0", name=op.f("ledger_vote_waran_check")),
        sa.PrimaryKeyConstraint("year", "programme", "office", name=op.f("ledger_vote_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "payment_answer_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.BigInteger(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["ekasih.agency.id"], name=op.f("payment_answer_file_agency_id_fkey")),
        sa.ForeignKeyConstraint(
            ["received_by"], ["ekasih.app_user.id"], name=op.f("payment_answer_file_received_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("payment_answer_file_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "payment_answer",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=True),
        sa.Column("list_number", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("processed", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("bank_reference", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "fate IN ('accepted', 'unchanged', 'held', 'rejected')", name=op.f("payment_answer_fate_check")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["ekasih.payment_answer_file.id"], name=op.f("payment_answer_file_id_fkey")
        ),
        sa.ForeignKeyConstraint(["payment_id"], ["ekasih.payment.id"], name=op.f("payment_answer_payment_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("payment_answer_pkey")),
        sa.UniqueConstraint("file_id", "row_no", name=op.f("payment_answer_file_id_row_no_key")),
        schema="ekasih",
    )
    op.create_index(
        "payment_answer_held_idx",
        "payment_answer",
        ["file_id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("fate = 'held'"),
    )
    op.create_index(
        "payment_answer_payment_id_idx", "payment_answer", ["payment_id", "file_id"], unique=False, schema="ekasih"
    )

    op.execute("""
        INSERT INTO ekasih.role_permission (role, permission)
        SELECT r.role, p.permission
        FROM unnest(ARRAY['agency', 'council', 'national', 'administrator']) AS r (role)
        CROSS JOIN unnest(ARRAY['read_ledger', 'manage_allocation', 'make_payments', 'release_payments']) AS p (permission)
        UNION ALL VALUES ('state_office', 'read_ledger'), ('auditor', 'read_ledger')
        ON CONFLICT DO NOTHING
    """)
