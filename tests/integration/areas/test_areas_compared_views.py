"""The views of areas held against each other say what the figures are, and nothing where they would mislead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.pages.areas_compared import parts
from dashboard.pages.areas_compared.access import access
from dashboard.pages.areas_compared.missed import missed
from dashboard.pages.areas_compared.page import shown
from dashboard.pages.areas_compared.pockets import pockets
from dashboard.pages.areas_compared.rates import rates
from dashboard.pages.areas_compared.view import VIEWS, ComparedView, place_of
from layers.choropleth import TOO_FEW
from registry import db
from registry.db import OWNER_ROLE, WEB_ROLE
from registry.installation.settings import Settings
from registry.principals import Principal, Role
from registry.publishing.access import measure_access
from registry.publishing.pockets import compare_areas
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.squares import write_squares
from tests.world import Served, add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from dashboard.pages.areas_compared.view import Place
    from tests.databases import Databases

WORDS = words_of("ms")
AS_OF = date(2026, 10, 20)
_AS_OF = text("""
    INSERT INTO ekasih.setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
""")
_N_EFF = text("UPDATE ekasih.setting SET value = CAST(:n AS jsonb) WHERE key = 'tercicir.n_eff'")


@dataclass(frozen=True)
class World(Served):
    """A register that was compared, an officer of Kinta, and a planner."""

    owner: Engine
    officer: Principal
    planner: Principal


@pytest.fixture(scope="module")
def world(databases: Databases) -> Iterator[World]:
    """Kinta with 30 registered poor, of whom the mukim are known; compared with all districts."""
    with (
        databases.lent(databases.template()) as name,
        databases.connected(name, OWNER_ROLE) as owner,
        databases.connected(name, WEB_ROLE) as web,
    ):
        with owner.begin() as connection:
            who = _filled(connection)
        yield World(web=web, owner=owner, officer=who[0], planner=who[1])


def _filled(owner: Connection) -> tuple[Principal, Principal]:
    for number in range(30):
        add_household(
            owner,
            f"K{number:03}",
            mukim="080301" if number < 26 else "080302",
            income=300 if number % 2 else 1500,
            on_date="2026-08-15",
        )
    owner.execute(_AS_OF, {"day": AS_OF.isoformat()})
    close_months(owner, up_to=AS_OF)
    publish(owner)
    compare_areas(owner)
    measure_access(owner)
    return add_principal(owner, "pegawai.kinta", Role.OFFICER, "0803"), add_principal(owner, "planner", Role.PLANNER)


@pytest.fixture
def officer(world: World) -> Principal:
    return world.officer


@pytest.fixture
def asking(world: World) -> Iterator[Connection]:
    with world.reading(world.officer) as connection:
        yield connection


def _place(connection: Connection, who: Principal, area: str, **view: str) -> tuple[ComparedView, Place]:
    state = ComparedView(area=area, **view)
    return state, place_of(connection, state, who)


def test_registered_are_held_against_what_the_survey_leads_one_to_expect(
    world: World, officer: Principal, asking: Connection
) -> None:
    _, place = _place(asking, officer, "08")
    found = missed(asking, place, WORDS)
    kinta = next(row for row in found.table.cells if row[0] == "0803")
    assert kinta[1:7] == ["Kinta", "Perak", 1, 0.038, 244648, 9296.6]
    assert kinta[8:] == [30, 9266.6, WORDS("compared.verdict_tercicir")]
    assert found.table.rows[0][0] == "Kinta"
    told = " ".join(found.notes)
    assert "287" in told
    assert "2020" in told
    # with another line in force than that of the survey nothing is compared, and it is said why
    other = missed(asking, replace(place, footing=replace(place.footing, line_year=2019)), WORDS)
    assert other.refused
    assert "2019" in other.refused[1]
    assert other.table.rows == []
    assert parts.table(ComparedView(), other, WORDS) == []
    # a larger survey is surer
    with world.owner.begin() as owner:
        owner.execute(_N_EFF, {"n": "2870"})
    with world.reading(officer) as connection:
        surer = next(row for row in missed(connection, place, WORDS).table.cells if row[0] == "0803")
    with world.owner.begin() as owner:
        owner.execute(_N_EFF, {"n": "287"})
    assert surer[7] != kinta[7]


def test_every_view_is_a_sheet_that_says_what_it_shows(world: World, tmp_path: Path) -> None:
    write_squares(tmp_path, "district", [("0801", "Batang Padang"), ("0803", "Kinta")])
    write_squares(tmp_path, "mukim", [("080301", "Hulu Kinta"), ("080302", "Sungai Raya")])
    files = {}
    for who in (world.planner, world.officer):
        deps = Deps(Settings(home=tmp_path, given_secret_key="x"), world.web, lambda who=who: who)
        client = create_app(deps).server.test_client()
        for view in VIEWS:
            files[who.role, view] = client.get(f"/muat-turun/analisis-kawasan?in=0803&lihat={view}&as=svg")
    assert {answer.status_code for (_, view), answer in files.items() if view != "poket"} == {200}
    planned, own = files[Role.PLANNER, "kadar"].text, files[Role.OFFICER, "kadar"].text
    for said in (WORDS("compared.rates_title"), "Kinta", "Sumber"):
        assert said in planned, said
    # the mukim of a district are for who sees its persons
    assert "Hulu Kinta" in own
    assert "Hulu Kinta" not in planned


def test_small_rates_are_marked_hatched_and_never_ranked(officer: Principal, asking: Connection) -> None:
    state, place = _place(asking, officer, "MY")
    found = rates(asking, state, place, WORDS)
    at = found.layer.codes.index("0803")
    assert not found.layer.unsure[at]
    unsure = [code for code, one in zip(found.layer.codes, found.layer.unsure, strict=True) if one]
    assert unsure
    ranks = dict(zip(found.layer.codes, found.layer.ranks, strict=True))
    assert {ranks[code] for code in unsure} == {None}
    assert ranks["0803"] == 1
    told = {row[0]: row for row in found.table.rows}
    assert "*" not in told["Kinta"][2]
    assert all("→" in row[2] for row in told.values())
    assert sum("*" in row[2] for row in told.values()) == len(unsure)
    assert found.small
    hidden = [code for code, grade in zip(found.layer.codes, found.layer.classes, strict=True) if grade == TOO_FEW]
    assert len(hidden) + len(told) == 160


def test_the_mukim_of_the_own_district_are_told_exactly_and_to_nobody_else(
    world: World, officer: Principal, asking: Connection
) -> None:
    state, place = _place(asking, officer, "0803")
    found = rates(asking, state, place, WORDS)
    assert (found.level, found.within) == ("mukim", "0803")
    raw = {row[0]: row[3] for row in found.table.cells}
    assert raw == {"080301": 0.5, "080302": 0.5}
    assert all("*" in row[2] for row in found.table.rows)
    assert found.layer.source.as_of == date(2026, 9, 30)
    with world.reading(world.planner) as connection:
        state, place = _place(connection, world.planner, "0803")
        assert rates(connection, state, place, WORDS).level == "district"


@pytest.mark.parametrize("test", ["lisa", "gi"])
def test_pockets_by_the_survey_are_drawn_and_explained(officer: Principal, asking: Connection, test: str) -> None:
    state, place = _place(asking, officer, "MY", source="dosm", test=test)
    found = pockets(asking, state, place, WORDS)
    labels = {"lisa": ("lisa_tt", "lisa_rr"), "gi": ("gi_panas", "gi_sejuk")}[test]
    told = [row[2] for row in found.table.rows]
    assert {WORDS(f"compared.{label}") for label in labels} <= set(told)
    assert len(told) == 160
    # those in pockets stand first
    assert told[-1] == WORDS(f"compared.{test}_none")
    assert "159" in found.layer.how
    assert any("159" in note for note in found.notes)
    assert found.layer.legend_rows[0].areas == told.count(WORDS(f"compared.{labels[0]}"))
    sabah = {row[1] for row in found.table.rows if row[2] == WORDS(f"compared.{labels[0]}")}
    assert "Sabah" in sabah


def test_of_too_few_areas_no_pocket_is_told(officer: Principal, asking: Connection) -> None:
    state, place = _place(asking, officer, "MY", source="dosm")
    look = {**place.looks["dosm"], "reason": "terlalu_sedikit", "areas": 12}
    few = pockets(asking, state, replace(place, looks={**place.looks, "dosm": look}), WORDS)  # type: ignore[dict-item]
    none = pockets(asking, state, replace(place, looks={}), WORDS)
    assert few.refused
    assert "12" in few.refused[1]
    assert none.refused == (WORDS("compared.not_yet"), WORDS("compared.not_yet_hint"))
    assert few.table.rows == none.table.rows == []


def test_how_far_a_town_is_names_what_is_missing(officer: Principal, asking: Connection) -> None:
    _, place = _place(asking, officer, "08")
    found = access(asking, place, WORDS)
    kinta = next(row for row in found.table.rows if row[0] == "Kinta")
    assert kinta[2].endswith(" km")
    assert "Klinik dan sekolah" in " ".join(found.notes)
    metres = [row[3] if row[3] is not None else row[5] for row in found.table.cells]
    assert metres == sorted(metres, reverse=True)
    _, place = _place(asking, officer, "0803")
    inside = access(asking, place, WORDS)
    assert inside.level == "mukim"
    assert all(row[2] == WORDS("compared.not_told") for row in inside.table.rows)


@pytest.mark.parametrize("view", VIEWS)
def test_before_a_month_was_closed_every_view_says_so(owner: Connection, web: Engine, view: str) -> None:
    who = add_principal(owner, "pegawai.kinta", Role.OFFICER, "0803")
    add_household(owner, "A1", mukim="080301")
    owner.commit()
    state = ComparedView(view=view, area="0803")
    with db.reading(web, who) as connection:
        found = shown(connection, state, who, WORDS)
    assert found.refused
    assert parts.table(state, found, WORDS) == []
    assert parts.legend_of(found, WORDS) is None
    assert parts.notes(found, WORDS)
    assert parts.choices(state, found, WORDS)
