"""Boundary sets: complete or refused, one active per level, and households and counts follow the active ones."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from sqlalchemy import text

from registry.areas.boundaries import BUNDLED, import_boundaries, load_bundled
from registry.areas.boundary_files import web_files
from registry.areas.preparing import IncompleteBoundaries
from registry.status.recount import recount
from tests.world import add_household

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from registry.areas.boundaries import BoundaryReport

LEVELS = ("state", "district", "mukim", "parliament", "dun", "catchment")
FACTS = {"accuracy_m": 100, "source": "an office", "licence": "CC BY 4.0", "dated": date(2026, 1, 1)}


def _import(owner: Connection, path: Path, level: str, home: Path, *, partial: bool = False) -> BoundaryReport:
    return import_boundaries(owner, path, level=level, partial=partial, home=home, **FACTS)


def _active(owner: Connection, level: str) -> tuple[str, bool, int]:
    found = text("""
        SELECT s.source, s.approximate, count(b.area_code)
        FROM boundary_set AS s JOIN area_boundary AS b ON b.set_id = s.id
        WHERE s.active AND s.level = :level GROUP BY s.id
    """)
    source, approximate, areas = owner.execute(found, {"level": level}).one()
    return source, approximate, areas


def _bundled(level: str) -> gpd.GeoDataFrame:
    with gzip.open(BUNDLED / f"{level}.geojson.gz") as file:
        return gpd.read_file(file.read())


def _catchment(path: Path, box: tuple[float, float, float, float]) -> Path:
    frame = gpd.GeoDataFrame(
        {"code": ["C.PPKB-BATU-GAJAH"], "name": ["PPKB Batu Gajah"]}, geometry=[shapely.box(*box)], crs="EPSG:4326"
    )
    frame.to_file(path, driver="GeoJSON")
    return path


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_an_active_set_that_says_it_is_approximate(owner: Connection, level: str) -> None:
    _, approximate, areas = _active(owner, level)
    assert approximate
    assert areas == json.loads((BUNDLED / "manifest.json").read_text())[level]["areas"]


def test_the_pieces_of_a_set_make_up_its_polygons(owner: Connection) -> None:
    apart = text("""
        SELECT b.area_code FROM area_boundary AS b
        JOIN LATERAL (SELECT sum(ST_Area(p.geom)) AS size FROM area_piece AS p
                      WHERE p.set_id = b.set_id AND p.area_code = b.area_code) AS pieces ON true
        WHERE abs(pieces.size - ST_Area(b.geom)) > 1e-9
    """)
    assert owner.scalars(apart).all() == []


def test_the_point_of_an_area_lies_inside_it(owner: Connection) -> None:
    outside = text("SELECT area_code FROM area_boundary WHERE NOT ST_Intersects(geom, inside)")
    assert owner.scalars(outside).all() == []


def test_a_file_that_lacks_areas_is_refused_and_changes_nothing(owner: Connection, tmp_path: Path) -> None:
    before = _active(owner, "district")
    path = tmp_path / "kurang.geojson"
    bundled = _bundled("district")
    bundled.iloc[:-2].to_file(path, driver="GeoJSON")
    with pytest.raises(IncompleteBoundaries, match="; ".join(bundled["code"].iloc[-2:])):
        _import(owner, path, "district", tmp_path)
    assert _active(owner, "district") == before
    assert not (tmp_path / "boundaries").exists()


def test_a_file_that_lacks_areas_is_taken_where_that_is_said_to_be_fine(owner: Connection, tmp_path: Path) -> None:
    path = tmp_path / "kurang.geojson"
    _bundled("district").iloc[:-2].to_file(path, driver="GeoJSON")
    report = _import(owner, path, "district", tmp_path, partial=True)
    assert len(report.missing) == 2
    assert _active(owner, "district") == ("an office", False, 158)


def test_an_area_that_nobody_knows_is_refused_and_named(owner: Connection, tmp_path: Path) -> None:
    path = tmp_path / "asing.geojson"
    frame = _bundled("district")[["name", "geometry"]]
    frame.loc[0, "name"] = "Batu Pahta"
    frame.to_file(path, driver="GeoJSON")
    with pytest.raises(IncompleteBoundaries, match="Batu Pahta"):
        _import(owner, path, "district", tmp_path)


def test_an_office_s_own_set_is_kept_when_the_bundled_ones_are_loaded_again(owner: Connection, tmp_path: Path) -> None:
    _import(owner, _catchment(tmp_path / "c.geojson", (101.0, 4.4, 101.1, 4.5)), "catchment", tmp_path)
    load_bundled(owner, home=tmp_path)
    assert _active(owner, "catchment") == ("an office", False, 1)


def test_counts_follow_a_new_set(owner: Connection, tmp_path: Path) -> None:
    add_household(owner, "A1", longitude=101.05, latitude=4.45)
    add_household(owner, "A2", longitude=101.05, latitude=4.45)
    add_household(owner, "A3", longitude=101.25, latitude=4.45)
    report = _import(owner, _catchment(tmp_path / "c.geojson", (101.0, 4.4, 101.1, 4.5)), "catchment", tmp_path)
    counted = text("SELECT sum(households) FROM headcount WHERE area_code = 'C.PPKB-BATU-GAJAH'")
    assert owner.scalar(counted) == 2
    assert report.households_located >= 2
    assert recount(owner) == []
    _import(owner, _catchment(tmp_path / "d.geojson", (101.2, 4.4, 101.3, 4.5)), "catchment", tmp_path)
    assert owner.scalar(counted) == 1


def test_a_household_far_outside_its_district_is_flagged_until_it_is_not(owner: Connection, tmp_path: Path) -> None:
    stray = add_household(owner, "A1", longitude=103.4, latitude=4.2)
    open_flags = text("SELECT count(*) FROM quality_flag WHERE code = 'koordinat_luar_daerah' AND resolved_at IS NULL")
    _import(owner, _catchment(tmp_path / "c.geojson", (101.0, 4.4, 101.1, 4.5)), "catchment", tmp_path)
    assert owner.scalar(open_flags) == 1
    assert owner.scalar(text("SELECT outside_district_m FROM household")) > 100_000
    owner.execute(text("UPDATE household SET geom = ST_SetSRID(ST_MakePoint(101.05, 4.47), 4326) WHERE id = :id"),
                  {"id": stray})  # fmt: skip
    _import(owner, _catchment(tmp_path / "d.geojson", (101.0, 4.4, 101.1, 4.6)), "catchment", tmp_path)
    assert owner.scalar(open_flags) == 0


def test_the_declared_district_stands_wherever_the_point_lies(owner: Connection, tmp_path: Path) -> None:
    add_household(owner, "A1", longitude=103.4, latitude=4.2)
    _import(owner, _catchment(tmp_path / "c.geojson", (101.0, 4.4, 101.1, 4.5)), "catchment", tmp_path)
    declared, computed = owner.execute(text("SELECT district_code, computed_district_code FROM household")).one()
    assert declared == "0803"
    assert computed.startswith("11")


def test_browsers_get_a_file_for_every_state_and_for_the_country(owner: Connection, tmp_path: Path) -> None:
    load_bundled(owner, home=tmp_path)
    for parent in ["MY", *owner.scalars(text("SELECT code FROM area WHERE level = 'state'"))]:
        files = web_files(tmp_path, level="district", parent=parent)
        assert files, parent
        assert all((tmp_path / "boundaries" / file.name).is_file() for file in files)


def test_a_file_that_is_gone_is_written_again(owner: Connection, tmp_path: Path) -> None:
    load_bundled(owner, home=tmp_path)
    gone = tmp_path / "boundaries" / web_files(tmp_path, level="state", parent="MY")[0].name
    gone.unlink()
    load_bundled(owner, home=tmp_path)
    assert gone.is_file()


def test_a_new_set_has_new_files_and_the_old_ones_go(owner: Connection, tmp_path: Path) -> None:
    load_bundled(owner, home=tmp_path)
    before = {path.name for path in (tmp_path / "boundaries").glob("catchment-*")}
    _import(owner, _catchment(tmp_path / "c.geojson", (101.0, 4.4, 101.1, 4.5)), "catchment", tmp_path)
    after = {path.name for path in (tmp_path / "boundaries").glob("catchment-*")}
    assert after
    assert not before & after


def test_seats_and_catchments_are_placed_in_their_state_and_parliament(owner: Connection) -> None:
    found = owner.execute(text("SELECT code, parent_code, state_code FROM area WHERE code LIKE '08-N%'")).all()
    assert {tuple(row) for row in found} == {(f"08-N.{n}", "P.066", "08") for n in (31, 32, 33)}
    assert owner.scalar(text("SELECT state_code FROM area WHERE level = 'catchment'")) == "08"


@pytest.mark.parametrize(
    ("level", "file", "areas"),
    [("state", "dosm_state", 16), ("district", "dosm_district", 160), ("parliament", "dosm_parlimen", 222),
     ("dun", "dosm_dun", 600)],
)  # fmt: skip
def test_the_official_sets_load_whole(
    owner: Connection, tmp_path: Path, shared_folder: Path, level: str, file: str, areas: int
) -> None:
    report = _import(owner, shared_folder / "reference" / "boundaries" / f"{file}.geojson", level, tmp_path)
    assert (report.matched, report.unmatched, report.missing) == (areas, (), ())
    assert _active(owner, level) == ("an office", False, areas)
    assert sum(file.areas for file in web_files(tmp_path, level=level, parent="MY")[:1]) == areas
