"""The projects on the board of an office: each figure comes out right, equals its list, and is nobody else's."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from sqlalchemy import text

from dashboard.pages.office import lists, works
from dashboard.pages.office.board import OfficeView, read_board
from dashboard.pages.office.sheet import office_sheet
from layers.drawn import svg
from queries import offices
from queries import projects as queries
from registry.principals import Role
from tests.integration.projects.conftest import OFFICE, poor
from tests.world import add_principal
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.projects.conftest import Projects


def told(component: Any) -> str:
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


def finished(projects: Projects, days: int, **facts: Any) -> str:
    """A house that took so many days, of which RM30,000 was paid."""
    number = projects.begun(Decimal(80_000), **facts)
    projects.done(number)
    projects.told_complete(number)
    projects.step(projects.second, number, "siap")
    with projects.owner.begin() as owner:
        owner.execute(text("""
            UPDATE ekasih.project_step SET at = at - make_interval(days => :days)
            WHERE action = 'mula' AND project_id = (SELECT id FROM ekasih.project WHERE number = :number)
        """), {"days": days, "number": number})  # fmt: skip
    projects.post("bayar", 30_000, f"B-{number}", office=OFFICE, case_no=number)
    projects.post("sah", 30_000, f"S-{number}", original=f"B-{number}")
    return number


def board(projects: Projects, who: Principal) -> works.Works | None:
    with projects.reading(who) as conn:
        return works.works_of(conn, OFFICE, projects.today.year, projects.today)


def test_houses_that_were_finished_late_projects_and_the_cost_of_a_household_come_out_right(
    projects: Projects, owner: Connection
) -> None:
    homes = [poor(owner, f"0803000001{no}") for no in range(3)]
    owner.commit()
    projects.post("peruntukan", 400_000, "A-2")
    projects.post("waran", 400_000, "W-2", office=OFFICE)
    houses = [finished(projects, days, households=(home,)) for days, home in zip((10, 60), homes, strict=False)]
    with projects.owner.begin() as change:
        # planned for yesterday, so that one of the two is after its day
        change.execute(text("""
            UPDATE ekasih.project_plan SET ends = array_fill(current_date - 1, ARRAY[5])
            WHERE project_id = (SELECT id FROM ekasih.project WHERE number = :number)
        """), {"number": houses[0]})  # fmt: skip
    sick = projects.begun(Decimal(70_000), households=(homes[2],))
    opened = projects.open()

    found = board(projects, projects.coordinator)
    assert found is not None
    done = found.done
    assert (done["houses"], done["on_time"], done["median_days"]) == (2, 1, 35)
    assert (done["projects"], done["households"], done["spent"]) == (2, 2, 60_000)
    assert done["as_of"] == projects.today
    assert {state: (row["projects"], row["amount"]) for state, row in found.states.items()} == {
        "siap": (2, 160_000), "dalam_pelaksanaan": (1, 70_000), "dipohon": (1, 86_000),
    }  # fmt: skip
    assert ([one.row["number"] for one in found.late], found.under_way) == ([sick], 1)
    with projects.reading(projects.coordinator) as conn:
        behind = offices.finished(conn, OFFICE, projects.today.year, limit=50)
        late, _ = queries.listed(conn, queries.Asked(office=OFFICE, late="sakit"), today=projects.today)
        state, _ = queries.listed(conn, queries.Asked(office=OFFICE, state="dipohon"), today=projects.today)
        elsewhere, _ = queries.listed(conn, queries.Asked(office="PPKB-LAIN"), today=projects.today)
        assert [row["code"] for row in queries.offices(conn)] == [OFFICE]
    assert [row["number"] for row in behind] == houses
    assert [row["days"] for row in behind] == [10, 60]
    assert [one.row["number"] for one in late] == [sick]
    assert [one.row["number"] for one in state] == [opened]
    assert elsewhere == []
    for language in LANGUAGES:
        said = told(works.works_part(found, OFFICE, projects.today.year, words_of(language)))
        assert "RM30,000.00" in said  # of a household
        assert "RM70,000.00" in said  # of the contract that is late
        with projects.reading(projects.coordinator) as conn:
            for figure in ("rumah", "kos"):
                view = lists.ListView(figure, OFFICE)
                assert all(number in told(lists._finished(conn, view, projects.today.year, words_of(language)))
                           for number in houses)  # fmt: skip


def test_the_board_is_a_sheet_of_the_own_office_with_what_stands_on_the_page(projects: Projects) -> None:
    projects.post("peruntukan", 400_000, "A-2")
    projects.post("waran", 400_000, "W-2", office=OFFICE)
    projects.open()
    for language in LANGUAGES:
        words = words_of(language)
        with projects.reading(projects.coordinator) as conn:
            found = read_board(conn, OfficeView(office=OFFICE))
        assert found is not None
        drawn = svg(office_sheet(found, words, sample=True))
        assert all(escape(value) in drawn for _, value in found.money(words))
        assert words("project.state_dipohon") in drawn
        assert "RM86,000.00" in drawn
        assert words("frame.sample") in drawn
    with projects.reading(projects.neighbour) as conn:
        theirs = read_board(conn, OfficeView(office=OFFICE))
    assert theirs is None or theirs.office != OFFICE


def test_nobody_of_another_office_counts_its_projects(projects: Projects, owner: Connection) -> None:
    projects.open()
    district = add_principal(owner, "pegawai.daerah", Role.OFFICER, "0803")
    owner.commit()
    assert board(projects, projects.officer) is not None
    for stranger in (projects.neighbour, projects.unit, projects.ministry, district):
        assert board(projects, stranger) is None
        with projects.reading(stranger) as conn:
            assert offices.finished(conn, OFFICE, projects.today.year, limit=5) == []
            assert offices.project_states(conn, OFFICE) == {}


def test_a_house_that_an_office_built_counts_as_aid_of_that_office_alone(projects: Projects) -> None:
    projects.agreed()
    with projects.reading(projects.coordinator) as conn:
        assert offices.figures(conn, OFFICE, projects.today.year)["dibantu"]["part"] == 1
    with projects.reading(projects.neighbour) as conn:
        ours = offices.figures(conn, "PPKB-LAIN", projects.today.year)["dibantu"]
    assert (ours["part"], ours["whole"]) == (0, 1)
