"""The proof that the summary is right: a recount from the records, compared figure by figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy import Connection


@dataclass(frozen=True)
class Difference:
    """A figure of the summary that a recount does not confirm."""

    area_code: str
    measure: str
    summary: Decimal
    recounted: Decimal

    def __str__(self) -> str:
        """The difference as a line for a terminal."""
        return f"{self.area_code}  {self.measure}: summary {self.summary}, recount {self.recounted}"


def recount(connection: Connection) -> list[Difference]:
    """Every figure that differs from a recount of persons and incomes; empty when all is well.

    Recounts households, persons, ages, incomes and gaps for every area, strata, ethnicity and status, and every closed
    month with its incomes, gaps and shares from the decisions.
    """
    rows = connection.execute(text("SELECT * FROM ekasih.recount_differences()"))
    return [Difference(*row) for row in rows]
