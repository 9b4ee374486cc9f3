"""What the pages say of boundary files, and their routes: streamed in, drawn for those who may change them alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.forgery import HEADER
from dashboard.pages.boundaries.content import content
from dashboard.pages.boundaries.drawing import drawn, places
from dashboard.pages.boundaries.report import codes_of
from dashboard.signin import session
from dashboard.signin.session import SignedIn
from queries import boundaries
from registry import db
from registry.installation.settings import Settings
from tests.integration.boundaries.conftest import Bench, bundled, catchment, geojson
from tests.world import open_for
from words import words_of

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from registry.principals import Principal

ROUTE = "/sempadan/muat-naik?nama=contoh.geojson"
TOKEN = "of the test"
MS = words_of("ms")


@pytest.fixture
def server(bench: Bench) -> Flask:
    settings = Settings(home=bench.home, given_secret_key="only for tests")
    return create_app(Deps(settings, bench.web, SignedIn(bench.web))).server


def browser_of(server: Flask, bench: Bench, who: Principal) -> FlaskClient:
    client = server.test_client()
    with client.session_transaction() as kept:
        kept[session.TOKEN] = open_for(bench.owner, who.user_id)
        kept[session.FORM_TOKEN] = TOKEN
    return client


def said(bench: Bench, found: dict[str, Any]) -> str:
    """All that the page of a file says."""
    with db.reading(bench.web, bench.administrator) as connection:
        names = boundaries.names(connection, codes_of(found["report"]) if found["report"] else ())
    return json.dumps(content(found, names, MS).to_plotly_json(), default=lambda part: part.to_plotly_json())


def test_the_page_of_a_file_says_what_can_be_done_in_each_state(bench: Bench) -> None:
    frame = bundled("district").iloc[:-1].copy()
    frame.loc[0, "name"], frame.loc[0, "code"] = "Batu Pahta", ""
    upload = bench.send(geojson(frame))
    assert "boundaries-file-check" in said(bench, bench.found(upload))
    checked = bench.check(upload, level="district")
    told = said(bench, checked)
    assert MS("boundary.unmatched") in told
    assert "Batu Pahat" in told
    assert MS("boundary.accept_partial") in told
    used = said(bench, bench.activate(upload, partial=True))
    assert MS("boundary.to_sets") in used
    assert "boundaries-file-act" not in used


def test_the_map_colours_every_area_by_how_much_it_changes_over_the_active_outlines(bench: Bench) -> None:
    frame = bundled("district").set_index("code")
    frame.loc[["0803", "0804"], "geometry"] = frame.loc[["0804", "0803"], "geometry"].to_numpy()
    found = bench.check(bench.send(geojson(frame.reset_index())), level="district")
    assert places(bench.home, found)[0] == "MY"
    assert len(places(bench.home, found)) == 17
    made = drawn(bench.home, found, "08", MS)
    assert made is not None
    areas = made.picture["hideout"]["areas"]
    assert areas["0803"][0] > areas["0801"][0] == 0
    assert made.outline is not None
    assert made.outline.startswith("/sempadan/district-08-")
    assert made.picture["url"].startswith(f"/sempadan/fail/{found['upload_id']}/district-08-")


def test_a_file_is_streamed_in_and_its_shapes_are_given_to_administrators_of_the_country_alone(
    server: Flask, bench: Bench
) -> None:
    client = browser_of(server, bench, bench.administrator)
    answer = client.post(ROUTE, data=catchment(), content_type="application/octet-stream", headers={HEADER: TOKEN})
    assert answer.status_code == 200
    upload = answer.json["upload"]  # type: ignore[index]
    found = bench.check(upload)
    made = drawn(bench.home, found, "MY", MS)
    assert made is not None
    address = made.picture["url"]
    assert client.get(address).json["features"][0]["properties"]["code"] == "C.PPKB-BATU-GAJAH"  # type: ignore[index]
    assert client.get(f"/sempadan/fail/{upload}/catchment.index.json").status_code == 404
    for who, status in ((bench.of_perak, 404), (bench.officer, 403), (bench.planner, 403)):
        assert browser_of(server, bench, who).get(address).status_code == status


@pytest.mark.parametrize(("login", "status"), [("officer", 403), ("planner", 403), ("of_perak", 403)])
def test_who_may_not_change_boundaries_is_refused(server: Flask, bench: Bench, login: str, status: int) -> None:
    client = browser_of(server, bench, getattr(bench, login))
    answer = client.post(ROUTE, data=catchment(), content_type="application/octet-stream", headers={HEADER: TOKEN})
    assert answer.status_code == status
    assert bench.left() == []


def test_a_refusal_is_told_in_words(server: Flask, bench: Bench) -> None:
    client = browser_of(server, bench, bench.administrator)
    answer = client.post(ROUTE, data=b"%PDF", content_type="application/octet-stream", headers={HEADER: TOKEN})
    assert answer.status_code == 422
    assert answer.json["refused"] == MS("boundary.problem_no_boundaries")  # type: ignore[index]
