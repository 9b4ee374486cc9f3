"""Nothing that the web asks holds the database for longer than is stated, and its end is told in words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboard.errors import answer_to
from dashboard.i18n import LANGUAGE_COOKIE
from registry import db
from registry.db import FILE, PAGE, Patience, anonymous, reading, signing_in, writing
from registry.errors import RecordBusy, TookTooLong
from registry.principals import Principal, Role
from tests.world import add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any

    from sqlalchemy import Connection, Engine

_SHOWN = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
_HASTY = Patience(statement=1, lock=1, idle=1)


@pytest.fixture
def officer(owner: Connection) -> Principal:
    found = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    add_household(owner, "A1")
    owner.commit()
    return found


def shown(connection: Any) -> tuple[str, ...]:
    return tuple(str(connection.execute(text(f"SHOW {name}")).scalar_one()) for name in _SHOWN)


def test_every_transaction_of_the_web_is_bounded(web: Engine, officer: Principal) -> None:
    ways: list[AbstractContextManager[Any]] = [
        reading(web, officer), writing(web, officer), anonymous(web), signing_in(web),
    ]  # fmt: skip
    for way in ways:
        with way as connection:
            assert shown(connection) == ("15s", "5s", "1min")
    with writing(web, officer) as session, db.apart(session) as own:
        assert own is not None
        assert shown(own) == ("15s", "5s", "1min")


def test_a_longer_one_is_stated_and_ends_with_its_transaction(web: Engine, officer: Principal) -> None:
    with reading(web, officer, patience=FILE) as connection:
        assert shown(connection)[0] == "2min"
    with reading(web, officer) as connection:
        assert shown(connection)[0] == f"{PAGE.statement}s"


def test_what_takes_too_long_is_stopped(web: Engine, officer: Principal) -> None:
    began = time.perf_counter()
    with pytest.raises(TookTooLong), reading(web, officer, patience=_HASTY) as connection:
        connection.execute(text("SELECT pg_sleep(30)"))
    assert time.perf_counter() - began < 15
    with reading(web, officer) as connection:  # and the connection serves the next
        assert connection.scalar(text("SELECT 1")) == 1


def test_a_transaction_that_stands_idle_is_ended(web: Engine, officer: Principal) -> None:
    with pytest.raises(TookTooLong), writing(web, officer, patience=_HASTY) as session:
        time.sleep(2)
        session.execute(text("SELECT 1"))


def test_who_waits_for_another_is_told_so(web: Engine, officer: Principal) -> None:
    change = text("UPDATE ekasih.household SET phone = '1' WHERE file_no = 'A1'")
    with writing(web, officer) as session:
        session.execute(change)
        hasty = Patience(statement=30, lock=1, idle=30)
        with pytest.raises(RecordBusy), writing(web, officer, patience=hasty) as other:
            other.execute(change)


@pytest.mark.parametrize(("refusal", "status"), [(TookTooLong, 504), (RecordBusy, 409)])
def test_the_end_is_told_in_words_with_a_reference(
    web: Engine, officer: Principal, refusal: type[Exception], status: int
) -> None:
    """Also where an error of the database comes through as it was raised."""
    asked = {TookTooLong: "57014", RecordBusy: "55P03"}[refusal]
    raised = text(f"DO $$ BEGIN RAISE EXCEPTION 'Siti 900101-14-9999' USING ERRCODE = '{asked}'; END $$")
    with web.connect() as connection, pytest.raises(DBAPIError) as failure:
        connection.execute(raised)
    with Flask("test").test_request_context("/", headers={"Cookie": f"{LANGUAGE_COOKIE}=en"}):
        answer = answer_to(failure.value)
    assert (answer.status, len(answer.reference)) == (status, 9)
    assert "Nothing was changed" in answer.sentence(words_of("en"))
    assert officer
