"""What aid reached whom adds up to a recount for who sees persons, and is rounded for everybody else."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from dashboard.pages.poverty_map.aid import aid_panel, read_aid
from dashboard.pages.poverty_map.reading import read_drawing, read_figures, read_place
from dashboard.pages.poverty_map.table import written_table
from dashboard.pages.poverty_map.view import MapView
from poverty.disclosure import rounded_count
from queries import reach
from registry.principals import Role
from registry.publishing.publish import publish
from tests.integration.aid.deliveries import AidDelivery
from tests.world import Served, add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from dashboard.pages.poverty_map.reading import Drawing
    from registry.aid.importing import AidReport
    from registry.principals import Principal

    Imported = Callable[..., AidReport]

MS = words_of("ms")


@pytest.fixture
def published(owner: Connection, families: dict[str, int], imported: Imported) -> dict[str, int]:
    """Two families aided of fourteen; one line was taken back, one is of long ago."""
    for number in range(12):
        add_household(owner, f"K1{number:03}", name=f"Tanpa Bantuan {number}")
    owner.execute(
        text(
            "INSERT INTO ekasih.setting VALUES ('register.as_of', '\"2026-07-10\"')"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
    )
    owner.commit()
    siti = {"no_kp": "710202085002", "nama": "Siti binti Kassim"}
    imported(
        AidDelivery("SATU", "1")
        .line("S1")
        .line("S2", tarikh="2026-05-10")
        .line("S3", tarikh="2025-03-10", amaun="200.00", **siti)
        .line("S4", tarikh="2026-04-10")
    )
    imported(AidDelivery("SATU", "2").line("B", jenis_baris="batal", no_rujukan_asal="S4", tarikh="2026-06-01"))
    publish(owner)
    owner.commit()
    return families


def test_who_sees_persons_reads_exact_figures(owner: Connection, web: Engine, published: dict[str, int]) -> None:
    del published
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    owner.commit()
    with Served(web=web).reading(officer) as conn:
        (row,) = [r for r in reach.by_cut(conn, area="0803", live=True) if r["cut"] == "all"]
        assert (row["aided"], row["never"], row["amount_rm"]) == (1, 12, Decimal(200))
        areas = reach.by_area(conn, level="district", within="08", cut="need:PENDAPATAN", live=True)
        assert dict(zip(areas["area_code"], areas["aided"], strict=True))["0803"] == 1
        assert reach.by_cut(conn, area="0805", live=True) == []


def test_everybody_else_reads_them_rounded_and_none_of_a_few(
    owner: Connection, web: Engine, published: dict[str, int]
) -> None:
    del published
    planner = add_principal(owner, "menteri", Role.PLANNER)
    owner.commit()
    with Served(web=web).reading(planner) as conn:
        (row,) = [r for r in reach.by_cut(conn, area="0803", live=False) if r["cut"] == "all"]
        assert (row["aided"], row["never"], row["amount_rm"]) == (None, 10, None)
        assert reach.by_cut(conn, area="0803", live=True) == []


def _drawn(web: Engine, who: Principal, **asked: str) -> tuple[Drawing, dict[str, list[str]], str]:
    """The map of a measure of aid, its table by area as it is written, and the panel beside it."""
    with Served(web=web).reading(who) as conn:
        place = read_place(conn, MapView(**asked), who, MS)
        drawing = read_drawing(conn, place)
        beside = str(aid_panel(place, read_figures(conn, place), read_aid(conn, place), MS))
    _head, rows = written_table(drawing, MS)
    return drawing, {row[1]: row[2:] for row in rows}, beside


def test_the_map_draws_exact_aid_for_who_sees_the_persons(
    owner: Connection, web: Engine, published: dict[str, int]
) -> None:
    del published
    office = add_principal(owner, "pusat", Role.NATIONAL)
    owner.commit()
    drawing, rows, beside = _drawn(web, office, area="08", measure="reach_never_share")
    values = dict(zip(drawing.layer.codes, drawing.layer.values, strict=True))
    assert values["0803"] == pytest.approx(12 / 14)
    assert rows["Kinta"] == ["1", "85.7%", "RM200"]
    assert "85.7%" in beside
    assert "/bantuan?ukuran=reach_never&in=08" in beside
    assert drawing.place.source.name == MS("reach.source")


def test_the_map_draws_aid_rounded_for_everybody_else_and_hides_a_few(
    owner: Connection, web: Engine, published: dict[str, int]
) -> None:
    del published
    planner = add_principal(owner, "menteri", Role.PLANNER)
    owner.commit()
    drawing, rows, beside = _drawn(web, planner, area="08", measure="reach_aided", strata="urban", month_text="2026-01")
    assert rows["Kinta"][0] == rows["Kinta"][2] == MS("map.few")
    assert drawing.layer.too_few_count == len(drawing.layer.codes)
    assert "RM200" not in beside
    assert MS("map.aid_together") in beside
    mukims, _rows, beside = _drawn(web, planner, area="0803", measure="reach_aided")
    assert mukims.layer.level == "mukim"
    assert set(mukims.layer.values) == {None}
    assert MS("map.aid_no_level", level=MS("level.mukim")) in beside


@pytest.mark.parametrize(
    ("count", "shown"), [(None, None), (0, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20)]
)
def test_a_count_is_to_the_nearest_five_and_none_is_below_ten(count: int | None, shown: int | None) -> None:
    assert rounded_count(count) == shown
