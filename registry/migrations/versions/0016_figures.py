"""Gaps by the rule in force, months that keep depth and severity, locked figures that know who has left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


from registry.definitions import run_file

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MONTH_SUMS = ("income_rm", "food_gap_rm", "gap_share", "gap_share_squared")
_WIDER = "SELECT EXISTS (SELECT FROM ekasih.classification_rule WHERE rule = 'household_or_per_capita')"
# A snapshot of a merged household, its gaps and those of its decisions by their own rule.
_MENDED = """
    CREATE FUNCTION pg_temp.mended(snapshot jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
        SELECT snapshot || jsonb_build_object(
            'household', (SELECT h.value || to_jsonb(g)
                FROM (SELECT snapshot -> 'household' AS value) AS h
                JOIN ekasih.poverty_line AS l ON l.id = (h.value ->> 'line_id')::integer
                JOIN ekasih.classification_rule AS r ON r.id = (h.value ->> 'rule_id')::integer
                CROSS JOIN LATERAL ekasih.gaps_of((h.value ->> 'income_rm')::numeric,
                    (h.value ->> 'member_count')::integer, l.pgk_household_rm, l.food_household_rm,
                    l.pgk_per_capita_rm, l.food_per_capita_rm, r.rule) AS g),
            'decisions', (SELECT coalesce(jsonb_agg(d.value || jsonb_build_object('gap_rm', g.gap_rm) ORDER BY d.place), '[]')
                FROM jsonb_array_elements(snapshot -> 'decisions') WITH ORDINALITY AS d (value, place)
                JOIN ekasih.poverty_line AS l ON l.id = (d.value ->> 'line_id')::integer
                JOIN ekasih.classification_rule AS r ON r.id = (d.value ->> 'rule_id')::integer
                CROSS JOIN LATERAL ekasih.gaps_of((d.value ->> 'income_rm')::numeric,
                    (d.value ->> 'member_count')::integer, l.pgk_household_rm, l.food_household_rm,
                    l.pgk_per_capita_rm, l.food_per_capita_rm, r.rule) AS g))
    $$;
    -- merges that could be undone still can: the mark by which a later change is noticed is set anew
    CREATE TEMP TABLE intact ON COMMIT DROP AS
    SELECT m.id FROM ekasih.household_merge AS m
    WHERE m.undone_at IS NULL AND m.digest = ekasih.household_digest(m.kept_id);
"""
_GAPS = """
    UPDATE ekasih.household AS h
    SET gap_rm = g.gap_rm, food_gap_rm = g.food_gap_rm, gap_share = g.gap_share
    FROM ekasih.household AS own
    JOIN ekasih.poverty_line AS l ON l.id = own.line_id
    JOIN ekasih.classification_rule AS r ON r.id = own.rule_id AND r.rule = 'household_or_per_capita'
    CROSS JOIN LATERAL ekasih.gaps_of(own.income_rm, own.member_count, l.pgk_household_rm, l.food_household_rm,
        l.pgk_per_capita_rm, l.food_per_capita_rm, r.rule) AS g
    WHERE h.id = own.id
        AND (own.gap_rm, own.food_gap_rm, own.gap_share) IS DISTINCT FROM (g.gap_rm, g.food_gap_rm, g.gap_share);
    UPDATE ekasih.status_decision AS d
    SET gap_rm = g.gap_rm
    FROM ekasih.status_decision AS own
    JOIN ekasih.poverty_line AS l ON l.id = own.line_id
    JOIN ekasih.classification_rule AS r ON r.id = own.rule_id AND r.rule = 'household_or_per_capita'
    CROSS JOIN LATERAL ekasih.gaps_of(own.income_rm, own.member_count, l.pgk_household_rm, l.food_household_rm,
        l.pgk_per_capita_rm, l.food_per_capita_rm, r.rule) AS g
    WHERE d.id = own.id AND own.gap_rm <> g.gap_rm;
    UPDATE ekasih.household_merge AS m
    SET kept_before = pg_temp.mended(m.kept_before), gone_before = pg_temp.mended(m.gone_before)
    WHERE m.undone_at IS NULL;
    UPDATE ekasih.household_merge AS m SET digest = ekasih.household_digest(m.kept_id)
    FROM intact WHERE intact.id = m.id;
    DROP FUNCTION pg_temp.mended(jsonb);
    DROP TABLE intact;
"""


def upgrade() -> None:
    """Mend what is stored; the closed months are counted anew once this is committed (``registry.status.months``)."""
    bind = op.get_bind()
    if bind.scalar(sa.text(_WIDER)):
        run_file(bind, "status/classification")
        bind.exec_driver_sql(_MENDED)
        bind.exec_driver_sql(_GAPS)
    for name in _MONTH_SUMS:
        op.add_column("headcount_month", sa.Column(name, sa.Numeric(), nullable=True), schema="ekasih")
    # a rule that has decided is not rewritten: another one for the same day is a row of its own
    op.drop_constraint("classification_rule_effective_from_key", "classification_rule", schema="ekasih")
