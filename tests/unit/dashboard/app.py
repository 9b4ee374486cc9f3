"""The app over a database that nobody asks, and the people who may use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine

from dashboard.deps import Deps
from dashboard.factory import create_app
from registry.installation.settings import Settings
from registry.principals import Principal, Role

if TYPE_CHECKING:
    from pathlib import Path

    from dash import Dash

PEOPLE = {role: Principal(user_id=1, login=role, name="Contoh Rekaan", role=role) for role in Role}


def app_for(principal: Principal | None, home: Path, **settings: Any) -> Dash:
    """The app as ``principal`` meets it; whoever connects to its database is refused."""
    given = Settings(home=home, given_secret_key="only for tests", **settings)
    engine = create_engine("postgresql+psycopg://nobody@/nothing?host=/nonexistent")
    return create_app(Deps(given, engine, lambda: principal))
