"""A page starts with few scripts: what can wait is found by the browser when it is needed."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import brotli
import pytest
from plotly.offline import get_plotlyjs_version

from dashboard.delivery import ASSETS
from dashboard.suites import LATER
from registry.principals import Role
from tests.unit.dashboard.app import PEOPLE, app_for

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

LIMIT = 350 * 1024


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return app_for(PEOPLE[Role.PLANNER], tmp_path).server.test_client()


def started_with(client: FlaskClient, path: str = "/") -> list[str]:
    return re.findall(r'<script src="([^"]+)">', client.get(path).text)


def later(client: FlaskClient) -> dict[str, str]:
    found = re.search(r' data-suites="([^"]+)"', client.get("/").text)
    assert found
    addresses: dict[str, str] = json.loads(unescape(found[1]))
    return addresses


def test_a_page_starts_with_less_script_than_350_kib(client: FlaskClient) -> None:
    answers = [
        client.get(address, headers={"Accept-Encoding": "gzip, br"}, buffered=True) for address in started_with(client)
    ]
    assert {answer.headers["Content-Encoding"] for answer in answers if answer.content_length > 1_000} == {"br"}
    assert 250_000 < sum(answer.content_length for answer in answers) <= LIMIT


def test_what_comes_later_is_told_where_it_is_and_is_there(client: FlaskClient) -> None:
    assert set(later(client)) == set(LATER)
    for address in later(client).values():
        assert address not in started_with(client)
        assert client.get(address, buffered=True).status_code == 200


def test_other_pages_than_the_map_have_what_they_show_fetched_at_once(client: FlaskClient) -> None:
    early = f'<link rel="preload" as="script" href="{later(client)["dash_mantine_components"]}">'
    assert early in client.get("/kpi").text
    assert early not in client.get("/").text


def test_what_never_changes_is_sent_with_brotli_to_whom_takes_it(client: FlaskClient) -> None:
    address = started_with(client)[0]
    plain = client.get(address, buffered=True).data
    packed = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br"}, buffered=True)
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain
    assert client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True).headers["Content-Encoding"] == "gzip"


def test_charts_are_drawn_by_the_small_library_of_the_version_that_makes_them(client: FlaskClient) -> None:
    found = re.search(r' data-charts="([^"]+)"', client.get("/").text)
    assert found
    assert client.get(found[1], headers={"Accept-Encoding": "br"}, buffered=True).status_code == 200
    library = (ASSETS / "vendor" / "plotly" / "plotly-basic.min.js").read_text(encoding="utf-8")
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}" in library[:200]
