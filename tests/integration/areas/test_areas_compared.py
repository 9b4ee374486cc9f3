"""Who is whose neighbour is kept with the boundaries, what is found of districts until something is published."""

from __future__ import annotations

import csv
import json
import warnings
from datetime import date
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from sqlalchemy import text

from poverty.small_areas import empirical_bayes
from queries import areas_compared
from registry.areas.neighbours import active_set, keep_neighbours, neighbours_among
from registry.cli import measures
from registry.errors import SetupProblem
from registry.jobs.daily import compare_areas
from registry.publishing.access import TOWN_PEOPLE, measure_access
from registry.publishing.pockets import DOSM, REGISTER
from registry.publishing.pockets import compare_areas as compare
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import add_household

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

_SET = text("""
    INSERT INTO ekasih.boundary_set (level, name, source, licence, dated, accuracy_m, approximate, sha256, active)
    VALUES ('district', 'rasmi', 'ujian', '', '2026-01-01', 50, false, :sha256, false) RETURNING id
""")
_SHAPE = text("""
    INSERT INTO ekasih.area_boundary (set_id, area_code, geom, inside, radius_m)
    SELECT :set_id, :code, ST_Multi(ST_CollectionExtract(made.geom, 3)), ST_PointOnSurface(made.geom), 1000
    FROM (SELECT ST_GeomFromWKB(:wkb, 4326) AS geom) AS made
""")
_NEIGHBOURS = text("""
    SELECT n.area_code, n.neighbour_code, n.nearest FROM ekasih.area_neighbour AS n WHERE n.set_id = :set_id
""")
_AS_OF = text("""
    INSERT INTO ekasih.setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
""")


def _set_of(owner: Connection, shapes: dict[str, shapely.Geometry], sha256: str = "0") -> int:
    set_id = int(owner.execute(_SET, {"sha256": sha256}).scalar_one())
    rows = [{"set_id": set_id, "code": code, "wkb": shapely.to_wkb(shape)} for code, shape in shapes.items()]
    owner.execute(_SHAPE, rows)
    return set_id


def _squares(places: dict[str, tuple[float, float]]) -> dict[str, shapely.Geometry]:
    return {code: shapely.box(x, y, x + 1, y + 1) for code, (x, y) in places.items()}


def _closed(owner: Connection, day: date = date(2026, 10, 20)) -> None:
    """Months until a day are closed and figures published."""
    owner.execute(_AS_OF, {"day": day.isoformat()})
    close_months(owner, up_to=day)
    publish(owner)


def _many(owner: Connection, name: str, district: str, count: int, **facts: object) -> None:
    for number in range(count):
        add_household(owner, f"{name}{number:04}", district=district, on_date="2026-08-15", **facts)


def test_the_official_districts_have_the_neighbours_of_the_truth(owner: Connection, shared_folder: Path) -> None:
    frame = gpd.read_file(shared_folder / "reference" / "boundaries" / "dosm_district.geojson")
    pairs = zip(frame["code_state"], frame["code_district"], strict=True)
    codes = [f"{state:02}{district:02}" for state, district in pairs]
    set_id = _set_of(owner, dict(zip(codes, frame.geometry.make_valid(), strict=True)))
    keep_neighbours(owner, set_id)
    with (shared_folder / "truth" / "measures" / "neighbours_district.csv").open(encoding="utf-8") as file:
        truth = {(row["kod"], row["jiran"], row["sebab"] == "terdekat") for row in csv.DictReader(file)}
    assert {tuple(row) for row in owner.execute(_NEIGHBOURS, {"set_id": set_id})} == truth
    assert neighbours_among(owner, set_id, codes)["0207"] == {"0203", "0205", "0901"}


def test_a_corner_is_enough_and_an_island_is_joined_to_the_three_nearest_both_ways(owner: Connection) -> None:
    places = {"0801": (0, 0), "0802": (1, 1), "0803": (2, 1), "0804": (3, 1), "0805": (10, 1), "0806": (3, 2)}
    set_id = _set_of(owner, _squares(places))
    keep_neighbours(owner, set_id)
    keep_neighbours(owner, set_id)
    found = {(one, other): nearest for one, other, nearest in owner.execute(_NEIGHBOURS, {"set_id": set_id})}
    assert found["0801", "0802"] is False
    assert {other for (one, other), nearest in found.items() if one == "0805" and nearest} == {"0803", "0804", "0806"}
    assert all((other, one) in found for one, other in found)


def test_who_has_no_value_is_left_out_before_islands_are_joined(owner: Connection) -> None:
    places = {"0801": (0, 0), "0802": (1, 0), "0803": (2, 0), "0804": (3, 0), "0805": (4, 0)}
    set_id = _set_of(owner, _squares(places))
    found = neighbours_among(owner, set_id, ["0801", "0803", "0804", "0805"])
    assert found["0801"] == {"0803", "0804", "0805"}
    assert found["0804"] == {"0801", "0803", "0805"}
    assert found["0805"] == {"0801", "0804"}


def test_districts_are_compared_once_and_again_when_something_was_published(owner: Connection) -> None:
    _many(owner, "A", "0803", 24)
    _many(owner, "B", "0805", 6)
    _many(owner, "C", "0810", 3)
    _closed(owner)
    assert compare(owner) == {DOSM: True, REGISTER: True}
    assert compare(owner) == {DOSM: False, REGISTER: False}
    looks = areas_compared.looks(owner)
    assert looks[DOSM]["of_day"] == date(2022, 12, 31)
    assert looks[REGISTER]["of_day"] == date(2026, 9, 30)
    assert looks[DOSM]["areas"] == 160
    rows = {row["area_code"]: row for row in areas_compared.rates(owner, subject="register", within="MY")}
    shown = {code: row for code, row in rows.items() if row["rate"] is not None}
    assert "0810" not in shown  # three households are hidden, and with them another
    assert len(shown) == looks[REGISTER]["areas"]
    expected = {row["area_code"]: row for row in areas_compared.expected(owner, within="MY")}
    codes = sorted(shown)
    told = empirical_bayes(
        [expected[code]["registered"] for code in codes], [expected[code]["households"] for code in codes]
    )
    assert [shown[code]["smoothed"] for code in codes] == pytest.approx(list(told.smoothed), rel=1e-9)
    assert shown["0803"]["small"] is False
    assert [row["area_code"] for row in areas_compared.rates(owner, subject="dosm", within="08")] == [
        f"08{number:02}" for number in range(1, 14)
    ]
    _many(owner, "D", "0803", 20)
    _closed(owner, date(2026, 11, 20))
    assert compare(owner) == {DOSM: False, REGISTER: True}


def test_how_far_a_town_is_is_told_of_many_households_and_of_a_point(owner: Connection) -> None:
    place = {"longitude": 101.03, "latitude": 4.47, "mukim": "080301"}
    _many(owner, "A", "0803", 29, **place)
    _many(owner, "B", "0805", 40, longitude=101.3, latitude=4.3)
    _closed(owner)
    assert measure_access(owner)
    assert not measure_access(owner)
    rows = {row["area_code"]: row for row in areas_compared.access(owner, level="district", within="MY")}
    assert rows["0803"]["households_m"] is None
    assert rows["0805"]["households_m"] is not None
    assert rows["0805"]["households_m"] % 100 == 0
    near = owner.execute(
        text("""
            SELECT ST_Distance(ST_MakePoint(101.3, 4.3)::geography, g.geom::geography) AS metres
            FROM ekasih.geocode_place AS g WHERE g.kind = 'town' ORDER BY 1 LIMIT 1
        """)
    ).scalar_one()
    # towns of the gazetteer with fewer people than a town has may be nearer
    assert rows["0805"]["households_m"] >= near - 100
    assert all(row["point_m"] is not None for row in rows.values())
    assert TOWN_PEOPLE == 5_000
    _many(owner, "C", "0803", 6, **place)
    _closed(owner, date(2026, 11, 20))
    assert measure_access(owner)
    rows = {row["area_code"]: row for row in areas_compared.access(owner, level="district", within="08")}
    assert rows["0803"]["households_m"] is not None


def test_the_job_does_both_and_says_how_much_has_changed(owner_engine: Engine, tmp_path: Path) -> None:
    with owner_engine.begin() as owner:
        _many(owner, "A", "0803", 12)
        _closed(owner)
    found = [compare_areas(owner_engine, tmp_path, None, lambda *_: None) for _ in range(2)]  # type: ignore[arg-type]
    assert found == [{"changed": 3}, {"changed": 0}]


def test_the_command_reports_as_the_truth_says(tmp_path: Path, shared_folder: Path) -> None:
    truth = json.loads((shared_folder / "truth" / "measures.json").read_text(encoding="utf-8"))["malaysia"]
    table, out = tmp_path / "kadar.csv", tmp_path / "kawasan.json"
    lines = [
        f"{code},{area['value']},{truth['tercicir'][code]['households']}" for code, area in truth["by_area"].items()
    ]
    table.write_text("\n".join(["kod,nilai,isi_rumah", *lines]), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        measures.areas(table, out, shared_folder / "truth" / "measures" / "neighbours_district.csv")
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["labels_lisa"] == truth["labels_lisa"]
    assert found["labels_gi"] == truth["labels_gi"]
    assert found["moran_I"] == pytest.approx(truth["moran_I"], rel=1e-9)


def test_the_command_names_the_line_that_cannot_be_read(tmp_path: Path) -> None:
    table, around = tmp_path / "kadar.csv", tmp_path / "jiran.csv"
    table.write_text("kod,nilai,isi_rumah\n0801,3.1,200\n0802,x,200\n", encoding="utf-8")
    around.write_text("kod,jiran\n1,2\n", encoding="utf-8")
    with pytest.raises(SetupProblem, match=r"kadar.csv: Line 3: nilai cannot be x"):
        measures.areas(table, tmp_path / "out.json", around)
    table.write_text("kod,nilai,isi_rumah\n0801,3.1,200\n", encoding="utf-8")
    with pytest.raises(SetupProblem, match=r"jiran.csv: It names none of the areas"):
        measures.areas(table, tmp_path / "out.json", around)
    around.write_text("kod,jiran\n0801,\n", encoding="utf-8")
    with pytest.raises(SetupProblem, match=r"jiran.csv: Line 2"):
        measures.areas(table, tmp_path / "out.json", around)


def test_without_a_file_the_active_boundaries_say_who_is_a_neighbour(owner: Connection) -> None:
    set_id = active_set(owner, "district")
    assert set_id is not None
    found = neighbours_among(owner, set_id, list(owner.scalars(text("SELECT code FROM area WHERE level = 'district'"))))
    assert len(found) == 160
    assert all(found.values())
    assert all(code in found[other] for code, around in found.items() for other in around)
