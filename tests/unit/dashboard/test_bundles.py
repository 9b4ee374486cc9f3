"""A page asks once for all our scripts and once for all our styles, and has them in the order it would have had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.bundles import bundle, bundled
from dashboard.delivery import ASSETS
from registry.principals import Role
from tests.unit.dashboard.app import PEOPLE, app_for

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash


@pytest.fixture
def app(tmp_path: Path) -> Dash:
    return app_for(PEOPLE[Role.PLANNER], tmp_path)


@pytest.mark.parametrize(("kind", "address"), [(".js", "/assets/js/all.js"), (".css", "/assets/css/all.css")])
def test_a_page_names_one_file_of_a_kind_and_it_is_all_of_them(app: Dash, kind: str, address: str) -> None:
    client = app.server.test_client()
    named = re.findall(rf'(?:src|href)="(/assets/[^"]+\{kind}\?[^"]*)"', client.get("/").text)
    assert [name.split("?")[0] for name in named] == [address]
    answer = client.get(named[0])
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.text == "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in bundle(kind).names)


@pytest.mark.parametrize("kind", [".js", ".css"])
def test_the_files_stand_in_the_order_in_which_dash_names_them(app: Dash, kind: str) -> None:
    with app.server.test_request_context("/"):
        app._setup_server()
        tags = app._generate_scripts_html() if kind == ".js" else app._generate_css_dist_html()
    assert tuple(re.findall(rf'"/assets/([^"?]+\{kind})\?', tags)) == bundle(kind).names
    assert len(bundle(kind).names) > 20


def test_what_is_not_ours_stays_where_it_is() -> None:
    one, two = bundle(".js").names[:2]
    tags = [f'<script src="{src}"></script>' for src in ("/a.js", f"/assets/{one}?m=1", f"/assets/{two}?m=2", "/b.js")]
    kept = bundled("\n".join(tags), ".js")
    assert re.findall(r'src="([^"?]+)', kept) == ["/a.js", "/assets/js/all.js", "/b.js"]


def test_what_styles_name_beside_them_is_where_the_one_file_looks_for_it() -> None:
    named = set(re.findall(r"url\(\"?((?!data:)[^)\"]+)", bundle(".css").text))
    assert named
    assert all((ASSETS / "css" / name).is_file() for name in named)
