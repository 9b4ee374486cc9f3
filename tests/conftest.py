"""What every test may ask for: a database of its own, made by the real migrations, and connections to it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import argon2
import hypothesis
import pytest
from argon2 import profiles
from flask import Flask
from pytest_rerunfailures import suspended_finalizers

from registry.db import OWNER_ROLE, WEB_ROLE
from registry.installation.cluster import Cluster
from tests.databases import Databases, home_in_memory
from tests.page_client import PageClient
from tests.postman import Postman, taking_mail
from tests.row_checks import check_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

# How long an example takes depends on the machine, and says nothing about the claim.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")

PROJECT = Path(__file__).resolve().parent.parent
os.environ["EKASIH_OFFLINE"] = "1"  # no test, nor what it starts, asks another machine for anything
_WAITING = ("tests/browser/", "tests/faults/")
_LONG = (*_WAITING, "tests/leaks/")
_LONGEST = tuple(f"tests/browser/test_{name}.py" for name in ("typed_record", "typed", "poverty_map", "every_page"))
"""The two at a slow computer leave most of a core to others while they wait."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, so that no worker is left alone with it at the end.

    What waits for a browser or for another process, and fails, has a second try, which the summary tells of.
    """
    items.sort(key=lambda item: (not item.nodeid.startswith(_LONGEST), not item.nodeid.startswith(_LONG)))
    for item in items:
        if item.nodeid.startswith(_WAITING):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give a second try what a first one had: a register of its file that nobody has changed."""
    module = item.getparent(pytest.Module)
    if getattr(item, "execution_count", 1) > 1 and module in suspended_finalizers:
        # what a file shares is kept by the plugin from one try to the next, and ends here instead
        ends, _ = suspended_finalizers.pop(module)
        while ends:
            ends.pop()()


@pytest.fixture(autouse=True, scope="session")
def _passwords_are_hashed_quickly() -> Iterator[None]:
    """By the cheapest parameters there are: that real ones are slow is no claim of ours, and every app makes one."""
    cheap = profiles.CHEAPEST
    quickly = (
        cheap.time_cost,
        cheap.memory_cost,
        cheap.parallelism,
        *(argon2.PasswordHasher.__init__.__defaults__ or ())[3:],
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(argon2.PasswordHasher.__init__, "__defaults__", quickly)
        yield


@pytest.fixture(autouse=True)
def _script_of_our_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Test clients send the session's token with every change, as the script of our pages does."""
    monkeypatch.setattr(Flask, "test_client_class", PageClient)


@pytest.fixture(autouse=True)
def _rows_as_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row that is read holds a value where the header of its statement promises one."""
    check_rows(monkeypatch)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of development material beside the project; tests that need it are skipped where it is not."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the development material is not beside the project")
    return folder


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The test cluster, started once and left running for the next run; ``make clean`` removes it."""
    home = os.environ.get("EKASIH_TEST_HOME")
    cluster = Cluster(Path(home).absolute() if home else home_in_memory(PROJECT / ".ekasih-test"), durable=False)
    cluster.up()
    return cluster


@pytest.fixture(scope="session")
def databases(cluster: Cluster, worker_id: str) -> Iterator[Databases]:
    """Makes databases from templates, and drops what a session left behind."""
    made = Databases(cluster, worker=worker_id)
    yield made
    made.close()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The xdist worker's name, or ``main``."""
    return str(getattr(request.config, "workerinput", {"workerid": "main"})["workerid"])


@pytest.fixture
def database(databases: Databases) -> Iterator[str]:
    """The name of a database with schema, reference tables and bundled boundaries, and with nothing else in it."""
    with databases.lent(databases.template()) as name:
        yield name


@pytest.fixture
def owner_engine(databases: Databases, database: str) -> Iterator[Engine]:
    """An engine that signs in as the owner of the schema."""
    with databases.connected(database, OWNER_ROLE) as engine:
        yield engine


@pytest.fixture
def owner(owner_engine: Engine) -> Iterator[Connection]:
    """A connection of the owner; what it does is undone unless the test commits."""
    with owner_engine.connect() as connection:
        yield connection


@pytest.fixture
def postman() -> Iterator[Postman]:
    """A mail server on loopback."""
    with taking_mail() as taken:
        yield taken


@pytest.fixture
def web(databases: Databases, database: str) -> Iterator[Engine]:
    """An engine that signs in as the pages do, and sees what the acting user may see."""
    with databases.connected(database, WEB_ROLE) as engine:
        yield engine
