"""Anybody registers a household or tells of one on plain pages, follows it by two codes, and learns nothing else."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from portal.deps import PortalDeps
from portal.factory import create_portal
from registry.installation.settings import Settings
from tests.world import add_household

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from werkzeug.test import TestResponse

    from tests.integration.portal.conftest import Visitor

ANSWERS: dict[str, dict[str, dict[str, Any]]] = {
    "daftar": {
        "siapa": {"who": "kir"},
        "ketua": {"name": "Siti binti Contoh", "id_no": "790202-08-5002", "phone": ""},
        "tempat": {"district": "0803", "village": "Kampung Rekaan", "address": ""},
        "bilangan": {"persons": "5", "under_18": "3", "over_60": "", "disabled": ""},
        "pendapatan": {"income": "hingga_500"},
        "mendesak": {"urgent": ["makanan", "rawatan"], "words": "Nombor 790202085002"},
    },
    "maklum": {
        "tempat": {"district": "0803", "village": "Kampung Rekaan"},
        "keluarga": {"name": "Siti binti Contoh"},
        "keadaan": {"seen": ["sakit"], "words": "Atap bocor", "seen_on": "hari_ini"},
        "anda": {"teller_phone": ""},
    },
}


@dataclass(frozen=True)
class Visit:
    """Somebody who fills in a form without an account."""

    visitor: Visitor

    def post(self, path: str, **fields: Any) -> str:
        """Send a page as it is; the page that answers."""
        return self.visitor.post(f"/awam/{path}", fields).get_data(as_text=True)

    def proved(self, path: str, **fields: Any) -> TestResponse:
        """Send a page with its proof of work."""
        return self.visitor.send(f"/awam/{path}", fields)

    def filled(self, kind: str, **changed: dict[str, Any]) -> str:
        """Answer each question of a form; the page with all answers."""
        page = self.visitor.get(f"/awam/{kind}").get_data(as_text=True)
        while (at := hidden(page, "soalan")) != "semak":
            answers = ANSWERS[kind].get(at, {}) | changed.get(at, {})
            page = self.post(kind, borang=hidden(page, "borang"), soalan=at, **answers)
            assert hidden(page, "soalan") != at, page
        return page

    def sent(self, kind: str, page: str, **more: Any) -> TestResponse:
        """Send what stands on the page with all answers."""
        return self.proved(kind, **{"borang": hidden(page, "borang"), "soalan": "semak", "consent": "1"} | more)

    def followed(self, reference: str, secret: str, **more: Any) -> str:
        """What is shown of a form."""
        return self.proved("ikut", reference=reference, secret=secret, **more).get_data(as_text=True)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, page
    return html.unescape(found[1])


def codes(page: str) -> tuple[str, str]:
    reference, secret = re.findall(r"<dd>([A-Z0-9-]{9,11})</dd>", page)[:2]
    return reference, secret


@pytest.fixture
def visit(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A visitor in whom nobody sees haste."""
    monkeypatch.setattr("portal.intake.travelling.LEAST_SECONDS", 0)
    return Visit(visitor)


def test_a_household_is_registered_one_question_a_page_and_followed_and_taken_back(
    visit: Visit, owner: Connection
) -> None:
    page = visit.filled("daftar")
    assert "Makanan; Rawatan" in page
    assert 'id="consent-problem"' in visit.post("daftar", borang=hidden(page, "borang"), soalan="semak")
    assert owner.scalar(text("SELECT count(*) FROM ekasih.intake")) == 0
    answer = visit.sent("daftar", page)
    assert answer.headers["Cache-Control"] == "no-store"
    reference, secret = codes(answer.get_data(as_text=True))
    assert codes(visit.sent("daftar", page).get_data(as_text=True)) == (reference, secret)
    kept = owner.execute(text("SELECT kind, state, urgent, id_no, answers, marks FROM ekasih.intake")).one()
    assert (kept.kind, kept.state, kept.urgent, kept.id_no) == ("daftar", "baru", True, "790202085002")
    assert (kept.answers["persons"], kept.answers["consent"], kept.marks) == (5, 1, [])
    assert "790202085002" not in str(kept.answers)
    owner.rollback()

    assert "<h1>Diterima</h1>" in visit.followed(reference.lower(), secret)
    wrong = [visit.followed(*pair) for pair in ((reference, "0000-0000"), ("D-ZZZZ-ZZZZ", secret), ("", ""))]
    assert all("tidak sepadan" in one for one in wrong)
    assert len({re.sub(r'name="(reference|secret)" value="[^"]*"', "", one) for one in wrong}) == 1
    assert "Borang ini telah ditarik balik." in visit.followed(reference, secret, tarik_balik="ya")
    assert owner.scalar(text("SELECT state FROM ekasih.intake")) == "tarik_balik"


def test_errors_stand_at_their_field_and_what_was_typed_stays_in_every_language(visit: Visit) -> None:
    page = visit.visitor.get("/awam/daftar").get_data(as_text=True)
    wrong = visit.post("daftar", borang=hidden(page, "borang"), soalan="siapa")
    assert 'href="#who"' in wrong
    assert 'id="who-problem"' in wrong
    page = visit.filled("daftar")
    changed = visit.post("daftar", borang=hidden(page, "borang"), soalan="semak", ubah="ketua")
    assert 'value="Siti binti Contoh"' in changed
    typed = {"soalan": "ketua", "name": "Nama Baharu", "id_no": "790202085002"}
    for language in ("en", "zh", "ta"):
        other = visit.post("daftar", borang=hidden(changed, "borang"), bahasa=language, **typed)
        assert f'<html lang="{language}">' in other
        assert 'value="Nama Baharu"' in other
    back = visit.post("daftar", borang=hidden(other, "borang"), **typed)
    assert hidden(back, "soalan") == "semak"
    forged = visit.post("daftar", borang=hidden(page, "borang")[:-3] + "abc", soalan="semak")
    assert hidden(forged, "soalan") == "siapa"


def test_notices_of_a_registered_and_of_an_unknown_family_differ_in_nothing_that_leaves_the_server(
    visit: Visit, owner: Connection
) -> None:
    add_household(owner, "CT000001", name="Siti binti Contoh", district="0803")
    owner.commit()

    def answers(name: str) -> list[tuple[int, dict[str, str], str]]:
        first = visit.sent("maklum", visit.filled("maklum", keluarga={"name": name}))
        reference, secret = codes(first.get_data(as_text=True))
        second = visit.proved("ikut", reference=reference, secret=secret)
        return [
            (one.status_code, {key: value for key, value in one.headers.items() if key != "Date"},
             one.get_data(as_text=True).replace(reference, "R").replace(secret, "S"))
            for one in (first, second)
        ]  # fmt: skip

    registered, unknown = answers("Siti binti Contoh"), answers("Wati binti Contoh")
    assert registered == unknown


def test_a_trap_that_is_filled_in_and_haste_are_marks_and_no_refusal(
    visit: Visit, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.intake.travelling.LEAST_SECONDS", 3600)
    answer = visit.sent("maklum", visit.filled("maklum"), laman_web="http://iklan")
    assert codes(answer.get_data(as_text=True))
    assert owner.scalar(text("SELECT marks FROM ekasih.intake")) == ["medan_tersembunyi", "terlalu_pantas"]


def test_a_server_that_is_struck_down_in_the_middle_of_a_form_loses_nothing_that_it_acknowledged(
    visit: Visit, public: Engine, owner: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit.filled("maklum")
    with monkeypatch.context() as struck:

        def down(*_given: object, **_values: object) -> None:
            raise SystemExit

        struck.setattr("portal.intake.asking.page", down)
        with pytest.raises(SystemExit):
            visit.sent("maklum", page)
    assert owner.scalar(text("SELECT count(*) FROM ekasih.intake")) == 0
    owner.rollback()
    # another process goes on from the page that the first one made
    settings = Settings(home=tmp_path, given_portal_key="kunci ujian")  # type: ignore[arg-type]
    app = create_portal(PortalDeps(settings, public))
    app.test_client_class = FlaskClient
    visit.visitor.client = app.test_client(use_cookies=False)
    first = codes(visit.sent("maklum", page).get_data(as_text=True))
    assert codes(visit.sent("maklum", page).get_data(as_text=True)) == first
    assert owner.scalars(text("SELECT reference FROM ekasih.intake")).all() == [first[0]]
