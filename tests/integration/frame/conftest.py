"""The app over a database with an account for each role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.signin.session import SignedIn
from registry.accounts.users import create_demo_users
from registry.installation.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine

    from tests.databases import Databases


@pytest.fixture
def database(databases: Databases) -> Iterator[str]:
    """A database with an account for each role."""
    template = databases.derived_template(
        "accounts", from_template=databases.template(), fill=_accounts, sources=("registry/accounts/users.py",)
    )
    with databases.lent(template) as name:
        yield name


def _accounts(engine: Engine) -> None:
    with engine.begin() as connection:
        create_demo_users(connection)


@pytest.fixture
def server(web: Engine, tmp_path: Path) -> Flask:
    """The app's server."""
    settings = Settings(home=tmp_path, given_secret_key="only for tests")
    return create_app(Deps(settings, web, SignedIn(web))).server


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    """A browser without scripts."""
    return server.test_client()
