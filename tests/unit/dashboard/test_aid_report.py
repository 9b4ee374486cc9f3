"""Reports of deliveries of aid on screen: every reason has words, and no sum is left out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import registry.aid
from dashboard.pages.deliveries.aid_report import MOST, aid_findings, aid_reported
from words import words_of

_CODE = re.compile(r"""["']([a-z]+(?:_[a-z]+)+)["']""")
# the judging of lines: whatever is written there in quotes and in Malay is a reason
_JUDGING = ("fates.py", "lines.py", "recipients.py", "importing.py", "storing.py", "sql/refused.sql")
_MALAY = re.compile(
    r"_(tidak|kosong|berulang|bercanggah|lemah|sah|ditahan|dibatalkan|padan|asal|kawalan|tiada)(_|$)|^tiada_"
)
_NO_REASON = re.compile(
    r"^(no|nama|tarikh|tempoh|jenis|kod|bil|jumlah)_(rujukan(_asal)?|baris|program|jenis|kp|fail|permohonan|penghantaran|"
    r"agensi|jana|lahir|mula|tamat|bayar|batal)$"
)


def figures(**other: Any) -> dict[str, Any]:
    sums = {"lines": 2, "gross_rm": "1200.50", "reversed_rm": "100.00", "net_rm": "1100.50", "households": 2}
    return {
        "lines": 6,
        "accepted": {"lines": 2, "gross_rm": "1200.50", "reversals": 1, "reversed_rm": "100.00", "net_rm": "1100.50"},
        "unchanged": 0,
        "held": {"nama_tidak_padan": 1},
        "rejected": {"tarikh_tidak_sah": 2},
        "warnings": {"nama_berbeza": 1},
        "deliveries": [
            {"folder": "a", "agency": "SATU", "number": "1", "state": "refused", "reason": "jumlah_kawalan"},
        ],
        "by_programme": {"SATU-HIDUP": sums},
        "by_district": {"0803": {"SATU-HIDUP": sums}},
        "double_aid": {"pairs": 4},
    } | other


def reported(language: str, told: dict[str, Any], *, own: bool = True, state: str = "ready") -> str:
    found: Any = {"report": told, "state": state, "own": own, "upload_id": 7, "reported_at": datetime.now(UTC)}
    return str(aid_reported(found, {"0803": "Kinta"}, {"SATU-HIDUP": "Sara hidup"}, words_of(language)))


@pytest.mark.parametrize("language", ["ms", "en"])
def test_every_reason_of_the_judging_has_words(language: str) -> None:
    folder, words = Path(registry.aid.__file__).parent, words_of(language)
    said = {code for name in _JUDGING for code in _CODE.findall((folder / name).read_text(encoding="utf-8"))}
    known = {code for code in said if words.has(f"aid_delivery.code_{code}")}
    assert len(known) >= 43
    assert {code for code in said - known if _MALAY.search(code) and not _NO_REASON.match(code)} == set()


@pytest.mark.parametrize("language", ["ms", "en"])
def test_a_report_tells_its_sums_its_reasons_and_its_places(language: str) -> None:
    words, said = words_of(language), reported(language, figures())
    for text in ("RM1,200.50", "RM100.00", "RM1,100.50", "Kinta", "Sara hidup (SATU-HIDUP)"):
        assert text in said
    for code in ("nama_tidak_padan", "tarikh_tidak_sah", "nama_berbeza", "jumlah_kawalan"):
        assert words(f"aid_delivery.code_{code}") in said
    assert "/penghantaran-bantuan/7/semula.zip" in said


def test_double_aid_that_was_found_is_a_link_away_once_it_is_in_the_register() -> None:
    assert "/bantuan-bertindih" in reported("ms", figures(), state="imported")
    assert "/bantuan-bertindih" not in reported("ms", figures())
    assert "/bantuan-bertindih" not in reported("ms", figures(double_aid={"pairs": 0}), state="imported")


def test_who_did_not_send_it_is_offered_no_file() -> None:
    assert "semula.zip" not in reported("ms", figures(), own=False)


def test_a_long_list_of_deliveries_says_how_many_there_are() -> None:
    many = [{"folder": str(n), "agency": "SATU", "number": str(n), "state": "already"} for n in range(MOST + 1)]
    said = reported("en", figures(deliveries=many))
    assert f"1 to {MOST} of {MOST + 1}" in said


def test_what_was_found_names_the_columns_that_are_missing_and_passed_over() -> None:
    found = [
        {"table": "a", "head": [["no_penghantaran", "9"]], "columns": ["no_kp"], "unknown": ["warna"], "absent": [],
         "missing": ["amaun"], "rows": [["######-##-5001"]], "of": 3},
        {"table": "rujukan", "tables": ["kadar"], "of": 3},
    ]  # fmt: skip
    said = str(aid_findings(found, words_of("ms")))
    for text in ("warna", "amaun", "kadar", "######-##-5001", "1 hingga 1 daripada 3"):
        assert text in said
