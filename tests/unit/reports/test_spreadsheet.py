"""What a spreadsheet makes of our files: numbers to count with, days to sort by, and no formula."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from dashboard.household.filed import file_head, file_row
from reports import spreadsheet
from reports.spreadsheet import csv_file, whole_book, workbook
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    import pytest

MS = words_of("ms")
HOUSEHOLD: Any = {
    "file_no": "0803-000001", "head_name": "AMINAH", "status": "tegar", "member_count": 4,
    "income_rm": Decimal("1234.50"), "per_capita_rm": Decimal("308.63"), "district_name": "Kinta", "mukim_name": None,
    "strata": "urban", "visited_on": date(2026, 11, 29), "next_review_on": date(2027, 2, 1),
}  # fmt: skip


def sheet_of(file: bytes) -> Any:
    return load_workbook(io.BytesIO(file)).active


def test_money_and_counts_of_a_csv_are_plain_numbers() -> None:
    head, row = csv_file(file_head(MS), [file_row(HOUSEHOLD, MS)]).splitlines()
    assert ",4,1234.50,308.63," in row
    assert "RM" not in row
    assert "(RM)" in head
    assert row.endswith("2026-11-29,2027-02-01")


def test_a_workbook_has_real_numbers_and_real_days() -> None:
    cells = list(sheet_of(workbook("Isi rumah", file_head(MS), [file_row(HOUSEHOLD, MS)])).iter_rows())[1]
    by_place = dict(zip(file_head(MS), cells, strict=True))
    income, seen = by_place[MS("file.column_income")], by_place[MS("file.column_visited")]
    assert (income.value, income.data_type, income.number_format) == (1234.5, "n", "#,##0.00")
    assert (seen.value, seen.is_date) == (datetime(2026, 11, 29), True)  # noqa: DTZ001 - a sheet knows no zone
    assert by_place[MS("file.column_members")].value == 4


def test_a_moment_is_told_in_malaysia() -> None:
    moment = datetime(2026, 11, 29, 17, 30, tzinfo=UTC)
    assert "2026-11-30 01:30" in csv_file(["x"], [[moment]])
    assert sheet_of(workbook("x", ["x"], [[moment]]))["A2"].value == datetime(2026, 11, 30, 1, 30)  # noqa: DTZ001


def test_no_text_is_taken_for_a_formula_or_breaks_the_file() -> None:
    typed = ["=1+1", "@SUM(A1)", "-2+3", "#N/A", "a\x07b"]
    page = sheet_of(workbook("x", ["=head"], [[text] for text in typed]))
    assert [cell.data_type for cell in page["A"]] == ["s"] * 6
    assert [cell.value for cell in page["A"]][1:] == ["=1+1", "@SUM(A1)", "-2+3", "#N/A", "ab"]
    assert csv_file(["x"], [["=1+1"], [Decimal("-2.50")]]).splitlines()[1:] == ["'=1+1", "-2.50"]


def test_a_workbook_that_holds_only_the_first_rows_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_IN_BOOK", 2)
    for language in LANGUAGES:
        words = words_of(language)
        texts = [cell.value for cell in sheet_of(whole_book("x", ["x"], [["a"], ["b"], ["c"]], words))["A"]]
        assert texts == ["x", "a", "b", None, words("file.cut", n="2")]
    whole = [cell.value for cell in sheet_of(whole_book("x", ["x"], [["a"], ["b"]], MS))["A"]]
    assert whole == ["x", "a", "b"]
