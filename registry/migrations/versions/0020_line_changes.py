"""Poverty lines on screen: where a figure comes from and who added it, and the changes of lines and rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    document = postgresql.JSONB(astext_type=sa.Text())
    for column in (
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("added_by", sa.Text(), nullable=True),
        sa.Column("added_at", moment, nullable=True),
    ):
        op.add_column("poverty_line", column, schema="ekasih")
    # what came with the register, as data/reference tells it
    op.execute("""
        UPDATE ekasih.poverty_line
        SET source = CASE WHEN survey_year IN (2014, 2016) THEN 'MURNInets' ELSE 'DOSM, Quick Facts 2024' END
        WHERE survey_year IN (2014, 2016, 2019, 2022, 2024)
    """)
    op.create_table(
        "line_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("command", document, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_as", sa.Text(), nullable=False),
        sa.Column("asked_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'waits'"), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("done_at", moment, nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("households", sa.BigInteger(), nullable=True),
        sa.Column("moved", sa.BigInteger(), nullable=True),
        sa.Column("outcome", document, nullable=True),
        sa.CheckConstraint("kind IN ('adopt_line', 'set_rule', 'reclassify')", name=op.f("line_change_kind_check")),
        sa.CheckConstraint(
            "state IN ('waits', 'adopted', 'done', 'failed', 'withdrawn')", name=op.f("line_change_state_check")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["ekasih.app_user.id"], name=op.f("line_change_asked_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("line_change_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("line_change_asked_by_idx"), "line_change", ["asked_by"], schema="ekasih")
    op.create_index(
        "line_change_waits_idx",
        "line_change",
        [sa.text("(true)")],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("state = 'waits'"),
    )
    # the changes so far are in the audit log, written in the same transaction as the decisions they caused
    op.execute("""
        INSERT INTO ekasih.line_change (kind, command, effective_from, asked_by, asked_as, asked_at, state, done_at,
            decided_on, households, moved)
        SELECT a.action,
            CASE a.action WHEN 'adopt_line' THEN a.after
                ELSE jsonb_strip_nulls(jsonb_build_object(
                    'effective_from', a.after ->> 'effective_from', 'rule', a.after ->> 'rule',
                    'vulnerable_urban_rm', nullif(a.after ->> 'vulnerable_urban_rm', 'None'),
                    'vulnerable_rural_rm', nullif(a.after ->> 'vulnerable_rural_rm', 'None'))) END,
            CAST(a.after ->> 'effective_from' AS date), u.id, a.actor, a.at, 'done', a.at,
            CAST(a.at AT TIME ZONE 'Asia/Kuala_Lumpur' AS date), d.households, d.moved
        FROM ekasih.audit_log AS a
        LEFT JOIN ekasih.app_user AS u ON u.id = a.actor_id
        LEFT JOIN LATERAL (
            -- decisions carry the time their transaction began, entries the time they were written
            SELECT count(*) AS households, count(*) FILTER (WHERE s.status <> s.previous_status) AS moved
            FROM ekasih.status_decision AS s
            WHERE s.cause IN ('line_changed', 'rule_changed') AND s.decided_by = a.actor
                AND s.decided_at BETWEEN a.at - interval '10 seconds' AND a.at) AS d ON true
        WHERE a.action IN ('adopt_line', 'set_rule')
        ORDER BY a.id
    """)
