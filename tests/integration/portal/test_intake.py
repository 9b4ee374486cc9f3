"""Anybody registers a household or tells of one on plain pages, follows it by two codes, and learns nothing else."""

from __future__ import annotations

import html
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from portal.deps import PortalDeps
from portal.factory import create_portal
from portal.proof import Proof, Prover
from registry.db import PUBLIC_ROLE, PUBLIC_SCHEMA
from registry.installation.settings import Settings
from tests.world import add_household

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient
    from sqlalchemy import Connection, Engine
    from werkzeug.test import TestResponse

    from tests.databases import Databases

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

    client: FlaskClient

    def post(self, path: str, **fields: Any) -> TestResponse:
        return self.client.post(f"/awam/{path}", data=fields)

    def filled(self, kind: str, **changed: dict[str, Any]) -> str:
        """Answer each question of a form; the page with all answers."""
        page = self.client.get(f"/awam/{kind}").get_data(as_text=True)
        while (at := hidden(page, "soalan")) != "semak":
            answers = ANSWERS[kind].get(at, {}) | changed.get(at, {})
            page = self.post(kind, borang=hidden(page, "borang"), soalan=at, **answers).get_data(as_text=True)
            assert hidden(page, "soalan") != at, page
        return page

    def sent(self, kind: str, page: str, **more: Any) -> TestResponse:
        """Send what stands on the page with all answers."""
        fields = {"borang": hidden(page, "borang"), "soalan": "semak", "consent": "1"} | more
        return self.post(kind, altcha="shown", **fields)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, page
    return html.unescape(found[1])


def codes(page: str) -> tuple[str, str]:
    reference, secret = re.findall(r"<dd>([A-Z0-9-]{9,11})</dd>", page)[:2]
    return reference, secret


@pytest.fixture
def visit(databases: Databases, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """A visitor whose proofs stand without the work, and are new each time; no answer waits for its least time."""
    monkeypatch.setattr("portal.sending.LEAST_SECONDS", 0.0)
    monkeypatch.setattr("portal.intake.travelling.LEAST_SECONDS", 0)
    known = Prover.judged

    def judged(self: Prover, payload: str) -> Proof | None:
        made = self.waited(self.ticket())
        assert made is None
        if payload != "shown":
            return known(self, payload)
        from datetime import UTC, datetime, timedelta

        return Proof(secrets.token_bytes(32), datetime.now(UTC) + timedelta(minutes=10))

    monkeypatch.setattr(Prover, "judged", judged)
    with databases.connected(database, PUBLIC_ROLE) as engine:
        deps = PortalDeps(Settings(home=tmp_path), engine)
        yield Visit(create_portal(deps).test_client())


def test_a_household_is_registered_one_question_a_page_and_followed_and_taken_back(
    visit: Visit, owner: Connection
) -> None:
    page = visit.filled("daftar")
    assert "Makanan; Rawatan" in page
    refused = visit.post("daftar", borang=hidden(page, "borang"), soalan="semak", altcha="shown")
    assert 'id="consent-problem"' in refused.get_data(as_text=True)
    assert owner.scalar(text("SELECT count(*) FROM ekasih.intake")) == 0
    answer = visit.sent("daftar", page)
    assert answer.headers["Cache-Control"] == "no-store"
    reference, secret = codes(answer.get_data(as_text=True))
    again = visit.sent("daftar", page)
    assert codes(again.get_data(as_text=True)) == (reference, secret)
    kept = owner.execute(text("SELECT kind, state, urgent, id_no, answers, marks FROM ekasih.intake")).one()
    assert (kept.kind, kept.state, kept.urgent, kept.id_no) == ("daftar", "baru", True, "790202085002")
    assert (kept.answers["persons"], kept.answers["consent"], kept.marks) == (5, 1, [])
    assert "790202085002" not in str(kept.answers)
    owner.rollback()

    shown = visit.post("ikut", reference=reference.lower(), secret=secret, altcha="shown").get_data(as_text=True)
    assert "<h1>Diterima</h1>" in shown
    wrong = [
        visit.post("ikut", reference=asked, secret=given, altcha="shown").get_data(as_text=True)
        for asked, given in ((reference, "0000-0000"), ("D-ZZZZ-ZZZZ", secret), ("", ""))
    ]
    assert all("tidak sepadan" in one for one in wrong)
    assert len({re.sub(r'name="(reference|secret)" value="[^"]*"', "", one) for one in wrong}) == 1
    taken = visit.post("ikut", reference=reference, secret=secret, tarik_balik="ya", altcha="shown")
    assert "Borang ini telah ditarik balik." in taken.get_data(as_text=True)
    assert owner.scalar(text("SELECT state FROM ekasih.intake")) == "tarik_balik"


def test_errors_stand_at_their_field_and_what_was_typed_stays_in_every_language(visit: Visit) -> None:
    page = visit.client.get("/awam/daftar").get_data(as_text=True)
    wrong = visit.post("daftar", borang=hidden(page, "borang"), soalan="siapa").get_data(as_text=True)
    assert 'href="#who"' in wrong
    assert 'id="who-problem"' in wrong
    page = visit.filled("daftar")
    changed = visit.post("daftar", borang=hidden(page, "borang"), soalan="semak", ubah="ketua").get_data(as_text=True)
    assert 'value="Siti binti Contoh"' in changed
    for language in ("en", "zh", "ta"):
        other = visit.post(
            "daftar", borang=hidden(changed, "borang"), soalan="ketua", name="Nama Baharu", bahasa=language
        ).get_data(as_text=True)
        assert f'<html lang="{language}">' in other
        assert 'value="Nama Baharu"' in other
    back = visit.post("daftar", borang=hidden(other, "borang"), soalan="ketua", name="Nama Baharu", id_no="790202085002")
    assert hidden(back.get_data(as_text=True), "soalan") == "semak"
    forged = visit.post("daftar", borang=hidden(page, "borang")[:-3] + "abc", soalan="semak", altcha="shown")
    assert hidden(forged.get_data(as_text=True), "soalan") == "siapa"


def test_notices_of_a_registered_and_of_an_unknown_family_differ_in_nothing_that_leaves_the_server(
    visit: Visit, owner: Connection
) -> None:
    add_household(owner, "CT000001", name="Siti binti Contoh", district="0803")
    owner.commit()

    def answers(name: str) -> list[tuple[int, dict[str, str], str]]:
        page = visit.filled("maklum", keluarga={"name": name})
        first = visit.sent("maklum", page)
        reference, secret = codes(first.get_data(as_text=True))
        second = visit.post("ikut", reference=reference, secret=secret, altcha="shown")
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
    marks = owner.scalar(text("SELECT marks FROM ekasih.intake"))
    assert marks == ["medan_tersembunyi", "terlalu_pantas"]


def test_the_portals_role_reads_nothing_of_what_was_sent(visit: Visit, databases: Databases, database: str) -> None:
    visit.sent("maklum", visit.filled("maklum"))
    with databases.connected(database, PUBLIC_ROLE) as engine, engine.connect() as connection:
        for table in ("intake", "intake_teller", "intake_candidate", "intake_step", "household"):
            asked = text("SELECT has_schema_privilege('ekasih', 'USAGE') OR has_table_privilege(:name, 'SELECT')")
            with pytest.raises(Exception, match="permission denied"):
                connection.execute(text(f"SELECT * FROM ekasih.{table}"))
            connection.rollback()
            assert asked is not None
