"""Views of pages kept under a name, what is shown one after the other, notes on areas, and figures by two cuts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _views()
    _notes()
    _cuts()


def _shared() -> list[sa.Column[object]]:
    return [
        sa.Column("shared", sa.Text(), server_default="sendiri", nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    ]


def _views() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        *_shared(),
        sa.CheckConstraint("btrim(name) <> '' AND length(name) <= 120", name=op.f("saved_view_name_check")),
        sa.CheckConstraint(
            "path ~ '^/([^/\\\\]|$)' AND path !~ '[[:cntrl:]]' AND length(path) <= 1500",
            name=op.f("saved_view_path_check"),
        ),
        sa.CheckConstraint(
            "shared IN ('sendiri', 'peranan', 'pejabat', 'semua')", name=op.f("saved_view_shared_check")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["ekasih.app_user.id"], name=op.f("saved_view_owner_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("saved_view_pkey")),
        schema="ekasih",
    )
    op.create_index("saved_view_owner_id_idx", "saved_view", ["owner_id", "id"], schema="ekasih")
    op.create_index("saved_view_shared_idx", "saved_view", ["shared", "id"], schema="ekasih")
    op.create_table(
        "saved_home",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("view_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ekasih.app_user.id"], name=op.f("saved_home_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["view_id"], ["ekasih.saved_view.id"], name=op.f("saved_home_view_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("saved_home_pkey")),
        schema="ekasih",
    )
    op.create_index("saved_home_view_id_idx", "saved_home", ["view_id"], schema="ekasih")
    op.create_table(
        "presentation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("views", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        *_shared(),
        sa.CheckConstraint("btrim(name) <> '' AND length(name) <= 120", name=op.f("presentation_name_check")),
        sa.CheckConstraint("cardinality(views) BETWEEN 1 AND 40", name=op.f("presentation_views_check")),
        sa.CheckConstraint(
            "shared IN ('sendiri', 'peranan', 'pejabat', 'semua')", name=op.f("presentation_shared_check")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["ekasih.app_user.id"], name=op.f("presentation_owner_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("presentation_pkey")),
        schema="ekasih",
    )
    op.create_index("presentation_owner_id_idx", "presentation", ["owner_id", "id"], schema="ekasih")


def _notes() -> None:
    op.create_table(
        "area_note",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("btrim(body) <> '' AND length(body) <= 600", name=op.f("area_note_body_check")),
        sa.CheckConstraint("body !~ '([0-9][ -]*){12}'", name=op.f("area_note_digits_check")),
        sa.ForeignKeyConstraint(["area_code"], ["ekasih.area.code"], name=op.f("area_note_area_code_fkey")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["ekasih.app_user.id"], name=op.f("area_note_author_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("area_note_pkey")),
        schema="ekasih",
    )
    op.create_index("area_note_area_code_idx", "area_note", ["area_code", "role", "id"], schema="ekasih")
    op.create_index("area_note_author_id_idx", "area_note", ["author_id", "id"], schema="ekasih")


def _cuts() -> None:
    op.create_table(
        "household_cut",
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("strata", sa.Text(), nullable=False),
        sa.Column("ethnicity", sa.Text(), nullable=False),
        sa.Column("head_sex", sa.Text(), nullable=False),
        sa.Column("head_age", sa.Text(), nullable=False),
        sa.Column("disability", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("tegar", sa.BigInteger(), nullable=False),
        sa.Column("miskin", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "area_code", "strata", "ethnicity", "head_sex", "head_age", "disability", "size",
            name=op.f("household_cut_pkey"),
        ),
        schema="ekasih",
    )  # fmt: skip
    op.create_table(
        "published_cross",
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("households", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("area_code", "first", "second", name=op.f("published_cross_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "published_cross_state",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("published_cross_state_pkey")),
        schema="ekasih",
    )
