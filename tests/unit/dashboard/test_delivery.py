"""Answers are fenced in, compressed, and kept by the browser only where they never change."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from registry.principals import Role
from tests.unit.dashboard.app import PEOPLE, app_for

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return app_for(PEOPLE[Role.PLANNER], tmp_path).server.test_client()


def asked(client: FlaskClient, path: str, headers: dict[str, str] | None = None) -> TestResponse:
    """The whole answer, its file closed as a server would."""
    return client.get(path, headers=headers, buffered=True)


def policy(answer: TestResponse) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (part.partition(" ") for part in parts)}


def test_a_page_may_run_no_script_but_ours(client: FlaskClient) -> None:
    scripts = policy(client.get("/"))["script-src"]
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert "http" not in scripts


def test_no_source_of_a_page_is_on_another_host(client: FlaskClient) -> None:
    assert "//" not in client.get("/").headers["Content-Security-Policy"]


def test_no_other_site_can_frame_a_page_or_learn_its_address(client: FlaskClient) -> None:
    headers = client.get("/").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/_dash-layout", "/_dash-dependencies", "/masuk", "/tiada.json"])
def test_nothing_about_people_is_kept_by_browser_or_proxy(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_a_file_whose_address_names_its_version_is_kept_for_good(client: FlaskClient) -> None:
    assert "immutable" in asked(client, "/assets/tokens.css?m=1").headers["Cache-Control"]


def test_a_file_whose_address_names_no_version_is_not(client: FlaskClient) -> None:
    assert "immutable" not in asked(client, "/assets/tokens.css").headers.get("Cache-Control", "")


def test_large_answers_travel_compressed(client: FlaskClient) -> None:
    plain = asked(client, "/assets/tokens.css?m=1")
    packed = asked(client, "/assets/tokens.css?m=1", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2


def test_a_compressed_answer_is_the_same_the_second_time(client: FlaskClient) -> None:
    first, second = (asked(client, "/assets/tokens.css?m=1", headers=GZIP).data for _ in range(2))
    assert first == second


def test_who_takes_no_compression_gets_none(client: FlaskClient) -> None:
    assert "Content-Encoding" not in asked(client, "/assets/tokens.css?m=1").headers


def test_where_the_time_went_is_told_to_no_browser_unless_a_measurement_asks(tmp_path: Path) -> None:
    plain = app_for(PEOPLE[Role.PLANNER], tmp_path).server.test_client().get("/masuk")
    assert "Server-Timing" not in plain.headers
    timed = app_for(PEOPLE[Role.PLANNER], tmp_path, timings=True).server.test_client().get("/masuk")
    assert re.fullmatch(r"server;dur=[\d.]+, database;dur=[\d.]+", timed.headers["Server-Timing"])
