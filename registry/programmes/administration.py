"""Changes what agencies give: programmes with their kinds, states, rates and conditions, each with an audit entry.

A rate and conditions are never changed: a new one begins on a day, and the former one ends on the day before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from registry import audit
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.programmes.models import (
    FORMS,
    FREQUENCIES,
    PROGRAMME_STATES,
    RECIPIENTS,
    AidConditions,
    AidKind,
    AidProgramme,
    AidRate,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_MANAGES: Final = text("SELECT ekasih.manages_programmes_of(:agency)")
_LOGIN: Final = text("SELECT ekasih.acting_login()")
_NEED: Final = text(
    "SELECT 1 FROM ekasih.aid_need "
    "WHERE code = :code AND daterange(valid_from, valid_until, '[]') @> CAST(:day AS date)"
)
_LONGEST: Final = 200
_LARGEST_RM: Final = Decimal(1_000_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetState:
    """Whether a programme is a draft, open, paused or closed."""

    programme_id: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRate:
    """The most that one line of a kind may be, RM, from a day on; ``source`` is where that is written."""

    kind_id: int
    from_date: date
    ceiling_rm: Decimal
    source: str
    source_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddConditions:
    """Whom a programme is for from a day on; ``conditions`` are what ``Conditions.stored()`` gives."""

    programme_id: int
    from_date: date
    conditions: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProgramme:
    """A new programme of an agency, a draft, with one kind of aid."""

    agency_id: int
    code: str
    name_ms: str
    name_en: str
    valid_from: date
    need_code: str
    form: str
    recipient: str
    frequency: str
    coverage: str
    unit: str = ""


def set_state(session: Session, command: SetState) -> None:
    """Open, pause or close a programme.

    Raises:
        InvalidInput: no such state.
        NotFound: there is no such programme.
        NotPermitted: it is another agency's.

    """
    if command.state not in PROGRAMME_STATES:
        raise InvalidInput({"state": "choice"})
    programme = _programme(session, command.programme_id)
    if programme.state == command.state:
        return
    before, programme.state = programme.state, command.state
    _note(session, "set_programme_state", programme, before={"state": before}, after={"state": command.state})


def add_rate(session: Session, command: AddRate) -> int:
    """A new rate of a kind from a day on; the one before it ends on the day before.

    Raises:
        InvalidInput: the amount or the source is missing, or a later rate stands.
        NotFound, NotPermitted: as :func:`set_state`.

    """
    kind = session.get(AidKind, command.kind_id)
    if kind is None:
        raise NotFound
    programme = _programme(session, kind.programme_id)
    problems = {}
    if not Decimal(0) < command.ceiling_rm < _LARGEST_RM or command.ceiling_rm != round(command.ceiling_rm, 2):
        problems["ceiling_rm"] = "amount"
    if not 0 < len(command.source.strip()) <= _LONGEST:
        problems["source"] = "required"
    if problems:
        raise InvalidInput(problems)
    rows = session.scalars(select(AidRate).where(AidRate.kind_id == kind.id).with_for_update())
    _end_before(session, list(rows), command.from_date)
    rate = AidRate(
        kind_id=kind.id,
        from_date=command.from_date,
        ceiling_rm=command.ceiling_rm,
        source=command.source.strip(),
        source_date=command.source_date,
        made_by=session.scalar(_LOGIN),
    )
    session.add(rate)
    session.flush()
    after = {"kind": kind.code, "from": command.from_date.isoformat(), "ceiling_rm": f"{command.ceiling_rm:.2f}"}
    _note(session, "add_aid_rate", programme, after=after)
    return rate.id


def add_conditions(session: Session, command: AddConditions) -> int:
    """New conditions of a programme from a day on; those before them end on the day before.

    Raises:
        InvalidInput: later conditions stand.
        NotFound, NotPermitted: as :func:`set_state`.

    """
    programme = _programme(session, command.programme_id)
    rows = session.scalars(select(AidConditions).where(AidConditions.programme_id == programme.id).with_for_update())
    _end_before(session, list(rows), command.from_date)
    made = AidConditions(
        programme_id=programme.id,
        from_date=command.from_date,
        conditions=command.conditions,
        made_by=session.scalar(_LOGIN),
    )
    session.add(made)
    session.flush()
    after = {"from": command.from_date.isoformat(), "conditions": command.conditions}
    _note(session, "add_aid_conditions", programme, after=after)
    return made.id


def add_programme(session: Session, command: AddProgramme) -> int:
    """A new programme with one kind; it is a draft until it is opened.

    Raises:
        InvalidInput: a name or code is missing, or the code is taken.
        NotPermitted: the agency is not one's own.

    """
    if not session.scalar(_MANAGES, {"agency": command.agency_id}):
        raise NotPermitted
    code = command.code.strip().upper()
    _check_new(session, command, code)
    programme = AidProgramme(
        agency_id=command.agency_id,
        code=code,
        name_ms=command.name_ms.strip(),
        name_en=command.name_en.strip() or command.name_ms.strip(),
        valid_from=command.valid_from,
        state="draf",
    )
    session.add(programme)
    session.flush()
    session.add(
        AidKind(
            programme_id=programme.id,
            code="A",
            name_ms=programme.name_ms,
            name_en=programme.name_en,
            need_code=command.need_code,
            form=command.form,
            recipient=command.recipient,
            frequency=command.frequency,
            coverage=command.coverage,
            quantity_unit=command.unit.strip() or None,
        )
    )
    session.flush()
    _note(session, "add_programme", programme, after={"code": code, "need": command.need_code})
    return programme.id


def _check_new(session: Session, command: AddProgramme, code: str) -> None:
    problems = {}
    if not 0 < len(code) <= 30 or not code.replace("-", "").isalnum() or not code.isascii():  # noqa: PLR2004
        problems["code"] = "code"
    elif session.scalar(select(AidProgramme.id).where(AidProgramme.code == code)) is not None:
        problems["code"] = "taken"
    if not 0 < len(command.name_ms.strip()) <= _LONGEST:
        problems["name_ms"] = "required"
    for name, known in (("form", FORMS), ("recipient", RECIPIENTS), ("frequency", FREQUENCIES)):
        if getattr(command, name) not in known:
            problems[name] = "choice"
    if command.coverage not in COVERAGES:
        problems["coverage"] = "choice"
    if session.scalar(_NEED, {"code": command.need_code, "day": command.valid_from}) is None:
        problems["need_code"] = "choice"
    if problems:
        raise InvalidInput(problems)


COVERAGES: Final = ("bulan", "tahun", "seumur", "hari:30", "hari:90", "hari:180", "hari:365")
"""The periods that a new kind is offered with."""


def _programme(session: Session, programme_id: int) -> AidProgramme:
    """A programme that who acts may change."""
    programme = session.get(AidProgramme, programme_id)
    if programme is None:
        raise NotFound
    if not session.scalar(_MANAGES, {"agency": programme.agency_id}):
        raise NotPermitted
    return programme


def _end_before(session: Session, rows: list[Any], day: date) -> None:
    """End what holds on a day the day before; what begins on it or later is in the way."""
    if any(row.from_date is not None and row.from_date >= day for row in rows):
        raise InvalidInput({"from_date": "later_stands"})
    for row in rows:
        if row.until_date is None or row.until_date >= day:
            row.until_date = day - timedelta(days=1)
    session.flush()


def _note(
    session: Session,
    action: str,
    programme: AidProgramme,
    *,
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
) -> None:
    audit.record(
        session,
        action,
        subject="aid_programme",
        subject_id=programme.id,
        district_code=None,
        before=before,
        after={"programme": programme.code} | after,
    )
