"""A small file cannot become a large one while it is read: a delivery is refused in words before it costs memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from registry.deliveries import workbook
from registry.deliveries.archives import CSV_ZIP, WORKBOOK, UnreadableDelivery
from registry.deliveries.reading import opened
from registry.deliveries.workbook import Sheets
from registry.uploads import archives
from registry.uploads.archives import Archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MIB = 1 << 20
MOST_MEMORY = 40 * MIB
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_PARTS = {
    "_rels/.rels": _RELATIONS
    + b'<Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % _OFFICE,
    "xl/workbook.xml": b'<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="isirumah" sheetId="1" r:id="r1"/>'
    b'<sheet name="ahli" sheetId="2" r:id="r2"/></sheets></workbook>' % (_MAIN, _OFFICE),
    "xl/_rels/workbook.xml.rels": _RELATIONS
    + b'<Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>' % _OFFICE
    + b'<Relationship Id="r2" Type="%s/worksheet" Target="worksheets/sheet2.xml"/>' % _OFFICE
    + b'<Relationship Id="r3" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>' % _OFFICE,
}
_SHEET, _END = b'<worksheet xmlns="%s"><sheetData>' % _MAIN, b"</sheetData></worksheet>"
_STRINGS = b'<sst xmlns="%s">' % _MAIN


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    """A workbook of these parts; of those it needs and that are not given, empty ones."""
    whole = _PARTS | {
        "xl/worksheets/sheet1.xml": _SHEET + _END,
        "xl/worksheets/sheet2.xml": _SHEET + _END,
        "xl/sharedStrings.xml": _STRINGS + b"</sst>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in (whole | parts).items():
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> tuple[str, int]:
    """What is said of a delivery, and how much memory that took."""
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableDelivery) as raised, opened(path):
            pass
        return str(raised.value), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def varied(size: int) -> bytes:
    """Text of that length that packs to about a fiftieth."""
    words = [b"<row><c t='inlineStr'><is><t>%06d</t></is></c></row>" % (n * 7919 % 1_000_000) for n in range(2_000)]
    return b"".join(words) * (size // (52 * 2_000))


BOMBS: dict[str, tuple[Callable[[], dict[str, bytes]], str]] = {
    "texts, well packed": (
        lambda: {"xl/sharedStrings.xml": _STRINGS + b"<si><t>aaaaaaaaaa</t></si>" * 2_000_000 + b"</sst>"},
        "100 times its size",
    ),
    "a sheet, well packed": (
        lambda: {"xl/worksheets/sheet1.xml": _SHEET + b"<row><c><v>1</v></c></row>" * 3_000_000 + _END},
        "100 times its size",
    ),
    "a row of many cells": (
        lambda: {"xl/worksheets/sheet1.xml": _SHEET + b"<row>" + b"<c><v>1</v></c>" * 500_000 + b"</row>" + _END},
        "256 columns",
    ),
    "a cell far to the right": (
        lambda: {"xl/worksheets/sheet1.xml": _SHEET + b"<row><c r='XFD1'><v>1</v></c></row>" + _END},
        "256 columns",
    ),
    "a long cell": (
        lambda: {
            "xl/worksheets/sheet1.xml": _SHEET
            + b"<row><c t='inlineStr'><is><t>"
            + b"a" * (15 * MIB)
            + b"</t></is></c></row>"
            + _END
        },
        "characters",
    ),
    "nesting": (lambda: {"xl/worksheets/sheet1.xml": _SHEET + b"<a>" * 2_000_000}, "nested"),
    "an attribute without end": (
        lambda: {"xl/worksheets/sheet1.xml": _SHEET + b"<row r='" + b"a" * (15 * MIB) + b"'/>" + _END},
        "without end",
    ),
    "definitions": (
        lambda: {
            "xl/sharedStrings.xml": b"<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
            + _STRINGS
            + b"<si><t>&b;</t></si></sst>"
        },
        "definitions",
    ),
    "many files": (lambda: {f"xl/media/{number}.png": b"" for number in range(1_100)}, "1,000"),
    "styles": (lambda: {"xl/workbook.xml": _PARTS["xl/workbook.xml"] + b" " * (15 * MIB)}, "8 MB"),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_workbook_that_would_grow_is_refused_before_it_costs_memory(tmp_path: Path, kind: str) -> None:
    parts, told = BOMBS[kind]
    path = packed(tmp_path / "banci.xlsx", parts())
    assert path.stat().st_size < MIB
    said, memory = refusal(path)
    assert told in said
    assert "Nothing was imported" in said
    assert ".zip" in said
    assert memory < MOST_MEMORY


@pytest.mark.parametrize(
    ("limit", "most", "rows", "told"),
    [
        ("MOST_ROWS", 10, b"<row/>" * 11, "10 rows"),
        ("MOST_CELLS", 10, b"<row><c><v>1</v></c><c><v>1</v></c></row>" * 6, "10 cells"),
        ("MOST_CHARACTERS", 10, b"<row><c><v>111</v></c></row>" * 4, "of text"),
    ],
)
def test_rows_cells_and_text_of_a_sheet_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, rows: bytes, told: str
) -> None:
    monkeypatch.setattr(workbook, limit, most)
    path = packed(tmp_path / "banci.xlsx", {"xl/worksheets/sheet1.xml": _SHEET + rows + _END})
    assert told in refusal(path)[0]


def test_different_texts_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_STRINGS", 3)
    path = packed(tmp_path / "banci.xlsx", {"xl/sharedStrings.xml": _STRINGS + b"<si/>" * 4 + b"</sst>"})
    assert "different texts" in refusal(path)[0]


def test_a_large_sheet_is_read_in_memory_that_does_not_grow_with_it(tmp_path: Path) -> None:
    content = varied(4 * MIB)
    path = packed(tmp_path / "banci.xlsx", {"xl/worksheets/sheet1.xml": _SHEET + content + _END})
    tracemalloc.start()
    count = sum(1 for _row in Sheets(Archive(path, WORKBOOK)).rows("isirumah"))
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == content.count(b"<row>")
    assert memory < 3 * MIB


def _zipped(path: Path, content: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def test_a_zip_whose_file_would_unpack_to_a_hundred_times_its_size_is_refused(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "banci.zip", {"isirumah.csv": b"a" * (20 * MIB), "ahli.csv": b""})
    assert "100 times" in refusal(path)[0]


def test_a_zip_of_more_files_than_any_delivery_has_is_refused(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "banci.zip", {f"{number}.csv": b"" for number in range(1_001)})
    assert "1,001 files" in refusal(path)[0]


@pytest.mark.parametrize(("limit", "most"), [("entry_bytes", 9), ("total_bytes", 9)])
def test_a_zip_is_bounded_by_file_and_as_a_whole(tmp_path: Path, limit: str, most: int) -> None:
    path = _zipped(tmp_path / "banci.zip", {"isirumah.csv": b"a" * 10})
    may = {name: getattr(CSV_ZIP, name) for name in CSV_ZIP.__slots__} | {limit: most}
    with pytest.raises(UnreadableDelivery, match="unpack to more"):
        Archive(path, archives.Unpacked(**may))


def test_what_comes_out_is_counted_whatever_the_directory_says(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "banci.zip", {"isirumah.csv": b"a" * 1_000})
    archive = Archive(path, CSV_ZIP)
    counted = archives._Counted(None, io.BytesIO(b"a" * 1_000), archive, 999)
    with pytest.raises(UnreadableDelivery, match="more than it says"):
        io.BufferedReader(counted).read()


def test_a_workbook_reads_as_the_library_reads_it(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = " Isirumah "
    values: list[list[Any]] = [
        ["teks", "teks", "ünïcödé & <tag>", "  ruang ", "dua\nbaris"],
        [1, -2.5, 3.0, 1e20, 0.1],
        [date(2026, 7, 1), datetime(1999, 12, 31, 23, 59, tzinfo=UTC).replace(tzinfo=None), time(8, 30), True, False],
        [None, None, "=1+1", None, "akhir"],
        [],
        ["'=bukan formula", CellRichText("tebal ", TextBlock(InlineFont(b=True), "dan nipis")), None, "800101085001"],
    ]
    for row in values:
        sheet.append(row)
    sheet["C4"].data_type = "s"
    sheet["G9"] = "jauh"
    path = tmp_path / "banci.xlsx"
    book.save(path)
    with Archive(path, WORKBOOK).open("xl/workbook.xml") as part:
        assert part.read(5)
    expected = []
    for cells in load_workbook(path, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True):
        texts = [_text(value) for value in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            expected.append(texts)
    assert list(Sheets(Archive(path, WORKBOOK)).rows("isirumah")) == expected


def _text(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d"))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
