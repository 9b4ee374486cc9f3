"""Asks whether a need of somebody is met on a day, for a purpose that is written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.errors import InvalidInput
from registry.households.checking import CheckStatus, keyed_hash
from registry.households.rules import identity
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

_ASK: Final = text("SELECT met, until FROM ekasih.need_met(:number, :key, :need, :day, :purpose)")
PURPOSE_LETTERS: Final = 10
"""Letters that a purpose has at least."""
LONGEST_PURPOSE: Final = 200
# an identity number, or most of one: a purpose tells what for, never of whom
_NUMBER: Final = re.compile(r"(?:\d[\s-]?){6,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskNeed:
    """Whose need (by identity number), which, on which day, and what for."""

    id_no: str
    need: str
    day: date
    purpose: str


@dataclass(frozen=True, slots=True)
class Met:
    """Whether it is met that day, and the last day of what meets it; none where that has no end, or nothing does."""

    met: bool
    until: date | None


def need_met(session: Session, command: AskNeed, *, secret: str) -> Met:
    """Whether the need is met; the question goes into the audit log, with a keyed hash in place of the number.

    Raises:
        InvalidInput: it is no identity number, the purpose is none, or there is no such need.
        TooManyChecks: who acts has checked too often.
        NotPermitted: who acts may not ask, or is of no agency.

    """
    number, kind = identity(command.id_no)
    purpose = " ".join(command.purpose.split())
    problems: dict[str, str] = {}
    if number is None or kind != "mykad":
        problems["no_kp"] = "id_no"
    if sum(letter.isalpha() for letter in purpose) < PURPOSE_LETTERS or len(purpose) > LONGEST_PURPOSE:
        problems["tujuan"] = "purpose_short"
    elif _NUMBER.search(purpose):
        problems["tujuan"] = "purpose_number"
    if problems:
        raise InvalidInput(problems)
    key = keyed_hash(CheckStatus(id_no=number or ""), secret=secret)
    asked = {"number": number, "key": key, "need": command.need, "day": command.day, "purpose": purpose}
    with refusals_named(session):
        row = session.execute(_ASK, asked).one()
    return Met(row.met, row.until)
