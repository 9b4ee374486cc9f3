"""A database that was lent is put back as its template was, and is dropped where that cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry import db
from registry.db import OWNER_ROLE, WEB_ROLE
from registry.households.saving import EditDwelling, edit_dwelling
from registry.principals import Role
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.databases import Databases

_TABLES = text("""
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('ekasih', 'jobs') ORDER BY 1
""")
_NUMBERS = text("SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2")
_TAKEN = text(
    "SELECT oid::regclass::text, relpages, reltuples FROM pg_class WHERE relnamespace = 'ekasih'::regnamespace"
)


def contents(connection: Connection) -> dict[str, str | None]:
    """A digest of all rows of each table, how large it is taken to be, and where each sequence stands."""
    digest = "SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM {} AS t"
    rows = {name: connection.scalar(text(digest.format(name))) for name in connection.scalars(_TABLES)}
    rows |= {f"size of {name}": str(size) for name, *size in connection.execute(_TAKEN)}
    return rows | {f"{row[0]}.{row[1]}": str(row[2]) for row in connection.execute(_NUMBERS)}


def written(databases: Databases, name: str) -> None:
    """A household that is registered and edited, reference tables that are changed, somebody who has not let go."""
    with databases.connected(name, OWNER_ROLE) as engine, engine.begin() as owner:
        household = add_household(owner, "08030000001")
        officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
        owner.execute(text("UPDATE ekasih.setting SET value = '7' WHERE key = 'downloads.per_minute'"))
        owner.execute(text("DELETE FROM ekasih.role_permission WHERE role = 'agency'"))
        owner.execute(text("CREATE TEMP TABLE stage AS SELECT * FROM ekasih.household"))
        owner.execute(text("ANALYZE ekasih.household, ekasih.setting"))
        owner.execute(text("DROP TABLE stage"))
    with databases.connected(name, WEB_ROLE) as web, db.writing(web, officer) as session:
        edit_dwelling(session, EditDwelling(household_id=household, version=1, room_count=4))


def test_all_that_was_written_is_gone_for_who_is_lent_the_database_next(databases: Databases) -> None:
    template = databases.template()
    with databases.lent(template) as name, databases.connected(name, OWNER_ROLE) as engine:
        with engine.connect() as owner:
            before = contents(owner)
        written(databases, name)
        with engine.connect() as owner:
            assert contents(owner) != before
    for _time in range(2):
        with databases.lent(template) as again, databases.connected(again, OWNER_ROLE) as engine:
            assert again == name
            with engine.connect() as owner:
                assert contents(owner) == before
            written(databases, again)


def test_what_nobody_let_go_of_ends_with_the_test(databases: Databases) -> None:
    template = databases.template()
    with databases.lent(template) as name, databases.connected(name, OWNER_ROLE) as engine:
        left = engine.connect()
        left.execute(text("LOCK TABLE ekasih.household"))
    with databases.lent(template) as again, databases.connected(again, OWNER_ROLE) as engine, engine.begin() as owner:
        assert again == name
        add_household(owner, "08030000001")
    left.invalidate()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE ekasih.household DISABLE TRIGGER USER",
        "CREATE INDEX other ON ekasih.household (head_name)",
        "DROP POLICY {policy} ON ekasih.household",
        "GRANT DELETE ON ekasih.household TO app_web",
        "CREATE FUNCTION ekasih.other() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_a_database_whose_schema_was_changed_is_lent_to_nobody(databases: Databases, statement: str) -> None:
    template = databases.template()
    with databases.lent(template) as name, databases.connected(name, OWNER_ROLE) as engine, engine.begin() as owner:
        policy = owner.scalar(text("SELECT policyname FROM pg_policies WHERE tablename = 'household' LIMIT 1"))
        owner.execute(text(statement.format(policy=policy)))
    with databases.lent(template) as other:
        assert other != name
