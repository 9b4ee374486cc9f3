"""The world of two districts, with and without the foreign one, served to an account of every role."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.forgery import HEADER
from dashboard.signin import session
from dashboard.signin.session import SignedIn
from registry.db import OWNER_ROLE, WEB_ROLE
from registry.installation.settings import Settings
from registry.principals import DEFAULT_PERMISSIONS, Permission, Role
from tests.leaks import world
from tests.world import open_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash import Dash
    from flask.testing import FlaskClient
    from sqlalchemy import Connection, Engine
    from werkzeug.test import TestResponse

    from registry.installation.cluster import Cluster
    from tests.databases import Databases

_TOKEN = "of the test"


@dataclass(frozen=True)
class World:
    """An app over one of the two databases."""

    app: Dash
    engine: Engine
    owner: Engine
    users: dict[Role, int]

    def client(self, role: Role | None) -> FlaskClient:
        """A browser of somebody with a role in the own district; of nobody for ``None``."""
        client = self.app.server.test_client()
        if role is not None:
            with client.session_transaction() as kept:
                kept[session.TOKEN] = open_for(self.owner, self.users[role])
                kept[session.FORM_TOKEN] = _TOKEN
        return client

    def ask(self, client: FlaskClient, body: dict[str, Any]) -> TestResponse:
        """What a callback answers."""
        return self.send(client, "/_dash-update-component", body)

    def send(self, client: FlaskClient, address: str, body: object) -> TestResponse:
        """What an address answers that takes what is sent."""
        return client.post(address, json=body, headers={HEADER: _TOKEN})

    @contextmanager
    def acting(self, role: Role) -> Iterator[Connection]:
        """A connection of the pages, bound to somebody with a role; whatever it does is undone."""
        with self.engine.connect() as connection, connection.begin() as transaction:
            connection.execute(text("SELECT ekasih.act_as(:user)"), {"user": self.users[role]})
            yield connection
            transaction.rollback()


def told(response: TestResponse) -> str:
    """All that an answer says, as readable text; of a workbook, what is packed in it."""
    raw = response.get_data()
    try:
        body = raw.decode()
    except UnicodeDecodeError:
        body = raw.decode("latin-1")
    if raw.startswith(b"PK"):
        body = _unpacked(raw)
    if response.is_json:
        found = json.loads(body)
        body = json.dumps(found, ensure_ascii=False) + "".join(map(_unpacked, _packed(found)))
    return body


def _packed(answer: Any) -> Iterator[bytes]:
    """The workbooks that a callback gives away, which travel packed in its answer."""
    if isinstance(answer, dict):
        if answer.get("base64") is True:
            yield base64.b64decode(answer["content"])
        answer = list(answer.values())
    for part in answer if isinstance(answer, list) else ():
        yield from _packed(part)


def _unpacked(raw: bytes) -> str:
    if not raw.startswith(b"PK"):  # paper
        return raw.decode("latin-1")
    with zipfile.ZipFile(io.BytesIO(raw)) as workbook:
        return "\n".join(workbook.read(name).decode("latin-1") for name in workbook.namelist())


def sees_persons(role: Role) -> bool:
    """Whether a role may see persons of its own district."""
    return Permission.READ_PERSONS in DEFAULT_PERMISSIONS[role]


@pytest.fixture
def whole(databases: Databases, cluster: Cluster) -> Iterator[World]:
    """Both districts."""
    yield from _served(databases, cluster, foreign=True)


@pytest.fixture
def own_alone(databases: Databases, cluster: Cluster) -> Iterator[World]:
    """The same rows without the foreign district's."""
    yield from _served(databases, cluster, foreign=False)


def _served(databases: Databases, cluster: Cluster, *, foreign: bool) -> Iterator[World]:
    both = databases.derived_template(
        "leaks", from_template=databases.template(), fill=world.fill, sources=world.SOURCES
    )
    with databases.lent(both) as name, databases.connected(name, OWNER_ROLE) as owner:
        if not foreign:
            world.remove_foreign(owner)
        settings = Settings(home=cluster.home, given_secret_key="only for tests")
        with owner.connect() as connection:
            found = connection.execute(text("SELECT role, id FROM ekasih.app_user WHERE login LIKE 'leak.%'"))
            users = {Role(role): int(number) for role, number in found}
        with databases.connected(name, WEB_ROLE) as engine:
            yield World(create_app(Deps(settings, engine, SignedIn(engine))), engine, owner, users)
