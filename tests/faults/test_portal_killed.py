"""Web server and database are killed under the public's forms: what was acknowledged stays, the rest never was."""

from __future__ import annotations

import re
import threading
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


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """An installation on which anybody may send as often as they like."""
    with installed() as made:
        with made.owner.begin() as owner:
            owner.exec_driver_sql("UPDATE ekasih.setting SET value = '1000' WHERE key LIKE 'portal.%%'")
        yield made


@pytest.fixture
def visitor(installation: Installation) -> Iterator[Visitor]:
    """Somebody at the served portal."""
    installation.serve()
    prover = Prover(installation.settings.portal_key, cost=1, least=0, most=1)
    yield Visitor(cast("FlaskClient", Browser(installation)), prover)
    installation.strike_web()


def ready(visitor: Visitor, form: str) -> dict[str, str]:
    """What is sent last of a form that is filled in."""
    if form in SIMPLE:
        return SIMPLE[form]
    page = Visit(visitor).filled(form)
    return {"borang": hidden(page, "borang"), "soalan": "semak", "consent": "1"}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_was_not_acknowledged_is_not_half_kept(
    installation: Installation, visitor: Visitor, form: str
) -> None:
    filled, before = ready(visitor, form), installation.one(_KEPT)
    answers: list[str] = []
    with installation.held_up() as reached:
        sending = threading.Thread(
            target=lambda: answers.append(visitor.send(f"/awam/{form}", filled).get_data(as_text=True)), daemon=True
        )
        sending.start()
        reached()
        installation.strike_web()
        sending.join(PATIENCE_SECONDS)
    assert _REFERENCE.search(answers[0]) is None
    assert installation.one(_KEPT) == before
    installation.serve()
    told = visitor.send(f"/awam/{form}", filled).get_data(as_text=True)
    found = _REFERENCE.search(told)
    assert found is not None, "the same page is sent again"
    assert installation.one(_KNOWN, reference=found[0])
    assert installation.one(_KEPT) == before + 1


def test_what_was_acknowledged_stays_though_everything_is_killed_at_once(
    installation: Installation, visitor: Visitor
) -> None:
    told = []
    for form in FORMS:
        found = _REFERENCE.search(visitor.send(f"/awam/{form}", ready(visitor, form)).get_data(as_text=True))
        assert found is not None, form
        told.append(found[0])
    installation.strike_database()
    installation.strike_web()
    installation.done("up")
    assert [reference for reference in told if not installation.one(_KNOWN, reference=reference)] == []
