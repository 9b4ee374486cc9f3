"""An office that works by catchment is told of its own households, and of no others of the same district."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries.statements import statement
from registry.principals import Role
from tests.leaks.conftest import told
from tests.leaks.endpoints import CALLBACKS, ROUTES, SENT, Target, request_of, server_callbacks
from tests.leaks.test_queries import _ANONYMOUS, NAMES, answered, asked_about
from tests.leaks.world import HERE, OWN, THERE, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.leaks.conftest import World

CATCHMENT = "C.PPKB-BATU-GAJAH"
NEAR = replace(THERE, district=OWN, mukim="080302")
"""Another mukim of the same district, outside of the catchment."""

_PLACES = text("""
    SELECT c.table_name, c.column_name FROM information_schema.columns AS c
    JOIN information_schema.tables AS t USING (table_schema, table_name)
    WHERE c.table_schema = 'ekasih' AND c.table_name <> 'worklist_count' AND t.table_type = 'BASE TABLE'
        AND c.is_generated = 'NEVER'
        AND (c.column_name LIKE '%district_code' OR c.column_name IN ('kept_district', 'gone_district')
             OR (c.column_name = 'area_code' AND c.table_name IN ('meeting', 'cohort')))
""")
_MARKED = f"""
    SET LOCAL session_replication_role = replica;
    UPDATE ekasih.household SET mukim_code = '{NEAR.mukim}' WHERE district_code = '{THERE.district}';
    UPDATE ekasih.household SET catchment_codes = '{{{CATCHMENT}}}' WHERE district_code = '{OWN}';
    UPDATE ekasih.app_user SET territory = '{{{CATCHMENT}}}' WHERE login = 'leak.council';
"""


class _Near(Target):
    """What is outside of the catchment, with the file number that it was planted with."""

    @property
    def file_no(self) -> str:
        return f"9{THERE.district}0"


@pytest.fixture
def office(whole: World) -> tuple[World, Target]:
    """The foreign rows in the council's own district, and the council with a catchment in place of the district."""
    with whole.owner.begin() as owner:
        numbers = numbers_of(owner, THERE)
        places = owner.execute(_PLACES).all()
        for command in _MARKED.strip().split(";\n"):
            owner.execute(text(command))
        for table, column in places:
            change = f"UPDATE ekasih.{table} SET {column} = :own WHERE {column} = :other"
            owner.execute(text(change), {"own": OWN, "other": THERE.district})
    return whole, _Near(NEAR, numbers)


def _answers(world: World, asked: Target) -> Iterator[tuple[str, str]]:
    client = world.client(Role.COUNCIL)
    for name, callback in server_callbacks(world.app):
        for given in CALLBACKS[name](asked):
            yield name, told(world.ask(client, request_of(callback, given)))
    for rule, addresses in (ROUTES | {rule: _addressed(sent) for rule, sent in SENT.items()}).items():
        for address in addresses(asked):
            yield rule, told(client.get(address))


def _addressed(sendings: object) -> object:
    return lambda asked: [address for address, _ in sendings(asked)]  # type: ignore[operator]


def test_nothing_of_another_mukim_of_the_district_is_answered(office: tuple[World, Target]) -> None:
    world, near = office
    found = {name for name, said in _answers(world, near) for mark in NEAR.marks if mark in said}
    assert found == set()


def test_the_own_households_are(office: tuple[World, Target]) -> None:
    world, _ = office
    with world.owner.connect() as owner:
        own = Target(HERE, numbers_of(owner, HERE))
    telling = {name.rpartition("pages.")[2] for name, said in _answers(world, own) if HERE.name in said}
    assert telling >= {
        "households.search.give_rows", "households.record.show_record", "tasks.page.give_rows", "cases.queue.give_rows",
        "poverty_map.card.open_card", "checks.page.check", "quality.page.show",
    }  # fmt: skip


def test_no_table_shows_a_row_from_outside(office: tuple[World, Target]) -> None:
    world, _ = office
    tables = text(
        "SELECT relname FROM pg_class WHERE relnamespace = 'ekasih'::regnamespace AND relkind IN ('r', 'v', 'm')"
        " AND has_table_privilege('app_web', oid, 'SELECT')"
    )
    with world.owner.connect() as owner:
        names = list(owner.scalars(tables))
    with world.acting(Role.COUNCIL) as council:
        rows = {name: " ".join(council.scalars(text(f"SELECT t::text FROM ekasih.{name} AS t"))) for name in names}
    assert [name for name, said in rows.items() for mark in NEAR.marks if mark in said] == []
    assert {name for name, said in rows.items() if HERE.name in said} >= {"household", "person", "case_file"}


def test_no_statement_tells_of_anything_outside(office: tuple[World, Target]) -> None:
    world, near = office
    asked = asked_about(NEAR, near.numbers)
    with world.acting(Role.COUNCIL) as council:
        said = {name: answered(council, statement(name), asked) for name in NAMES if name not in _ANONYMOUS}
    assert [name for name, told_of in said.items() for mark in NEAR.marks if mark in told_of] == []


def test_counts_are_those_of_the_catchment_alone(office: tuple[World, Target]) -> None:
    world, _ = office
    with world.acting(Role.COUNCIL) as council:
        summed = text("SELECT area_code, sum(households) FROM ekasih.headcount GROUP BY area_code")
        assert [tuple(row) for row in council.execute(summed)] == [(CATCHMENT, 3)]
        work = council.execute(text("SELECT * FROM ekasih.workload(:area)"), {"area": CATCHMENT}).one()
        assert tuple(work)[:2] == (3, 3)
        assert council.execute(text("SELECT * FROM ekasih.workload(:area)"), {"area": OWN}).all() == []
        lists = {
            row.list: row.households for row in council.execute(text("SELECT * FROM ekasih.catchment_worklists(NULL)"))
        }
        assert (lists["miskin"], lists["quality"]) == (3, 3)


def test_a_household_that_leaves_the_catchment_is_seen_no_more(office: tuple[World, Target]) -> None:
    world, _ = office
    with world.owner.begin() as owner:
        owner.execute(
            text("UPDATE ekasih.household SET catchment_codes = '{}' WHERE district_code = :own"), {"own": OWN}
        )
    with world.acting(Role.COUNCIL) as council:
        assert council.scalar(text("SELECT count(*) FROM ekasih.household")) == 0
        assert council.scalar(text("SELECT count(*) FROM ekasih.person")) == 0
