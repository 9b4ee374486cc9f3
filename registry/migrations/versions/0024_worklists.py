"""Worklists with their counts kept, and names found by their words alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.definitions import run_file


revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_ORDER = [sa.literal_column("gap_share DESC"), "per_capita_rm"]
_ENTRIES = """
    INSERT INTO ekasih.worklist_entry (list, household_id, district_code, gap_share, per_capita_rm, day)
    SELECT 'quality', h.id, h.district_code, h.gap_share, h.per_capita_rm, NULL
    FROM ekasih.household AS h
    WHERE h.id IN (SELECT f.household_id FROM ekasih.quality_flag AS f
                   WHERE f.resolved_at IS NULL AND (h.exited_on IS NULL OR f.code = 'seen_after_exit'))
    UNION ALL
    SELECT 'died', h.id, h.district_code, h.gap_share, h.per_capita_rm, lost.day
    FROM ekasih.household AS h
    JOIN (SELECT e.household_id, max((e.noted_at AT TIME ZONE 'Asia/Kuala_Lumpur')::date) AS day
          FROM ekasih.member_death AS e GROUP BY e.household_id) AS lost ON lost.household_id = h.id
    WHERE h.exited_on IS NULL
    UNION ALL
    SELECT 'moved', h.id, h.district_code, h.gap_share, h.per_capita_rm, went.day
    FROM ekasih.household AS h
    JOIN (SELECT d.household_id, max(d.effective_on) AS day FROM ekasih.status_decision AS d WHERE d.cause = 'moved'
          GROUP BY d.household_id) AS went ON went.household_id = h.id
    WHERE h.exited_on IS NULL AND coalesce(h.last_visit_on, h.census_date, h.registered_on) < went.day
"""
_COUNTS = """
    INSERT INTO ekasih.worklist_count (list, period, begins, district_code, slot, households)
    SELECT l.list, p.period, p.begins, l.district_code, 0, count(*)
    FROM (
        SELECT e.list, e.district_code, e.day FROM ekasih.worklist_entry AS e
        UNION ALL SELECT 'due', h.district_code, h.next_review_on FROM ekasih.household AS h WHERE h.exited_on IS NULL
        UNION ALL SELECT 'unvisited', h.district_code, coalesce(h.last_visit_on, h.census_date, h.registered_on) FROM ekasih.household AS h
                  WHERE h.exited_on IS NULL AND h.status = 'tegar'
        UNION ALL SELECT 'exited_' || h.exit_reason, h.district_code, NULL FROM ekasih.household AS h
                  WHERE h.exited_on IS NOT NULL
    ) AS l
    CROSS JOIN LATERAL (
        SELECT 'always' AS period, CAST('-infinity' AS date) AS begins WHERE l.day IS NULL
        UNION ALL SELECT 'month', CAST(date_trunc('month', l.day) AS date) WHERE l.day IS NOT NULL
        UNION ALL SELECT 'day', l.day WHERE l.day IS NOT NULL) AS p
    GROUP BY l.list, p.period, p.begins, l.district_code
"""


def upgrade() -> None:
    op.create_table(
        "worklist_entry",
        sa.Column("household_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("gap_share", sa.Numeric(precision=9, scale=6), nullable=False),
        sa.Column("per_capita_rm", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.CheckConstraint("list IN ('quality', 'died', 'moved')", name=op.f("worklist_entry_list_check")),
        sa.CheckConstraint("(list = 'quality') = (day IS NULL)", name=op.f("worklist_entry_day_check")),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["ekasih.household.id"],
            name=op.f("worklist_entry_household_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("household_id", "list", name=op.f("worklist_entry_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "worklist_count",
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("households", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("period IN ('always', 'month', 'day')", name=op.f("worklist_count_period_check")),
        sa.PrimaryKeyConstraint("list", "period", "begins", "district_code", "slot", name=op.f("worklist_count_pkey")),
        schema="ekasih",
    )
    op.execute(_ENTRIES)
    op.execute(_COUNTS)
    op.create_index(
        "worklist_entry_page_idx",
        "worklist_entry",
        ["list", "district_code", *_ORDER, "household_id"],
        schema="ekasih",
    )
    op.drop_index("household_review_idx", "household", schema="ekasih")
    op.drop_index("household_exited_idx", "household", schema="ekasih")
    seen = sa.literal_column("COALESCE(last_visit_on, census_date, registered_on)")
    for name, first, held in (
        ("poorest", ["status", "strata"], "exited_on IS NULL"),
        ("due", ["next_review_on"], "exited_on IS NULL"),
        ("unvisited", [seen], "exited_on IS NULL AND status = 'tegar'"),
        ("unplaced", [], "exited_on IS NULL AND geom_method NOT IN ('given', 'swapped', 'manual')"),
        ("exited", [], "exited_on IS NOT NULL"),
    ):
        op.create_index(
            f"household_{name}_idx",
            "household",
            ["district_code", *first, *_ORDER, "id"],
            schema="ekasih",
            postgresql_where=sa.text(held),
        )
    run_file(op.get_bind(), "households/person_words")
    op.drop_index("person_name_key_idx", "person", schema="ekasih")
    op.drop_index("person_words_idx", "person", schema="ekasih")
    op.create_index(
        "person_words_idx",
        "person",
        [sa.literal_column("person_words(name_key, district_code)")],
        schema="ekasih",
        postgresql_using="gin",
    )
