"""The service tells each person what they may read, in every way of asking, and nothing else."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from sqlalchemy import text

from ogc.deps import OgcDeps
from ogc.factory import create_ogc
from registry import db
from registry.accounts.sessions import new_token
from registry.api_keys.administration import IssueKey, issue_key
from registry.api_keys.connections import end_key, make_key
from registry.api_keys.tokens import keep_token, key_of
from registry.errors import NotFound
from registry.installation.settings import Settings
from registry.refusals import ConnectionKeysMany

if TYPE_CHECKING:
    from tests.integration.ogc.conftest import Opened

WRONG = (
    "/collections/daerah/items?bbox=1,2,3",
    "/collections/daerah/items?bbox=nan,0,1,1",
    "/collections/daerah/items?bbox=1e308,0,1e309,1",
    "/collections/daerah/items?limit=0",
    "/collections/daerah/items?limit=x",
    "/collections/daerah/items?offset=5",
    "/collections/daerah/items?datetime=2031-01",
    "/collections/daerah/items?datetime=x",
    "/collections/daerah/items?datetime=2026-13",
    "/collections/daerah/items?datetime=99999999999999999999",
    "/collections/daerah/items?filter=RAHSIA%3D1",
    "/collections/daerah/items?filter=tegar%3D'x'",
    "/collections/daerah/items?filter=((",
    "/collections/daerah/items?filter=nama%20LIKE%20'%25%25%25%25a'%20AND",
    "/collections/daerah/items?filter=INTERSECTS(geometry,POINT(1%201))",
    "/collections/daerah/items?sortby=",
    "/collections/daerah/items?RAHSIA=1",
    "/collections/daerah/items?crs=http://RAHSIA",
    "/collections/daerah/items?f=html",
    "/collections/daerah?f=jsonld",
    "/collections/RAHSIA",
    "/collections/daerah/items?properties=RAHSIA",
    "/collections/daerah/items/RAHSIA",
    "/collections/tempat/items/0",
    "/collections/tempat/items/RAHSIA",
    "/collections/isi-rumah/items/RAHSIA",
    "/collections/isi-rumah/items?filter=tegar%3D1",
    "/collections/isi-rumah/items?resulttype=hits",
    "/collections/isi-rumah/items?after=-1",
    "/collections/isi-rumah/tiles/WebMercatorQuad/3/1/1",
    "/collections/daerah/tiles/RAHSIA/1/0/0",
    "/collections/daerah/tiles/WebMercatorQuad/1/9/9",
    "/collections/daerah/tiles/WebMercatorQuad/x/0/0",
    "/TileMatrixSets/RAHSIA",
    "/collections/tempat/tiles",
    "/collections/daerah/styles/RAHSIA.qml",
    "/collections/daerah/styles/tegar.exe",
    "/RAHSIA",
    "/collections/daerah/items?filter=" + "NOT%20" * 400 + "tegar%3D1",
)
MONTHS = ("2026-07", "2026-08", "2026-09")
_ALL = "limit=1000&skipGeometry=true"
# ours, and identifiers of standards, which nothing has to be asked of
_NAMED = {"peta.example", "www.opengis.net", "json-schema.org"}
COUNTS = ("tegar", "miskin", "jumlah_miskin", "kadar", "jurang_rm")
_PUBLISHED = text("""
    SELECT area_code, tegar, miskin, gap_rm FROM ekasih.published_count
    WHERE cut = 'all' AND month = CAST(:month || '-01' AS date)
""")
_EXACT = text("""
    SELECT area_code, coalesce(sum(households) FILTER (WHERE status = 'tegar'), 0) AS tegar,
        coalesce(sum(households) FILTER (WHERE status = 'miskin'), 0) AS miskin
    FROM ekasih.headcount_month WHERE month = CAST(:month || '-01' AS date) GROUP BY area_code
""")


def rows(opened: Opened, statement: Any, month: str) -> dict[str, Any]:
    with opened.owner.connect() as owner:
        return {row.area_code: row for row in owner.execute(statement, {"month": month})}


def test_who_sees_no_persons_reads_what_was_published_and_each_null_has_a_reason(opened: Opened) -> None:
    hidden = set()
    for month in MONTHS:
        published = rows(opened, _PUBLISHED, month)
        for collection in ("negeri", "daerah", "mukim"):
            found = opened.facts("planner", f"/collections/{collection}/items?{_ALL}&datetime={month}")
            assert len(found) > 10
            for code, facts in found.items():
                row = published.get(code)
                told = (0, 0, 0) if row is None else (row.tegar, row.miskin, row.gap_rm)
                assert (facts["tegar"], facts["miskin"], facts["jurang_rm"]) == told
                assert facts["bulan"] == month
                for name, reason in (("tegar", "sebab"), ("kadar", "sebab_kadar"), ("jurang_rm", "sebab_jurang")):
                    assert (facts[name] is None) is (facts[reason] is not None), (code, name)
                hidden |= {code} if facts["sebab"] == "disembunyikan" else set()
    assert {"0801", "0802"} <= hidden


def test_no_way_of_asking_tells_a_planner_of_what_is_hidden(opened: Opened) -> None:
    shown = opened.facts("planner", "/collections/daerah/items?limit=1000&skipGeometry=true")
    hidden = {code for code, facts in shown.items() if facts["sebab"]}
    ways = [
        "tegar<5", "NOT tegar < 5", "tegar>=0", "NOT tegar = 1 AND NOT tegar = 2", "jumlah_miskin BETWEEN 0 AND 9",
        "tegar IN (0,1,2,3,4)", "tegar NOT IN (0,1,2,3,4)", "tegar<>7", "kadar>=0 OR jurang_rm>=0",
    ]  # fmt: skip
    for way in ways:
        found = opened.facts("planner", f"/collections/daerah/items?{_ALL}&filter={quote(way)}")
        assert not hidden & found.keys(), way
    for code in hidden:
        one = opened.get("planner", f"/collections/daerah/items/{code}").get_json()["properties"]
        assert [one[name] for name in COUNTS] == [None] * len(COUNTS)
        for number in range(1, 5):
            assert not opened.features("planner", f"/collections/daerah/items?kod={code}&tegar={number}")
    # a hidden count does not follow from the state's and its neighbours'
    state = opened.facts("planner", "/collections/negeri/items?skipGeometry=true")["08"]
    told = [facts for code, facts in shown.items() if code.startswith("08") and facts["tegar"] is not None]
    for name in ("tegar", "miskin"):
        rest = state[name] - sum(facts[name] for facts in told)
        assert len([code for code in hidden if code.startswith("08")]) > 1 or rest == 0
    # in bounds of a style stand told values alone
    values = {facts["tegar"] for facts in shown.values() if facts["tegar"] is not None}
    style = opened.get("planner", "/collections/daerah/styles/tegar.sld").get_data(as_text=True)
    assert max(values) == max(float(one) for one in re.findall(r"<ogc:Literal>([0-9.e+]+)<", style))


def test_an_officer_reads_the_own_district_exactly_and_others_not_at_all(opened: Opened) -> None:
    exact = rows(opened, _EXACT, MONTHS[-1])
    found = opened.facts("officer", "/collections/daerah/items?limit=1000&skipGeometry=true")
    assert (found["0801"]["tegar"], found["0801"]["miskin"]) == (exact["0801"].tegar, exact["0801"].miskin)
    others = [facts for code, facts in found.items() if code != "0801"]
    assert {facts["sebab"] for facts in others} == {"luar_kawasan"}
    assert {facts[name] for facts in others for name in COUNTS} == {None}
    whole = opened.facts("administrator", "/collections/daerah/items?limit=1000&skipGeometry=true")
    assert {code: (facts["tegar"], facts["miskin"]) for code, facts in whole.items() if code in exact} == {
        code: (row.tegar, row.miskin) for code, row in exact.items() if code in whole
    }


def test_households_are_told_without_names_to_those_who_see_them_and_are_written_down(opened: Opened) -> None:
    assert opened.get("planner", "/collections/isi-rumah/items").status_code == 404
    assert opened.get("planner", "/collections/isi-rumah/tiles/WebMercatorQuad/10/799/499").status_code == 404
    assert "isi-rumah" not in opened.get("planner", "/collections").get_data(as_text=True)
    own = opened.features("officer", "/collections/isi-rumah/items?limit=1")
    assert [feature["properties"]["daerah"] for feature in own] == ["0801", "0801"]
    every = opened.features("administrator", "/collections/isi-rumah/items?limit=7")
    ids = [int(feature["id"]) for feature in every]
    assert len(ids) == 100
    assert ids == sorted(set(ids))
    assert set(every[0]["properties"]) == {"status", "daerah", "mukim", "strata", "ketepatan_m"}
    assert "RAHSIA" not in json.dumps(every)
    foreign = next(feature["id"] for feature in every if feature["properties"]["daerah"] == "0803")
    assert opened.get("officer", f"/collections/isi-rumah/items/{foreign}").status_code == 404
    assert opened.get("officer", f"/collections/isi-rumah/items/{own[0]['id']}").status_code == 200
    condition = quote("status IN ('tegar') AND daerah = '0803'")
    tegar = opened.features("administrator", f"/collections/isi-rumah/items?filter={condition}")
    assert {(one["properties"]["status"], one["properties"]["daerah"]) for one in tegar} == {("tegar", "0803")}
    assert opened.features("administrator", "/collections/isi-rumah/items?status=tidak") == []
    tile = "/collections/isi-rumah/tiles/WebMercatorQuad/11/998/1598"
    own_tile, all_tile = (len(opened.get(who, tile).get_data()) for who in ("officer", "administrator"))
    assert 0 < own_tile < all_tile
    with opened.owner.connect() as owner:
        seen = owner.execute(text("SELECT user_id, sum(households) AS n FROM ekasih.map_sight GROUP BY user_id")).all()
        kept = {row.user_id: row.n for row in seen}
        sealed = owner.execute(text("""
            SELECT actor_id, sum((after ->> 'households')::integer) AS n FROM ekasih.audit_log
            WHERE subject = 'map_view' GROUP BY actor_id
        """))
        for row in sealed:
            kept[row.actor_id] = kept.get(row.actor_id, 0) + row.n
    assert kept[opened.people["administrator"].user_id] >= 100
    assert kept[opened.people["officer"].user_id] >= 3


def test_what_does_not_hold_opens_nothing(opened: Opened) -> None:
    asked = "/collections/daerah/items?limit=1"
    nobody = opened.get(None, asked)
    assert nobody.status_code == 401
    assert nobody.headers["WWW-Authenticate"].startswith("Basic ")
    key = opened.keys["planner"]
    client = opened.app.test_client()
    assert client.get(f"/ogc{asked}", auth=(key.client_id, key.secret[:-1])).status_code == 401
    assert client.get(f"/ogc{asked}", headers={"Authorization": "Bearer " + "x" * 40}).status_code == 401
    assert client.get(f"/ogc{asked}", headers={"Authorization": "Digest x"}).status_code == 401
    assert opened.get("planner", asked).status_code == 200
    with opened.owner.begin() as owner:
        wrong = "SELECT count(*) FROM ekasih.audit_log WHERE action = 'sign_in_refused'"
        assert owner.scalar(text(wrong)) == 1
        owner.execute(text("UPDATE ekasih.app_user SET session_version = 9 WHERE login = 'perancang'"))
        number = owner.scalar(text("SELECT id FROM ekasih.connection_key WHERE client_id = :id"),
                              {"id": opened.keys["officer"].client_id})  # fmt: skip
    assert opened.get("planner", asked).status_code == 401
    with pytest.raises(NotFound), db.writing(opened.web, opened.people["planner"]) as session:
        end_key(session, number)
    with db.writing(opened.web, opened.people["officer"]) as session:
        end_key(session, number)
    assert opened.get("officer", asked).status_code == 401
    with db.writing(opened.web, opened.people["officer"]) as session:
        for _ in range(5):
            made = make_key(session, "QGIS")
        with pytest.raises(ConnectionKeysMany):
            make_key(session, "QGIS")
    assert made.client_id.startswith("ekp-")
    with db.reading(opened.web, opened.people["planner"]) as connection:
        assert connection.scalar(text("SELECT count(*) FROM ekasih.connection_key")) == 1


def test_an_agency_reads_published_areas_where_its_key_opens_them(opened: Opened) -> None:
    with opened.owner.begin() as owner:
        agency = owner.scalar(text("""
            INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('UJI', 'Uji', 'Test', 'negeri')
            RETURNING id
        """))
    answers = {}
    for scopes in (("areas.read",), ("programmes.read",)):
        command = IssueKey(
            name="Sistem", agency_id=agency, office_code=None, scopes=scopes,
            expires_on=datetime.now(UTC).date() + timedelta(days=30),
        )  # fmt: skip
        token = new_token()
        with db.writing(opened.web, opened.people["administrator"]) as session:
            issued = issue_key(session, command)
        with db.signing_in(opened.web) as connection:
            held = key_of(connection, issued.client_id, issued.secret)
            assert held is not None
            keep_token(connection, held, token, scopes)
        client, asked = opened.app.test_client(), f"/ogc/collections/daerah/items?{_ALL}"
        by_token = client.get(asked, headers={"Authorization": f"Bearer {token}"})
        by_key = client.get(asked, auth=(issued.client_id, issued.secret))
        points = client.get("/ogc/collections/isi-rumah/items", auth=(issued.client_id, issued.secret))
        answers[scopes[0]] = (by_token.status_code, by_key.status_code, points.status_code)
        if scopes == ("areas.read",):
            told = {feature["id"]: feature["properties"] for feature in by_key.get_json()["features"]}
            assert told == opened.facts("planner", f"/collections/daerah/items?{_ALL}")
            assert by_token.get_json()["features"] == by_key.get_json()["features"]
    assert answers == {"areas.read": (200, 200, 404), "programmes.read": (403, 401, 401)}


def test_every_address_it_names_is_its_own_and_answers(opened: Opened) -> None:
    public = "https://peta.example/ekasih"
    settings = Settings(home=opened.home, given_secret_key="only for tests", given_public_url=public)
    app = create_ogc(OgcDeps(settings, opened.web, lambda: opened.people["administrator"]))
    asked: set[str] = set()
    waiting = ["/ogc/", "/ogc/openapi"]
    while waiting:
        address = waiting.pop()
        if address in asked or "{" in address:
            continue
        asked.add(address)
        answer = app.test_client().get(address)
        assert answer.status_code == 200, (address, answer.get_data(as_text=True))
        said = answer.get_data(as_text=True)
        found = re.findall(r'https?://[^"\\<> ]+', said)
        assert {urlsplit(one).netloc for one in found} <= _NAMED, address
        own = [one for one in found if urlsplit(one).netloc == "peta.example"]
        assert all(one.startswith(f"{public}/ogc") for one in own)
        waiting += [one.removeprefix(public) for one in own if "after=" not in one]
    assert len(asked) > 40
    document = app.test_client().get("/ogc/openapi").get_json()
    assert set(re.findall(r'"\$ref": "(.)', json.dumps(document))) == {"#"}
    assert document["servers"] == [{"url": "https://peta.example/ekasih/ogc"}]


def test_what_is_asked_wrongly_is_refused_and_not_repeated(opened: Opened) -> None:
    for path in WRONG:
        answer = opened.get("administrator", path)
        assert 400 <= answer.status_code < 500, (path, answer.get_data(as_text=True))
        assert "RAHSIA" not in answer.get_data(as_text=True), path
        assert answer.is_json, path
