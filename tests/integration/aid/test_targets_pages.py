"""The pages of target groups: a file says who took it and why; a condition is read as it was filled in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.pages.targets.asking import AND, OR, SAME, joined, read
from dashboard.signin import session
from dashboard.signin.session import SignedIn
from registry.aid.conditions.problems import BadCondition
from registry.installation.settings import Settings
from tests.integration.aid.test_targets import PURPOSE, world
from tests.world import open_for

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Connection, Engine

    from registry.principals import Principal
    from tests.integration.aid.test_targets import World

__all__ = ["world"]
TYPED: dict[str, Any] = {
    "field": None, "who": None, "operator": None, "values": [], "low": "", "high": "", "need": None, "need_day": "",
    "at_least": "1",
}  # fmt: skip


@pytest.fixture
def server(web: Engine, tmp_path: Path) -> Flask:
    settings = Settings(home=tmp_path, given_secret_key="only for tests")
    return create_app(Deps(settings, web, SignedIn(web))).server


def _browser(server: Flask, owner_engine: Engine, who: Principal) -> FlaskClient:
    client = server.test_client()
    with client.session_transaction() as kept:
        kept[session.TOKEN] = open_for(owner_engine, who.user_id)
    return client


def test_a_list_is_taken_away_with_who_when_and_why_and_it_is_written_down(
    world: World, server: Flask, owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    group = world.frozen(world.agency, fields=("pemilikan",))
    client = _browser(server, owner_engine, world.agency)
    files = {kind: client.get(f"/kumpulan-sasaran/{group}/senarai.{kind}") for kind in ("csv", "xlsx", "gpkg")}
    assert {answer.status_code for answer in files.values()} == {200}
    assert {answer.headers["Cache-Control"] for answer in files.values()} == {"private, no-store"}
    rows = files["csv"].get_data(as_text=True).splitlines()
    assert len(rows) == 17
    assert all(PURPOSE in row and "agensi.a" in row for row in rows[1:])
    sheet = load_workbook(io.BytesIO(files["xlsx"].data)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.startswith("Diambil oleh agensi.a") and PURPOSE in cell for cell in cells)
    (tmp_path / "list.gpkg").write_bytes(files["gpkg"].data)
    layer = gpd.read_file(tmp_path / "list.gpkg")
    assert (len(layer), layer.crs.to_epsg(), set(layer["Tujuan"])) == (16, 4326, {PURPOSE})
    noted = owner.execute(text("SELECT subject_id, after FROM ekasih.audit_log WHERE action = 'export'")).all()
    assert {(row.subject_id, row.after["kind"], row.after["rows"]) for row in noted} == {
        (group, kind, 16) for kind in files
    }


def test_nobody_else_takes_a_list_away_and_nothing_after_its_time(
    world: World, server: Flask, owner_engine: Engine, owner: Connection
) -> None:
    group = world.frozen(world.agency)
    for stranger in (world.other, world.planner, world.officer):
        answer = _browser(server, owner_engine, stranger).get(f"/kumpulan-sasaran/{group}/senarai.csv")
        assert answer.status_code in {403, 404}
    assert server.test_client().get(f"/kumpulan-sasaran/{group}/senarai.csv").status_code != 200
    client = _browser(server, owner_engine, world.agency)
    assert client.get(f"/kumpulan-sasaran/{group}/senarai.exe").status_code == 404
    owner.execute(text("UPDATE ekasih.target_group SET expires_on = current_date - 1"))
    owner.commit()
    assert client.get(f"/kumpulan-sasaran/{group}/senarai.csv").status_code >= 400


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            {"field": "status", "operator": "dalam", "values": ["tegar"]},
            {"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": ["tegar"]},
        ),
        (
            {"field": "pendapatan_perkapita", "operator": "<", "low": "RM1,200.50"},
            {"pada": "isirumah", "medan": "pendapatan_perkapita", "op": "<", "nilai": 1200.5},
        ),
        (
            {"field": "umur", "who": "ahli", "operator": "antara", "low": "7", "high": "17", "at_least": "2"},
            {"ahli": [{"pada": "ahli", "medan": "umur", "op": "antara", "nilai": [7, 17]}], "sekurang": 2},
        ),
        (
            {"field": "tanah_ekar", "operator": "kosong"},
            {"pada": "isirumah", "medan": "tanah_ekar", "op": "kosong", "nilai": True},
        ),
        (
            {"field": "bantuan_berjalan", "operator": "tiada", "need": "RUMAH", "need_day": "31/01/2026"},
            {"pada": "isirumah", "medan": "bantuan_berjalan", "op": "tiada",
             "nilai": {"keperluan": "RUMAH", "tarikh": "2026-01-31"}},
        ),
    ],
)  # fmt: skip
def test_a_condition_is_read_as_it_was_filled_in(typed: dict[str, Any], meant: dict[str, Any]) -> None:
    assert joined([], read(TYPED | typed), AND) == [meant]


def test_conditions_join_as_alternatives_or_about_the_same_member() -> None:
    child = read(TYPED | {"field": "umur", "who": "ahli", "operator": "<=", "low": "6"})
    school = read(TYPED | {"field": "bersekolah", "who": "ahli", "operator": "dalam", "values": ["Ya"]})
    poor = read(TYPED | {"field": "status", "operator": "dalam", "values": ["tegar"]})
    same = joined(joined([], child, AND), school, SAME)
    assert [len(node["ahli"]) for node in same] == [2]
    either = joined(joined(same, poor, OR), poor, OR)
    assert [len(node["atau"]) for node in either] == [3]
    with pytest.raises(BadCondition):
        joined([poor], school, SAME)
    with pytest.raises(BadCondition):
        joined([], read(TYPED | {"field": "status", "operator": "dalam"}), AND)
