"""Cleansing: duplicates, merges, frozen cohorts, odd data."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


from registry.definitions import run_file

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duplicate_candidate",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("household_a", sa.BigInteger(), nullable=False),
        sa.Column("household_b", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Numeric(precision=6, scale=5), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'open'"), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('household', 'person')", name=op.f("duplicate_candidate_kind_check")),
        sa.CheckConstraint("state IN ('open', 'merged', 'different')", name=op.f("duplicate_candidate_state_check")),
        sa.CheckConstraint("household_a < household_b", name=op.f("duplicate_candidate_order_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("duplicate_candidate_pkey")),
        sa.UniqueConstraint("household_a", "household_b", name=op.f("duplicate_candidate_household_a_household_b_key")),
        schema="ekasih",
    )
    op.create_index(
        op.f("duplicate_candidate_household_b_idx"),
        "duplicate_candidate",
        ["household_b"],
        unique=False,
        schema="ekasih",
    )
    op.create_index(
        "duplicate_candidate_open_idx",
        "duplicate_candidate",
        [sa.literal_column("score DESC"), "id"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "search_word",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('name', 'address')", name=op.f("search_word_kind_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("search_word_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("search_word_kind_word_idx"), "search_word", ["kind", "word"], unique=False, schema="ekasih")
    op.create_index(
        "search_word_alike_idx",
        "search_word",
        ["word"],
        unique=False,
        schema="ekasih",
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )
    op.create_table(
        "cohort",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("statuses", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["ekasih.area.code"], name=op.f("cohort_area_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("cohort_pkey")),
        sa.UniqueConstraint("name", name=op.f("cohort_name_key")),
        schema="ekasih",
    )
    op.create_table(
        "household_merge",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("candidate_id", sa.BigInteger(), nullable=True),
        sa.Column("kept_id", sa.BigInteger(), nullable=False),
        sa.Column("gone_id", sa.BigInteger(), nullable=False),
        sa.Column("kept_district", sa.Text(), nullable=False),
        sa.Column("gone_district", sa.Text(), nullable=False),
        sa.Column("kept_before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("gone_before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("chosen", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("moved", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("merged_by", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["ekasih.duplicate_candidate.id"],
            name=op.f("household_merge_candidate_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("household_merge_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("household_merge_gone_id_idx"), "household_merge", ["gone_id"], unique=False, schema="ekasih")
    op.create_index(op.f("household_merge_kept_id_idx"), "household_merge", ["kept_id"], unique=False, schema="ekasih")
    op.create_table(
        "cohort_member",
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("household_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("mukim_code", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("per_capita_rm", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["ekasih.cohort.id"], name=op.f("cohort_member_cohort_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cohort_id", "household_id", name=op.f("cohort_member_pkey")),
        schema="ekasih",
    )
    op.create_index(
        op.f("cohort_member_household_id_idx"), "cohort_member", ["household_id"], unique=False, schema="ekasih"
    )
    op.create_index(
        "audit_log_checks_idx",
        "audit_log",
        ["actor_id", "at"],
        unique=False,
        schema="ekasih",
        postgresql_where=sa.text("action = 'check_status'"),
    )
    run_file(op.get_bind(), "households/address_words")
    op.create_index(
        "household_words_idx",
        "household",
        [sa.literal_column("address_words(address, village, town, postcode)")],
        unique=False,
        schema="ekasih",
        postgresql_using="gin",
    )
    op.create_index(
        "person_words_idx",
        "person",
        [sa.literal_column("string_to_array(name_key, ' '::text)")],
        unique=False,
        schema="ekasih",
        postgresql_using="gin",
    )
    # the words of whoever is registered already
    if op.get_bind().scalar(sa.text("SELECT EXISTS (SELECT FROM ekasih.household)")):
        run_file(op.get_bind(), "households/search_words")
        op.execute("""
            SELECT note_words('name', ARRAY(
                SELECT DISTINCT w.word
                FROM person AS p CROSS JOIN LATERAL unnest(string_to_array(p.name_key, ' ')) AS w (word)));
            SELECT note_words('address', ARRAY(
                SELECT DISTINCT w.word
                FROM household AS h
                CROSS JOIN LATERAL unnest(address_words(h.address, h.village, h.town, h.postcode)) AS w (word)));
        """)
