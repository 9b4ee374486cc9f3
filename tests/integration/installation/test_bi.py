"""The door of analytics tools: its role reads published figures of closed months, and nothing else at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import text

from registry.installation.bi import close_door, open_door
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from registry.installation.bi import Opened
    from registry.installation.cluster import Cluster

# all that it can read; a new one is added here when somebody has thought of what it tells
VIEWS = {"bulan", "kawasan", "keterangan", "kiraan", "petunjuk"}
CLOSED = (
    "SELECT ekasih.act_as(1)", "SET ROLE app_web", "SET ROLE app_owner", "CREATE TABLE bi.x (a int)", "CREATE SCHEMA x",
    "UPDATE bi.kawasan SET nama = ''", "COPY bi.kiraan TO PROGRAM 'true'",
)  # fmt: skip
_TABLES = text("""
    SELECT n.nspname || '.' || c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('ekasih', 'jobs', 'portal') AND c.relkind IN ('r', 'v', 'm', 'p') ORDER BY 1
""")
_READABLE = text("""
    SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        AND has_schema_privilege('app_bi', n.oid, 'USAGE') AND has_table_privilege('app_bi', c.oid, 'SELECT')
""")
_POOR = {"0801": 2, "0802": 3, "0803": 40, "1001": 25}


def world(owner: Connection) -> None:
    number = 0
    for district, poor in _POOR.items():
        for _ in range(poor):
            number += 1
            add_household(owner, f"B{number:05}", district=district, income=1500, on_date="2026-07-10")
    owner.execute(text("""
        INSERT INTO setting (key, value) VALUES ('register.as_of', to_jsonb('2026-10-20'::text))
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
    """))
    close_months(owner, up_to=date(2026, 10, 20))
    publish(owner)


def connected(opened: Opened) -> psycopg.Connection:
    return psycopg.connect(
        host=opened.host, port=opened.port, dbname=opened.database, user=opened.user, password=opened.password
    )


def test_the_door_reads_published_figures_and_nothing_else(  # noqa: PLR0915 - one world, one door
    cluster: Cluster, database: str, owner_engine: Engine
) -> None:
    with owner_engine.begin() as owner:
        world(owner)
        tables = owner.scalars(_TABLES).all()
        published = owner.execute(text("""
            SELECT area_code, to_char(month, 'YYYY-MM') AS month, tegar, miskin, gap_rm FROM ekasih.published_count
            WHERE cut = 'all' AND month < '2026-10-01' AND length(area_code) BETWEEN 2 AND 6
        """)).all()
    admin = cluster.url(user="postgres", database=database)
    opened = open_door(admin, days=3)
    try:
        with connected(opened) as bi:
            found = bi.execute("SELECT kod, to_char(bulan, 'YYYY-MM'), tegar, miskin, jurang_rm, sebab FROM kiraan"
                               " WHERE pecahan = 'all'").fetchall()  # fmt: skip
            told = {(kod, month): (tegar, miskin, gap) for kod, month, tegar, miskin, gap, _ in found}
            exact = {(row.area_code, row.month): (row.tegar, row.miskin, row.gap_rm) for row in published}
            assert {key: told[key] for key in exact} == exact
            assert {value for key, value in told.items() if key not in exact} == {(0, 0, 0)}
            hidden = {kod for kod, month, *_, why in found if why == "disembunyikan" and month == "2026-09"}
            assert {"0801", "0802"} <= hidden
            assert {month for _, month in told} == {"2026-07", "2026-08", "2026-09"}
            assert bi.execute("SELECT setakat, sumber, hak FROM keterangan").fetchall()[0][0] == date(2026, 10, 20)
            assert bi.execute("SELECT count(*) FROM kawasan WHERE peringkat = 'district'").fetchone() == (160,)
            bi.execute("SELECT * FROM petunjuk")
            settings = "SELECT current_setting('default_transaction_read_only'), current_setting('statement_timeout')"
            assert bi.execute(settings).fetchone() == ("on", "1min")
            limit = bi.execute("SELECT rolconnlimit, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
                               " WHERE rolname = current_user").fetchone()  # fmt: skip
            assert limit == (10, False, False, False)
        refused = psycopg.errors.InsufficientPrivilege
        with connected(opened) as bi:
            bi.autocommit = True
            for table in tables:
                with pytest.raises(refused):
                    bi.execute(f"SELECT 1 FROM {table} LIMIT 1")
            bi.execute("SET default_transaction_read_only = off")
            for statement in CLOSED:
                with pytest.raises((refused, psycopg.errors.ObjectNotInPrerequisiteState)):
                    bi.execute(statement)
        with owner_engine.connect() as owner:
            readable = {(row.nspname, row.relname) for row in owner.execute(_READABLE)}
            assert {name for schema, name in readable if schema == "bi"} == VIEWS
            # PostGIS's own tables of reference systems and columns
            assert {name for schema, name in readable if schema != "bi"} <= {
                "spatial_ref_sys", "geometry_columns", "geography_columns",
            }  # fmt: skip
            log = "SELECT count(*) FROM ekasih.audit_log WHERE action = 'open_bi'"
            assert owner.scalar(text(log)) == 1
    finally:
        close_door(admin)
    with pytest.raises(psycopg.OperationalError):
        connected(opened)


def test_who_may_not_change_roles_is_told(cluster: Cluster, database: str) -> None:
    from registry.errors import SetupProblem

    with pytest.raises(SetupProblem):
        open_door(cluster.url(user="app_owner", database=database), days=3)
