"""Preparing a database: idempotent, and helpful where rights are lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from registry.db import OWNER_ROLE, make_engine
from registry.errors import DatabaseAway, SetupProblem
from registry.installation import bootstrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from registry.installation.cluster import Cluster
    from tests.databases import Databases


@pytest.fixture
def empty(cluster: Cluster, databases: Databases) -> Iterator[str]:
    """A database with nothing in it, owned by app_owner."""
    name = f"test_{databases.session}_empty"
    databases.drop(name)
    bootstrap.create_database(cluster, name)
    yield name
    databases.drop(name)


def steps_of(cluster: Cluster, database: str) -> list[str]:
    heard: list[str] = []
    engine = make_engine(bootstrap.str_url(cluster.url(user=OWNER_ROLE, database=database)))
    bootstrap.build(engine, home=cluster.home, step=heard.append)
    engine.dispose()
    return heard


def dump(owner: Connection) -> dict[str, int]:
    tables = owner.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'ekasih' ORDER BY 1")).all()
    return {table: owner.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0 for table in tables}


def test_a_prepared_database_lacks_nothing(cluster: Cluster, database: str) -> None:
    engine = create_engine(cluster.url(user="postgres", database=database), poolclass=NullPool)
    with engine.connect() as connection:
        assert bootstrap.missing_statements(connection) == []


def test_building_again_adds_nothing(cluster: Cluster, database: str, owner: Connection) -> None:
    before = dump(owner)
    owner.rollback()
    assert steps_of(cluster, database) == ["schema", "reference", "boundaries"]
    assert dump(owner) == before


def test_an_account_without_rights_is_told_the_sql(cluster: Cluster, empty: str) -> None:
    with pytest.raises(SetupProblem) as refused:
        bootstrap.prepare(cluster.url(user=OWNER_ROLE, database=empty))
    assert "CREATE EXTENSION IF NOT EXISTS postgis;" in str(refused.value)
    assert "ALTER FUNCTION geometry_overlaps(geometry, geometry) LEAKPROOF;" in str(refused.value)


def test_what_a_superuser_is_told_is_enough(cluster: Cluster, empty: str) -> None:
    engine = create_engine(cluster.url(user="postgres", database=empty), poolclass=NullPool)
    with engine.begin() as connection:
        for statement in bootstrap.missing_statements(connection):
            connection.execute(text(statement))
    bootstrap.prepare(cluster.url(user=OWNER_ROLE, database=empty))


def test_a_server_that_is_away_is_said_to_be(cluster: Cluster) -> None:
    address = cluster.url(user=OWNER_ROLE, database="x").update_query_dict({"host": "/nowhere"})
    with pytest.raises(DatabaseAway):
        bootstrap.prepare(address)
