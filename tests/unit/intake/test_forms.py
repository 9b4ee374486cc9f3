"""The forms of the public say what is wrong with a form, ask a representative one page more, and make codes."""

from __future__ import annotations

import re

import pytest

from registry.intake.codes import codes_of, read_reference, secret_hash
from registry.intake.forms import QUESTIONS, questions, read_form, sent_values

DISTRICTS = ("0803", "0805")
FILLED = {
    "who": "kir", "name": " Siti binti\x00 Contoh ", "id_no": "790202-08-5002", "phone": "", "district": "0803",
    "village": "Kg. Rekaan", "persons": "5", "under_18": "3", "over_60": "", "income": "hingga_500",
    "urgent": ["rawatan"], "words": "", "consent": "1",
}  # fmt: skip


def test_a_form_that_is_filled_in_is_read_as_values() -> None:
    form = read_form(
        "daftar", FILLED | {"latitude": "4.5", "longitude": "101.1", "role": "pentadbir"}, districts=DISTRICTS
    )
    assert form.problems == {}
    values = sent_values(form)
    assert values["name"] == "Siti binti Contoh"
    assert (values["persons"], values["latitude"], values["urgent"]) == (5, 4.5, ["rawatan"])
    assert "role" not in values
    assert "words" not in values


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"who": "raja"}, {"who": "choice"}),
        ({"name": "x" * 121}, {"name": "long"}),
        ({"id_no": ""}, {"id_no": "required"}),
        ({"id_no": "12"}, {"id_no": "id_no"}),
        ({"phone": "tiada"}, {"phone": "phone"}),
        ({"district": "9999"}, {"district": "required"}),
        ({"village": ""}, {"village": "somewhere"}),
        ({"latitude": "4.5"}, {"longitude": "both"}),
        ({"latitude": "51.5", "longitude": "101"}, {"latitude": "point"}),
        ({"persons": "0"}, {"persons": "required"}),
        ({"persons": "31"}, {"persons": "persons"}),
        ({"under_18": "6"}, {"under_18": "too_many"}),
        ({"income": "kaya"}, {"income": "choice"}),
        ({"urgent": []}, {"urgent": "required"}),
        ({"urgent": ["tiada", "makanan"]}, {"urgent": "nothing_else"}),
        ({"consent": ""}, {"consent": "consent"}),
        ({"who": "guru", "id_no": "", "teller_name": "Cikgu", "teller_phone": "012-3456789", "knows": ""},
         {"knows": "required"}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_form_stands_at_its_field(changed: dict[str, object], problem: dict[str, str]) -> None:
    assert read_form("daftar", FILLED | changed, districts=DISTRICTS).problems == problem


def test_a_representative_is_asked_one_page_more_and_need_not_know_the_number() -> None:
    assert "wakil" in questions("daftar", {"who": "jiran"})
    assert "wakil" not in questions("daftar", {"who": "ahli"})
    told = {"who": "jiran", "id_no": "", "teller_name": "Ali", "teller_phone": "012-3456789", "knows": "tidak"}
    assert read_form("daftar", FILLED | told, districts=DISTRICTS).problems == {}
    of_family = read_form("daftar", FILLED | {"teller_name": "Ali"}, districts=DISTRICTS)
    assert of_family.answers["teller_name"] == ""


def test_a_notice_asks_for_no_identity_number_and_needs_a_place_and_what_was_seen() -> None:
    asked = {field for _name, fields in QUESTIONS["maklum"] for field in fields}
    assert "id_no" not in asked
    assert "teller_name" not in asked
    form = read_form("maklum", {"district": "0803", "address": "Rumah biru"}, districts=DISTRICTS)
    assert form.problems == {"seen": "required"}
    told = {"district": "0803", "address": "Rumah biru", "words": "Tiada bumbung"}
    assert read_form("maklum", told, districts=DISTRICTS).problems == {}


def test_codes_are_those_of_a_form_and_are_read_however_they_are_typed() -> None:
    codes = codes_of("daftar", "n", key="k")
    assert re.fullmatch(r"D(-[0-9A-HJKMNP-TV-Z]{4}){2}", codes.reference)
    assert codes == codes_of("daftar", "n", key="k")
    others = {codes_of("maklum", "n", key="k"), codes_of("daftar", "m", key="k"), codes_of("daftar", "n", key="l"),
              codes_of("daftar", "n", key="k", turn=1)}  # fmt: skip
    assert len({codes, *others}) == 5
    assert read_reference(codes.reference.lower().replace("-", " ")) == codes.reference
    assert read_reference("d0o1il23z") == "D-0011-123Z"
    assert [read_reference(typed) for typed in ("", "D-123", "X-0000-0000", "D-000U-0000")] == [None] * 4
    assert len({codes_of("daftar", str(n), key="k").reference for n in range(3000)}) == 3000
    kept = secret_hash(codes.reference, codes.secret, key="k")
    assert kept == secret_hash(codes.reference, codes.secret.lower().replace("-", ""), key="k")
    assert len(kept) == len(secret_hash("D-0000-0000", "apa-apa", key="k")) == 32
    assert kept != secret_hash(codes.reference, codes.secret, key="l")
