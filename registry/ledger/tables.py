"""Small tables that come as files: CSV in the encodings of the field, or the first sheet of a workbook."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from xml.parsers.expat import ExpatError

from registry.deliveries.archives import WORKBOOK, UnreadableDelivery
from registry.deliveries.spreadsheets import unguarded
from registry.deliveries.workbook import Sheets
from registry.uploads.archives import Archive, Unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Row = dict[str, str]

BOUNDS: Final = Unpacked(
    entries=5_000,
    entry_bytes=256 << 20,
    total_bytes=2 << 30,
    ratio=200,
    advice="Divide it.",
    refusal=UnreadableDelivery,
)
"""What a packed folder of tables may unpack to."""
_DAYS: Final = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")
_AMOUNT: Final = re.compile(r"(?:RM ?)?(-?(?:[0-9][0-9,]*(?:\.[0-9]{1,2}0*)?|\.[0-9]{1,2}0*))", re.IGNORECASE)
_ORDER: Final = re.compile(r"[0-9]{1,9}")
_MOST_RM: Final = Decimal("999999999999.99")
_NO_WORKBOOK: Final = (LookupError, ValueError, TypeError, RuntimeError, NotImplementedError, ExpatError)


class MissingColumn(UnreadableDelivery):
    """A table lacks a column that it must have; nothing was taken."""

    key = "ledger_missing_column"


class NoOrder(UnreadableDelivery):
    """A row says no whole number where its place among the others is asked for; nothing was taken."""

    key = "ledger_no_order"


class Folder:
    """Tables in a folder or a zip, found by their path from ``root`` on, whatever folder that lies in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._archive = None if path.is_dir() else Archive(path, BOUNDS)

    def rows(self, name: str, needed: Iterable[str], *, order: str = "") -> list[Row]:
        """The rows of the table ``name``; none where there is no such file. In the order of a column, if one is named.

        Raises:
            MissingColumn: one of the ``needed`` is not there.
            NoOrder: a row says no whole number in the column ``order``.

        """
        raw = self._read(name)
        return [] if raw is None else table(raw, needed, order=order)

    def _read(self, name: str) -> bytes | None:
        if self._archive is None:
            found = self._path / name
            return found.read_bytes() if found.is_file() else None
        held = min((n for n in self._archive.names if n == name or n.endswith(f"/{name}")), key=len, default=None)
        if held is None:
            return None
        with self._archive.open(held) as file:
            return file.read()


def table(raw: bytes, needed: Iterable[str], *, order: str = "") -> list[Row]:
    """The rows of a CSV: UTF-8 with or without a mark, else Windows-1252; separated by commas or semicolons.

    Raises:
        MissingColumn: one of the ``needed`` is not there.
        NoOrder: a row says no whole number in the column ``order``.

    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    ends: list[int] = []

    def cells() -> Iterator[list[str]]:
        for line in lines:
            found = [unguarded(cell) for cell in line]
            if any(found):
                ends.append(lines.line_num)
            yield found

    rows = _named(cells(), needed)
    if order:
        for row, line in zip(rows, ends[1:], strict=True):
            if not _ORDER.fullmatch(row[order]):
                given = row[order][:20]
                said = f"Line {line}: {order} is '{given}'; write a whole number. Nothing was taken."
                raise NoOrder(said, line=line, column=order, given=given)
        rows.sort(key=lambda row: int(row[order]))
    return rows


def sheet(path: Path, needed: Iterable[str]) -> list[Row]:
    """The rows of the first sheet of a workbook; days as yyyy-mm-dd.

    Raises:
        UnreadableDelivery: it is no workbook, or would unpack to too much.
        MissingColumn: one of the ``needed`` is not there.

    """
    try:
        sheets = Sheets(Archive(path, WORKBOOK))
        return _named(sheets.rows(sheets.names[0]), needed)
    except _NO_WORKBOOK as error:
        raise UnreadableDelivery("The file is no workbook that is read.") from error


def day_of(written: str) -> date | None:
    """The day that was written; nothing where it is none."""
    for form in _DAYS:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def amount_of(written: str) -> Decimal | None:
    """The amount that was written, with or without RM and separators; nothing where it is none, or finer than a sen."""
    found = _AMOUNT.fullmatch(written)
    amount = Decimal(found[1].replace(",", "")) if found else None
    return amount if amount is not None and abs(amount) <= _MOST_RM else None


def _named(lines: Iterable[list[str]], needed: Iterable[str]) -> list[Row]:
    every = iter(lines)
    header = [name.strip().lower() for name in next(every, [])]
    if missing := [name for name in needed if name not in header]:
        raise MissingColumn(f"Columns are missing: {', '.join(missing)}.", columns=", ".join(missing))
    rows = (dict(zip(header, (cell.strip() for cell in line), strict=False)) for line in every if any(line))
    return [dict.fromkeys(header, "") | row for row in rows]
