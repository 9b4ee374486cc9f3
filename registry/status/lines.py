"""Adds published figures of the poverty line, and takes back those that were added by mistake."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from registry import audit
from registry.errors import InvalidInput, NotFound
from registry.status.changes import is_amount
from registry.status.line_changes import require_right
from registry.status.models import PovertyLine

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

STRATA: Final = ("urban", "rural", "all")
BASES: Final = ("published", "derived")
FIGURES: Final = ("pgk_household_rm", "food_household_rm", "pgk_per_capita_rm", "food_per_capita_rm")
BASED: Final = ("food_household", "pgk_per_capita", "food_per_capita")
"""The figures that may be derived; the first one is always published."""
FIRST_YEAR: Final = 1970
_COUNTRY: Final = "MY"
_LONGEST_SOURCE: Final = 200
_MOST_PERSONS, _FEWEST_PERSONS = Decimal(10), Decimal(1)
_MOST_TIMES: Final = 3
_TODAY: Final = text("SELECT current_date")
_IS_STATE: Final = text("SELECT EXISTS (SELECT FROM ekasih.area WHERE code = :code AND level = 'state')")
_ADD: Final = text("SELECT ekasih.add_line(CAST(:given AS jsonb))")
_REMOVE: Final = text("SELECT ekasih.remove_line(:line)")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLine:
    """The figures of a survey year for a state and strata, in RM a month; ``None`` where nothing usable was given.

    ``*_basis`` says whether a figure was published or derived from others.
    """

    survey_year: int | None
    state_code: str
    strata: str
    published_on: date | None
    source: str
    pgk_household_rm: Decimal | None
    food_household_rm: Decimal | None
    pgk_per_capita_rm: Decimal | None
    food_per_capita_rm: Decimal | None
    food_household_basis: str = "published"
    pgk_per_capita_basis: str = "published"
    food_per_capita_basis: str = "published"


def add_line(session: Session, command: AddLine) -> int:
    """Add published figures; they decide nobody until their year is adopted. Answers the line's id.

    Raises:
        NotPermitted: the account may not change lines.
        InvalidInput: what is wrong, field by field.

    """
    require_right(session)
    source = " ".join(command.source.split())
    problems = {**_odd_place(session, command), **_odd_figures(command)}
    if not source:
        problems["source"] = "required"
    elif len(source) > _LONGEST_SOURCE:
        problems["source"] = "too_long"
    if not problems:
        problems = _odd_beside_others(session, command)
    if problems:
        raise InvalidInput(problems)
    values = {name: getattr(command, name) for name in AddLine.__slots__} | {"source": source}
    made = session.scalar(_ADD, {"given": json.dumps(audit.plain(values))})
    if made is None:
        raise InvalidInput({"survey_year": "line_known"})
    _note(session, "add_line", int(made), after=values)
    return int(made)


def remove_line(session: Session, line_id: int) -> None:
    """Take figures back that somebody added and nobody adopted.

    Raises:
        NotPermitted: the account may not change lines.
        NotFound: there are none such.

    """
    require_right(session)
    gone = session.scalar(_REMOVE, {"line": line_id})
    if gone is None:
        raise NotFound
    _note(session, "remove_line", line_id, before={name: gone[name] for name in AddLine.__slots__})


def _odd_place(session: Session, command: AddLine) -> dict[str, str]:
    """What is wrong with the year, the day, the state or the strata."""
    problems = {}
    today = session.execute(_TODAY).scalar_one()
    year, day = command.survey_year, command.published_on
    if year is None or not FIRST_YEAR <= year <= today.year:
        problems["survey_year"] = "line_year"
    if day is None:
        problems["published_on"] = "date"
    elif day > today:
        problems["published_on"] = "date_future"
    elif year is not None and day.year < year:
        problems["published_on"] = "line_published_early"
    if command.state_code != _COUNTRY and not session.scalar(_IS_STATE, {"code": command.state_code}):
        problems["state_code"] = "choice"
    if command.strata not in STRATA:
        problems["strata"] = "choice"
    if any(getattr(command, f"{name}_basis") not in BASES for name in BASED):
        problems["basis"] = "choice"
    return problems


def _odd_figures(command: AddLine) -> dict[str, str]:
    """What is wrong with the figures by themselves."""
    amounts = {name: getattr(command, name) for name in FIGURES}
    problems = {name: "line_amount" for name, value in amounts.items() if value is None or not is_amount(value)}
    if problems:
        return problems
    pgk, food, pgk_each, food_each = (amounts[name] for name in FIGURES)
    if food >= pgk:
        problems["food_household_rm"] = "line_food_above"
    if food_each >= pgk_each:
        problems["food_per_capita_rm"] = "line_food_above"
    if not _FEWEST_PERSONS < pgk / pgk_each <= _MOST_PERSONS:
        problems["pgk_per_capita_rm"] = "line_persons"
    elif not _FEWEST_PERSONS < food / food_each <= _MOST_PERSONS:
        problems["food_per_capita_rm"] = "line_persons"
    return problems


def _odd_beside_others(session: Session, command: AddLine) -> dict[str, str]:
    """What is wrong beside the figures that are known already."""
    same = select(PovertyLine).where(PovertyLine.state_code == command.state_code, PovertyLine.strata == command.strata)
    if session.scalar(same.where(PovertyLine.survey_year == command.survey_year)) is not None:
        return {"survey_year": "line_known"}
    before = same.where(PovertyLine.survey_year < command.survey_year).order_by(PovertyLine.survey_year.desc())
    latest = session.scalars(before.limit(1)).first()
    if latest is None:
        return {}
    apart = {
        name for name in FIGURES
        if not 1 / Decimal(_MOST_TIMES) <= getattr(command, name) / getattr(latest, name) <= _MOST_TIMES
    }  # fmt: skip
    return dict.fromkeys(sorted(apart), "line_jump")


def _note(
    session: Session,
    action: str,
    line_id: int,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(
        session,
        action,
        subject="poverty_line",
        subject_id=line_id,
        district_code=None,
        before=before,
        after=after,
    )
