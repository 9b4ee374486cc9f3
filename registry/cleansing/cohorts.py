"""Locks the list of households of an area and a status on a day, so that it can be followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from registry.cleansing.models import Cohort
from registry.errors import InvalidInput
from registry.households.models import STATUSES
from registry.refusals import refusal_of, sqlstate_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

_FREEZE: Final = text("SELECT ekasih.freeze_cohort(:name, :area, CAST(:statuses AS text[]), :on_day)")
_TODAY: Final = text("SELECT current_date")
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeCohort:
    """The list of an area, some statuses and a day, under a name by which people speak of it."""

    name: str
    area_code: str
    statuses: tuple[str, ...]
    on_day: date | None


def freeze_cohort(session: Session, command: FreezeCohort) -> int:
    """Lock the list, and have the database write that into the audit log; answers the cohort.

    Its households never change again, whatever becomes of their records.

    Raises:
        InvalidInput: something is missing, the day has not come yet, or the name is taken.
        NotPermitted: the area is not wholly in the acting user's territory.

    """
    name = " ".join(command.name.split())
    problems = {}
    if not name:
        problems["name"] = "required"
    elif len(name) > _LONGEST_NAME:
        problems["name"] = "too_long"
    elif session.scalar(select(Cohort.id).where(Cohort.name == name)) is not None:
        problems["name"] = "name_taken"
    if not command.area_code:
        problems["area"] = "required"
    if not command.statuses or not set(command.statuses) <= set(STATUSES):
        problems["statuses"] = "required"
    if command.on_day is None:
        problems["on_day"] = "required"
    elif command.on_day > session.scalars(_TODAY).one():
        problems["on_day"] = "date_future"
    if problems:
        raise InvalidInput(problems)
    return _frozen(session, command, name)


def _frozen(session: Session, command: FreezeCohort, name: str) -> int:
    values = {
        "name": name,
        "area": command.area_code,
        "statuses": list(command.statuses),
        "on_day": command.on_day,
    }
    try:
        with session.begin_nested():
            return int(session.scalars(_FREEZE, values).one())
    except DBAPIError as error:
        if sqlstate_of(error) == "23505":  # a list of another area, not seen from here, has the name
            raise InvalidInput({"name": "name_taken"}) from None
        raise (refusal_of(error) or error) from None
