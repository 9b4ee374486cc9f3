"""The schema is the tables of the models and each definition once, however old the register is that it comes from."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from registry import definitions, migrations
from registry.db import OWNER_ROLE
from registry.installation import bootstrap
from registry.status.recount import recount

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from registry.installation.cluster import Cluster
    from tests.databases import Databases

RELEASED = sorted(Path(__file__).with_name("released").glob("*.sql.gz"))
SAMPLES = {"0012.sql.gz": 52, "0055.sql.gz": 312}
"""How many households there are in each."""
REMOVALS = text("""
    INSERT INTO ekasih.audit_log (actor, action, subject, subject_id, after)
    SELECT 'pegawai', 'remove_member', 'household', (SELECT min(id) FROM ekasih.household),
        jsonb_build_object(no || '.name', NULL, no || '.removed', reason)
    FROM (VALUES (3, 'died'), (4, 'moved_out')) AS gone (no, reason)
""")
OBJECT = re.compile(
    r"CREATE (?:OR REPLACE )?"
    r"(?:(?:CONSTRAINT )?(TRIGGER|POLICY) (\w+).*? ON ([\w%$]+)|(FUNCTION|VIEW|PROCEDURE) ([\w.]+))",
    re.DOTALL,
)


def schema_of(cluster: Cluster, database: str) -> list[str]:
    """The whole schema as text, line by line, without what differs from one dump to the next."""
    lines = dumped(cluster, database).decode().splitlines()
    return sorted(line for line in lines if not line.startswith(("--", "\\")))


def dumped(cluster: Cluster, database: str) -> bytes:
    where = ("--host", cluster.socket_folder, "--username", "postgres", database)
    wanted = ("pg_dump", "--schema-only", "--schema", "ekasih", "--schema", "jobs", "--schema", "portal")
    return subprocess.run([*wanted, *where], capture_output=True, check=True).stdout


def restored(cluster: Cluster, databases: Databases, dump: bytes) -> str:
    """A new database that holds what was dumped; its name."""
    name = databases.empty()
    bootstrap.prepare(cluster.url(user="postgres", database=name))
    where = ("--host", cluster.socket_folder, "--username", "postgres", "--dbname", name)
    subprocess.run(["psql", "--quiet", "--set", "ON_ERROR_STOP=1", *where], input=dump, capture_output=True, check=True)
    return name


def owner_of(cluster: Cluster, database: str) -> Engine:
    url = cluster.url(user=OWNER_ROLE, database=database)
    return create_engine(url, poolclass=NullPool)


def test_the_tables_are_those_of_the_models(owner: Connection) -> None:
    command.check(migrations.configuration(owner))


def test_no_object_is_defined_twice() -> None:
    found: Counter[tuple[str, ...]] = Counter()
    for name in definitions.FILES:
        for match in OBJECT.finditer(definitions.path_of(name).read_text(encoding="utf-8")):
            found[tuple(part for part in match.groups() if part)] += 1
    assert len(found) > 100
    # of what a loop makes on several tables, creating it a second time fails
    twice = {what: times for what, times in found.items() if times > 1 and not what[-1].startswith("%")}
    assert twice == {}


def test_every_file_of_definitions_is_applied() -> None:
    folder = Path(definitions.__file__).parent
    there = {f"{path.parts[-3]}/{path.stem}" for path in folder.glob("*/definitions/*.sql")}
    assert there - set(definitions.FILES) == {"installation/bootstrap"}
    assert len(set(definitions.FILES)) == len(definitions.FILES)


def test_applying_them_again_changes_nothing(cluster: Cluster, database: str, owner_engine: Engine) -> None:
    before = schema_of(cluster, database)
    with owner_engine.begin() as connection:
        assert definitions.are_current(connection)
        definitions.apply(connection)
    assert schema_of(cluster, database) == before


def test_what_another_version_left_is_taken_away(cluster: Cluster, database: str, owner_engine: Engine) -> None:
    before = schema_of(cluster, database)
    with owner_engine.begin() as connection:
        connection.execute(text("CREATE FUNCTION ekasih.of_old() RETURNS int LANGUAGE sql AS 'SELECT 1'"))
        connection.execute(text("CREATE POLICY of_old ON ekasih.household FOR SELECT TO app_web USING (true)"))
        connection.execute(text("GRANT SELECT ON ekasih.app_user TO app_web"))
        connection.execute(text("COMMENT ON SCHEMA ekasih IS 'definitions of another version'"))
        assert not bootstrap.is_current(connection)
        migrations.upgrade(connection)
    assert schema_of(cluster, database) == before


@pytest.mark.parametrize("file", RELEASED, ids=[path.name for path in RELEASED])
def test_a_register_of_a_released_version_arrives_at_the_same_schema(
    cluster: Cluster, databases: Databases, database: str, file: Path, tmp_path: Path
) -> None:
    # a fresh schema as a dump brings it back, since a restored check is written a little differently
    fresh = restored(cluster, databases, dumped(cluster, database))
    old = restored(cluster, databases, gzip.decompress(file.read_bytes()))
    with owner_of(cluster, fresh).begin() as connection:
        definitions.apply(connection)
    engine = owner_of(cluster, old)
    with engine.begin() as connection:
        connection.execute(REMOVALS)
    bootstrap.build(engine, home=tmp_path, step=lambda _name: None)
    assert schema_of(cluster, old) == schema_of(cluster, fresh)
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ekasih.household")) == SAMPLES[file.name]
        assert recount(connection) == []
        # of what the log of early versions told, each death is a row now; later ones kept it so themselves
        deaths = connection.scalars(text("SELECT member_no FROM ekasih.member_death")).all()
        assert deaths == ([3] if file.name == "0012.sql.gz" else [])
    for name in (fresh, old):
        databases.drop(name)
