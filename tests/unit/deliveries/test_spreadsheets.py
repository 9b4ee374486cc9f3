"""Nothing that is written for a spreadsheet is taken for a formula, and all of it can be read back as it was."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.deliveries.spreadsheets import GUARDED_BYTES, GUARDED_SQL, guarded, unguarded, write_csv

PROJECT = Path(__file__).resolve().parents[3]
MARKS = "=+-@\t\r\n"
TEXTS = st.text(alphabet=st.sampled_from(f"{MARKS}'\"a1 "), max_size=6)
# who writes for the importer's own eyes, or makes the sample that the importer reads
_NOT_FOR_SPREADSHEETS = {
    "registry/deliveries/reading.py",
    "registry/deliveries/spreadsheets.py",
    "registry/demo/aid.py",
    "registry/demo/deliveries.py",
    "registry/reporting/sheets.py",
}


@given(TEXTS | st.text())
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(TEXTS | st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).startswith(tuple(MARKS))


@given(TEXTS)
def test_what_was_guarded_is_found_in_the_file_and_by_the_database(text: str) -> None:
    was_guarded = guarded(text) != text
    assert bool(re.match(GUARDED_SQL, guarded(text))) == was_guarded
    if was_guarded:
        assert GUARDED_BYTES.search(guarded(text).encode())


def test_a_file_has_guarded_texts_and_plain_numbers() -> None:
    file = io.StringIO(newline="")
    write_csv(file, ["=kepala", "b"], [["=1+1", -5], ["@x", None], ["biasa", 2]])
    assert list(csv.reader(io.StringIO(file.getvalue()))) == [
        ["'=kepala", "b"],
        ["'=1+1", "-5"],
        ["'@x", ""],
        ["biasa", "2"],
    ]


@pytest.mark.parametrize("room", ["dashboard", "registry", "queries", "layers"])
def test_nobody_else_writes_for_spreadsheets(room: str) -> None:
    writers = re.compile(r"csv\.(writer|DictWriter)|\bto_csv\b|to_excel|xlsxwriter|Workbook\(|write_csv\(table")
    found = {
        str(path.relative_to(PROJECT))
        for path in (PROJECT / room).rglob("*.py")
        if writers.search(path.read_text(encoding="utf-8"))
    }
    assert found <= _NOT_FOR_SPREADSHEETS
