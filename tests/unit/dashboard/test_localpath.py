"""An address that leads away from the site is never followed."""

from __future__ import annotations

import pytest

from dashboard.localpath import asked_path, local_path, referring_path


@pytest.mark.parametrize("address", ["/", "/kpi?in=0803", "/?level=district&in=08", "/isi-rumah/12"])
def test_a_page_of_ours_is_kept_with_its_query(address: str) -> None:
    assert local_path(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "https://elsewhere.example/",
        "//elsewhere.example",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "/a\\b",
        "javascript:alert(1)",
        "kpi",
        "/kpi\r\nSet-Cookie: a=b",
        "/\tkpi",
        "/masuk?next=/masuk",
        "/keluar",
        "/bahasa/en",
        "/_dash-layout",
    ],
)
def test_anything_else_leads_home(address: str | None) -> None:
    assert local_path(address) == "/"
    assert asked_path(address) == ""


def test_the_map_is_a_page_that_can_be_asked_for() -> None:
    assert asked_path("/") == "/"


def test_the_page_a_callback_came_from_is_known_by_its_referrer() -> None:
    assert referring_path("http://localhost:8050/kpi?in=08", "localhost:8050") == "/kpi?in=08"


def test_a_referrer_of_another_host_leads_home() -> None:
    assert referring_path("http://elsewhere.example/kpi", "localhost:8050") == "/"
