"""Dated notes on areas: written, changed and retired by their author, read by others of the same role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry import audit
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.refusals import refusals_named
from registry.views.kept import IDENTITY
from registry.views.models import LONGEST_NOTE

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

_DISTRICT_DIGITS: Final = 4
_WRITE: Final = text("""
    INSERT INTO area_note (area_code, noted_on, body, author_id, author_name, role)
    SELECT :area, :day, :body, acting_user(), acting_name(), acting_role()
    RETURNING id
""")
_STANDING: Final = text("""
    SELECT area_code, version FROM area_note
    WHERE id = :note AND author_id = acting_user() AND retired_at IS NULL FOR UPDATE
""")
_CHANGE: Final = text("""
    UPDATE area_note SET body = :body, noted_on = :day, version = version + 1, changed_at = now() WHERE id = :note
""")
_RETIRE: Final = text("UPDATE area_note SET retired_at = now(), version = version + 1 WHERE id = :note")


def write_note(session: Session, area: str, *, body: str, day: date, today: date) -> int:
    """Write a note on an area; its number.

    Raises:
        InvalidInput: nothing is written, too much, the number of an identity card, or a day to come.
        NotPermitted: the area is not in sight of who acts.

    """
    values = {"area": area, "body": _checked(body, day, today), "day": day}
    with refusals_named(session):
        note = int(session.execute(_WRITE, values).scalar_one())
    _noted(session, "write_note", note, area)
    return note


def change_note(session: Session, note: int, version: int, *, body: str, day: date, today: date) -> None:
    """Change an own note as it was at ``version``.

    Raises:
        InvalidInput: as :func:`write_note`.
        NotFound: there is no such note of who acts, or it is retired.
        StaleRecord: it was changed since.

    """
    values = {"note": note, "body": _checked(body, day, today), "day": day}
    area = _standing(session, note, version)
    session.execute(_CHANGE, values)
    _noted(session, "change_note", note, area)


def retire_note(session: Session, note: int, version: int) -> None:
    """Retire an own note: nobody else reads it any more.

    Raises:
        NotFound, StaleRecord: as :func:`change_note`.

    """
    area = _standing(session, note, version)
    session.execute(_RETIRE, {"note": note})
    _noted(session, "retire_note", note, area)


def _checked(body: str, day: date, today: date) -> str:
    plain = body.strip()
    wrong = {}
    if not plain:
        wrong["body"] = "required"
    elif len(plain) > LONGEST_NOTE:
        wrong["body"] = "too_long"
    elif IDENTITY.search(plain):
        wrong["body"] = "digits"
    if day > today:
        wrong["day"] = "future"
    if wrong:
        raise InvalidInput(wrong)
    return plain


def _standing(session: Session, note: int, version: int) -> str:
    with refusals_named(session):
        found = session.execute(_STANDING, {"note": note}).one_or_none()
    if found is None:
        raise NotFound
    if found.version != version:
        raise StaleRecord
    return str(found.area_code)


def _noted(session: Session, action: str, note: int, area: str) -> None:
    """Write down what was done: of which area, not what stands there."""
    code = area[:_DISTRICT_DIGITS]
    district = code if len(code) == _DISTRICT_DIGITS and code.isdigit() else None
    audit.record(
        session, action, subject="area_note", subject_id=note, district_code=district, after={"area_code": area}
    )
