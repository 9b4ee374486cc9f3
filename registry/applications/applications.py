"""Finds who applies, opens applications and moves them from one state to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import cast, func, select, text
from sqlalchemy.dialects.postgresql import JSONB, Range

from registry import audit
from registry.errors import InvalidInput, NotFound
from registry.households.checking import CheckStatus, keyed_hash
from registry.households.rules import identity
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

_FIND = text("SELECT household_id, registered FROM ekasih.find_applicant(:number, :key)")
_LAPSE = text("SELECT ekasih.lapse_applications()")


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who was asked for at a counter; the household only for who sees it."""

    household_id: int | None
    registered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """What an application asks for, and who asks.

    ``asked_by`` is who asks where the head is not present; ``first_day`` and ``last_day`` are both in the period.
    """

    kind_id: int
    person_id: int | None = None
    channel: str = "kaunter"
    head_present: bool = True
    asked_by: str = ""
    relation: str = ""
    phone: str = ""
    purpose: str = ""
    amount_rm: Decimal | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenApplication(AskedFor):
    """A new application: for a household by its id, or for a number that was found today."""

    household_id: int | None = None
    id_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditApplication(AskedFor):
    """A draft changed, as it was at ``version``."""

    number: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """A step of an application, as it was at ``version``; what a step needs beside its name depends on the step."""

    number: str
    version: int
    action: str
    reason: str = ""
    code: str | None = None
    amount_rm: Decimal | None = None
    first_day: date | None = None
    last_day: date | None = None
    kind_id: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def find_applicant(session: Session, id_no: str, *, secret: str) -> Applicant:
    """Look for who is applied for by an identity number; it is counted and written down as a check.

    Raises:
        InvalidInput: it is no number of a MyKad.
        TooManyChecks: the acting user has checked too often.

    """
    number, kind = identity(id_no)
    if number is None or kind != "mykad":
        raise InvalidInput({"id_no": "id_no"})
    with refusals_named(session):
        row = session.execute(_FIND, {"number": number, "key": _key(number, secret)}).one()
    return Applicant(row.household_id, row.registered)


def open_application(session: Session, command: OpenApplication, *, secret: str = "") -> str:
    """Open an application as a draft; its number.

    Raises:
        InvalidInput: one end of the period is missing, or it ends before it begins.
        RegistryError: the first rule that it breaks; see ``registry/applications/definitions/applications.sql``.

    """
    number, _kind = identity(command.id_no)
    asked = func.ekasih.open_application(
        command.household_id, number, _key(number or "", secret), command.person_id, command.kind_id, command.channel,
        command.head_present, command.asked_by, command.relation, command.phone, command.purpose, command.amount_rm,
        _days(command.first_day, command.last_day),
    )  # fmt: skip
    with refusals_named(session):
        return str(session.execute(select(asked)).scalar_one())


def edit_application(session: Session, command: EditApplication) -> int:
    """Change what a draft asks for; the version that it is now.

    Raises:
        NotFound: there is no such application for who acts.
        StaleRecord: somebody else changed or moved it meanwhile.
        RegistryError: it is no draft any more, or the first rule that it breaks, as :func:`open_application`.

    """
    asked = func.ekasih.edit_application(
        command.number, command.version, command.person_id, command.kind_id, command.channel, command.head_present,
        command.asked_by, command.relation, command.phone, command.purpose, command.amount_rm,
        _days(command.first_day, command.last_day),
    )  # fmt: skip
    with refusals_named(session):
        version = session.execute(select(asked)).scalar_one()
    if version is None:
        raise NotFound
    return int(version)


def take_step(session: Session, command: TakeStep) -> str:
    """Move an application; the database judges whether the step is allowed. Answers the state that it came into.

    Raises:
        NotFound: there is no such application for who acts.
        StaleRecord: somebody else moved it meanwhile.
        RegistryError: the rule that the step would break; see ``registry/applications/definitions/steps.sql``.

    """
    days = _days(command.first_day, command.last_day)
    asked = func.ekasih.step_application(
        command.number, command.version, command.action, command.code, command.reason, command.amount_rm, days,
        command.kind_id, cast(audit.plain(command.detail), JSONB),
    )  # fmt: skip
    with refusals_named(session):
        moved = session.execute(select(asked)).scalar_one()
    if moved is None:
        raise NotFound
    return str(moved)


def lapse(connection: Connection) -> int:
    """End what time ends: documents that did not come, programmes that are over; how many that is."""
    return int(connection.execute(_LAPSE).scalar_one())


def _key(number: str, secret: str) -> str:
    return keyed_hash(CheckStatus(id_no=number), secret=secret)


def _days(first: date | None, last: date | None) -> Range[date] | None:
    if first is None and last is None:
        return None
    if first is None or last is None or last < first:
        raise InvalidInput({"period": "days_order"})
    return Range(first, last, bounds="[]")
