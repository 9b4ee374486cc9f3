"""What the map shows of households is bounded by the zoom, told as so many of so many, limited, and written down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from layers.points import points
from queries import map_points
from queries.map_points import MOST_PIXELS, Part, Wanted
from registry.audit.reads import note_read, write_down_sights
from registry.errors import NotPermitted
from registry.households.sights import note_sight, take_sight
from registry.principals import Principal, Role
from registry.refusals import TooMuchOfTheMap
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

WORLD = (-180.0, -85.0, 180.0, 85.0)
KINTA = (101.0, 4.4, 101.2, 4.6)
EVERYWHERE = Wanted(level="country", code="MY")


@pytest.fixture
def officer(owner: Connection) -> Principal:
    found = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    owner.commit()
    return found


@pytest.fixture
def served(web: Engine) -> Served:
    return Served(web=web)


def looked(served: Served, who: Principal, *, area: str = "0803", households: int = 3, box: Any = KINTA) -> None:
    with served.writing(who) as session:
        take_sight(session)
        note_sight(session, area=area, box=box, one_by_one=households, held=households)


def early_in_a_minute(owner: Connection) -> None:
    """Wait for the next minute when this one is nearly over: what is counted by the minute must fall into one."""
    owner.execute(text("""
        SELECT pg_sleep(60 - second) FROM (SELECT extract(second FROM clock_timestamp()) AS second) AS clock
        WHERE second > 35
    """))
    owner.rollback()


def a_minute_passes(owner: Connection) -> None:
    owner.execute(text("UPDATE ekasih.map_sight SET minute = minute - interval '1 minute'"))
    owner.commit()


def entries(owner: Connection) -> list[Any]:
    asked = text("""
        SELECT actor, district_code, after FROM ekasih.audit_log WHERE subject = 'map_view' ORDER BY id
    """)
    owner.rollback()
    return list(owner.execute(asked))


def setting(owner: Connection, key: str, value: int) -> None:
    owner.execute(
        text("UPDATE ekasih.setting SET value = to_jsonb(CAST(:value AS integer)) WHERE key = :key"),
        {"key": key, "value": value},
    )
    owner.commit()


def test_a_box_of_the_whole_world_at_the_deepest_zoom_shows_one_place(
    served: Served, officer: Principal, owner: Connection
) -> None:
    for number in range(40):
        add_household(owner, f"W{number}", longitude=100.9 + number / 100, latitude=4.3 + number / 200)
    owner.commit()
    with served.reading(officer) as connection:
        assert map_points.in_view(connection, Part(*WORLD, zoom=22), EVERYWHERE)[1] == 0
        assert map_points.in_view(connection, Part(100.0, 3.5, 102.2, 5.3, zoom=22), EVERYWHERE)[1] <= 1
        assert map_points.in_view(connection, Part(100.0, 3.5, 102.2, 5.3, zoom=9), EVERYWHERE)[1] == 40


@pytest.mark.parametrize("zoom", [5, 9, 14, 18, 22])
def test_no_part_is_wider_than_a_screen(zoom: int) -> None:
    west, south, east, north = Part(*WORLD, zoom=zoom).box
    widest = 360 * MOST_PIXELS / (256 * 2**zoom)
    assert east - west == pytest.approx(min(widest, 360))
    assert north - south <= min(widest, 170) + 1e-9


def test_a_part_that_a_screen_shows_is_looked_at_whole() -> None:
    assert Part(100.5, 4.0, 101.5, 5.0, zoom=11).box == (100.5, 4.0, 101.5, 5.0)


def test_of_more_marks_than_a_map_bears_the_fullest_come_and_it_is_told(
    served: Served, officer: Principal, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        add_household(owner, f"W{number}", longitude=101.04 + 0.02 * min(number, 8), latitude=4.47)
    owner.commit()
    monkeypatch.setattr(map_points, "SINGLE_UP_TO", 5)
    monkeypatch.setattr(map_points, "MOST_MARKS", 3)
    with served.reading(officer) as connection:
        found, total = map_points.in_view(connection, Part(100.9, 4.3, 101.4, 4.6, zoom=13), EVERYWHERE)
    layer = points(found, total=total)
    assert (len(found), layer.total, layer.shown, layer.complete) == (3, 12, 6, False)
    assert int(found["n"].max()) == 4


def test_moving_the_map_about_is_one_entry_for_an_account_an_area_and_a_minute(
    served: Served, officer: Principal, owner: Connection
) -> None:
    early_in_a_minute(owner)
    for step in range(20):
        looked(served, officer, box=(101.0 + step / 100, 4.4, 101.2 + step / 100, 4.6))
    looked(served, officer, area="080305", households=7)
    assert entries(owner) == []
    a_minute_passes(owner)
    looked(served, officer)
    kinta, mukim = sorted(entries(owner), key=lambda entry: entry.after["area"])
    assert (kinta.actor, kinta.district_code, mukim.district_code) == ("pegawai", "0803", "0803")
    said = kinta.after
    assert (said["views"], said["households"], said["most"]) == (20, 60, 3)
    assert said["box"] == pytest.approx([101.0, 4.4, 101.39, 4.6])
    assert mukim.after["households"] == 7


@pytest.mark.parametrize("by", ["read", "log"])
def test_what_was_seen_is_written_down_by_whoever_reads_next(
    served: Served, officer: Principal, owner: Connection, by: str
) -> None:
    looked(served, officer)
    a_minute_passes(owner)
    auditor = add_principal(owner, "juruaudit", Role.AUDITOR)
    owner.commit()
    with served.writing(auditor) as session:
        if by == "log":
            write_down_sights(session)
        else:
            note_read(session, "export", subject="audit")
    assert [entry.actor for entry in entries(owner)] == ["pegawai"]
    assert owner.scalar(text("SELECT count(*) FROM ekasih.map_sight")) == 0


def test_a_view_that_is_not_noted_is_not_shown(served: Served, officer: Principal, owner: Connection) -> None:
    with pytest.raises(RuntimeError), served.writing(officer) as session:
        take_sight(session)
        note_sight(session, area="0803", box=KINTA, one_by_one=3, held=3)
        raise RuntimeError
    assert owner.scalar(text("SELECT count(*) FROM ekasih.map_sight")) == 0


def test_an_account_has_so_many_views_a_minute_however_many_it_asks_for_at_once(
    served: Served, officer: Principal, owner: Connection
) -> None:
    setting(owner, "map.views_per_minute", 10)
    early_in_a_minute(owner)

    def ask(_turn: int) -> bool:
        try:
            looked(served, officer)
        except TooMuchOfTheMap:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(ask, range(25))) == 10
    a_minute_passes(owner)
    looked(served, officer)


def test_an_account_is_shown_so_many_households_an_hour(served: Served, officer: Principal, owner: Connection) -> None:
    setting(owner, "map.households_per_hour", 600)
    looked(served, officer, households=300)
    a_minute_passes(owner)
    looked(served, officer, households=300)
    a_minute_passes(owner)
    with pytest.raises(TooMuchOfTheMap):
        looked(served, officer)
    another = add_principal(owner, "pegawai.lain", Role.OFFICER, "0803")
    owner.commit()
    looked(served, another)


def test_who_sees_no_persons_has_no_turn(served: Served, owner: Connection) -> None:
    planner = add_principal(owner, "menteri", Role.PLANNER)
    owner.commit()
    with pytest.raises(NotPermitted):
        looked(served, planner)
