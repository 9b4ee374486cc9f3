"""The portal as anybody has it: no account, no script, each form with the proof of work that its script would show."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import altcha
import pytest
from flask.testing import FlaskClient

from portal import sending
from portal.deps import PortalDeps
from portal.factory import create_portal
from portal.proof import Prover
from registry.db import PUBLIC_ROLE, PUBLIC_SCHEMA, make_engine
from registry.installation.bootstrap import str_url
from registry.installation.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Engine
    from werkzeug.test import TestResponse

    from registry.installation.cluster import Cluster

KEY = "kunci ujian"


@dataclass
class Visitor:
    """Somebody at the portal."""

    client: FlaskClient
    prover: Prover
    address: str = "198.51.100.7"

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, environ_base={"REMOTE_ADDR": self.address})

    def proof(self) -> str:
        """The work that the form's script shows, at a price that costs the tests nothing."""
        challenge = altcha.Challenge.from_dict(self.prover.challenge(0))
        solution = altcha.solve_challenge(challenge)
        assert solution is not None
        shown = {"challenge": challenge.to_dict(), "solution": solution.to_dict()}
        return base64.b64encode(json.dumps(shown).encode()).decode()

    def send(self, path: str, values: Mapping[str, str], *, proof: str | None = None) -> TestResponse:
        """Send a form with a proof of work; ``proof=""`` is a form without."""
        shown = self.proof() if proof is None else proof
        return self.post(path, {**values, "altcha": shown})

    def post(self, path: str, values: Mapping[str, str]) -> TestResponse:
        """Send a form as it is."""
        packed = {"Accept-Encoding": "gzip"}
        return self.client.post(path, data=values, environ_base={"REMOTE_ADDR": self.address}, headers=packed)


@pytest.fixture
def public(cluster: Cluster, database: str) -> Iterator[Engine]:
    """An engine that signs in as the portal's role."""
    address = str_url(cluster.url(user=PUBLIC_ROLE, database=database))
    engine = make_engine(address, source="portal", schema=PUBLIC_SCHEMA)
    yield engine
    engine.dispose()


@pytest.fixture
def portal(public: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client of the portal, without cookies; no answer waits for its least time."""
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)
    settings = Settings(home=tmp_path, given_portal_key=KEY)  # type: ignore[arg-type]
    app = create_portal(PortalDeps(settings, public))
    app.test_client_class = FlaskClient  # not that of pages with a session
    return app.test_client(use_cookies=False)


@pytest.fixture
def visitor(portal: FlaskClient) -> Visitor:
    """Somebody at the portal."""
    return Visitor(portal, Prover(KEY, cost=1, least=0, most=1))


def without_reference(page: bytes) -> bytes:
    """An answer but for its reference, which is as long as any."""
    return re.sub(rb"[A-Z](-[0-9A-Z]{4}){2}", b"X-0000-0000", page)
