"""Reports: the catalogue, closed months as they were first told, own tables, and editions that never change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None

_HEX = "'^[0-9a-f]{64}$'"
# code, permission, levels, whether it is of exact figures alone, whether it takes long, blocks
_REPORTS = (
    (
        "menteri", "read_aggregates", ["country"], False, False,
        [
            {"block": "numbers"}, {"block": "map", "level": "state"}, {"block": "trend"}, {"block": "areas"},
            {"block": "ranking", "level": "district", "rows": 10}, {"block": "cuts"}, {"block": "kpi"},
            {"block": "aid", "by": "need"}, {"block": "projects"}, {"block": "notes"},
        ],
    ),
    (
        "negeri", "read_aggregates", ["state"], False, False,
        [
            {"block": "numbers"}, {"block": "map", "level": "district"}, {"block": "trend"}, {"block": "areas"},
            {"block": "cuts"}, {"block": "kpi"}, {"block": "aid", "by": "programme"}, {"block": "projects"},
            {"block": "quality"}, {"block": "notes"},
        ],
    ),
    (
        "daerah", "read_aggregates", ["district"], False, False,
        [
            {"block": "numbers"}, {"block": "map", "level": "mukim"}, {"block": "trend"}, {"block": "areas"},
            {"block": "strata"}, {"block": "kpi"}, {"block": "aid", "by": "programme"}, {"block": "projects"},
            {"block": "notes"},
        ],
    ),
    (
        "program", "read_aggregates", ["country", "state", "district"], False, False,
        [
            {"block": "numbers"}, {"block": "aid", "by": "programme"}, {"block": "aid", "by": "need"},
            {"block": "aid", "by": "agency"}, {"block": "aid_areas"}, {"block": "projects"}, {"block": "notes"},
        ],
    ),
    (
        "pemutihan", "read_persons", ["country", "state", "district"], True, False,
        [{"block": "numbers"}, {"block": "flows"}, {"block": "exits"}, {"block": "trend"}, {"block": "notes"}],
    ),
    (
        "kualiti", "read_aggregates", ["country", "state"], False, False,
        [{"block": "quality"}, {"block": "shares"}, {"block": "notes"}],
    ),
    ("audit", "read_audit", ["country"], False, False, [{"block": "audit"}, {"block": "notes"}]),
    ("buku_peta", "read_aggregates", ["country", "state"], False, True, [{"block": "map_book"}, {"block": "notes"}]),
    ("jadual", "read_aggregates", ["country", "state", "district"], False, False,
     [{"block": "own"}, {"block": "notes"}]),
)  # fmt: skip


def upgrade() -> None:
    made = op.create_table(
        "report",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.Column("levels", ARRAY(sa.Text()), nullable=False),
        sa.Column("exact_only", sa.Boolean(), nullable=False),
        sa.Column("slow", sa.Boolean(), nullable=False),
        sa.Column("blocks", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("report_pkey")),
        schema="ekasih",
    )
    names = ("code", "permission", "levels", "exact_only", "slow", "blocks")
    op.bulk_insert(
        made,
        [{**dict(zip(names, row, strict=True)), "position": place} for place, row in enumerate(_REPORTS, start=1)],
    )
    _told()
    _own_tables()
    _editions()


def _told() -> None:
    op.create_table(
        "report_month",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("snapshot", sa.BigInteger(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("report_month_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "report_count",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("cut", sa.Text(), nullable=False),
        sa.Column("tegar", sa.BigInteger(), nullable=True),
        sa.Column("miskin", sa.BigInteger(), nullable=True),
        sa.Column("gap_rm", sa.Numeric(), nullable=True),
        sa.PrimaryKeyConstraint("month", "area_code", "cut", name=op.f("report_count_pkey")),
        schema="ekasih",
    )
    op.create_index("report_count_area_idx", "report_count", ["area_code", "cut", "month"], schema="ekasih")
    op.create_table(
        "report_figure",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("cut", sa.Text(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=True),
        sa.PrimaryKeyConstraint("month", "subject", "area_code", "cut", "figure", name=op.f("report_figure_pkey")),
        schema="ekasih",
    )


def _own_tables() -> None:
    op.create_table(
        "report_table",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("spec", JSONB(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("every", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("btrim(name) <> '' AND length(name) <= 120", name=op.f("report_table_name_check")),
        sa.CheckConstraint("every IN ('', 'mingguan', 'bulanan')", name=op.f("report_table_every_check")),
        sa.CheckConstraint("(every = '') = (next_on IS NULL)", name=op.f("report_table_due_check")),
        sa.CheckConstraint("language IN ('ms', 'en')", name=op.f("report_table_language_check")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["ekasih.app_user.id"], name=op.f("report_table_owner_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("report_table_pkey")),
        schema="ekasih",
    )
    op.create_index("report_table_owner_idx", "report_table", ["owner_id", "id"], schema="ekasih")


def _editions() -> None:
    op.create_table(
        "report_edition",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("table_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("snapshot", sa.BigInteger(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.Column("xlsx_sha256", sa.Text(), nullable=False),
        sa.Column("csv_sha256", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("scheduled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        *(
            sa.CheckConstraint(f"{name}_sha256 ~ {_HEX}", name=op.f(f"report_edition_{name}_check"))
            for name in ("content", "pdf", "xlsx", "csv")
        ),
        sa.CheckConstraint("pages > 0", name=op.f("report_edition_pages_check")),
        sa.ForeignKeyConstraint(["report"], ["ekasih.report.code"], name=op.f("report_edition_report_fkey")),
        sa.ForeignKeyConstraint(["table_id"], ["ekasih.report_table.id"], name=op.f("report_edition_table_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("report_edition_pkey")),
        sa.UniqueConstraint("number", name=op.f("report_edition_number_key")),
        schema="ekasih",
    )
    for name in ("pdf", "xlsx", "csv"):
        op.create_index(f"report_edition_{name}_idx", "report_edition", [f"{name}_sha256"], schema="ekasih")
