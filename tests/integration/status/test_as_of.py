"""Counts of any day equal a recount of that day, and are told to who sees the persons there alone."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.poverty_map.reading import read_drawing, read_figures, read_place
from dashboard.pages.poverty_map.view import MapView
from registry.db import reading
from registry.principals import Principal, Role
from registry.status.months import close_months
from tests.world import add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

FIRST, LAST = date(2025, 6, 10), date(2026, 9, 20)
AREAS = ("08", "0803", "080301", "080305", "080300", "0810", "081000", "10", "1005", "100500")
PLACES = (("0803", "080301"), ("0803", "080305"), ("0803", None), ("0810", None), ("1005", None))
_AGAIN = text("""
    INSERT INTO ekasih.status_decision (household_id, effective_on, decided_by, cause, status, income_rm, member_count,
        per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata)
    SELECT :household, :day, 'test', 'income_changed', status, income_rm, member_count, per_capita_rm, gap_rm, line_id,
        rule_id, state_code, district_code, mukim_code, strata
    FROM ekasih.status_decision WHERE id = :other
""")
_EXIT = text("""
    INSERT INTO ekasih.household_exit (household_id, exited_on, reason, actor, undone_on)
    VALUES (:household, :on, 'died', 'test', :undone)
""")
_DECISIONS = text("""
    SELECT id, household_id, effective_on, status, member_count, gap_rm, state_code, district_code, mukim_code, strata
    FROM ekasih.status_decision ORDER BY effective_on, id
""")
_EXITS = text("SELECT household_id, exited_on, undone_on FROM ekasih.household_exit")
_ON = text("SELECT * FROM ekasih.counts_on(:day, :areas)")
_AS_OF = text("""
    INSERT INTO ekasih.setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
""")


@pytest.fixture
def people(owner: Connection) -> dict[str, Principal]:
    """Forty households that are decided anew, move, exit and come back on days that chance chooses."""
    chance = random.Random(20261)

    def day() -> date:
        return FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))

    households = []
    for number in range(40):
        district, mukim = chance.choice(PLACES)
        facts: dict[str, Any] = {
            "income": chance.choice((260, 900, 1500, 9000)),
            "strata": chance.choice(("urban", "rural")),
        }
        on_date = day().isoformat()
        households.append(add_household(owner, f"A{number}", district=district, mukim=mukim, on_date=on_date, **facts))
    begun = [row.id for row in owner.execute(_DECISIONS)]
    for household in chance.choices(households, k=90):
        owner.execute(_AGAIN, {"household": household, "day": day(), "other": chance.choice(begun)})
    for household in chance.sample(households, k=18):
        left = day()
        undone = left + timedelta(days=chance.randrange(90)) if chance.random() < 0.6 else None
        owner.execute(_EXIT, {"household": household, "on": left, "undone": undone})
    owner.execute(_AS_OF, {"day": LAST.isoformat()})
    close_months(owner, up_to=LAST)
    found = {
        "national": add_principal(owner, "kebangsaan", Role.NATIONAL),
        "coordinator": add_principal(owner, "penyelaras", Role.COORDINATOR, "0803"),
        "planner": add_principal(owner, "menteri", Role.PLANNER),
    }
    owner.commit()
    return found


def recounted(owner: Connection, day: date) -> dict[tuple[str, str, str], tuple[int, int, Any]]:
    """The households of each area by strata and status, from every decision and exit there is: worked out here."""
    out = {
        row.household_id
        for row in owner.execute(_EXITS)
        if row.exited_on <= day and (row.undone_on is None or row.undone_on > day)
    }
    last = {row.household_id: row for row in owner.execute(_DECISIONS) if row.effective_on <= day}
    sums: dict[tuple[str, str, str], list[Any]] = {}
    for row in last.values():
        if row.household_id in out:
            continue
        for area in (row.state_code, row.district_code, row.mukim_code or f"{row.district_code}00"):
            cell = sums.setdefault((area, row.strata, row.status), [0, 0, 0])
            for place, value in enumerate((1, row.member_count, row.gap_rm)):
                cell[place] += value
    return {cell: (values[0], values[1], values[2]) for cell, values in sums.items()}


def counted(web: Engine, who: Principal, day: date) -> dict[tuple[str, str, str], tuple[int, int, Any]]:
    with reading(web, who) as connection:
        rows = connection.execute(_ON, {"day": day, "areas": list(AREAS)}).all()
    return {(row.area_code, row.strata, row.status): (row.households, row.persons, row.gap_rm) for row in rows}


def test_the_counts_of_any_day_are_a_recount_of_that_day(
    people: dict[str, Principal], owner: Connection, web: Engine
) -> None:
    chance = random.Random(14)
    days = {FIRST + timedelta(days=chance.randrange(-3, (LAST - FIRST).days + 1)) for _ in range(60)}
    edges = {date(2026, 2, 28), date(2026, 3, 1), date(2025, 12, 31), date(2026, 8, 31), date(2026, 9, 1), FIRST, LAST}
    for day in sorted(days | edges):
        assert counted(web, people["national"], day) == recounted(owner, day), day


def test_who_sees_one_district_is_told_of_it_alone_and_who_sees_no_persons_nothing(
    people: dict[str, Principal], owner: Connection, web: Engine
) -> None:
    day = date(2026, 5, 17)
    own = {cell: figures for cell, figures in recounted(owner, day).items() if cell[0].startswith("0803")}
    assert own
    assert counted(web, people["coordinator"], day) == own
    assert counted(web, people["planner"], day) == {}


def test_the_map_of_a_day_shows_that_day_and_says_so(
    people: dict[str, Principal], owner: Connection, web: Engine
) -> None:
    words, day = words_of("ms"), date(2026, 5, 17)
    view = MapView.parse({"in": "08", "on": day.isoformat()})
    truth = Counter[str]()
    for (area, _, status), figures in recounted(owner, day).items():
        if status in {"tegar", "miskin"}:
            truth[area] += figures[0]
    with reading(web, people["national"]) as connection:
        place = read_place(connection, view, people["national"], words)
        drawing, figures = read_drawing(connection, place), read_figures(connection, place)
    assert dict(zip(drawing.layer.codes, drawing.layer.values, strict=True))["0803"] == truth["0803"]
    assert figures.totals.poor == truth["08"]
    assert drawing.layer.source.as_of == day
    with reading(web, people["planner"]) as connection:
        planned = read_place(connection, view, people["planner"], words)
    assert planned.view.day is None
