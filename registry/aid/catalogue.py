"""What an agency gives, as it is looked up while a delivery is read: programmes, kinds, and the rate of a day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy import Connection

ALWAYS: Final = "seumur"
MONTH: Final = "bulan"

_KINDS = text("""
    SELECT k.id, p.code AS programme, k.code, k.need_code, k.form, k.recipient, k.coverage, p.id AS programme_id,
        p.valid_from, p.valid_until, n.exclusive, n.once
    FROM ekasih.aid_kind AS k
    JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
    JOIN ekasih.aid_need AS n ON n.code = k.need_code
    WHERE p.agency_id = :agency
""")
_RATES = text("""
    SELECT r.kind_id, r.from_date, r.until_date, r.ceiling_rm
    FROM ekasih.aid_rate AS r
    JOIN ekasih.aid_kind AS k ON k.id = r.kind_id
    JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
    WHERE p.agency_id = :agency
""")


@dataclass(frozen=True, slots=True)
class Rate:
    """The most that a line may be, RM, from a day until another (both in it; none is open)."""

    kind_id: int
    from_date: date
    until_date: date | None
    ceiling_rm: Decimal


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of aid with its programme and the need that it meets."""

    id: int
    programme: str
    code: str
    need_code: str
    form: str
    recipient: str
    coverage: str
    programme_id: int
    valid_from: date | None
    valid_until: date | None
    exclusive: bool
    once: bool
    rates: tuple[Rate, ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether its programme gives on that day."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)

    def period_of(self, day: date, given: tuple[date, date] | None) -> tuple[date, date | None]:
        """The days that one line meets its need on, the first and the last; no last one: without end."""
        if self.coverage == ALWAYS:
            return day, None
        if given:
            return given
        if self.coverage == MONTH:
            return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if self.coverage == "tahun":
            return date(day.year, 1, 1), date(day.year, 12, 31)
        return day, day + timedelta(days=int(self.coverage.removeprefix("hari:")) - 1)

    def ceiling(self, day: date, period: tuple[date, date | None]) -> Decimal | None:
        """The most that a line of that day and period may be, RM; none where no rate is in force."""
        rate = next((r for r in self.rates if r.from_date <= day <= (r.until_date or day)), None)
        if rate is None:
            return None
        first, last = period
        months = (last.year - first.year) * 12 + last.month - first.month + 1 if last else 1
        return rate.ceiling_rm * (months if self.coverage == MONTH else 1)


def kinds_of(connection: Connection, agency_id: int) -> dict[tuple[str, str], Kind]:
    """The kinds of aid of an agency by the codes of programme and kind."""
    rates: dict[int, list[Rate]] = {}
    for row in connection.execute(_RATES, {"agency": agency_id}):
        rates.setdefault(row.kind_id, []).append(Rate(*row))
    found = connection.execute(_KINDS, {"agency": agency_id}).mappings()
    kinds = (Kind(**row, rates=tuple(rates.get(row["id"], ()))) for row in found)
    return {(kind.programme, kind.code): kind for kind in kinds}
