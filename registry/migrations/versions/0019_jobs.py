"""Jobs: what was asked for, by whom, how far it has come and what came of it; the queue itself is procrastinate's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    document = postgresql.JSONB(astext_type=sa.Text())
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("arguments", document, nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("run_at", moment, nullable=True),
        sa.Column("started_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("steps_done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("steps_total", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cancel_asked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("carried_out_at", moment, nullable=True),
        sa.Column("result", document, nullable=True),
        sa.Column("problem", document, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name=op.f("job_state_check")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["ekasih.app_user.id"], name=op.f("job_asked_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("job_pkey")),
        schema="ekasih",
    )
    op.create_index(op.f("job_asked_by_idx"), "job", ["asked_by"], schema="ekasih")
    op.create_index(op.f("job_task_ended_at_idx"), "job", ["task", "ended_at"], schema="ekasih")
    op.create_index(
        "job_open_idx", "job", ["id"], schema="ekasih", postgresql_where=sa.text("state IN ('waiting', 'running')")
    )
