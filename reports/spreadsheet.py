"""Files for spreadsheets, as a download carries them: text as CSV, and workbooks in which numbers are numbers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from registry.deliveries.spreadsheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def csv_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows as CSV, with a mark in front so that spreadsheets read it as UTF-8."""
    text = io.StringIO(newline="")
    write_csv(text, header, rows)
    return "\ufeff" + text.getvalue()


def workbook(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str | float | None]], *, notes: Sequence[str] = ()
) -> bytes:
    """The rows as an XLSX workbook of one sheet, its first row kept in sight; ``notes`` stand below the rows.

    Text is written as text, so that nothing in it is taken for a formula.
    """
    book = Workbook()
    page: Any = book.active
    page.title = "".join(letter for letter in title if letter not in "[]:*?/\\")[:31]
    table: list[list[str | float | None]] = [list(header), *(list(row) for row in rows)]
    for line in [*table, [], *([note] for note in notes)]:
        page.append(line)
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    for cell in next(page.iter_rows()):
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    for number in range(1, len(header) + 1):
        widest = max(len(str(row[number - 1] or "")) for row in table)
        page.column_dimensions[get_column_letter(number)].width = min(max(widest + 2, 8), 48)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
