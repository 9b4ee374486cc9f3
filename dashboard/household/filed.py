"""Rows of households as a file has them: amounts and days as such, so that a spreadsheet counts with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dashboard.household.results import Listed
    from reports.spreadsheet import Cell
    from words import Words

_COLUMNS: Final = (
    "file_no", "name", "status", "members", "income", "per_capita", "district", "mukim", "strata", "visited", "review",
)  # fmt: skip


def file_head(words: Words, *more: str) -> list[str]:
    """What the columns are called; ``more`` are of the list itself."""
    return [words(f"file.column_{name}") for name in (*_COLUMNS, *more)]


def file_row(found: Listed, words: Words) -> list[Cell]:
    """One household."""
    return [
        found["file_no"],
        found["head_name"],
        words(f"status.{found['status']}"),
        found["member_count"],
        found["income_rm"],
        found["per_capita_rm"],
        found["district_name"],
        found["mukim_name"],
        words(f"strata.{found['strata']}"),
        found["visited_on"],
        found["next_review_on"],
    ]
