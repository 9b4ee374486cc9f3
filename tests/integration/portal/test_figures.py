"""The public map: what was approved, at addresses that never change, without a script, and as files."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from portal.language import LANGUAGES
from registry.principals import Role
from registry.status.months import close_months
from tests.releases import approve_next
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy import Connection, Engine

NUMBER = "2026-09.1"
_MOST_BYTES = 100_000


@pytest.fixture
def released(owner: Connection, web: Engine) -> str:
    """A release of two months of a register of a few hundred households in three states."""
    for number in range(300):
        district = ("0803", "0801", "1001", "0101", "0102")[number % 5]
        add_household(
            owner, f"A{number:03}", district=district, income=1500 if number % 3 else 260, on_date="2026-08-10"
        )
    add_household(owner, "B1", district="0805", income=1500, on_date="2026-09-10")
    close_months(owner, up_to=date(2026, 10, 2))
    who = add_principal(owner, "icu", Role.NATIONAL)
    owner.commit()
    assert approve_next(owner, web, who, today=date(2026, 10, 2)) == NUMBER
    return NUMBER


def test_before_a_release_is_approved_nothing_is_shown(portal: FlaskClient) -> None:
    assert portal.get("/awam/peta").status_code == 200
    assert portal.get("/awam/sisip").status_code == 200
    for path in ("", "/MY/miskin", "/kiraan.csv", "/bantuan.csv", "/peta.geojson", "/MY/miskin.png"):
        assert portal.get(f"/awam/peta/{NUMBER}{path}").status_code == 404


def test_a_release_is_a_map_with_its_table_files_and_a_frame_for_other_sites(
    portal: FlaskClient, released: str
) -> None:
    _is_a_map_with_its_table(portal, released)
    for language in LANGUAGES:
        _says_where_it_is_from(portal, released, language)
    _has_files(portal, released)
    assert "frame-ancestors *" in portal.get("/awam/sisip").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in portal.get("/awam/peta").headers["Content-Security-Policy"]


def _is_a_map_with_its_table(portal: FlaskClient, released: str) -> None:
    newest, own = (portal.get(path).get_data(as_text=True) for path in ("/awam/peta", f"/awam/peta/{released}"))
    assert newest == own.replace(f'ke=/awam/peta/{released}"', 'ke=/awam/peta"')
    perak = portal.get(f"/awam/peta/{released}/08/miskin").get_data(as_text=True)
    assert "Kinta" in perak
    assert re.search(r"<title>Kinta: 60</title>", perak)
    assert re.search(r"Kinta(</a>)?</th>\s*<td class=\"number\">60</td>", perak)
    assert "&lt; 10" in perak
    district = portal.get(f"/awam/peta/{released}/0803/tegar").get_data(as_text=True)
    assert 'class="course"' in district
    for path in ("/08/umur", "/99/miskin", "/080305/miskin", "/08/miskin.svg"):
        assert portal.get(f"/awam/peta/{released}{path}").status_code == 404


def _says_where_it_is_from(portal: FlaskClient, released: str, language: str) -> None:
    for path in ("/peta", f"/peta/{released}/08/kadar", f"/peta/{released}/0803/miskin", "/sisip", "/sisip/08/tegar"):
        answer = portal.get(f"/awam{path}", headers={"Cookie": f"ekasih_bahasa={language}"})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert len(answer.data) < _MOST_BYTES
        assert released in page
        assert "eKasih" in page
        assert "Natural Earth" in page
        assert "<script" not in page
        assert "style=" not in page
        assert "peta." not in re.sub(r"peta\.(css|geojson)", "", page)


def _has_files(portal: FlaskClient, released: str) -> None:
    counts = portal.get(f"/awam/peta/{released}/kiraan.csv")
    rows = list(csv.DictReader(io.StringIO(counts.data.decode("utf-8-sig"))))
    kinta = [row for row in rows if row["kod"] == "0803" and row["bulan"] == "2026-09" and row["pecahan"] == "all"]
    assert {(row["ukuran"], row["isi_rumah"]) for row in kinta} == {("miskin", "60"), ("tegar", "20")}
    assert {row["isi_rumah"] for row in rows if row["kod"] == "0805" and row["ukuran"] == "miskin"} == {"<10"}
    assert all(row["sumber"] and row["setakat"] == "2026-10-02" for row in rows)
    assert portal.get(f"/awam/peta/{released}/bantuan.csv").status_code == 200
    found = json.loads(portal.get(f"/awam/peta/{released}/peta.geojson").data)
    assert found["keluaran"] == released
    places = {one["properties"]["kod"]: one["properties"] for one in found["features"]}
    assert places["0803"]["miskin"] == 60
    assert places["0805"]["miskin"] == "<10"
    picture = portal.get(f"/awam/peta/{released}/08/miskin.png")
    assert Image.open(io.BytesIO(picture.data)).format == "PNG"
    assert f"ekasih-{released}-08-miskin.png" in picture.headers["Content-Disposition"]


def test_a_corrected_release_stays_where_it_was_and_leads_to_the_new_one(
    portal: FlaskClient, released: str, owner: Connection, web: Engine
) -> None:
    before = portal.get(f"/awam/peta/{released}/kiraan.csv").data
    one, other = (add_principal(owner, login, Role.NATIONAL) for login in ("icu2", "icu3"))
    owner.commit()
    number = approve_next(owner, web, other, today=date(2026, 10, 3), asked_by=one)
    assert portal.get(f"/awam/peta/{released}/kiraan.csv").data == before
    assert f"/awam/peta/{number}" in portal.get(f"/awam/peta/{released}").get_data(as_text=True)
    assert number in portal.get("/awam/peta").get_data(as_text=True)
