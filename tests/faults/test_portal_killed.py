"""Web server and database are killed under the public's forms: what was acknowledged stays, the rest never was."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
import requests

from portal.proof import Prover
from tests.faults.installation import PATIENCE_SECONDS, installed
from tests.integration.portal.conftest import Visitor
from tests.integration.portal.test_intake import Visit, hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask.testing import FlaskClient

    from tests.faults.installation import Installation

SIMPLE: dict[str, dict[str, str]] = {
    "semak": {"identity": "900101-08-1234", "telephone": "012", "answer_by": "telefon", "district": "0803"},
    "sokongan": {"kind": "lain", "subject": "Laman ini", "words": "Tidak dapat dibuka", "district": "0803"},
}
FORMS = (*SIMPLE, "daftar", "maklum")
_REFERENCE = re.compile(r"[A-Z](?:-[0-9A-Z]{4}){2}")
_KEPT = """
    SELECT (SELECT count(*) FROM ekasih.status_inquiry) + (SELECT count(*) FROM ekasih.ticket)
        + (SELECT count(*) FROM ekasih.intake)
"""
_KNOWN = """
    SELECT EXISTS (SELECT FROM ekasih.status_inquiry WHERE reference = :reference)
        OR EXISTS (SELECT FROM ekasih.ticket_public WHERE reference = :reference)
        OR EXISTS (SELECT FROM ekasih.intake WHERE reference = :reference)
"""


class Browser:
    """Asks a served portal as the tests' client asks one in its own process."""

    def __init__(self, installation: Installation) -> None:
        self._address = f"http://127.0.0.1:{installation.settings.port}"

    def get(self, path: str, **_more: Any) -> Any:
        """Open a page."""
        return self._told(requests.get(self._address + path, timeout=PATIENCE_SECONDS))

    def post(self, path: str, data: Mapping[str, Any], **_more: Any) -> Any:
        """Send a form; nothing where the server went away meanwhile."""
        try:
            return self._told(requests.post(self._address + path, data=data, timeout=PATIENCE_SECONDS))
        except requests.RequestException:
            return SimpleNamespace(status_code=0, get_data=lambda **_as: "")

    @staticmethod
    def _told(answer: requests.Response) -> Any:
        return SimpleNamespace(status_code=answer.status_code, get_data=lambda **_as: answer.text)


@pytest.fixture
def installation() -> Iterator[Installation]:
    """An installation on which anybody may send as often as they like."""
    with installed() as made:
        with made.owner.begin() as owner:
            owner.exec_driver_sql("UPDATE ekasih.setting SET value = '1000' WHERE key LIKE 'portal.%%'")
        yield made


def visiting(installation: Installation) -> Visitor:
    """Somebody at the portal, which is served from now on."""
    installation.serve()
    prover = Prover(installation.settings.portal_key, cost=1, least=0, most=1)
    return Visitor(cast("FlaskClient", Browser(installation)), prover)


def ready(visitor: Visitor, form: str) -> dict[str, str]:
    """What is sent last of a form that is filled in."""
    if form in SIMPLE:
        return SIMPLE[form]
    page = Visit(visitor).filled(form)
    return {"borang": hidden(page, "borang"), "soalan": "semak", "consent": "1"}


def test_nothing_is_half_kept_and_what_was_acknowledged_stays(installation: Installation) -> None:
    visitor = visiting(installation)
    filled, before = {form: ready(visitor, form) for form in FORMS}, installation.one(_KEPT)
    with installation.held_up() as reached, ThreadPoolExecutor(len(FORMS)) as senders:
        answers = [senders.submit(sent, visitor, form, filled[form]) for form in FORMS]
        reached(len(FORMS))
        installation.strike_web()
        assert [_REFERENCE.search(answer.result(PATIENCE_SECONDS)) for answer in answers] == [None] * len(FORMS)
    assert installation.one(_KEPT) == before
    visitor = visiting(installation)
    acknowledged = []
    for number, form in enumerate(FORMS, start=1):
        found = _REFERENCE.search(sent(visitor, form, filled[form]))
        assert found is not None, f"{form}: the same page is sent again"
        assert installation.one(_KEPT) == before + number
        acknowledged.append(found[0])
    installation.strike_database()
    installation.strike_web()
    installation.done("up")
    assert [reference for reference in acknowledged if not installation.one(_KNOWN, reference=reference)] == []


def sent(visitor: Visitor, form: str, filled: dict[str, str]) -> str:
    """What is answered to a form; nothing where the server went away meanwhile."""
    return str(visitor.send(f"/awam/{form}", filled).get_data(as_text=True))
