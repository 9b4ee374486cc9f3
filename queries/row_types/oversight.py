"""Rows of the statements in ``queries/sql/oversight``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class AccountRow(TypedDict):
    """``oversight/account.sql``: one row at most."""

    login: str
    role: str
    territory: list[str]
    active: bool
    version: int


class AccountListRow(TypedDict):
    """``oversight/accounts.sql``: one row per account; total counts all."""

    user_id: int
    login: str
    display_name: str
    role: str
    territory: list[str]
    areas: list[str]
    active: bool
    version: int
    total: int


class LentRow(TypedDict):
    """``oversight/acting_for.sql``: one row per delegation that runs."""

    display_name: str
    areas: list[str]
    until_date: date


class ActionRow(TypedDict):
    """``oversight/actions.sql``: one row per action."""

    action: str


class AreaRow(TypedDict):
    """``oversight/areas.sql``: one row per state, district or catchment."""

    code: str
    name: str
    level: str
    state_name: str


class DelegationRow(TypedDict):
    """``oversight/delegations.sql``: one row per delegation."""

    delegation_id: int
    lender: str
    borrower: str
    role: str
    areas: list[str]
    from_date: date
    until_date: date
    reason: str
    standing: str


class EntryRow(TypedDict):
    """``oversight/entries.sql``: one row per entry."""

    entry_id: int
    at: datetime
    actor: str
    action: str
    subject: str
    subject_id: int | None
    file_no: str | None
    district_code: str | None
    district_name: str | None
    source: str | None
    fields: list[str]
    was: Any | None
    became: Any | None


class SettingRow(TypedDict):
    """``oversight/settings.sql``: one row per setting."""

    key: str
    value: Decimal
    least: Decimal
    most: Decimal
    step: Decimal


class ChainRow(TypedDict):
    """``oversight/state.sql``: one row."""

    links: int
    hash: str | None
    verified_at: datetime | None
    verified_links: int | None
    broken_link: int | None
    reason: str | None
    sealed_link: int | None
    sealed_at: datetime | None


class StateNameRow(TypedDict):
    """``oversight/state_names.sql``: one row per state, in their order."""

    code: str
    name_ms: str
    name_en: str
