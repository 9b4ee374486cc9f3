"""Takes in the reference tables that lie beside deliveries: agencies, needs, programmes, kinds, rates, conditions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.aid.conditions.language import parse_rows
from registry.aid.judging import require_needs, with_area_codes
from registry.aid.lines import read_day, read_money
from registry.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection

    Tables = Mapping[str, list[dict[str, str]]]

_YES: Final = frozenset({"YA", "Y", "1", "TRUE"})


class ReferenceDiffers(RegistryError):
    """A code of the reference tables is known, and differs in more than its names; nothing was imported."""

    key = "reference_differs"


class ReferenceUnreadable(RegistryError):
    """A row of a reference table cannot be read, or names a code that is nowhere; nothing was imported."""

    key = "reference_unreadable"


def take_reference(connection: Connection, tables: Tables, *, actor: str, sample: bool = False) -> None:
    """Add what the register does not know yet; what it knows stays, names and all.

    Raises:
        ReferenceDiffers: a known code differs in more than its names.
        ReferenceUnreadable: a row lacks a column, holds no such value, or names a code that is nowhere.

    """
    reading = _Reading(connection, actor, sample)
    for name, take in (
        ("agensi", reading.agency),
        ("keperluan", reading.need),
        ("program", reading.programme),
        ("jenis", reading.kind),
    ):
        for number, row in enumerate(tables.get(name, ()), start=2):
            reading.at = (name, number)
            take(row)
    reading.rates(tables.get("kadar", []))
    reading.conditions(tables.get("syarat", []))


class _Reading:
    """One taking in; ``at`` is the table and line that is read, for a message."""

    def __init__(self, connection: Connection, actor: str, sample: bool) -> None:  # noqa: FBT001
        self._connection, self._actor, self._sample = connection, actor, sample
        self.at = ("", 0)

    def agency(self, row: dict[str, str]) -> None:
        """A row of ``agensi``."""
        areas = [area for area in row.get("kawasan", "").replace("|", " ").split() if area]
        month = int(row.get("bulan_fiskal", "").strip() or 1)
        values = {"kind": self._get(row, "jenis").lower(), "areas": areas, "fiscal_month": month}
        self._add("agency", {"code": self._code(row, "kod")}, values, self._names(row) | {"sample": self._sample})

    def need(self, row: dict[str, str]) -> None:
        """A row of ``keperluan``."""
        values = {"exclusive": self._yes(row, "eksklusif"), "once": self._yes(row, "seumur_hidup")}
        self._add("aid_need", {"code": self._code(row, "kod")}, values, self._names(row))

    def programme(self, row: dict[str, str]) -> None:
        """A row of ``program``."""
        values = {
            "agency_id": self._id("agency", code=self._code(row, "kod_agensi")),
            "valid_from": self._day(row, "berkuat_dari"),
            "valid_until": self._day(row, "berkuat_hingga"),
            "has_ledger": self._yes(row, "lejar"),
        }
        self._add(
            "aid_programme",
            {"code": self._code(row, "kod_program")},
            values,
            self._names(row) | {"sample": self._sample},
        )

    def kind(self, row: dict[str, str]) -> None:
        """A row of ``jenis``."""
        key = {"programme_id": self._programme(row), "code": self._code(row, "kod_jenis")}
        values = {
            "need_code": self._code(row, "keperluan"),
            "form": self._get(row, "bentuk").lower(),
            "recipient": self._get(row, "unit_penerima").lower(),
            "frequency": self._get(row, "kekerapan").lower(),
            "coverage": self._get(row, "liputan").lower(),
        }
        unit = {"quantity_unit": row.get("unit_kuantiti", "").strip() or None}
        self._add("aid_kind", key, values, self._names(row) | unit)

    def rates(self, rows: list[dict[str, str]]) -> None:
        """The rows of ``kadar``."""
        for number, row in enumerate(rows, start=2):
            self.at = ("kadar", number)
            kind = self._id("aid_kind", programme_id=self._programme(row), code=self._code(row, "kod_jenis"))
            key = {"kind_id": kind, "from_date": self._day(row, "dari")}
            values = {"until_date": self._day(row, "hingga"), "ceiling_rm": self._money(row, "maksimum_rm")}
            told = {
                "source": self._get(row, "sumber"),
                "source_date": self._day(row, "tarikh_sumber"),
                "made_by": self._actor,
            }
            self._add("aid_rate", key, values, told)

    def conditions(self, rows: list[dict[str, str]]) -> None:
        """The rows of ``syarat``: all of one programme are its list, from the beginning of the programme."""
        by_programme: dict[str, list[dict[str, str]]] = {}
        for number, row in enumerate(rows, start=2):
            self.at = ("syarat", number)
            by_programme.setdefault(self._code(row, "kod_program"), []).append(row)
        for programme, own in by_programme.items():
            parsed = with_area_codes(self._connection, parse_rows(own))
            require_needs(self._connection, parsed)
            key = {"programme_id": self._id("aid_programme", code=programme), "from_date": None}
            values = {"until_date": None, "conditions": json.dumps(parsed.stored())}
            self._add("aid_conditions", key, values, {"made_by": self._actor})

    def _add(self, table: str, key: Mapping[str, Any], values: Mapping[str, Any], told: Mapping[str, Any]) -> None:
        """Add a row, or see that the one with this key says the same; ``told`` is what may differ."""
        whole = {**key, **values}
        same = " AND ".join(f"{name} IS NOT DISTINCT FROM {_cast(name)}" for name in key)
        differs = " OR ".join(f"{name} IS DISTINCT FROM {_cast(name)}" for name in values)
        found = text(f"SELECT {differs} FROM ekasih.{table} WHERE {same}")  # noqa: S608 - names of this module
        known = self._connection.execute(found, whole).scalar_one_or_none()
        if known:
            raise ReferenceDiffers(table=self.at[0], line=str(self.at[1]))
        if known is None:
            everything = {**whole, **told}
            columns, marks = ", ".join(everything), ", ".join(map(_cast, everything))
            insert = text(f"INSERT INTO ekasih.{table} ({columns}) VALUES ({marks})")  # noqa: S608 - names of this module
            try:
                with self._connection.begin_nested():
                    self._connection.execute(insert, everything)
            except DBAPIError as error:
                raise self._unreadable() from error

    def _id(self, table: str, **key: Any) -> int:
        where = " AND ".join(f"{name} = :{name}" for name in key)
        found = text(f"SELECT id FROM ekasih.{table} WHERE {where}")  # noqa: S608 - names of this module
        id_ = self._connection.scalar(found, key)
        if id_ is None:
            raise self._unreadable()
        return int(id_)

    def _programme(self, row: dict[str, str]) -> int:
        return self._id("aid_programme", code=self._code(row, "kod_program"))

    def _get(self, row: dict[str, str], column: str) -> str:
        value = row.get(column, "").strip()
        if not value:
            raise self._unreadable()
        return value

    def _code(self, row: dict[str, str], column: str) -> str:
        return self._get(row, column).upper()

    def _names(self, row: dict[str, str]) -> dict[str, str]:
        name = self._get(row, "nama_bm")
        return {"name_ms": name, "name_en": row.get("nama_en", "").strip() or name}

    def _yes(self, row: dict[str, str], column: str) -> bool:
        return row.get(column, "").strip().upper() in _YES

    def _day(self, row: dict[str, str], column: str) -> date | None:
        given = row.get(column, "").strip()
        day = read_day(given)
        if given and day is None:
            raise self._unreadable()
        return day

    def _money(self, row: dict[str, str], column: str) -> Decimal:
        amount = read_money(self._get(row, column))
        if amount is None:
            raise self._unreadable()
        return amount

    def _unreadable(self) -> ReferenceUnreadable:
        return ReferenceUnreadable(table=self.at[0], line=str(self.at[1]))


def _cast(name: str) -> str:
    return f"CAST(:{name} AS jsonb)" if name == "conditions" else f":{name}"
