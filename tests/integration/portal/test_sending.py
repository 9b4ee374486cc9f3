"""What every form needs: a proof that serves once, or half a minute; and no more than a network address may send."""

from __future__ import annotations

import base64
import json
import re
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import altcha
from sqlalchemy import text

from portal import proof as proofs

if TYPE_CHECKING:
    import pytest
    from sqlalchemy import Connection, Engine

    from tests.integration.portal.conftest import Visitor

ASKED = {"identity": "900101-08-1234", "telephone": "012 345 6789", "answer_by": "telefon", "district": "0803"}
SENT = 'class="lead">Permintaan semakan anda telah diterima.'
_COUNT = text("SELECT count(*) FROM ekasih.status_inquiry")
_SET = text("UPDATE ekasih.setting SET value = to_jsonb(CAST(:value AS integer)) WHERE key = :key")


def put_setting(owner_engine: Engine, key: str, value: int) -> None:
    with owner_engine.begin() as connection:
        connection.execute(_SET, {"key": key, "value": value})


def test_the_work_that_a_page_asks_for_is_a_proof(visitor: Visitor) -> None:
    challenge = altcha.Challenge.from_dict(json.loads(visitor.get("/awam/bukti").data))
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    assert solution.counter >= 200, "a script has something to do"
    shown = {"challenge": challenge.to_dict(), "solution": solution.to_dict()}
    proof = base64.b64encode(json.dumps(shown).encode()).decode()
    assert SENT in visitor.send("/awam/semak", ASKED, proof=proof).get_data(as_text=True)


def test_a_proof_serves_once(visitor: Visitor, owner: Connection) -> None:
    proof = visitor.proof()
    assert SENT in visitor.send("/awam/semak", ASKED, proof=proof).get_data(as_text=True)
    again = visitor.send("/awam/semak", ASKED, proof=proof)
    assert (again.status_code, "data-waits" in again.get_data(as_text=True)) == (HTTPStatus.OK, True)
    assert owner.scalar(_COUNT) == 1


def test_what_is_no_proof_is_none(visitor: Visitor, owner: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = visitor.proof()
    for proof in ("", "x", "e30=", "bnVsbA==", "W10=", mine[:-8] + "AAAAAAA=", "A" * 5000, "eyJjaGFsbGVuZ2UiOiB7fX0="):
        assert "data-waits" in visitor.send("/awam/semak", ASKED, proof=proof).get_data(as_text=True), proof[:20]
    monkeypatch.setattr(proofs, "VALID", timedelta(seconds=-1))
    assert "data-waits" in visitor.send("/awam/semak", ASKED).get_data(as_text=True), "too old"
    assert owner.scalar(_COUNT) == 0


def test_without_a_script_the_page_waits_and_keeps_what_was_sent(
    visitor: Visitor, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visitor.post("/awam/semak", ASKED).get_data(as_text=True)
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert {name: kept[name] for name in ASKED} == ASKED
    assert "data-waits" in visitor.post("/awam/semak", kept).get_data(as_text=True), "half a minute is not over"
    monkeypatch.setattr(proofs, "WAIT_SECONDS", 0)
    assert SENT in visitor.post("/awam/semak", kept).get_data(as_text=True)
    visitor.address = "203.0.113.1"
    assert "data-waits" in visitor.post("/awam/semak", kept).get_data(as_text=True), "a ticket serves once"
    visitor.address = "198.51.100.7"
    other = visitor.post("/awam/semak", ASKED).get_data(as_text=True)
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', other))
    assert visitor.post("/awam/semak", again).status_code == HTTPStatus.TOO_MANY_REQUESTS, "once an hour"
    assert owner.scalar(_COUNT) == 1


def test_an_address_may_send_so_many_an_hour_whatever_it_asks(visitor: Visitor, owner_engine: Engine) -> None:
    put_setting(owner_engine, "portal.forms_per_hour", 3)
    for number in ("900101081234", "", "000000000000"):
        assert visitor.send("/awam/semak", {**ASKED, "identity": number}).status_code == HTTPStatus.OK
    refused = visitor.send("/awam/semak", ASKED)
    assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert int(refused.headers["Retry-After"]) == 3600
    visitor.address = "198.51.100.8"
    assert visitor.send("/awam/semak", ASKED).status_code == HTTPStatus.OK


def test_of_the_new_addresses_a_network_is_one_visitor(visitor: Visitor, owner_engine: Engine) -> None:
    put_setting(owner_engine, "portal.forms_per_hour", 1)
    visitor.address = "2001:db8:1:1::1"
    assert visitor.send("/awam/semak", ASKED).status_code == HTTPStatus.OK
    visitor.address = "2001:db8:1:1:ffff::9"
    assert visitor.send("/awam/semak", ASKED).status_code == HTTPStatus.TOO_MANY_REQUESTS
    visitor.address = "2001:db8:1:2::1"
    assert visitor.send("/awam/semak", ASKED).status_code == HTTPStatus.OK
    visitor.address = "::ffff:203.0.113.9"
    assert visitor.send("/awam/semak", ASKED).status_code == HTTPStatus.OK
    visitor.address = "203.0.113.9"
    assert visitor.send("/awam/semak", ASKED).status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_all_together_may_send_so_many_a_minute(visitor: Visitor, owner_engine: Engine) -> None:
    put_setting(owner_engine, "portal.forms_per_minute_in_all", 10)
    for last in range(10, 20):
        visitor.address = f"203.0.113.{last}"
        assert visitor.send("/awam/semak", ASKED).status_code == HTTPStatus.OK
    visitor.address = "203.0.113.3"
    assert visitor.send("/awam/semak", ASKED).status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_a_proof_costs_more_while_a_limit_is_near(visitor: Visitor, owner: Connection, owner_engine: Engine) -> None:
    dearness = text("SELECT portal.dearness('198.51.100.7')")
    put_setting(owner_engine, "portal.forms_per_hour", 4)
    prices = [owner.scalar(dearness)]
    for _ in range(4):
        owner.rollback()  # the key of the day, where it was the first to need it
        visitor.send("/awam/semak", ASKED)
        prices.append(owner.scalar(dearness))
    assert prices == [0, 0, 1, 2, 3]


def test_nothing_that_is_kept_of_a_visit_names_who_came(
    visitor: Visitor, owner: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    visitor.send("/awam/semak", ASKED)
    row = str(owner.execute(text("SELECT * FROM ekasih.portal_entry")).one())
    log = str(owner.execute(text("SELECT * FROM ekasih.audit_log WHERE actor = 'portal'")).all())
    for told in (row, log, caplog.text):
        assert "198.51.100.7" not in told
        assert re.search(r"\d{6}-?\d{2}-?\d{4}", told) is None


def test_the_key_of_a_day_is_thrown_away_after_two(visitor: Visitor, owner_engine: Engine) -> None:
    visitor.send("/awam/semak", ASKED)
    with owner_engine.begin() as connection:
        connection.execute(text("UPDATE ekasih.portal_day_key SET day = day - 2"))
        connection.execute(text("UPDATE ekasih.portal_proof SET expires_at = now() - interval '1 second'"))
        connection.execute(text("SELECT ekasih.sweep_portal()"))
        left = text("SELECT (SELECT count(*) FROM ekasih.portal_day_key), (SELECT count(*) FROM ekasih.portal_proof)")
        assert tuple(connection.execute(left).one()) == (0, 0)
