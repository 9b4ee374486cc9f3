"""Areas and points as files: GeoPackage, GeoParquet and CSV with metadata, of what who takes them may read."""

from __future__ import annotations

import csv
import io
import json
import math
import zipfile
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.signin import session
from dashboard.signin.session import SignedIn
from registry.installation.settings import Settings
from tests.world import open_for

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.integration.ogc.conftest import Opened


def clients(opened: Opened) -> dict[str, FlaskClient]:
    settings = Settings(home=opened.home, given_secret_key="only for tests")
    app = create_app(Deps(settings, opened.web, SignedIn(opened.web)))
    found = {}
    for name, person in opened.people.items():
        found[name] = app.server.test_client()
        with found[name].session_transaction() as kept:
            kept[session.TOKEN] = open_for(opened.owner, person.user_id)
    return found


def unpacked(content: bytes) -> tuple[list[dict[str, str]], dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        table, metadata = sorted(archive.namelist())
        assert metadata == f"{table}-metadata.json"
        rows = list(csv.DictReader(io.StringIO(archive.read(table).decode())))
        return rows, json.loads(archive.read(metadata))


def test_files_hold_what_who_takes_them_may_read_with_where_it_is_from(opened: Opened, tmp_path: Any) -> None:
    people = clients(opened)
    taken = {
        (who, kind): people[who].get(f"/muat-turun/data-kawasan?peringkat=daerah&bulan=2026-09&jenis={kind}")
        for who, kind in (("planner", "csvw"), ("planner", "gpkg"), ("planner", "parquet"), ("officer", "csvw"))
    }
    assert {answer.status_code for answer in taken.values()} == {200}
    served = opened.facts("planner", "/collections/daerah/items?limit=1000&skipGeometry=true&datetime=2026-09")
    rows, metadata = unpacked(taken["planner", "csvw"].get_data())
    as_text = {code: {k: "" if v is None else str(v) for k, v in facts.items()} for code, facts in served.items()}
    assert {row["kod"]: row for row in rows} == as_text
    # the form that the W3C's recommendation gives such metadata
    columns = metadata["tableSchema"]["columns"]
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert [column["name"] for column in columns] == list(rows[0])
    assert metadata["tableSchema"]["primaryKey"] == "kod"
    assert {column["datatype"] for column in columns} == {"string", "integer", "decimal", "gYearMonth"}
    units = {column["name"]: column.get("schema:unitText") for column in columns}
    assert (units["tegar"], units["kadar"], units["jurang_rm"]) == ("isi rumah", "%", "MYR/bulan")
    assert all(metadata[f"dc:{name}"] for name in ("title", "source", "rights", "date", "description"))
    for column in columns:
        for row in rows:
            if column["datatype"] == "integer" and row[column["name"]]:
                assert int(row[column["name"]]) >= 0
    # the same areas, with shapes and words of where they are from
    path = tmp_path / "kawasan.gpkg"
    path.write_bytes(taken["planner", "gpkg"].get_data())
    package, parquet = gpd.read_file(path), gpd.read_parquet(io.BytesIO(taken["planner", "parquet"].get_data()))
    for frame in (package, parquet):
        told = {code: None if math.isnan(count) else int(count)
                for code, count in zip(frame["kod"], frame["tegar"].astype("float64"), strict=True)}  # fmt: skip
        assert told == {code: facts["tegar"] for code, facts in served.items()}
        assert frame.geometry.notna().all()
        assert frame.crs.to_epsg() == 4326
    said = pyogrio.read_info(path)["layer_metadata"]
    assert {"sumber", "setakat", "kaedah", "tahun_pgk", "bulan"} <= said.keys()
    kept = pq.read_schema(io.BytesIO(taken["planner", "parquet"].get_data())).metadata
    assert b"ekasih_sumber" in kept
    assert b"geo" in kept
    own, _ = unpacked(taken["officer", "csvw"].get_data())
    assert {row["kod"] for row in own if row["tegar"]} == {"0801"}
    assert people["planner"].get("/muat-turun/data-kawasan?bulan=2026-10").status_code == 404
    assert people["planner"].get("/muat-turun/data-kawasan?peringkat=rumah").status_code == 404


def test_points_are_taken_by_who_sees_them_and_written_down(opened: Opened, tmp_path: Any) -> None:
    people = clients(opened)
    assert people["planner"].get("/muat-turun/titik?daerah=0803").status_code == 403
    assert people["officer"].get("/muat-turun/titik?daerah=0803").status_code == 404
    own = people["officer"].get("/muat-turun/titik?daerah=0801&jenis=parquet")
    frame = gpd.read_parquet(io.BytesIO(own.get_data()))
    assert list(frame.columns) == ["id", "status", "daerah", "mukim", "strata", "ketepatan_m", "geometry"]
    assert len(frame) == 2
    path = tmp_path / "titik.gpkg"
    path.write_bytes(people["administrator"].get("/muat-turun/titik?daerah=0803").get_data())
    assert len(gpd.read_file(path)) == 40
    assert b"RAHSIA" not in path.read_bytes()
    with opened.owner.connect() as owner:
        noted = owner.execute(text("""
            SELECT actor_id, (after ->> 'rows')::integer AS n FROM ekasih.audit_log
            WHERE action = 'export' AND subject = 'household_points' ORDER BY id
        """)).all()
    assert [(row.actor_id, row.n) for row in noted] == [
        (opened.people["officer"].user_id, 2), (opened.people["administrator"].user_id, 40),
    ]  # fmt: skip
