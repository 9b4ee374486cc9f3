"""The summary: exact at every commit, for every kind of change, and a recount that would find it if it were not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from queries.areas import counts_by_area
from registry.status.months import close_months
from registry.status.recount import recount
from tests.world import add_household, counted_apart

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_EDITS = {
    "move to another district": (
        "UPDATE household SET state_code = '12', district_code = '1208', mukim_code = NULL WHERE {some}"
    ),
    "give a mukim": "UPDATE household SET mukim_code = '080305' WHERE district_code = '0803' AND {some}",
    "change strata and decide again": "UPDATE household SET strata = 'rural' WHERE {some};"
    " SELECT reclassify(NULL, current_date, 'moved')",
    "lose all income": "DELETE FROM income WHERE person_id IN (SELECT p.id FROM person AS p"
    " JOIN household ON household.id = p.household_id WHERE {some});"
    " UPDATE household SET income_rm = 0, per_capita_rm = 0 WHERE {some};"
    " SELECT reclassify(NULL, current_date, 'income_changed')",
    "leave the register": "DELETE FROM household WHERE {some}",
    "other ethnicity": "UPDATE household SET ethnicity = 'other' WHERE {some}",
    "a seat and a catchment": "UPDATE household SET parliament_code = 'P.066',"
    " catchment_codes = '{{C.PPKB-BATU-GAJAH}}' WHERE {some}",
}


@pytest.fixture
def three(owner: Connection) -> Connection:
    add_household(owner, "A1", income=100, members=4)
    add_household(owner, "A2", income=2200, members=4, mukim="080305", strata="rural")
    add_household(owner, "B1", income=9000, members=3, district="1208", sex="female", geom_method="district")
    return owner


def _of(owner: Connection, level: str, code: str) -> dict[str, int]:
    row = counts_by_area(owner, level=level).set_index("area_code").loc[code]
    return {name: int(row[name]) for name in ("tegar", "miskin", "terkeluar", "households", "persons")}


def test_counts_add_up_at_every_level(three: Connection) -> None:
    assert _of(three, "state", "08") == {"tegar": 1, "miskin": 1, "terkeluar": 0, "households": 2, "persons": 8}
    assert _of(three, "district", "0803")["households"] == 2
    assert _of(three, "mukim", "080305")["miskin"] == 1
    assert _of(three, "mukim", "080300")["tegar"] == 1


def test_an_area_without_households_is_there_with_zero(three: Connection) -> None:
    frame = counts_by_area(three, level="district")
    assert len(frame) == 160
    assert int(frame["households"].sum()) == 3


@pytest.mark.parametrize(("within", "rows"), [("MY", 160), ("08", 13), (None, 160)])
def test_counts_can_be_asked_within_an_area(three: Connection, within: str | None, rows: int) -> None:
    frame = counts_by_area(three, level="district", within=within)
    assert len(frame) == rows
    assert within != "08" or set(frame["area_code"].str[:2]) == {"08"}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(sorted(_EDITS)), st.sampled_from(["id % 2 = 0", "id % 3 = 1", "true", "false"])),
        max_size=6,
    )
)
def test_whatever_is_changed_the_summary_agrees_with_the_records(
    owner: Connection, edits: list[tuple[str, str]]
) -> None:
    owner.rollback()
    for number in range(6):
        add_household(owner, f"A{number}", income=700 * number, members=1 + number)
    for edit, some in edits:
        for statement in _EDITS[edit].format(some=f"household.{some}" if some.startswith("id") else some).split(";"):
            owner.execute(text(statement))
    assert recount(owner) == []


def test_two_who_save_at_once_are_both_counted(owner_engine: Engine, owner: Connection) -> None:
    with counted_apart(owner_engine) as (one, other):
        add_household(one, "A1")
        add_household(other, "A2")
        other.commit()
        one.commit()
    assert _of(owner, "district", "0803")["households"] == 2
    assert recount(owner) == []


@pytest.mark.parametrize(
    ("tampering", "measure"),
    [
        ("UPDATE headcount SET households = households + 1 WHERE area_code = '0803'", "households"),
        ("UPDATE income SET amount_rm = amount_rm + 1", "income_rm"),
        ("DELETE FROM person WHERE NOT is_head", "persons"),
        ("DELETE FROM headcount WHERE area_code = '08'", "households"),
        ("UPDATE headcount SET area_code = 'P.066' WHERE area_code = '1208'", "households"),
        ("UPDATE headcount_month SET households = 99 WHERE month = (SELECT max(month) FROM headcount_month)",
         "households"),
    ],
)  # fmt: skip
def test_a_figure_that_the_records_do_not_bear_out_is_found(three: Connection, tampering: str, measure: str) -> None:
    close_months(three)
    assert recount(three) == []
    three.execute(text(tampering))
    assert any(measure in difference.measure for difference in recount(three))


def test_errors_that_cancel_out_in_an_area_are_found(three: Connection) -> None:
    add_household(three, "A4", income=100, members=4)
    three.execute(text("UPDATE household SET income_rm = income_rm + CASE file_no WHEN 'A1' THEN 5 ELSE -5 END"
                       " WHERE file_no IN ('A1', 'A4')"))  # fmt: skip
    assert [(d.area_code, d.recounted) for d in recount(three)] == [("0803", 2)]


def test_a_difference_is_told_without_naming_anybody(three: Connection) -> None:
    three.execute(text("UPDATE income SET amount_rm = amount_rm + 1"))
    told = "\n".join(map(str, recount(three)))
    assert "summary" in told
    assert "Contoh" not in told
    assert "A1" not in told


def test_a_month_is_closed_by_what_was_decided_on_its_last_day(owner: Connection) -> None:
    household = add_household(owner, "A1", income=100, members=4, on_date="2026-01-31")
    owner.execute(text("UPDATE income SET amount_rm = 90000"))
    owner.execute(text("UPDATE household SET income_rm = 90000, per_capita_rm = 22500"))
    owner.execute(text("SELECT reclassify(ARRAY[:id], '2026-03-01', 'income_changed')"), {"id": household})
    assert close_months(owner, up_to=date(2026, 4, 2)) == 3
    found = text("SELECT month::text, status FROM headcount_month WHERE area_code = '08' ORDER BY 1")
    assert [tuple(row) for row in owner.execute(found)] == [
        ("2026-01-01", "tegar"), ("2026-02-01", "tegar"), ("2026-03-01", "terkeluar"),
    ]  # fmt: skip


def test_a_closed_month_is_not_closed_again(owner: Connection) -> None:
    add_household(owner, "A1", on_date="2026-01-31")
    close_months(owner, up_to=date(2026, 4, 2))
    assert close_months(owner, up_to=date(2026, 4, 30)) == 0


def test_what_comes_late_counts_in_the_months_it_was_decided_for(owner: Connection) -> None:
    add_household(owner, "A1", on_date="2026-01-31")
    close_months(owner, up_to=date(2026, 5, 2))
    add_household(owner, "A2", on_date="2026-03-10")
    assert close_months(owner, up_to=date(2026, 3, 10)) == 2
    found = text(
        "SELECT month::text, sum(households) FROM headcount_month WHERE area_code = '08' GROUP BY 1 ORDER BY 1"
    )
    assert [int(row[1]) for row in owner.execute(found)] == [1, 1, 2, 2]
    assert recount(owner) == []
