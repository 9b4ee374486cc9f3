"""A ledger's files are tried out: the report is that of the truth, and nothing of it stays."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.errors import InvalidInput
from registry.ledger.tables import MissingColumn, NoOrder
from registry.ledger.trial import try_ledger
from words import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

LEDGER = """urutan,tarikh,arahan,tahun,kod_program,pejabat,kes,amaun,rujukan,rujukan_asal,fail
10,20/06/2025,jawapan,2025,,,,,,,jawapan.csv
1,02/01/2025,peruntukan,2025,P,,,"1,000.00",A-1,,
2,03/01/2025,waran,2025,P,O,,900.00,W-1,,
3,04/01/2025,tanggungan,2025,P,O,K,500.00,T-1,,
4,05/01/2025,bayar,2025,P,O,K,100.00,P-1,,
5,05/01/2025,bayar,2025,P,O,K,100.00,P-2,,
6,05/01/2025,bayar,2025,P,O,K,100.00,P-3,,
7,05/01/2025,bayar,2025,P,O,K,300.00,P-4,,
"""
LISTED = "no_senarai;no_bayaran;tarikh_senarai\n" + "".join(f"S-1;P-{n};05/06/2025\n" for n in (1, 2, 3, 4))
ANSWERS = """no_senarai,no_bayaran,status,tarikh_proses,amaun
S-1,P-4,berjaya,10/06/2025,300.00
S-2,P-1,berjaya,10/06/2025,100.00
S-1,P-1,selesai,10/06/2025,100.00
S-1,P-1,berjaya,10/06/2025,100.00
S-1,P-2,berjaya,04/06/2025,100.00
S-1,P-3,dipulangkan,2025-06-20,100
"""


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "bantuan.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lejar/lejar.csv", LEDGER.encode("utf-8-sig"))
        archive.writestr("lejar/senarai.csv", LISTED)
        archive.writestr("lejar/jawapan.csv", ANSWERS)
    return path


def test_commands_and_answers_are_judged_in_their_order_and_nothing_stays(owner_engine: Engine, packed: Path) -> None:
    assert try_ledger(owner_engine, packed) == {
        "ledger": {
            "commands": 7,
            "accepted": 6,
            "refused": {"baki_tidak_cukup": 1},
            "answers": {
                "jawapan.csv": {
                    "baris_berulang": 1,
                    "bayaran_tidak_dikenali": 2,
                    "gagal": 1,
                    "status_tidak_dikenali": 1,
                    "tarikh_tidak_sah": 1,
                }
            },
            "balances": {
                "2025/P/DALAM_BAYARAN": "200.00",
                "2025/P/PERUNTUKAN": "100.00",
                "2025/P/SUMBER": "-1000.00",
                "2025/P/TANGGUNGAN": "300.00",
                "2025/P/WARAN": "400.00",
            },
            "offices": {
                "2025/P/O/DALAM_BAYARAN": "200.00",
                "2025/P/O/TANGGUNGAN": "300.00",
                "2025/P/O/WARAN": "400.00",
            },
        }
    }
    with owner_engine.connect() as connection:
        for table in ("ledger_entry", "payment", "payment_answer_file", "aid_programme", "office"):
            assert connection.scalar(text(f"SELECT count(*) FROM ekasih.{table}")) == 0, table


def _trial(engine: Engine, folder: Path, ledger: str, **files: str) -> dict[str, Any]:
    for name, content in {"lejar": ledger, **files}.items():
        path = folder / "lejar" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return try_ledger(engine, folder)["ledger"]


def test_a_list_has_one_day_in_whatever_writing(owner_engine: Engine, tmp_path: Path) -> None:
    listed = LISTED.replace("P-2;05/06/2025", "P-2;2025-06-05")
    tried = _trial(owner_engine, tmp_path, LEDGER, senarai=listed, jawapan=ANSWERS)
    assert tried["answers"]["jawapan.csv"]["tarikh_tidak_sah"] == 1


def test_commands_references_and_codes_are_compared_in_capitals(owner_engine: Engine, tmp_path: Path) -> None:
    typed = LEDGER.replace("bayar,2025,P,O,K", "Bayar,2025,p,o,k").replace(
        "10,20/06/2025,jawapan", "10,20/06/2025,JAWAPAN"
    )
    again = "8,06/01/2025,peruntukan,2025,p,,,5.00,a-1,,\n9,06/01/2025,sah,2025,P,O,K,100.00,J-1,p-1,\n"
    tried = _trial(owner_engine, tmp_path, typed + again, senarai=LISTED.lower(), jawapan=ANSWERS)
    assert tried["refused"] == {"baki_tidak_cukup": 1, "rujukan_berulang": 1}
    assert tried["balances"]["2025/P/BELANJA"] == "100.00"
    assert tried["answers"]["jawapan.csv"]["gagal"] == 1


def test_no_money_is_made_by_rounding(owner_engine: Engine, tmp_path: Path) -> None:
    tried = _trial(owner_engine, tmp_path, LEDGER.replace('"1,000.00"', '"1,000.005"'), jawapan=ANSWERS)
    assert tried["accepted"] == 0
    assert tried["refused"]["amaun_tidak_positif"] == 1


def test_files_without_a_ledger_or_a_column_are_refused(owner_engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        try_ledger(owner_engine, tmp_path)
    (tmp_path / "lejar").mkdir()
    (tmp_path / "lejar" / "lejar.csv").write_text("urutan,tarikh\n1,2\n", encoding="utf-8")
    with pytest.raises(MissingColumn):
        try_ledger(owner_engine, tmp_path)


def test_the_sample_of_perak_comes_to_its_truth(owner_engine: Engine, shared_folder: Path) -> None:
    packed = shared_folder / "register" / "bantuan_perak.zip"
    if not packed.is_file():
        pytest.skip("the sample of aid is not there")
    truth = json.loads(packed.with_suffix(".truth.json").read_text(encoding="utf-8"))
    assert try_ledger(owner_engine, packed)["ledger"] == truth["ledger"]


@pytest.mark.parametrize("written", ["", "3a", "-1", "1.5", "tiga", "٣"])
def test_a_row_without_a_place_in_the_order_is_told_by_its_line(
    owner_engine: Engine, tmp_path: Path, written: str
) -> None:
    (tmp_path / "lejar").mkdir()
    broken = LEDGER.replace("\n3,", f"\n\n{written},")
    (tmp_path / "lejar" / "lejar.csv").write_text(broken, encoding="utf-8")
    with pytest.raises(NoOrder) as refused:
        try_ledger(owner_engine, tmp_path)
    assert refused.value.values == {"line": 6, "column": "urutan", "given": written}
    assert "Line 6: urutan" in str(refused.value)
    said = {lang: words_of(lang)("error.ledger_no_order", **refused.value.values) for lang in ("ms", "en")}
    assert said["ms"].startswith("Baris 6: urutan")
    assert said["en"].startswith("Line 6: urutan")
