"""Every error becomes a sentence that helps and a reference, and the log learns nobody's name or income."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from psycopg.errors import CheckViolation, InsufficientPrivilege
from psycopg.errors import OperationalError as ConnectionLost
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from dashboard.errors import answer_to
from dashboard.i18n import LANGUAGE_COOKIE
from registry import errors as registry_errors
from registry.errors import (
    DatabaseAway,
    InvalidInput,
    NotFound,
    NotPermitted,
    RegistryError,
    SignInRequired,
    StaleRecord,
)
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "Siti binti Rekaan 900101-14-9999 RM287.50"


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    with Flask("test").test_request_context("/", headers={"Cookie": f"{LANGUAGE_COOKIE}=en"}):
        yield


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SignInRequired(), 401),
        (NotPermitted(), 403),
        (NotFound(), 404),
        (StaleRecord(), 409),
        (InvalidInput({"postcode": "postcode"}), 422),
        (DatabaseAway(), 503),
        (RegistryError(), 400),
        (ZeroDivisionError(), 500),
    ],
)
def test_each_kind_of_error_has_its_status(error: Exception, status: int) -> None:
    assert answer_to(error).status == status


def test_a_database_lost_in_the_middle_is_away() -> None:
    assert answer_to(OperationalError("SELECT 1", {}, ConnectionLost())).status == 503


def test_what_the_database_refuses_is_not_permitted() -> None:
    assert answer_to(ProgrammingError("SELECT 1", {}, InsufficientPrivilege())).status == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_that_can_be_broken_has_words_in_both_languages(language: str) -> None:
    words = words_of(language)
    rules = [rule.key for rule in vars(registry_errors).values() if isinstance(rule, type)]
    shown = {key for key in rules if key != "setup"}  # an installation without a database never serves a page
    assert {key for key in shown if not words.has(f"error.{key}")} == set()
    assert words.has("error.sign_in_required")


def failing_with(name: str) -> Exception:
    """An error as the database raises it, with a person's data in its text and its values."""
    try:
        insert(name)
    except IntegrityError as error:
        return error
    raise AssertionError


def insert(name: str) -> None:
    """What the database says to a row that it cannot take."""
    raise IntegrityError("INSERT INTO person VALUES (%(name)s)", {"name": name}, CheckViolation(f"row ({name})"))


def test_the_log_names_the_place_and_no_person(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = answer_to(failing_with(SECRET))
    assert answer.reference in caplog.text
    assert "failing_with" in caplog.text
    assert not any(part in caplog.text for part in SECRET.split())


def test_people_are_not_shown_what_the_error_says() -> None:
    assert not any(part in answer_to(failing_with(SECRET)).sentence(words_of("en")) for part in SECRET.split())


def test_two_errors_have_two_references() -> None:
    assert answer_to(ValueError()).reference != answer_to(ValueError()).reference
