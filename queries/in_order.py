"""Reads households in the order of a column that an index has, a page after a place in that order."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from queries.row_types.households import PlacedRow
from queries.statements import rows_as
from queries.worklists import of_households

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from queries.row_types.worklists import WorklistRow

INDEXED: Final = ("name", "perCapita", "status")
"""The columns whose order an index has, however long the list is."""


_LONGEST_ID: Final = 18


@dataclass(frozen=True, slots=True)
class Ordering:
    """Which households that count, and in the order of which of the indexed columns."""

    order: str
    descending: bool = False
    district: str | None = None
    mukim: str | None = None
    statuses: tuple[str, ...] | None = None
    strata: str | None = None


@dataclass(frozen=True, slots=True)
class After:
    """Where in such an order a row is: the page after it begins behind that."""

    household_id: int
    key: str

    @classmethod
    def parse(cls, written: str, order: str) -> After | None:
        """The place as a row has it in ``place``; ``None`` for what is none."""
        number, _, key = written.partition("|")
        if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID and key):
            return None
        if order != "name":
            try:
                if not Decimal(key).is_finite():
                    return None
            except InvalidOperation:
                return None
        return cls(int(number), key)


def page(
    connection: Connection, asked: Ordering, *, limit: int, after: After | None = None, offset: int = 0
) -> list[WorklistRow]:
    """Rows in the order asked for, each with its place in it; behind ``after`` and ``offset`` rows further on."""
    params = asdict(asked) | {"statuses": list(asked.statuses) if asked.statuses else None}
    params |= {"after_key": after and after.key, "after_id": after and after.household_id}
    found = rows_as(PlacedRow, connection, "households/in_order", **params, row_limit=limit, row_offset=offset)
    return _placed(connection, found)


def _placed(connection: Connection, found: Sequence[PlacedRow]) -> list[WorklistRow]:
    keys = {row["household_id"]: row["key"] for row in found}
    rows = of_households(connection, list(keys))
    for row in rows:
        row["place"] = f"{row['household_id']}|{keys[row['household_id']]}"
    return rows
