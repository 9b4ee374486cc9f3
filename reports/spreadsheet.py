"""Files for spreadsheets, as a download carries them: CSV and workbooks, in which numbers are numbers."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from registry.deliveries.spreadsheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from words import Words

Cell = str | float | Decimal | date | None
"""What a cell holds: text, a number, an amount, a day or a moment; ``None`` for nothing."""

KINDS: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_IN_BOOK: Final = 50_000
"""Rows of a workbook: more takes longer than somebody waits. A CSV has them all, and the workbook says so."""
_MEASURED: Final = 200
_MALAYSIA: Final = ZoneInfo("Asia/Kuala_Lumpur")
_SHAPES: Final = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy", Decimal: "#,##0.00"}


def whole_book(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], words: Words, *, notes: Sequence[str] = ()
) -> bytes:
    """The rows as a workbook of at most :data:`MOST_IN_BOOK`; where it does not hold them all it says so below them."""
    every = iter(rows)
    held = list(islice(every, MOST_IN_BOOK))
    said = [words("file.cut", n=f"{MOST_IN_BOOK:,}")] if next(every, None) is not None else []
    return workbook(title, header, held, notes=[*notes, *said])


def csv_file(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as CSV, with a mark in front so that spreadsheets read it as UTF-8.

    Amounts are written plain (``1234.50``), days as 2026-11-29, moments as 2026-11-29 10:42 in Malaysia.
    """
    text = io.StringIO(newline="")
    write_csv(text, header, (map(_plain, row) for row in rows))
    return "\ufeff" + text.getvalue()


def workbook(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    notes: Sequence[str] = (),
    amounts: str = "#,##0.00",
) -> bytes:
    """The rows as an XLSX workbook of one sheet, its first row kept in sight; ``notes`` stand below the rows.

    Text is written as text, so that nothing in it is taken for a formula; ``amounts`` is how an amount is shown.
    """
    book = Workbook(write_only=True)
    page: Any = book.create_sheet("".join(letter for letter in title if letter not in "[]:*?/\\")[:31])
    page.freeze_panes = "A2"
    every = iter(rows)
    first = list(islice(every, _MEASURED))
    # a sheet that is written row by row has its widths before the first of them
    for number, name in enumerate(header):
        widest = max(len(name), *(len(str(_plain(row[number]) or "")) for row in first), 0)
        page.column_dimensions[get_column_letter(number + 1)].width = min(max(widest + 2, 8), 48)
    page.append([_written(page, name, bold=True) for name in header])
    for row in chain(first, every):
        page.append([_written(page, cell, amounts=amounts) for cell in row])
    for line in ([], *([note] for note in notes)):
        page.append([_written(page, text) for text in line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(cell: Cell) -> str | float | Decimal:
    """A cell as CSV has it; a number stays one, for text that begins with a minus would be guarded."""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(_MALAYSIA):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return Decimal(f"{cell:f}")
    return "" if cell is None else cell


def _written(page: Any, value: Cell, *, bold: bool = False, amounts: str = "") -> Any:
    """A cell of a sheet, with how it is shown; the zone of a moment is left out, for a sheet knows none."""
    if isinstance(value, datetime):
        shown: Any = value.astimezone(_MALAYSIA).replace(tzinfo=None)
    else:
        shown = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(page, shown)
    if isinstance(value, str):
        cell.data_type = "s"
    shape = _SHAPES.get(type(value), cell.number_format)
    cell.number_format = amounts if amounts and isinstance(value, Decimal) else shape
    if bold:
        cell.font = Font(bold=True)
    return cell
