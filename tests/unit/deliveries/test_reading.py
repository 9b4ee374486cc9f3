"""Opening a delivery: whatever it is wrapped in, the same rows come out, or words that say what to do."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from registry.deliveries.archives import CSV_ZIP, UnreadableDelivery
from registry.deliveries.layout import HOUSEHOLDS, PERSONS
from registry.deliveries.reading import MissingColumns, opened, plain_lines

if TYPE_CHECKING:
    from pathlib import Path

_ROW = "1,01/01/2026,Perak,Kinta,Bandar\n"
_PERSON = "1,Orang,KIR,0,0,0,0\n"


def _delivery(folder: Path, *, households: bytes | None = None, persons: bytes | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "isirumah.csv").write_bytes(households or (",".join(HOUSEHOLDS.required) + "\n" + _ROW).encode())
    (folder / "ahli.csv").write_bytes(persons or (",".join(PERSONS.required) + "\n" + _PERSON).encode())
    return folder


def _rows(path: Path) -> list[list[str]]:
    with opened(path) as files:
        file = files[0]
        content = b"".join(file.chunks()).decode("cp1252" if file.encoding == "WIN1252" else "utf-8")
        return list(csv.reader(io.StringIO(content), delimiter=file.delimiter))[1:]


def _checksum(path: Path) -> str:
    with opened(path) as files:
        return files[0].sha256


@given(st.lists(st.sampled_from([b"a", b"\r", b"\n", b"\xef\xbb\xbf", b'"'])).map(b"".join))
def test_line_ends_become_one_kind_and_blank_lines_go(content: bytes) -> None:
    text = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    kept = [line for line in text.split(b"\n") if line]
    found = b"".join(plain_lines(lambda: io.BytesIO(content)))
    assert found.rstrip(b"\n") == b"\n".join(kept)


def test_a_line_end_that_falls_between_two_reads_is_one_line_end() -> None:
    content = b"a" * ((1 << 20) + 2) + b"\r\nb\r\n"
    assert b"".join(plain_lines(lambda: io.BytesIO(content))) == content.replace(b"\r\n", b"\n")


def test_line_ends_a_mark_and_blank_lines_at_the_end_do_not_make_another_delivery(tmp_path: Path) -> None:
    plain = (",".join(HOUSEHOLDS.required) + "\n" + _ROW).encode()
    odd = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n") + b"\r\n\r\n"
    assert _checksum(_delivery(tmp_path / "a", households=plain)) == _checksum(
        _delivery(tmp_path / "b", households=odd)
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_of_the_header(tmp_path: Path, delimiter: str) -> None:
    content = (",".join(HOUSEHOLDS.required) + "\n" + _ROW).replace(",", delimiter)
    assert _rows(_delivery(tmp_path, households=content.encode())) == [_ROW.strip().split(",")]


def test_header_names_are_found_in_any_case_and_with_any_separator(tmp_path: Path) -> None:
    header = '" No. Isirumah ",TARIKH-BANCI,Negeri,"daerah ",STRATA,Catatan'
    with opened(_delivery(tmp_path, households=f"{header}\n{_ROW.strip()},x\n".encode())) as files:
        assert files[0].columns[:5] == HOUSEHOLDS.required
        assert files[0].unknown == ("Catatan",)


@pytest.mark.parametrize("text", ["Señorita", "Kampung Ibañez\u2019", "中文"])
def test_letters_beyond_ascii_are_read_as_utf8(tmp_path: Path, text: str) -> None:
    content = ",".join(HOUSEHOLDS.required) + "\n" + _ROW.replace("Kinta", text)
    assert _rows(_delivery(tmp_path, households=content.encode()))[0][3] == text


@pytest.mark.parametrize("text", ["Señorita", "Kampung Ibañez\u2019"])
def test_letters_that_are_no_utf8_are_read_as_cp1252(tmp_path: Path, text: str) -> None:
    content = ",".join(HOUSEHOLDS.required) + "\n" + _ROW.replace("Kinta", text)
    assert _rows(_delivery(tmp_path, households=content.encode("cp1252")))[0][3] == text


def test_a_column_that_comes_twice_is_refused_by_name(tmp_path: Path) -> None:
    header = ",".join((*HOUSEHOLDS.required, "Daerah"))
    with (
        pytest.raises(UnreadableDelivery, match=r"isirumah.csv has the column daerah twice"),
        opened(_delivery(tmp_path, households=header.encode())),
    ):
        pass


def test_an_empty_file_lacks_every_column(tmp_path: Path) -> None:
    with (
        pytest.raises(MissingColumns, match="no_isirumah, tarikh_banci"),
        opened(_delivery(tmp_path, households=b"\n")),
    ):
        pass


def _zipped(target: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def test_names_in_a_zip_that_lead_outside_are_refused_and_write_nothing(tmp_path: Path) -> None:
    folder = _delivery(tmp_path / "deep")
    members = {f"../../{file.name}": file.read_bytes() for file in folder.iterdir()}
    path = _zipped(tmp_path / "deep" / "banci.zip", members)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UnreadableDelivery, match="leads out"), opened(path):
        pass
    assert sorted(tmp_path.rglob("*")) == before


def test_a_zip_that_would_fill_the_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.deliveries.reading.CSV_ZIP", replace(CSV_ZIP, total_bytes=10))
    folder = _delivery(tmp_path / "d")
    path = _zipped(tmp_path / "banci.zip", {file.name: file.read_bytes() for file in folder.iterdir()})
    with pytest.raises(UnreadableDelivery, match="Divide it by state"), opened(path):
        pass


def test_a_zip_that_is_damaged_or_locked_is_refused_in_words(tmp_path: Path) -> None:
    folder = _delivery(tmp_path / "d")
    path = _zipped(tmp_path / "banci.zip", {file.name: file.read_bytes() for file in folder.iterdir()})
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"Kinta", b"Kinto"))
    with pytest.raises(UnreadableDelivery, match="damaged"), opened(path):
        pass
    # bit 0 of the flags of every entry, here and in the directory at the end, says that it is encrypted
    locked = bytearray(whole)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := whole.find(mark, at + 1)) >= 0:
            locked[at + offset] |= 1
    path.write_bytes(bytes(locked))
    with pytest.raises(UnreadableDelivery, match="password"), opened(path):
        pass


def test_rows_of_a_sheet_are_as_wide_as_its_header_and_empty_ones_are_left_out(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "isirumah"
    sheet.append([*HOUSEHOLDS.required, "mukim"])
    sheet.append([])
    sheet.append(_ROW.strip().split(","))
    persons = book.create_sheet("AHLI")
    persons.append(list(PERSONS.required))
    persons.append([1, "Orang", "KIR", 1200.5, 0, 0, 0])
    book.save(tmp_path / "banci.xlsx")
    assert _rows(tmp_path / "banci.xlsx") == [[*_ROW.strip().split(","), ""]]


def test_a_workbook_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "banci.xlsx", {"xl/workbook.xml": b"<workbook"})
    with pytest.raises(UnreadableDelivery, match="workbook"), opened(path):
        pass
