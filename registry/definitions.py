"""The functions, views, policies and triggers of the register, each defined once, in a file of its subject.

They are applied whole after the tables are up to date: what stands in the database is taken away first, so that nothing
of an earlier version stays, and rows are untouched.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.db import BI_ROLE, BI_SCHEMA, OWNER_ROLE, PUBLIC_ROLE, PUBLIC_SCHEMA, SCHEMA, WEB_ROLE

if TYPE_CHECKING:
    from sqlalchemy import Connection

# in the order of subjects; a policy or trigger comes after the functions that it calls
FILES: Final = (
    "accounts/access", "accounts/control", "accounts/sign_in", "accounts/oversight", "accounts/sign_in_limits",
    "accounts/sessions", "api_keys/api_keys", "api_keys/connection_keys", "programmes/programmes", "audit/audit_verify",
    "audit/audit", "audit/audit_seals", "status/classification",
    "status/line_changes",
    "status/headcount", "status/workload", "status/months", "status/as_of", "status/recount", "status/settings",
    "areas/areas",
    "areas/boundary_sets", "households/address_words", "households/person_words", "households/catchments",
    "households/policies",
    "households/records", "households/history", "households/search_words", "households/searching",
    "households/worklists", "households/in_order", "households/proposals", "households/checking", "households/sights",
    "jobs/jobs", "deliveries/importing", "deliveries/uploads", "cases/cases", "cases/steps", "cases/exits",
    "cases/registration", "changes/updates",
    "visits/visits", "meetings/meetings", "cards/cards",
    "cleansing/cleansing", "cleansing/cohort_fates", "cleansing/cohorts", "cleansing/quality",
    "measuring/measuring", "publishing/publication", "publishing/areas_compared", "publishing/bi", "views/views",
    "releases/releases", "portal/portal", "inquiries/inquiries",
    "ledger/ledger", "ledger/ledger_kept", "ledger/payments",
    "aid/conditions", "aid/bitmaps", "aid/condition_bits", "aid/standing",
    "aid/condition_counts", "aid/aid", "aid/needs", "aid/sending", "aid/settling", "aid/targets",
    "simulations/simulations", "simulations/targeting",
    "applications/applications", "applications/drafts",
    "applications/steps", "applications/waiting", "applications/overlapping", "applications/money",
    "applications/record", "intake/intake", "intake/looking", "intake/steps", "referrals/referrals", "referrals/told",
    "projects/projects", "projects/types", "projects/opening", "projects/steps", "projects/money", "projects/work",
    "projects/persons", "referrals/of_projects",
    "projects/site_visits", "rounds/recipients", "rounds/rounds", "offices/figures", "offices/works",
    "kpi/versions", "kpi/target_proposals", "kpi/target_trees", "kpi/target_states",
    "kpi/measures", "kpi/measures_kept", "kpi/alerts",
    "articles/articles", "articles/searching", "articles/library", "articles/public",
    "support/calendars", "support/tickets", "support/steps", "support/times", "support/links", "support/board",
    "support/public", "reporting/reporting",
)  # fmt: skip

# areas, lines and words: they hold nothing of a person, and whoever may read them at all reads them whole
_OPEN: Final = (
    "area", "area_alias", "area_boundary", "area_piece", "area_statistic", "boundary_set", "classification_rule",
    "geocode_place", "indicator", "postcode_state", "poverty_line",
)  # fmt: skip
_ROOT: Final = Path(__file__).parent
# functions that an index, a default or a check of a table calls stay, and are replaced where they stand; area_key is
# made from the alias book, with the reference tables (areas.reference)
_CLEAR: Final = text("""
    SELECT format('DROP POLICY %I ON %I.%I', p.policyname, p.schemaname, p.tablename)
    FROM pg_policies AS p WHERE p.schemaname = :schema
    UNION ALL
    SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass)
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE CAST(:schema AS regnamespace) IN (c.relnamespace, p.pronamespace) AND NOT t.tgisinternal
    UNION ALL
    SELECT format('DROP VIEW %s', c.oid::regclass) FROM pg_class AS c
    WHERE c.relnamespace = ANY (CAST(ARRAY[:schema, :public] AS regnamespace[])) AND c.relkind = 'v'
    UNION ALL
    SELECT 'DROP ROUTINE ' || string_agg(p.oid::regprocedure::text, ', ') FROM pg_proc AS p
    WHERE p.pronamespace = ANY (CAST(ARRAY[:schema, :public] AS regnamespace[])) AND p.proname <> 'area_key'
        AND NOT EXISTS (SELECT FROM pg_depend AS d
                        WHERE d.refclassid = CAST('pg_proc' AS regclass) AND d.refobjid = p.oid
                            AND d.classid IN (CAST('pg_class' AS regclass), CAST('pg_attrdef' AS regclass),
                                              CAST('pg_constraint' AS regclass)))
    HAVING count(*) > 0
""")
_TABLES: Final = text("""
    SELECT c.relname FROM pg_class AS c
    WHERE c.relnamespace = CAST(:schema AS regnamespace) AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
        AND c.relname <> ALL (CAST(:open AS text[]))
    ORDER BY c.relname
""")
_APPLIED: Final = text("SELECT obj_description(CAST(:schema AS regnamespace), 'pg_namespace')")


def are_current(connection: Connection) -> bool:
    """Whether the definitions that stand in the database are those of this program."""
    return bool(connection.scalar(_APPLIED, {"schema": SCHEMA}) == _version())


def apply(connection: Connection) -> None:
    """Put the definitions of this program in place of those that stand, in the caller's transaction, as the owner."""
    connection.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}, public")
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {PUBLIC_SCHEMA}")
    # its views stand on each other and on functions of ours, and nothing stands on them
    connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {BI_SCHEMA} CASCADE")
    connection.exec_driver_sql(f"CREATE SCHEMA {BI_SCHEMA}")
    for statement in connection.scalars(_CLEAR, {"schema": SCHEMA, "public": PUBLIC_SCHEMA}).all():
        connection.exec_driver_sql(statement.replace("%", "%%"))
    connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM {WEB_ROLE}")
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {PUBLIC_SCHEMA} TO {PUBLIC_ROLE}")
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {BI_SCHEMA} TO {BI_ROLE}")
    _guard(connection)
    # the settings that a function brings along are known once their library is loaded
    connection.exec_driver_sql("SELECT similarity('', '')")
    # bodies name functions that are defined further down
    connection.exec_driver_sql("SET LOCAL check_function_bodies = off")
    for name in FILES:
        run_file(connection, name)
    connection.exec_driver_sql("SET LOCAL check_function_bodies = on")
    connection.exec_driver_sql(f"COMMENT ON SCHEMA {SCHEMA} IS '{_version()}'")


def run_file(connection: Connection, name: str) -> None:
    """Execute one whole file, ``subject/name``, as it stands."""
    connection.exec_driver_sql(path_of(name).read_text(encoding="utf-8").replace("%", "%%"))


def path_of(name: str) -> Path:
    """Where the file ``subject/name`` is."""
    subject, _, file = name.partition("/")
    return _ROOT / subject / "definitions" / f"{file}.sql"


def _guard(connection: Connection) -> None:
    """Close every table but the open ones to everyone but the register's own role; policies say who else may."""
    for name in connection.scalars(_TABLES, {"schema": SCHEMA, "open": list(_OPEN)}).all():
        connection.exec_driver_sql(f"""
            ALTER TABLE {SCHEMA}.{name} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {SCHEMA}.{name} FORCE ROW LEVEL SECURITY;
            CREATE POLICY system ON {SCHEMA}.{name} TO {OWNER_ROLE} USING (true) WITH CHECK (true);
        """)


def _version() -> str:
    # this file as well: it says which tables are open, and in what order
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for name in FILES:
        digest.update(path_of(name).read_bytes())
    return f"definitions {digest.hexdigest()[:32]}"
