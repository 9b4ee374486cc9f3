"""A thin register with closed, published months, three people with a key each, and the service that their tools ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from ogc.deps import PREFIX, OgcDeps
from ogc.factory import create_ogc
from registry import db
from registry.api_keys.connections import MadeKey, make_key
from registry.db import WEB_ROLE, make_engine
from registry.installation.settings import Settings
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from sqlalchemy import Engine
    from werkzeug.test import TestResponse

    from registry.installation.cluster import Cluster

AS_OF = date(2026, 10, 20)
# poor households by district: two districts whose small counts may not be told, and enough beside them
_POOR = {"0801": 2, "0802": 3, "0803": 40, "0804": 30, "1001": 25}


@dataclass
class Opened:
    """The service over a register, and its people by a short name."""

    app: Flask
    owner: Engine
    web: Engine
    home: Path
    people: dict[str, Principal]
    keys: dict[str, MadeKey] = field(default_factory=dict)

    def get(self, who: str | None, path: str, **given: Any) -> TestResponse:
        """What an address answers to somebody's tool; to nobody's for ``None``."""
        key = self.keys.get(who or "")
        auth = {"auth": (key.client_id, key.secret)} if key else {}
        return self.app.test_client().get(f"{PREFIX}{path}", **auth, **given)

    def features(self, who: str, path: str) -> list[dict[str, Any]]:
        """All features that an address answers, page by page along its links."""
        found: list[dict[str, Any]] = []
        address: str | None = path
        while address:
            answer = self.get(who, address)
            assert answer.status_code == 200, answer.get_data(as_text=True)
            body = answer.get_json()
            found += body["features"]
            onwards = [link["href"] for link in body["links"] if link["rel"] == "next"]
            address = onwards[0].partition(PREFIX)[2] if onwards else None
        return found

    def facts(self, who: str, path: str) -> dict[str, dict[str, Any]]:
        """Their properties by code."""
        return {feature["id"]: feature["properties"] for feature in self.features(who, path)}


@pytest.fixture
def opened(owner_engine: Engine, cluster: Cluster, database: str, tmp_path: Path) -> Iterator[Opened]:
    with owner_engine.begin() as owner:
        number = 0
        for district, poor in _POOR.items():
            for at in range(poor):
                number += 1
                facts = {"district": district, "income": 260 if at % 3 == 0 else 1500, "name": f"RAHSIA {number}"}
                add_household(owner, f"G{number:05}", on_date=f"2026-0{6 + at % 3}-10", **facts)
        owner.execute(
            text("""
                INSERT INTO setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
                ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """),
            {"day": AS_OF.isoformat()},
        )
        close_months(owner, up_to=AS_OF)
        publish(owner)
        people = {
            "planner": add_principal(owner, "perancang", Role.PLANNER),
            "officer": add_principal(owner, "pegawai", Role.OFFICER, "0801"),
            "administrator": add_principal(owner, "pentadbir", Role.ADMINISTRATOR),
        }
    address = cluster.url(user=WEB_ROLE, database=database).render_as_string(hide_password=False)
    engine = make_engine(address, source="api")
    app = create_ogc(OgcDeps(Settings(home=tmp_path, given_secret_key="only for tests"), engine, lambda: None))
    found = Opened(app, owner_engine, engine, tmp_path, people)
    for name, person in people.items():
        with db.writing(engine, person) as session:
            found.keys[name] = make_key(session, "QGIS")
    yield found
    engine.dispose()
