"""Keys are issued, rotated and revoked by who administers the country; a token opens what its key does, no longer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from api.factory import ROOT
from registry import db
from registry.accounts.administration import ResetPassword, reset_password
from registry.api_keys.administration import IssueKey, change_key, issue_key, revoke_key, rotate_key
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.principals import Role
from registry.refusals import ApiKeyAgency, ApiKeyOver
from tests.integration.api.conftest import NEXT_YEAR, line
from tests.world import add_principal

if TYPE_CHECKING:
    from tests.integration.api.conftest import Programs


def opened(programs: Programs, token: str) -> int:
    """What own programmes answer to a token."""
    headers = {"Authorization": f"Bearer {token}"}
    return programs.app.test_client().get(f"{ROOT}/programmes", headers=headers).status_code


def taken(programs: Programs, **given: str) -> str:
    return str(programs.ask_token(programs.keys["SATU"], **given).get_json()["access_token"])


def stored(programs: Programs) -> str:
    """All that stands in tables of keys and in the log."""
    with programs.owner.connect() as connection:
        tables = ("api_key", "api_secret", "api_token", "api_use", "app_user", "audit_log")
        return "\n".join(
            str(row) for name in tables for row in connection.scalars(text(f"SELECT t::text FROM ekasih.{name} AS t"))
        )


def test_neither_a_secret_nor_a_token_is_kept(programs: Programs) -> None:
    token = taken(programs)
    assert opened(programs, token) == 200
    everything = stored(programs)
    assert programs.keys["SATU"].client_id in everything
    assert programs.keys["SATU"].secret not in everything
    assert token not in everything


def test_a_wrong_secret_gets_no_token_is_written_down_and_slowed(programs: Programs) -> None:
    key = programs.keys["SATU"]
    refused = programs.ask_token(key, secret="eks_" + "x" * 43)
    assert (refused.status_code, refused.get_json()["error"]) == (401, "invalid_client")
    assert refused.headers["WWW-Authenticate"].startswith("Basic")
    assert [entry["actor"] for entry in programs.audited(action="sign_in_refused")] == [key.client_id]
    answers = [programs.ask_token(key, secret="eks_" + "x" * 43) for _ in range(9)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 60
    assert programs.ask_token(key).status_code == 200, "who holds the secret is kept out by nobody"


def test_a_token_of_some_scopes_opens_these_alone(programs: Programs) -> None:
    token = taken(programs, scope="aid.read needs.check")
    refused = programs.app.test_client().get(f"{ROOT}/programmes", headers={"Authorization": f"Bearer {token}"})
    assert (refused.status_code, refused.mimetype) == (403, "application/problem+json")
    assert 'scope="programmes.read"' in refused.headers["WWW-Authenticate"]


def test_a_scope_that_the_key_lacks_is_not_given(programs: Programs) -> None:
    key = programs.issue("SATU", scopes=("programmes.read",))
    refused = programs.ask_token(key, scope="aid.write")
    assert (refused.status_code, refused.get_json()["error"]) == (400, "invalid_scope")
    assert programs.ask_token(key).get_json()["scope"] == "programmes.read"


def test_a_key_acts_in_the_database_by_its_scopes_alone(programs: Programs) -> None:
    key = programs.issue("SATU", scopes=("programmes.read",))
    with programs.owner.connect() as connection:
        user = connection.scalar(text("SELECT user_id FROM ekasih.api_key WHERE id = :id"), {"id": key.key_id})
        connection.execute(text("SELECT ekasih.act_as(:user)"), {"user": user})
        assert connection.scalar(text("SELECT current_setting('app.permissions')")) == "{}"


def test_after_a_rotation_the_old_secret_and_its_tokens_hold_for_the_hours_that_are_set(programs: Programs) -> None:
    before = taken(programs)
    with db.writing(programs.web, programs.keeper) as session:
        rotated = rotate_key(session, programs.keys["SATU"].key_id)
    assert programs.ask_token(programs.keys["SATU"]).status_code == 200
    assert programs.ask_token(programs.keys["SATU"], secret=rotated.secret).status_code == 200
    with programs.owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.api_secret SET ends_at = now() WHERE ends_at IS NOT NULL"))
    assert programs.ask_token(programs.keys["SATU"]).status_code == 401
    assert opened(programs, before) == 401
    assert programs.ask_token(programs.keys["SATU"], secret=rotated.secret).status_code == 200


def test_a_rotation_at_once_ends_the_old_secret(programs: Programs) -> None:
    with db.writing(programs.web, programs.keeper) as session:
        rotated = rotate_key(session, programs.keys["SATU"].key_id, at_once=True)
    assert programs.ask_token(programs.keys["SATU"]).status_code == 401
    assert programs.ask_token(programs.keys["SATU"], secret=rotated.secret).status_code == 200


def test_a_revoked_key_ends_at_once_with_its_tokens_and_what_it_asked_for(programs: Programs) -> None:
    token = programs.token("SATU")
    programs.send("JUN-1", line("A1"))
    with db.writing(programs.web, programs.keeper) as session:
        revoke_key(session, programs.keys["SATU"].key_id)
    assert opened(programs, token) == 401
    assert programs.ask_token(programs.keys["SATU"]).status_code == 401
    assert programs.work() == 0
    with pytest.raises(ApiKeyOver), db.writing(programs.web, programs.keeper) as session:
        rotate_key(session, programs.keys["SATU"].key_id)


def test_a_key_is_over_after_its_last_day(programs: Programs) -> None:
    token = programs.token("SATU")
    with programs.owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.api_key SET expires_on = current_date - 2"))
    assert opened(programs, token) == 401
    assert programs.ask_token(programs.keys["SATU"]).status_code == 401


def test_a_token_ends_before_its_time_where_its_key_says_so_and_no_other_s(programs: Programs) -> None:
    token = programs.token("SATU")

    def end(agency: str) -> int:
        key = programs.keys[agency]
        client = programs.app.test_client()
        return client.post(f"{ROOT}/oauth/revoke", data={"token": token}, auth=(key.client_id, key.secret)).status_code

    assert (end("DUA"), opened(programs, token)) == (200, 200)
    assert (end("SATU"), opened(programs, token)) == (200, 401)


def test_scopes_that_are_taken_away_are_gone_from_tokens_that_are_out(programs: Programs) -> None:
    token = programs.token("SATU")
    with db.writing(programs.web, programs.keeper) as session:
        change_key(session, programs.keys["SATU"].key_id, scopes=("aid.read",), expires_on=NEXT_YEAR)
    assert opened(programs, token) == 403


def test_calls_are_counted_and_held_to_so_many_a_minute(programs: Programs) -> None:
    with programs.owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.setting SET value = '2' WHERE key = 'api.per_minute'"))
    answers = [programs.get("/programmes") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60
    assert answers[2].mimetype == "application/problem+json"
    assert programs.get("/programmes", agency="DUA").status_code == 200
    with programs.owner.connect() as connection:
        counts = text("SELECT calls, refused FROM ekasih.api_use WHERE key_id = :key")
        assert tuple(connection.execute(counts, {"key": programs.keys["SATU"].key_id}).one()) == (2, 1)


def test_only_who_administers_the_country_keeps_keys(programs: Programs) -> None:
    with programs.owner.begin() as connection:
        others = [
            add_principal(connection, "tadbir.perak", Role.ADMINISTRATOR, "08"),
            add_principal(connection, "kebangsaan", Role.NATIONAL),
            add_principal(connection, "wakil", Role.AGENCY),
        ]
    for who in others:
        with pytest.raises(NotPermitted):
            programs.issue("SATU", who=who)
        with pytest.raises(NotPermitted), db.writing(programs.web, who) as session:
            revoke_key(session, programs.keys["SATU"].key_id)
        with db.reading(programs.web, who) as connection:
            assert connection.scalar(text("SELECT count(*) FROM ekasih.api_key")) == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"scopes": ()}, "scopes"), ({"scopes": ("households.read",)}, "scopes"),
        ({"expires_on": None}, "expires_on"), ({"expires_on": NEXT_YEAR + timedelta(days=800)}, "expires_on"),
        ({"agency_id": 0}, "agency"), ({"office_code": "TIADA"}, "agency"),
    ],
)  # fmt: skip
def test_what_a_key_cannot_be_is_told_by_its_field(programs: Programs, wrong: dict[str, object], field: str) -> None:
    right = {"name": "Sistem", "agency_id": programs.agency("SATU"), "office_code": None, "scopes": ("aid.read",)}
    with pytest.raises((InvalidInput, ApiKeyAgency)) as refused, db.writing(programs.web, programs.keeper) as session:
        issue_key(session, IssueKey(**{**right, "expires_on": NEXT_YEAR, **wrong}))  # type: ignore[arg-type]
    assert field in refused.value.problems


def test_nobody_signs_in_to_the_account_of_a_key_whatever_an_administrator_does_to_it(programs: Programs) -> None:
    key = programs.keys["SATU"]
    with programs.owner.begin() as connection:
        user = connection.scalar(text("SELECT user_id FROM ekasih.api_key WHERE id = :id"), {"id": key.key_id})
        # as if a password had been set all the same
        connection.execute(text("UPDATE ekasih.app_user SET password_hash = 'x' WHERE id = :user"), {"user": user})
        for function, given in (("sign_in_lookup", key.client_id), ("principal_of", user)):
            found = connection.execute(text(f"SELECT * FROM ekasih.{function}(:given)"), {"given": given}).all()
            assert found == []
    with pytest.raises(NotFound), db.writing(programs.web, programs.keeper) as session:
        reset_password(session, ResetPassword(user_id=int(user or 0), version=1))


def test_each_command_is_written_down_without_its_secret(programs: Programs) -> None:
    key = programs.keys["SATU"]
    with db.writing(programs.web, programs.keeper) as session:
        change_key(session, key.key_id, scopes=("aid.read",), expires_on=NEXT_YEAR)
        rotate_key(session, key.key_id)
        revoke_key(session, key.key_id)
    entries = programs.audited(subject="api_key", subject_id=key.key_id)
    assert [entry["action"] for entry in entries] == [
        "issue_api_key", "change_api_key", "rotate_api_key", "revoke_api_key",
    ]  # fmt: skip
    assert entries[1]["after"]["scopes"] == "aid.read"
