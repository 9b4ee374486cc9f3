"""The tables of a report as a workbook whose sums are formulas, and as one CSV; to the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from registry.deliveries.spreadsheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.reporting.cells import Block
    from registry.reporting.content import Content

_SHAPES: Final = {"count": "#,##0", "rm": "#,##0", "share": "0.0%", "rate": "0.0%", "number": "0.###"}
_ODD: Final = re.compile(r"[\[\]:*?/\\]")
_FIRST: Final = 2
_LAST_CHANGE: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def tables_of(content: Content) -> list[Block]:
    """The tables in the order in which they stand."""
    return [block for block in content["blocks"] if block["kind"] == "table"]


def csv_of(content: Content) -> bytes:
    """Every cell of every table on a line of its own, with the edition, so that no file is like another one's."""
    head = ("edisi", "petikan", "bulan", "tanda", "jadual", "baris", "label", "lajur", "nilai", "ditulis")
    text = io.StringIO(newline="")
    write_csv(text, head, _lines(content))
    return ("\ufeff" + text.getvalue()).encode()


def _lines(content: Content) -> list[tuple[str | int | Decimal, ...]]:
    found: list[tuple[str | int | Decimal, ...]] = []
    own = (content["number"], content["snapshot"], content["month"][:7], content["mark"])
    for block in tables_of(content):
        rows = [*block["rows"], *([block["total"]] if block["total"] else [])]
        for number, row in enumerate(rows, start=1):
            label = " · ".join(
                cell[1] for cell, column in zip(row, block["columns"], strict=True) if column["kind"] == "text"
            )
            for cell, column in zip(row, block["columns"], strict=True):
                if column["kind"] != "text":
                    value = "" if cell[0] is None else _number(cell[0])
                    found.append((*own, block["title"], number, label, column["name"], value, cell[1]))
    return found


def workbook_of(content: Content) -> bytes:
    """A sheet for each table. A total is the sum of its column where the parts add up to it, a rate its quotient."""
    book = Workbook()
    first: Any = book.active
    first.title = "Laporan"
    for line in (
        content["title"], content["subtitle"], content["mark"], content["footing"], content["source"], content["foot"],
        content["program"],
    ):  # fmt: skip
        if line:
            _text(first, first.max_row + 1 if first["A1"].value else 1, 1, line)
    first.column_dimensions["A"].width = 120
    names: set[str] = {"Laporan"}
    for block in tables_of(content):
        _sheet(book, block, names)
    moment = datetime.fromisoformat(content["made_at"]).replace(tzinfo=None)
    book.properties.created = moment
    book.properties.title, book.properties.creator = content["title"], "eKasih"
    file = io.BytesIO()
    book.save(file)
    return _same_bytes(file.getvalue(), moment)


def _sheet(book: Workbook, block: Block, names: set[str]) -> None:
    page: Any = book.create_sheet(_name(block["title"], names))
    page.freeze_panes = "A2"
    columns = block["columns"]
    for place, column in enumerate(columns, start=1):
        head = _text(page, 1, place, column["name"])
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[get_column_letter(place)].width = 32 if column["kind"] == "text" else 16
    for row_number, row in enumerate(block["rows"], start=_FIRST):
        _row(page, row_number, row, columns)
    if block["total"]:
        _total(page, _FIRST + len(block["rows"]), block)
    if block["note"]:
        _text(page, page.max_row + 2, 1, block["note"])


def _row(page: Any, number: int, row: Sequence[Any], columns: Sequence[Any]) -> None:
    for place, (cell, column) in enumerate(zip(row, columns, strict=True), start=1):
        if cell[0] is None or column["kind"] == "text" or isinstance(value := _number(cell[0]), str):
            _text(page, number, place, cell[1])
        else:
            made = page.cell(number, place, _quotient(number, row, column) or value)
            made.number_format = _SHAPES[column["kind"]]


def _quotient(number: int, row: Sequence[Any], column: Any) -> str | None:
    """The formula of a rate, where both of what it divides stand in the row."""
    if not column["over"] or any(row[place][0] is None for place in column["over"]):
        return None
    part, whole = (f"{get_column_letter(place + 1)}{number}" for place in column["over"])
    return f"=IF({whole}=0,0,{part}/{whole})"


def _total(page: Any, number: int, block: Block) -> None:
    _row(page, number, block["total"], block["columns"])
    last = number - 1
    for place, column in enumerate(block["columns"]):
        letter = get_column_letter(place + 1)
        page.cell(number, place + 1).font = Font(bold=True)
        if column["adds"] and adds_up(block, place):
            page.cell(number, place + 1, f"=SUM({letter}{_FIRST}:{letter}{last})")


def adds_up(block: Block, place: int) -> bool:
    """Whether the parts of a column are all there, and together what the total says."""
    whole = block["total"][place][0]
    parts = [row[place][0] for row in block["rows"]]
    if whole is None or None in parts or not parts:
        return False
    return sum(Decimal(str(part)) for part in parts) == Decimal(str(whole))


def _text(page: Any, row: int, column: int, words: str) -> Any:
    made = page.cell(row, column, words)
    # whatever it looks like, it is text and no formula
    made.data_type = "s"
    return made


def _number(value: str | int) -> int | Decimal | str:
    """A value as a number; words in place of one as they are."""
    if isinstance(value, int):
        return value
    return Decimal(value) if _is_number(value) else value


def _is_number(value: str) -> bool:
    return re.fullmatch(r"-?[0-9.]+(e-?[0-9]+)?", value) is not None


def _name(title: str, taken: set[str]) -> str:
    plain = _ODD.sub(" ", title)[:28].strip() or "Jadual"
    name, more = plain, 1
    while name in taken:
        more += 1
        name = f"{plain[:26]} {more}"
    taken.add(name)
    return name


def _same_bytes(made: bytes, moment: datetime) -> bytes:
    """The workbook without the moment at which it was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _LAST_CHANGE.sub(rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", part)
            new.writestr(zipfile.ZipInfo(name, _EARLIEST), part, compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()
