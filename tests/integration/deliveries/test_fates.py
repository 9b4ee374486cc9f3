"""What becomes of a household of a census delivery, rule by rule of the specification."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.deliveries.birm import import_birm
from registry.status.recount import recount
from tests.integration.deliveries.deliveries import Delivery

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from registry.deliveries.birm import DeliveryReport

DAY = date(2026, 7, 1)


def _imported(engine: Engine, delivery: Delivery, folder: Path, *, day: date = DAY) -> DeliveryReport:
    return import_birm(engine, delivery.write(folder), received_on=day)


def test_an_accepted_household_is_registered_counted_and_decided(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    report = _imported(owner_engine, Delivery().household("H1", members=4, income="RM1,000.00"), tmp_path)
    assert report.figures["accepted"] == {"tegar": 1, "miskin": 0, "bukan": 0, "total": 1}
    row = owner.execute(
        text("""
            SELECT h.income_rm, h.member_count, h.status, d.cause, d.effective_on, h.district_code, h.geom_method
            FROM household AS h JOIN status_decision AS d ON d.household_id = h.id
        """)
    ).one()
    assert tuple(map(str, row)) == ("1000.00", "4", "tegar", "registered", "2026-07-01", "0803", "given")
    assert owner.scalar(text("SELECT sum(persons) FROM headcount WHERE area_code = '0803'")) == 4
    assert recount(owner) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"daerah": "Daerah Entah"}, "daerah_tidak_dikenali"),
        ({"negeri": "Atlantis"}, "daerah_tidak_dikenali"),
        ({"negeri": "Perlis"}, "daerah_tidak_dikenali"),
        ({"strata": "Entah"}, "strata_tidak_dikenali"),
    ],
)
def test_a_household_whose_area_is_unknown_is_rejected(
    owner_engine: Engine, owner: Connection, tmp_path: Path, facts: dict[str, str], code: str
) -> None:
    report = _imported(owner_engine, Delivery().household("H1", **facts), tmp_path)
    assert report.figures["rejected"] == {code: 1}
    assert owner.scalar(text("SELECT count(*) FROM household")) == 0
    assert owner.scalar(text("SELECT count(*) FROM person")) == 0


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("-350.00", "pendapatan_negatif"),
        ("RM-1", "pendapatan_negatif"),
        ("lebih kurang 300", "pendapatan_bukan_nombor"),
        ("1,20", "pendapatan_bukan_nombor"),
        ("99999999999999", "pendapatan_bukan_nombor"),
    ],
)
def test_a_household_with_an_impossible_income_is_rejected_with_the_column(
    owner_engine: Engine, owner: Connection, tmp_path: Path, amount: str, code: str
) -> None:
    delivery = Delivery().household("H1").person("H1", 3, pendapatan_harta=amount)
    report = _imported(owner_engine, delivery, tmp_path)
    assert report.figures["rejected"] == {code: 1}
    rows = owner.execute(text("SELECT DISTINCT code, column_name FROM delivery_row")).all()
    assert [tuple(row) for row in rows] == [(code, "pendapatan_harta")]
    assert owner.scalar(text("SELECT count(*) FROM delivery_row")) == 4


@pytest.mark.parametrize(("second", "code"), [("KIR", "lebih_satu_kir"), ("Anak", "tiada_kir")])
def test_a_household_has_exactly_one_head(owner_engine: Engine, tmp_path: Path, second: str, code: str) -> None:
    delivery = Delivery().household("H1", members=0)
    first = second if second == "Anak" else "KIR"
    delivery.person("H1", 1, hubungan=first).person("H1", 2, hubungan=second)
    assert _imported(owner_engine, delivery, tmp_path).figures["rejected"] == {code: 1}


def test_of_a_number_that_occurs_twice_the_first_is_kept(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    delivery = Delivery().household("H1", alamat="yang pertama").household("H1", members=0, alamat="yang kedua")
    report = _imported(owner_engine, delivery, tmp_path)
    assert report.figures["rejected"] == {"no_isirumah_berulang": 1}
    assert owner.scalars(text("SELECT address FROM household")).all() == ["yang pertama"]


def test_of_households_that_share_a_mykad_the_first_stands_and_the_second_waits(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    delivery = Delivery()
    for number in ("H1", "H2"):
        delivery.household(number, members=1).person(number, 2, no_kp="800101-08-5001")
    report = _imported(owner_engine, delivery, tmp_path)
    assert report.figures["held"] == {"pertindihan_no_kp": 1}
    held = owner.execute(text("SELECT household_no, conflicting_file_no, payload FROM held_household")).one()
    assert (held.household_no, held.conflicting_file_no) == ("H2", "H1")
    assert len(held.payload["ahli"]) == 2
    assert owner.scalar(text("SELECT sum(households) FROM headcount WHERE area_code = '08'")) == 1


def test_a_household_that_clashes_only_with_a_held_one_stands(owner_engine: Engine, tmp_path: Path) -> None:
    delivery = Delivery()
    for number, shared in (("H1", ("0001",)), ("H2", ("0001", "0003")), ("H3", ("0003",))):
        delivery.household(number, members=1)
        for member, last in enumerate(shared, start=2):
            delivery.person(number, member, no_kp=f"800101-08-{last}")
    report = _imported(owner_engine, delivery, tmp_path)
    assert report.figures["accepted"]["total"] == 2
    assert report.figures["held"] == {"pertindihan_no_kp": 1}


def test_a_mykad_registered_by_an_earlier_delivery_stands(owner_engine: Engine, tmp_path: Path) -> None:
    first = Delivery().household("H1", members=1).person("H1", 2, no_kp="800101-08-5001")
    second = Delivery().household("H2", members=1).person("H2", 2, no_kp="800101085001")
    _imported(owner_engine, first, tmp_path / "a")
    assert _imported(owner_engine, second, tmp_path / "b").figures["held"] == {"pertindihan_no_kp": 1}


@pytest.mark.parametrize(
    ("facts", "warnings", "method"),
    [
        ({"latitud": "101.041", "longitud": "4.469"}, {"koordinat_terbalik": 1}, "swapped"),
        ({"latitud": "0", "longitud": "0"}, {"koordinat_luar_malaysia": 1}, "village"),
        ({"latitud": "51.5", "longitud": "-0.1"}, {"koordinat_luar_malaysia": 1}, "village"),
        ({"latitud": "", "longitud": ""}, {}, "village"),
        ({"latitud": "", "longitud": "", "kampung_taman": "Entah Mana"}, {}, "town"),
        ({"latitud": "", "longitud": "", "kampung_taman": "x", "bandar": "x"}, {}, "postcode"),
        ({"latitud": "", "longitud": "", "kampung_taman": "x", "bandar": "x", "poskod": ""}, {}, "district"),
        ({"latitud": "6.12", "longitud": "102.24"}, {"koordinat_luar_daerah": 1}, "given"),
        ({"poskod": "88000"}, {"poskod_luar_negeri": 1}, "given"),
        ({"mukim": "Mukim Entah"}, {"mukim_tidak_dikenali": 1}, "given"),
    ],
)
def test_odd_places_are_accepted_with_a_warning(
    owner_engine: Engine,
    owner: Connection,
    tmp_path: Path,
    facts: dict[str, str],
    warnings: dict[str, int],
    method: str,
) -> None:
    report = _imported(owner_engine, Delivery().household("H1", **facts), tmp_path)
    assert report.figures["warnings"] == warnings
    place = owner.execute(
        text("SELECT geom_method, district_code, geom_accuracy_m, ST_X(geom) AS lon FROM household")
    ).one()
    assert (place.geom_method, place.district_code) == (method, "0803")
    assert place.geom_accuracy_m > 0
    assert 99 < place.lon < 120
    flags = owner.execute(text("SELECT code FROM quality_flag")).scalars().all()
    assert flags == list(warnings)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"no_kp": "800102-08-5001"}, "mykad_tarikh_tidak_padan"),
        ({"no_kp": "800101-08-5002"}, "mykad_jantina_tidak_padan"),
    ],
)
def test_a_mykad_that_does_not_fit_is_kept_as_declared_and_flagged(
    owner_engine: Engine, owner: Connection, tmp_path: Path, facts: dict[str, str], code: str
) -> None:
    report = _imported(owner_engine, Delivery().household("H1", members=1).person("H1", 2, **facts), tmp_path)
    assert report.figures["warnings"] == {code: 1}
    kept = owner.execute(text("SELECT sex, birth_date FROM person WHERE member_no = 2")).one()
    assert tuple(kept) == ("male", date(1980, 1, 1))


@pytest.mark.parametrize(
    ("state", "district", "code"),
    [
        ("PERAK", " larut & matang ", "0806"),
        ("Perak", "Larut dan Matang", "0806"),
        ("Selangor", "Ulu Langat", "1008"),
        ("Selangor", "HULU LANGAT", "1008"),
        ("Pulau Pinang", "S.P. Selatan", "0703"),
        ("Wilayah Persekutuan Kuala Lumpur", "Kuala Lumpur", "1401"),
        ("08", "0803", "0803"),
    ],
)
def test_districts_are_found_under_every_spelling_in_use(
    owner_engine: Engine, tmp_path: Path, state: str, district: str, code: str
) -> None:
    report = _imported(owner_engine, Delivery().household("H1", negeri=state, daerah=district), tmp_path)
    assert list(report.figures["by_district"]) == [code]
