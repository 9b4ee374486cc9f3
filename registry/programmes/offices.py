"""Offices of agencies, and the needs that aid meets: new ones begin on a day, those that are over end on one.

What an office covers and how a need is met are never changed: what was decided keeps the row it was decided by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry import audit
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.programmes.models import Agency, AidNeed, Office

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

_CHANGES: Final = text("SELECT ekasih.may('manage_programmes') AND ekasih.of_no_agency()")
_AREAS: Final = text(
    "SELECT code FROM ekasih.area WHERE level IN ('state', 'district', 'catchment') AND code = ANY (:codes)"
)
_LONGEST: Final = 200
_LONGEST_CODE: Final = 30
RULES: Final = ("exclusive", "once", "free")
"""How a need is met: once on a day, once in a life, or as often as aid comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOffice:
    """A new office of an agency; ``territory`` are the areas that it serves, none for all of the agency's."""

    agency_id: int
    code: str
    name_ms: str
    name_en: str
    valid_from: date
    territory: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNeed:
    """A new need; ``rule`` is one of :data:`RULES`."""

    code: str
    name_ms: str
    name_en: str
    rule: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Another name of an office or a need, where one is given, and the last day on which it holds."""

    code: str
    name_ms: str = ""
    name_en: str = ""
    valid_until: date | None = None


def add_office(session: Session, command: AddOffice) -> None:
    """Add an office; applications of its areas go to it from its first day on.

    Raises:
        InvalidInput: a name, the agency or an area is missing or unknown, or the code is taken.
        NotPermitted: who acts may not change offices.

    """
    _require(session)
    code, problems = _new(session, command, Office)
    if session.get(Agency, command.agency_id) is None:
        problems["agency"] = "required"
    if set(session.scalars(_AREAS, {"codes": list(command.territory)})) != set(command.territory):
        problems["territory"] = "choice"
    if problems:
        raise InvalidInput(problems)
    name_ms, name_en = _names(command)
    session.add(
        Office(
            code=code,
            agency_id=command.agency_id,
            name_ms=name_ms,
            name_en=name_en,
            territory=list(command.territory),
            valid_from=command.valid_from,
        )
    )
    session.flush()
    after = {"code": code, "agency": command.agency_id, "territory": list(command.territory)}
    _note(session, "add_office", "office", after=after | {"from": command.valid_from.isoformat()})


def add_need(session: Session, command: AddNeed) -> None:
    """Add a need that aid of new programmes may meet.

    Raises:
        InvalidInput, NotPermitted: as :func:`add_office`.

    """
    _require(session)
    code, problems = _new(session, command, AidNeed)
    if command.rule not in RULES:
        problems["rule"] = "choice"
    if problems:
        raise InvalidInput(problems)
    name_ms, name_en = _names(command)
    session.add(
        AidNeed(
            code=code,
            name_ms=name_ms,
            name_en=name_en,
            exclusive=command.rule != "free",
            once=command.rule == "once",
            valid_from=command.valid_from,
        )
    )
    session.flush()
    after = {"code": code, "rule": command.rule, "from": command.valid_from.isoformat()}
    _note(session, "add_need", "aid_need", after=after)


def change_office(session: Session, command: Change) -> None:
    """Give an office another name, or its last day.

    Raises:
        InvalidInput: nothing is changed, or it would end before it begins.
        NotFound: there is no such office.
        NotPermitted: as :func:`add_office`.

    """
    _change(session, command, Office, "change_office")


def change_need(session: Session, command: Change) -> None:
    """Give a need another name, or its last day.

    Raises:
        InvalidInput, NotFound, NotPermitted: as :func:`change_office`.

    """
    _change(session, command, AidNeed, "change_need")


def _change(session: Session, command: Change, kind: type[Office | AidNeed], action: str) -> None:
    _require(session)
    found: Any = session.get(kind, command.code, with_for_update=True)
    if found is None:
        raise NotFound
    wanted: dict[str, Any] = {
        name: value
        for name, value in (
            ("name_ms", command.name_ms.strip()[:_LONGEST]),
            ("name_en", command.name_en.strip()[:_LONGEST]),
            ("valid_until", command.valid_until),
        )
        if value and value != getattr(found, name)
    }
    if not wanted:
        raise InvalidInput({"change": "required"})
    if command.valid_until and found.valid_from and command.valid_until < found.valid_from:
        raise InvalidInput({"valid_until": "ends_early"})
    before = {name: getattr(found, name) for name in wanted}
    for name, value in wanted.items():
        setattr(found, name, value)
    session.flush()
    after = {"code": found.code} | wanted
    _note(session, action, kind.__tablename__, before=before, after=after)


def _require(session: Session) -> None:
    if not session.scalar(_CHANGES):
        raise NotPermitted


def _new(session: Session, command: AddOffice | AddNeed, kind: type[Office | AidNeed]) -> tuple[str, dict[str, str]]:
    """The code as it is kept, and what is wrong with it or with the name."""
    code, problems = command.code.strip().upper(), {}
    if not 0 < len(code) <= _LONGEST_CODE or not code.replace("-", "").isalnum() or not code.isascii():
        problems["code"] = "code"
    elif session.get(kind, code) is not None:
        problems["code"] = "taken"
    if not 0 < len(command.name_ms.strip()) <= _LONGEST:
        problems["name_ms"] = "required"
    return code, problems


def _names(command: AddOffice | AddNeed) -> tuple[str, str]:
    name = command.name_ms.strip()
    return name, command.name_en.strip()[:_LONGEST] or name


def _note(
    session: Session, action: str, subject: str, *, after: dict[str, Any], before: dict[str, Any] | None = None
) -> None:
    audit.record(session, action, subject=subject, subject_id=None, district_code=None, before=before, after=after)
