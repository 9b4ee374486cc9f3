"""The map of measures as a sheet and a picture: what it says of itself, and nothing that the page hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from registry.installation.settings import Settings
from registry.principals import Role
from tests.integration.measures.conftest import SIZES
from tests.squares import write_squares
from tests.world import add_principal

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from registry.principals import Principal
    from tests.integration.measures.conftest import Measured


def _client(world: Measured, who: Principal, home: Path) -> FlaskClient:
    server = create_app(Deps(Settings(home=home, given_secret_key="x"), world.web, lambda: who)).server
    return server.test_client()


def test_the_map_of_measures_is_a_sheet_with_its_source_and_hides_what_the_page_hides(
    measured: Measured, tmp_path: Path
) -> None:
    everywhere = add_principal(measured.owner, "nasional", Role.NATIONAL)
    measured.owner.commit()
    planner, national = (_client(measured, who, tmp_path) for who in (measured.planner, everywhere))
    address = "/muat-turun/analisis?in=08&ukuran=p0"
    # nothing to draw without boundaries
    assert planner.get(f"{address}&as=svg").status_code == 404
    write_squares(tmp_path, "district", [(code, f"D{code}") for code in SIZES if code.startswith("08")])
    drawn = planner.get(f"{address}&as=svg")
    assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
    assert 'filename="ekasih-analisis-p0-perak-2026-09-household.svg"' in drawn.headers["Content-Disposition"]
    for said in ("Analisis kemiskinan: Perak", "Mengikut isi rumah", "D0801", "80.0%", "30/09/2026", "Terlalu sedikit"):
        assert said in drawn.text, said
    # three poor of twelve: exact to who sees them, to nobody else
    few = "25.0%"
    assert few not in drawn.text
    assert few in national.get(f"{address}&as=svg").text
    assert planner.get(f"{address}&as=pdf").data.startswith(b"%PDF")
    noted = text("SELECT after FROM audit_log WHERE action = 'export' AND subject = 'map' ORDER BY id")
    assert {row["within"] for row in measured.owner.scalars(noted)} == {"08"}
