"""Alerts on indicators: the rules that are shipped, what they found, who saw it, and where the daily message goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_TEXTS = postgresql.ARRAY(sa.Text())
_CONDITIONS = "'lampu_merah', 'merah_berturut', 'ramalan_gagal', 'lonjakan', 'data_lewat', 'tidak_setara'"
_LEVELS = ["country", "state", "district"]
_ALL = ["national", "state_office", "coordinator"]
_NONE = dict.fromkeys(("periods", "share", "points", "units", "months", "days"))
_RULES = (
    ("lampu_merah", "Lampu menjadi merah", "The light turned red", _LEVELS, _ALL, {"periods": 1}),
    ("merah_berturut", "Merah tiga bulan berturut-turut", "Red three months running", _LEVELS, _ALL, {"periods": 3}),
    ("ramalan_gagal", "Ramalan: sasaran mungkin tidak dicapai", "Forecast: the target is likely to be missed",
     _LEVELS, _ALL, {"periods": 2, "months": 12}),
    ("lonjakan", "Perubahan mendadak dalam sebulan", "A jump within a month", _LEVELS, _ALL,
     {"share": "0.10", "points": "0.02", "units": "20"}),
    ("data_lewat", "Angka sudah lama", "Figures are old", ["country"], ["administrator", "national"], {"days": 40}),
    ("tidak_setara", "Kawasan di dalam tidak berjumlah sama", "The areas inside do not add up",
     ["country", "state", "district"], ["administrator"], {}),
)  # fmt: skip


def upgrade() -> None:
    now = sa.text("now()")
    rules = op.create_table(
        "alert_rule",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_ms", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("indicator_code", sa.Text(), nullable=True),
        sa.Column("levels", _TEXTS, nullable=False),
        sa.Column("to_whom", _TEXTS, nullable=False),
        sa.Column("by_mail", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("periods", sa.Integer(), nullable=True),
        sa.Column("share", sa.Numeric(), nullable=True),
        sa.Column("points", sa.Numeric(), nullable=True),
        sa.Column("units", sa.Numeric(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(f"condition IN ({_CONDITIONS})", name=op.f("alert_rule_condition_check")),
        sa.ForeignKeyConstraint(
            ["indicator_code"], ["ekasih.indicator.code"], name=op.f("alert_rule_indicator_code_fkey")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("alert_rule_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("rule_code", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("indicator_code", sa.Text(), nullable=True),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("compared_on", sa.Date(), nullable=True),
        sa.Column("information", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["rule_code"], ["ekasih.alert_rule.code"], name=op.f("alert_rule_code_fkey")),
        sa.ForeignKeyConstraint(["indicator_code"], ["ekasih.indicator.code"], name=op.f("alert_indicator_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("alert_pkey")),
        schema="ekasih",
    )
    op.create_index(
        "alert_open",
        "alert",
        ["rule_code", sa.text("coalesce(indicator_code, '')"), "area_code"],
        unique=True,
        schema="ekasih",
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("alert_opened_at_idx"), "alert", ["opened_at"], schema="ekasih")
    op.create_table(
        "alert_mark",
        sa.Column("alert_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["ekasih.alert.id"], name=op.f("alert_mark_alert_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ekasih.app_user.id"], name=op.f("alert_mark_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("alert_id", "user_id", name=op.f("alert_mark_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "alert_period",
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("alert_period_pkey")),
        schema="ekasih",
    )
    op.create_table(
        "alert_receiver",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), server_default=sa.text("21"), nullable=False),
        sa.Column("quiet_until", sa.Integer(), server_default=sa.text("7"), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.CheckConstraint("quiet_from BETWEEN 0 AND 23", name=op.f("alert_receiver_quiet_from_check")),
        sa.CheckConstraint("quiet_until BETWEEN 0 AND 23", name=op.f("alert_receiver_quiet_until_check")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ekasih.app_user.id"], name=op.f("alert_receiver_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("alert_receiver_pkey")),
        schema="ekasih",
    )
    op.bulk_insert(
        rules,
        [
            {**_NONE, "code": code, "condition": code, "position": place, "name_ms": malay, "name_en": english,
             "levels": levels, "to_whom": to_whom, **needs}
            for place, (code, malay, english, levels, to_whom, needs) in enumerate(_RULES, start=1)
        ],
    )  # fmt: skip
