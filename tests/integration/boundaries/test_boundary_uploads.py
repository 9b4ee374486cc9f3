"""Boundaries that are sent on screen: refused in words, checked without being used, made active, and gone back from."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from datetime import date
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from queries import boundaries
from registry import db
from registry.areas import uploads
from registry.areas.boundary_files import FOLDER as WEB_FOLDER
from registry.areas.boundary_files import web_files
from registry.areas.plain_files import UnreadableBoundaries
from registry.areas.uploads import Stated, ask_activation, ask_check, ask_return, discard, remove_files, sweep
from registry.deliveries.birm import IMPORT_LOCK
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.jobs.queue import cancel, rerun
from registry.status.recount import recount
from registry.uploads.refusals import TooManyUploads
from tests.integration.boundaries.conftest import (
    FACTS,
    Bench,
    bundled,
    catchment,
    features,
    geojson,
    shapefile,
    zipped,
)
from tests.jobs import due_now
from tests.world import add_household

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

VRT = (
    b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource>'
    b"</OGRVRTLayer></OGRVRTDataSource>"
)
PIPELINE = b'{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd ! write a"}'


def state_of(bench: Bench) -> list[str]:
    """What the register holds of areas, boundaries and households."""
    tables = ("area", "area_alias", "area_boundary", "area_piece", "boundary_set", "household", "headcount")
    hashed = "SELECT count(*) || md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM ekasih.{} AS t"
    with bench.owner.connect() as connection:
        return [str(connection.exec_driver_sql(hashed.format(table)).scalar_one()) for table in tables]


# ------------------------------------------------------------------- what is not taken in


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 no boundaries", "no_boundaries"),
        (VRT, "no_boundaries"),
        (b"PK\x03\x04 only the beginning", "damaged"),
        (zipped({"a.geojson": b'{"a":"' + b"a" * (40 << 20)}), "bomb"),
        (zipped({"../../a.geojson": b"{}"}), "path"),
        (zipped({"/etc/a.geojson": b"{}"}), "path"),
        (zipped({"C:\\a.geojson": b"{}"}), "path"),
        (zipped({"surat.txt": b"a"}), "not_one"),
        (zipped({"a.geojson": b"{}", "b.geojson": b"{}"}), "not_one"),
        (zipped({"a.shp": b"a", "b.dbf": b"a"}), "shapefile_parts"),
        (zipped({f"{n}.txt": b"a" for n in range(501)}), "many_files"),
    ],
    ids=["magic", "vrt", "cut", "bomb", "up", "absolute", "drive", "none", "two", "parts", "many"],
)
def test_what_is_no_boundary_file_is_refused_by_its_reason_and_leaves_nothing(
    bench: Bench, content: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableBoundaries) as refused:
        bench.send(content)
    assert refused.value.reason == reason
    assert bench.left() == []
    with db.reading(bench.web, bench.administrator) as connection:
        assert boundaries.uploads(connection, limit=5) == []


@pytest.mark.parametrize("login", ["of_perak", "officer", "planner"])
def test_who_may_not_change_boundaries_cannot_send_a_byte(bench: Bench, login: str) -> None:
    with pytest.raises(NotPermitted):
        bench.send(catchment(), who=getattr(bench, login))
    assert bench.left() == []


def test_only_so_many_files_lie_there_at_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_WAITING", 1)
    bench.send(catchment())
    with pytest.raises(TooManyUploads):
        bench.send(catchment())


def test_a_file_is_kept_for_the_server_alone_under_a_name_of_its_own(bench: Bench) -> None:
    upload = bench.send(catchment(), name="C:\\peta\\tadahan\u202e.geojson")
    found = bench.found(upload)
    path = uploads.file_of(bench.home, found["stored_name"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert found["file_name"] == "tadahan.geojson"


# --------------------------------------------------------------------- what a check refuses


def _geopackage(folder: Path, script: str) -> bytes:
    path = folder / "hostile.gpkg"
    frame = gpd.GeoDataFrame({"code": ["08"]}, geometry=[shapely.box(101, 4, 102, 5)], crs="EPSG:4326")
    frame.to_file(path, driver="GPKG", layer="kawasan")
    with sqlite3.connect(path) as database:
        database.executescript(script)
    database.close()
    return path.read_bytes()


ENDLESS = """
    DROP TRIGGER IF EXISTS trigger_delete_feature_count_kawasan; DROP TABLE kawasan;
    CREATE VIEW kawasan AS WITH RECURSIVE n (fid, geom, code) AS
        (SELECT 1, NULL, '08' UNION ALL SELECT fid + 1, NULL, '08' FROM n) SELECT * FROM n;
"""
COMPUTED = "ALTER TABLE kawasan ADD COLUMN big BLOB GENERATED ALWAYS AS (zeroblob(900000000)) VIRTUAL;"


@pytest.mark.parametrize("script", [ENDLESS, COMPUTED], ids=["view", "computed"])
def test_a_geopackage_that_makes_up_its_rows_is_refused_unread(bench: Bench, tmp_path: Path, script: str) -> None:
    found = bench.check(bench.send(_geopackage(tmp_path, script)), level="state")
    assert found["problem"]["key"] == "boundary.problem_view"


def _changed(change: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> bytes:
    frame = bundled("state")
    return geojson(frame.set_geometry(shapely.transform(frame.geometry.to_numpy(), change)))


@pytest.mark.parametrize(
    ("content", "level", "reason"),
    [
        (PIPELINE, "state", "damaged"),
        (b'{"type": "FeatureCollection", "features": [', "state", "damaged"),
        (zipped({"a.geojson": VRT}), "state", "damaged"),
        (features(), "state", "empty"),
        (features({"type": "Point", "coordinates": [101, 4]}, code="08"), "state", "not_polygons"),
        (features({"type": "Polygon", "coordinates": []}, code="08"), "state", "not_polygons"),
        (_changed(lambda at: at[:, ::-1]), "state", "crs"),
        (_changed(lambda at: at - (60, 0)), "state", "elsewhere"),
        (geojson(bundled("state").to_crs("EPSG:3168")).replace(b"EPSG::3168", b"OGC:1.3:CRS84"), "state", "crs"),
        (geojson(bundled("state")[["geometry"]]), "state", "no_column"),
        (geojson(bundled("district")), "state", "level_district"),
        (geojson(bundled("state")[["name", "geometry"]].assign(name="Atlantis")), "state", "nothing_matched"),
    ],
    ids=[
        "pipeline", "cut", "vrt-in-zip", "empty", "points", "no-shape", "axes", "abroad", "metres",
        "no-column", "level", "names",
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_by_its_reason_and_nothing_is_changed(
    bench: Bench, content: bytes, level: str, reason: str
) -> None:
    before = state_of(bench)
    upload = bench.send(content)
    found = bench.check(upload, level=level)
    assert found["problem"]["key"] == f"boundary.problem_{reason}"
    assert found["state"] == "ready"
    assert (found["level"], found["source"], found["accuracy_m"]) == (level, FACTS["source"], 50)
    assert state_of(bench) == before


def test_a_shapefile_without_its_coordinate_system_is_told_so(bench: Bench, tmp_path: Path) -> None:
    found = bench.check(bench.send(shapefile(bundled("state"), tmp_path / "a", without=".prj")), level="state")
    assert found["problem"]["key"] == "boundary.problem_crs"


def test_what_has_more_corners_than_is_worked_on_is_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.areas.preparing.MOST_VERTICES", 10)
    found = bench.check(bench.send(geojson(bundled("state"))), level="state")
    assert found["problem"]["key"] == "boundary.problem_too_detailed"


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        ({"level": "country"}, {"level": "choice"}),
        ({"source": "  "}, {"source": "required"}),
        ({"licence": "x" * 201}, {"licence": "too_long"}),
        ({"dated": None}, {"dated": "date"}),
        ({"dated": date(2999, 1, 1)}, {"dated": "date_future"}),
        ({"accuracy_m": 0}, {"accuracy_m": "boundary_accuracy"}),
        ({"accuracy_m": None}, {"accuracy_m": "boundary_accuracy"}),
    ],
)
def test_what_is_not_said_of_a_file_is_asked_for(bench: Bench, said: dict[str, Any], problems: dict[str, str]) -> None:
    upload = bench.send(catchment())
    with pytest.raises(InvalidInput) as refused:
        bench.check(upload, **said)
    assert refused.value.problems == problems
    assert bench.found(upload)["state"] == "ready"


# ------------------------------------------------------------------------ what a check tells


def test_a_check_reads_what_is_packed_as_it_reads_the_file_itself(bench: Bench, tmp_path: Path) -> None:
    frame = bundled("state")[["code", "name", "geometry"]]
    plain = bench.check(bench.send(geojson(frame)), level="state")["report"]
    packed = bench.check(bench.send(shapefile(frame.to_crs("EPSG:3168"), tmp_path / "s")), level="state")["report"]
    frame.to_file(tmp_path / "n.gpkg", driver="GPKG")
    other = bench.check(bench.send((tmp_path / "n.gpkg").read_bytes()), level="state")["report"]
    assert plain["matched"] == packed["matched"] == other["matched"] == 16
    assert plain["fingerprint"] == other["fingerprint"]
    assert all(share < 0.001 for share, _ in packed["changes"]["areas"].values())


def test_a_check_tells_what_would_change_and_changes_nothing(bench: Bench) -> None:
    with bench.owner.begin() as connection:
        add_household(connection, "A1", longitude=101.05, latitude=4.45)
        add_household(connection, "A2", longitude=101.05, latitude=4.45)
    before = state_of(bench)
    frame = bundled("district").set_index("code")
    # Kinta goes to Larut dan Matang, which gives its ground to Kinta
    frame.loc[["0803", "0804"], "geometry"] = frame.loc[["0804", "0803"], "geometry"].to_numpy()
    frame = frame.drop(index="0102").reset_index()
    found = bench.check(bench.send(geojson(frame)), level="district")
    report = found["report"]
    assert found["state"] == "checked"
    assert (report["complete"], report["missing"]) == (False, ["0102"])
    assert report["changes"]["areas"]["0803"][0] == 1
    assert report["changes"]["areas"]["0803"][1] > 1_000
    assert report["changes"]["areas"]["1001"] == [0.0, 0]
    assert report["changes"]["gone"] == ["0102"]
    assert report["changes"]["moved"] >= 2
    assert state_of(bench) == before
    view = uploads.view_of(bench.home, found["stored_name"])
    assert web_files(view, level="district", parent="08")


def test_overlaps_invalid_rings_and_doubtful_names_are_told(bench: Bench) -> None:
    frame = bundled("state")[["name", "geometry"]]
    bow_tie = shapely.Polygon([(101.0, 4.0), (101.2, 4.2), (101.2, 4.0), (101.0, 4.2)])
    frame.loc[frame["name"] == "Perlis", "name"] = "Perliss"
    frame.loc[frame["name"] == "Selangor", "geometry"] = bow_tie
    report = bench.check(bench.send(geojson(frame)), level="state")["report"]
    assert [one["name"] for one in report["unmatched"]] == ["Perliss"]
    assert ["09", "Perlis"] in report["unmatched"][0]["suggestions"]
    assert report["repairs"]["invalid"] == ["10"]
    assert report["repairs"]["overlaps"] >= 1


# ---------------------------------------------------------------------------- making it active


def test_a_checked_file_becomes_the_set_that_it_was_checked_as(bench: Bench) -> None:
    with bench.owner.begin() as connection:
        add_household(connection, "A1", longitude=101.05, latitude=4.45)
        add_household(connection, "A2", longitude=101.25, latitude=4.45)
    before = {path.name for path in (bench.home / WEB_FOLDER).glob("catchment-*")}
    upload = bench.send(catchment(101.2, 4.4, 101.3, 4.5))
    bench.check(upload)
    found = bench.activate(upload)
    assert (found["state"], found["wish_problem"]) == ("used", None)
    active = bench.active("catchment")
    assert (active["source"], active["licence"], active["accuracy_m"], active["actor"]) == (
        "Pejabat Uji", "CC BY 4.0", 50, "pentadbir",
    )  # fmt: skip
    assert before.isdisjoint(path.name for path in (bench.home / WEB_FOLDER).glob("catchment-*"))
    assert bench.left() == []
    with bench.owner.connect() as connection:
        counted = "SELECT sum(households) FROM ekasih.headcount WHERE area_code = 'C.PPKB-BATU-GAJAH'"
        assert connection.scalar(text(counted)) == 1
        assert recount(connection) == []


def test_it_is_written_down_who_sent_checked_and_activated_what(bench: Bench) -> None:
    upload = bench.send(catchment())
    bench.check(upload)
    bench.activate(upload)
    noted = text("""
        SELECT action, actor FROM ekasih.audit_log WHERE subject LIKE 'boundary%' ORDER BY id
    """)
    with bench.owner.connect() as connection:
        assert connection.execute(noted).all() == [
            (action, "pentadbir")
            for action in ("upload_boundaries", "check_boundaries", "ask_boundaries", "activate_boundaries")
        ]


def test_what_is_incomplete_is_made_active_only_where_that_is_accepted(bench: Bench) -> None:
    upload = bench.send(geojson(bundled("district").iloc[:-1]))
    bench.check(upload, level="district")
    with pytest.raises(InvalidInput):
        bench.activate(upload)
    assert bench.active("district")["approximate"]
    assert bench.activate(upload, partial=True)["state"] == "used"
    assert bench.active("district")["areas"] == 159


def test_what_was_not_checked_is_not_made_active(bench: Bench) -> None:
    upload = bench.send(catchment())
    with pytest.raises(StaleRecord):
        bench.activate(upload)
    by_hand = text("""
        INSERT INTO ekasih.boundary_activation (level, upload_id, asked_by)
        VALUES ('catchment', :upload, ekasih.acting_user())
    """)
    with pytest.raises(ProgrammingError), db.writing(bench.web, bench.administrator) as session:
        session.execute(by_hand, {"upload": upload})


def test_a_file_that_would_become_other_shapes_than_were_looked_at_is_refused(bench: Bench) -> None:
    upload = bench.send(catchment())
    stored = bench.check(upload)["stored_name"]
    uploads.file_of(bench.home, stored).write_bytes(catchment(101.3, 4.4, 101.4, 4.5))
    found = bench.activate(upload)
    assert found["wish_problem"]["key"] == "error.boundaries_changed"
    assert bench.active("catchment")["approximate"]


def test_the_way_back_to_the_former_set_and_forth_again(bench: Bench) -> None:
    with bench.owner.begin() as connection:
        add_household(connection, "A1", longitude=101.25, latitude=4.45)
    former = bench.active("catchment")["set_id"]
    in_catchment = text("SELECT catchment_codes FROM ekasih.household")
    with bench.owner.connect() as connection:
        at_first = connection.scalar(in_catchment)
    upload = bench.send(catchment(101.2, 4.4, 101.3, 4.5))
    bench.check(upload)
    bench.activate(upload)
    new = bench.active("catchment")["set_id"]
    for wanted, expected in ((former, at_first), (new, ["C.PPKB-BATU-GAJAH"])):
        with db.writing(bench.web, bench.administrator) as session:
            ask_return(session, wanted)
        bench.work()
        assert bench.active("catchment")["set_id"] == wanted
        with bench.owner.connect() as connection:
            assert connection.scalar(in_catchment) == expected
            assert recount(connection) == []
    with pytest.raises(StaleRecord), db.writing(bench.web, bench.administrator) as session:
        ask_return(session, new)
    with pytest.raises(NotFound), db.writing(bench.web, bench.administrator) as session:
        ask_return(session, 999_999)


def test_a_level_is_changed_by_one_at_a_time(bench: Bench) -> None:
    first, second = bench.send(catchment()), bench.send(catchment(101.2, 4.4, 101.3, 4.5))
    bench.check(first)
    bench.check(second)
    with db.writing(bench.web, bench.administrator) as session:
        ask_activation(session, first, partial=False)
    with pytest.raises(StaleRecord), db.writing(bench.web, bench.administrator) as session:
        ask_activation(session, second, partial=False)
    for act in (lambda s: discard(s, first), lambda s: ask_check(s, first, Stated(**FACTS, accuracy_m=5))):
        with pytest.raises(StaleRecord), db.writing(bench.web, bench.administrator) as session:
            act(session)
    bench.work()
    assert bench.activate(second)["state"] == "used"


def test_while_a_delivery_is_imported_boundaries_wait(bench: Bench) -> None:
    upload = bench.send(catchment())
    bench.check(upload)
    with bench.owner.connect() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": IMPORT_LOCK})
        found = bench.activate(upload)
        assert (found["wanted"], found["state"]) == (True, "checked")
    due_now(bench.owner)
    bench.work()
    assert bench.found(upload)["state"] == "used"


# ----------------------------------------------------------------------------------- whose right


def test_only_administrators_of_the_country_see_and_touch_files(bench: Bench) -> None:
    upload = bench.send(catchment())
    stated = Stated(**FACTS, accuracy_m=50)
    for who in (bench.of_perak, bench.officer, bench.planner):
        with db.reading(bench.web, who) as connection:
            assert boundaries.upload(connection, upload) is None
            assert boundaries.uploads(connection, limit=5) == []
            assert boundaries.steps(connection) == []
        for act in (
            lambda s: ask_check(s, upload, stated),
            lambda s: ask_activation(s, upload, partial=True),
            lambda s: ask_return(s, 1),
            lambda s: discard(s, upload),
        ):
            with pytest.raises(NotPermitted), db.writing(bench.web, who) as session:
                act(session)
        for change in (
            "UPDATE ekasih.boundary_upload SET state = 'check', level = 'state'",
            "DELETE FROM ekasih.boundary_upload",
        ):
            with db.writing(bench.web, who) as session:
                assert session.execute(text(change)).rowcount == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ekasih.boundary_set SET active = NOT active",
        "DELETE FROM ekasih.boundary_set",
        "UPDATE ekasih.boundary_upload SET report = '{}'",
        "UPDATE ekasih.boundary_upload SET stored_name = '../geheim'",
        "UPDATE ekasih.boundary_activation SET activated_at = now()",
        "DELETE FROM ekasih.boundary_activation",
        "SELECT ekasih.may_change_boundaries(1)",
        "SELECT ekasih.locate_households()",
    ],
)
def test_no_page_can_change_a_set_past_the_services(bench: Bench, change: str) -> None:
    bench.send(catchment())
    if "locate" in change:
        with bench.owner.connect() as connection:
            granted = "SELECT has_function_privilege('app_web', 'ekasih.locate_households()', 'EXECUTE')"
            if connection.scalar(text(granted)):
                return
    with pytest.raises(ProgrammingError), db.writing(bench.web, bench.administrator) as session:
        session.execute(text(change))


def test_everybody_on_the_map_sees_which_set_is_active_and_administrators_by_whom(bench: Bench) -> None:
    upload = bench.send(catchment())
    bench.check(upload)
    bench.activate(upload)
    assert bench.active("catchment")["actor"] == "pentadbir"
    for who in (bench.planner, bench.officer, bench.of_perak):
        seen = bench.active("catchment", who=who)
        assert seen["since"] is not None
        assert (seen["actor"], seen["wanted"], seen["problem"]) == (None, False, None)


def test_who_lost_the_right_meanwhile_changes_nothing(bench: Bench) -> None:
    upload = bench.send(catchment())
    bench.check(upload)
    with db.writing(bench.web, bench.administrator) as session:
        ask_activation(session, upload, partial=False)
    with bench.owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.app_user SET territory = '{08}' WHERE login = 'pentadbir'"))
    bench.work()
    assert bench.active("catchment", who=bench.planner)["approximate"]


# ------------------------------------------------------------------------- cancelled, again, swept


def test_a_cancelled_check_leaves_the_file_and_what_was_said_of_it(bench: Bench) -> None:
    upload = bench.send(catchment())
    with db.writing(bench.web, bench.administrator) as session:
        job = ask_check(session, upload, Stated(**FACTS, accuracy_m=50))
    with db.writing(bench.web, bench.administrator) as session:
        cancel(session, job)
    found = bench.found(upload)
    assert (found["state"], found["problem"]["key"], found["level"]) == ("ready", "error.job_cancelled", "catchment")
    assert bench.check(upload)["state"] == "checked"


def test_a_cancelled_activation_leaves_the_set_that_was_active(bench: Bench) -> None:
    upload = bench.send(catchment())
    bench.check(upload)
    with db.writing(bench.web, bench.administrator) as session:
        job = ask_activation(session, upload, partial=False)
    with db.writing(bench.web, bench.administrator) as session:
        cancel(session, job)
    found = bench.found(upload)
    assert (found["state"], found["wanted"], found["wish_problem"]["key"]) == ("checked", False, "error.job_cancelled")
    assert bench.activate(upload)["state"] == "used"


def test_a_check_that_failed_is_run_again_by_its_job(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = bench.send(catchment())
    with monkeypatch.context() as patched:
        patched.setattr("registry.areas.preparing.MOST_FEATURES", 0)
        assert bench.check(upload)["problem"]["key"] == "boundary.problem_too_detailed"
    with db.writing(bench.web, bench.administrator) as session:
        job = session.scalar(text("SELECT max(id) FROM ekasih.job WHERE state = 'failed'"))
        rerun(session, int(job))
    assert bench.found(upload)["state"] == "check"
    bench.work()
    assert bench.found(upload)["state"] == "checked"


def test_an_activation_that_was_killed_before_its_files_were_written_is_finished(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from registry.areas import carrying

    upload = bench.send(catchment(101.2, 4.4, 101.3, 4.5))
    bench.check(upload)
    with db.writing(bench.web, bench.administrator) as session:
        ask_activation(session, upload, partial=False)
        wish = session.scalar(text("SELECT max(id) FROM ekasih.boundary_activation"))
    before = web_files(bench.home, level="catchment", parent="MY")
    assert wish is not None

    def killed(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(carrying, "write_level", killed)
        with pytest.raises(KeyboardInterrupt):
            carrying.carry_out(bench.owner, bench.home, wish, lambda _done, _total: None)
    assert web_files(bench.home, level="catchment", parent="MY") == before
    carrying.carry_out(bench.owner, bench.home, wish, lambda _done, _total: None)
    assert web_files(bench.home, level="catchment", parent="MY") != before
    assert bench.left() == []


def test_what_is_removed_or_left_lying_goes_with_its_files(bench: Bench) -> None:
    first, second = bench.send(catchment()), bench.send(catchment())
    bench.check(second)
    with db.writing(bench.web, bench.administrator) as session:
        name = discard(session, first)
    remove_files(bench.home, name)
    stored = bench.found(second)["stored_name"]
    old = time.time() - 40 * 86_400
    for path in (uploads.file_of(bench.home, stored), uploads.view_of(bench.home, stored)):
        os.utime(path, (old, old))
    with bench.owner.begin() as connection:
        assert sweep(bench.home, connection) == 0
        connection.execute(text("UPDATE ekasih.boundary_upload SET reported_at = now() - interval '31 days'"))
        assert sweep(bench.home, connection) == 2
    assert bench.found(second)["state"] == "expired"
    assert bench.left() == []
