"""Indexes by which the first page counts what waits and what changed without reading the register."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("case_file_district_code_state_idx"), table_name="case_file", schema="ekasih")
    for columns in (["district_code", "state", "id"], ["district_code", "created_at"], ["district_code", "updated_at"]):
        op.create_index(op.f(f"case_file_{'_'.join(columns)}_idx"), "case_file", columns, schema="ekasih")
    op.create_index(
        "case_file_draft_idx",
        "case_file",
        ["created_by", "id"],
        schema="ekasih",
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_index(
        "case_file_head_name_idx",
        "case_file",
        ["head_name"],
        schema="ekasih",
        postgresql_using="gin",
        postgresql_ops={"head_name": "gin_trgm_ops"},
    )
    op.create_index(
        "status_decision_changed_idx",
        "status_decision",
        ["district_code", "decided_at"],
        schema="ekasih",
        postgresql_where=sa.text("previous_status <> status"),
    )
    op.create_index(
        "change_request_answered_idx",
        "change_request",
        ["requested_by", "decided_at"],
        schema="ekasih",
        postgresql_where=sa.text("NOT direct AND decided_at IS NOT NULL"),
    )
    op.create_index(op.f("user_session_user_id_begun_at_idx"), "user_session", ["user_id", "begun_at"], schema="ekasih")
