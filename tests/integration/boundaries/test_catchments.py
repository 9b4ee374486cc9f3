"""The catchment of an office: drawn or made of areas, shown before it holds, a version from that day on."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry import db
from registry.areas.carrying import ask_due
from registry.areas.catchments import ProposeCatchment, propose_catchment
from registry.areas.uploads import ask_activation, withdraw
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.jobs.schedules import MALAYSIA
from tests.world import add_household

if TYPE_CHECKING:
    from registry.principals import Principal
    from tests.integration.boundaries.conftest import Bench

SHIPPED = "C.PPKB-BATU-GAJAH"
SQUARE = {"type": "Polygon", "coordinates": [[[101.0, 4.4], [101.1, 4.4], [101.1, 4.5], [101.0, 4.5], [101.0, 4.4]]]}
MOVED = {"type": "Polygon", "coordinates": [[[102.0, 4.4], [102.1, 4.4], [102.1, 4.5], [102.0, 4.5], [102.0, 4.4]]]}


def propose(bench: Bench, *, who: Principal | None = None, **facts: Any) -> int:
    values: dict[str, Any] = {
        "code": "C.PPKB-UJI", "name": "PPKB Uji", "source": "Pelan majlis", "dated": date(2026, 1, 1), "accuracy_m": 50,
    } | facts  # fmt: skip
    acting = who or bench.administrator
    return propose_catchment(bench.home, lambda: db.writing(bench.web, acting), ProposeCatchment(**values))


def codes(bench: Bench, household: int) -> list[str]:
    with bench.owner.connect() as owner:
        found = owner.scalar(text("SELECT catchment_codes FROM ekasih.household WHERE id = :id"), {"id": household})
    assert found is not None
    return list(found)


def test_a_drawn_catchment_is_shown_first_then_holds_from_today_beside_the_others(bench: Bench) -> None:
    with bench.owner.begin() as owner:
        inside = add_household(owner, "08030000001", longitude=101.041, latitude=4.469)
        owner.execute(text("SELECT ekasih.locate_households()"))
    before = codes(bench, inside)
    upload = propose(bench, shape=json.dumps(SQUARE))
    bench.work()
    found = bench.found(upload)
    assert (found["state"], found["report"]["complete"]) == ("checked", True)
    shown = {code: counts for code, *counts in found["report"]["changes"]["catchments"]}
    assert shown["C.PPKB-UJI"] == [1, 0, 1]
    assert codes(bench, inside) == before
    bench.activate(upload)
    assert codes(bench, inside) == sorted([*before, "C.PPKB-UJI"])
    with bench.owner.connect() as owner:
        kept = owner.execute(
            text("SELECT from_day = current_date, until_day FROM ekasih.household_catchment WHERE code = 'C.PPKB-UJI'")
        ).one()
        named = owner.scalars(
            text("SELECT b.area_code FROM ekasih.area_boundary AS b JOIN ekasih.boundary_set AS s ON s.id = b.set_id"
                 " WHERE s.level = 'catchment' AND s.active ORDER BY 1")
        ).all()  # fmt: skip
    assert kept[1] is None
    assert named == [SHIPPED, "C.PPKB-UJI"]
    upload = propose(bench, shape=json.dumps(MOVED))
    bench.work()
    counts = {code: rest for code, *rest in bench.found(upload)["report"]["changes"]["catchments"]}
    assert counts["C.PPKB-UJI"] == [0, 1, 0]
    bench.activate(upload)
    assert codes(bench, inside) == before


def test_a_catchment_is_made_of_mukim_and_seats(bench: Bench) -> None:
    with bench.owner.begin() as owner:
        inside = add_household(owner, "08030000002", longitude=101.041, latitude=4.469)
        owner.execute(text("SELECT ekasih.locate_households()"))
        place = owner.execute(
            text("SELECT computed_mukim_code AS mukim, dun_code AS dun FROM ekasih.household WHERE id = :id"),
            {"id": inside},
        ).one()
    areas = tuple(code for code in (place.mukim, place.dun) if code)
    assert areas
    upload = propose(bench, areas=areas)
    bench.work()
    bench.activate(upload)
    assert "C.PPKB-UJI" in codes(bench, inside)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "PPKB", "shape": json.dumps(SQUARE)},
        {"name": " ", "shape": json.dumps(SQUARE)},
        {},
        {"shape": json.dumps(SQUARE), "areas": ("080305",)},
        {"areas": ("080305", "TIADA")},
        {"shape": "{"},
        {"shape": "[]"},
        {"shape": json.dumps({"type": "Point", "coordinates": [101, 4]})},
        {"shape": json.dumps({"type": "Polygon", "coordinates": [[[101, 4], [102, 5], [102, 4], [101, 5], [101, 4]]]})},
        {"shape": json.dumps(SQUARE), "accuracy_m": None},
        {"shape": json.dumps(SQUARE), "source": ""},
    ],
)
def test_what_is_no_catchment_is_refused_by_its_field(bench: Bench, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        propose(bench, **wrong)
    assert bench.left() == []


def test_only_an_administrator_of_the_country_proposes_one(bench: Bench) -> None:
    for who in (bench.of_perak, bench.officer, bench.planner):
        with pytest.raises(NotPermitted):
            propose(bench, who=who, shape=json.dumps(SQUARE))
    assert bench.left() == []


def test_a_catchment_for_a_day_to_come_leaves_the_old_one_until_the_night_of_that_day(bench: Bench) -> None:
    with bench.owner.begin() as owner:
        inside = add_household(owner, "08030000004", longitude=101.041, latitude=4.469)
        owner.execute(text("SELECT ekasih.locate_households()"))
    first = propose(bench, shape=json.dumps(SQUARE))
    bench.work()
    bench.activate(first)
    with bench.owner.begin() as owner:
        owner.execute(text("UPDATE ekasih.household_catchment SET from_day = current_date - 90"))
    before = codes(bench, inside)
    upload = propose(bench, shape=json.dumps(MOVED))
    other = propose(bench, code="C.PPKB-LAIN", shape=json.dumps(SQUARE))
    bench.work()
    today = datetime.now(MALAYSIA).date()
    with pytest.raises(InvalidInput), db.writing(bench.web, bench.administrator) as session:
        ask_activation(session, upload, partial=False, holds_from=today + timedelta(days=2_000))
    with db.writing(bench.web, bench.administrator) as session:
        assert ask_activation(session, upload, partial=False, holds_from=today + timedelta(days=30)) is None
    with pytest.raises(StaleRecord), db.writing(bench.web, bench.administrator) as session:
        ask_activation(session, upload, partial=False, holds_from=today + timedelta(days=40))
    assert night(bench) == 0
    found = bench.found(upload)
    assert (found["wanted"], found["state"], found["holds_from"]) == (True, "checked", today + timedelta(days=30))
    assert codes(bench, inside) == before
    # another office's area holds meanwhile, and stays as it is when the day comes
    bench.activate(other)
    assert codes(bench, inside) == sorted([*before, "C.PPKB-LAIN"])

    with bench.owner.begin() as owner:
        come = text("UPDATE ekasih.boundary_activation SET holds_from = current_date WHERE upload_id = :u")
        owner.execute(come, {"u": upload})
    assert night(bench) == 1
    assert bench.found(upload)["state"] == "used"
    assert codes(bench, inside) == sorted({*before, "C.PPKB-LAIN"} - {"C.PPKB-UJI"})
    with bench.owner.connect() as owner:
        asked = text("SELECT until_day = current_date FROM ekasih.household_catchment WHERE code = 'C.PPKB-UJI'")
        assert owner.scalars(asked).all() == [True]
    assert night(bench) == 0


def test_what_waits_for_its_day_is_withdrawn_by_who_may_change_boundaries(bench: Bench) -> None:
    upload = propose(bench, shape=json.dumps(SQUARE))
    bench.work()
    tomorrow = datetime.now(MALAYSIA).date() + timedelta(days=1)
    with db.writing(bench.web, bench.administrator) as session:
        ask_activation(session, upload, partial=False, holds_from=tomorrow)
    for stranger in (bench.of_perak, bench.officer):
        with pytest.raises(NotPermitted), db.writing(bench.web, stranger) as session:
            withdraw(session, upload)
        with db.writing(bench.web, stranger) as session:
            assert not session.scalar(text("SELECT ekasih.withdraw_boundaries(:u)"), {"u": upload})
    with db.writing(bench.web, bench.administrator) as session:
        withdraw(session, upload)
    with pytest.raises(StaleRecord), db.writing(bench.web, bench.administrator) as session:
        withdraw(session, upload)
    found = bench.found(upload)
    assert (found["wanted"], found["state"]) == (False, "checked")
    bench.activate(upload)
    assert bench.found(upload)["state"] == "used"


def night(bench: Bench) -> int:
    """What the nightly task asks for, and what comes of it."""
    with bench.owner.begin() as owner:
        asked = ask_due(owner)
    bench.work()
    return asked
