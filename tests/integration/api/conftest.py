"""Two agencies with a key each, an administrator who issued them, and the application that their programs ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from api.deps import ApiDeps
from api.factory import ROOT, create_api
from registry import db
from registry.api_keys.administration import SCOPES, Issued, IssueKey, issue_key
from registry.db import WEB_ROLE, make_engine
from registry.installation.settings import Settings
from registry.principals import Principal, Role
from tests.integration.aid.conftest import families, imported
from tests.jobs import carry_out_deliveries
from tests.world import add_principal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from apiflask import APIFlask
    from sqlalchemy import Engine
    from werkzeug.test import TestResponse

    from registry.aid.importing import AidReport
    from registry.installation.cluster import Cluster

__all__ = ["families", "imported"]
NEXT_YEAR = datetime.now(UTC).date() + timedelta(days=365)


@dataclass
class Programs:
    """Programs of two agencies at the application, and who keeps their keys."""

    app: APIFlask
    home: Path
    owner: Engine
    web: Engine
    keeper: Principal
    keys: dict[str, Issued] = field(default_factory=dict)
    _tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    def agency(self, code: str) -> int:
        """The number of an agency."""
        with self.owner.connect() as connection:
            return int(connection.scalar(text("SELECT id FROM ekasih.agency WHERE code = :code"), {"code": code}))

    def issue(self, agency: str, *, scopes: tuple[str, ...] = SCOPES, **given: Any) -> Issued:
        """A new key of an agency."""
        command = IssueKey(
            name=f"Sistem {agency}", agency_id=self.agency(agency), office_code=None, scopes=scopes,
            expires_on=NEXT_YEAR,
        )  # fmt: skip
        with db.writing(self.web, given.get("who", self.keeper)) as session:
            return issue_key(session, command)

    def ask_token(self, key: Issued, *, secret: str | None = None, **form: str) -> TestResponse:
        """What the token's address answers."""
        return self.app.test_client().post(
            f"{ROOT}/oauth/token",
            data={"grant_type": "client_credentials", **form},
            auth=(key.client_id, secret or key.secret),
        )

    def token(self, agency: str, scope: str = "") -> str:
        """A token of an agency's key; the same each time."""
        if (agency, scope) not in self._tokens:
            found = self.ask_token(self.keys[agency], **({"scope": scope} if scope else {}))
            assert found.status_code == 200, found.get_data(as_text=True)
            self._tokens[agency, scope] = found.get_json()["access_token"]
        return self._tokens[agency, scope]

    def get(self, path: str, *, agency: str = "SATU", **given: Any) -> TestResponse:
        """What an address answers to an agency's program."""
        return self._ask("GET", path, agency, given)

    def post(self, path: str, body: Any, *, agency: str = "SATU", **given: Any) -> TestResponse:
        """What an address answers that takes JSON."""
        return self._ask("POST", path, agency, {"json": body, **given})

    def send(self, number: str, *lines: dict[str, str], agency: str = "SATU", **more: Any) -> TestResponse:
        """Send lines of aid under a number."""
        body = {"baris": list(lines), **more}
        return self.post("/aid-lines", body, agency=agency, headers={"Idempotency-Key": number})

    def work(self) -> int:
        """Let the worker do what was asked for."""
        return carry_out_deliveries(self.owner, self.home)

    def audited(self, **wanted: Any) -> list[dict[str, Any]]:
        """The entries of the log with these values, oldest first."""
        with self.owner.connect() as connection:
            rows = connection.execute(text("SELECT * FROM ekasih.audit_log ORDER BY id")).mappings()
            return [dict(row) for row in rows if all(row[name] == value for name, value in wanted.items())]

    def _ask(self, method: str, path: str, agency: str, given: dict[str, Any]) -> TestResponse:
        headers = {"Accept-Language": "en", "Authorization": f"Bearer {self.token(agency)}", **given.pop("headers", {})}
        return self.app.test_client().open(f"{ROOT}{path}", method=method, headers=headers, **given)


def line(reference: str, **facts: str) -> dict[str, str]:
    """A line of one agency: RM 100 of June 2026 to the head of the first family."""
    return {
        "no_rujukan": reference, "jenis_baris": "bayar", "kod_program": "SATU-HIDUP", "kod_jenis": "A",
        "no_kp": "700101-08-5001", "nama": "Ali bin Abu", "daerah": "Kinta", "tarikh": "2026-06-10", "amaun": "100.00",
    } | facts  # fmt: skip


@pytest.fixture
def programs(
    owner_engine: Engine,
    cluster: Cluster,
    database: str,
    tmp_path: Path,
    families: dict[str, int],
    imported: Callable[..., AidReport],
) -> Iterator[Programs]:
    assert families
    imported()
    home = tmp_path / "rumah"
    home.mkdir()
    address = cluster.url(user=WEB_ROLE, database=database).render_as_string(hide_password=False)
    engine = make_engine(address, source="api")
    with owner_engine.begin() as connection:
        keeper = add_principal(connection, "pentadbir", Role.ADMINISTRATOR)
    app = create_api(ApiDeps(Settings(home=home, given_secret_key="only for tests"), engine))
    found = Programs(app, home, owner_engine, engine, keeper)
    for agency in ("SATU", "DUA"):
        found.keys[agency] = found.issue(agency)
    yield found
    engine.dispose()
