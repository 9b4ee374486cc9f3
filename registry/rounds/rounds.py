"""Freezes the list of an office's recipients and decides on each household of it; the database judges both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.errors import NotFound
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FREEZE: Final = text("SELECT ekasih.freeze_round(:office, CAST(:years AS integer[]))")
_KEEP: Final = text("SELECT ekasih.keep_unmarked(:number)")
_DECIDE: Final = text("SELECT ekasih.decide_round(:number, CAST(:household AS bigint), :decision, :reason)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeRound:
    """The list of an office: who was aided in the years named, and who has an open application."""

    office: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRound:
    """What is decided on a household: kekal, gugur, siasat; or sahkan and tolak, what a second person says to gugur."""

    number: str
    household_id: int
    decision: str
    reason: str = ""


def freeze_round(session: Session, command: FreezeRound) -> str:
    """Freeze the list; the round's number.

    Raises:
        RegistryError: the first rule that it breaks; see ``registry/rounds/definitions/rounds.sql``.

    """
    with refusals_named(session):
        values = {"office": command.office, "years": list(command.years)}
        return str(session.execute(_FREEZE, values).scalar_one())


def decide_round(session: Session, command: DecideRound) -> str:
    """Decide on a household of a running round; what was decided.

    Raises:
        NotFound: the household is on no list of that number for who acts.
        RegistryError: the rule that the decision would break.

    """
    values = {
        "number": command.number,
        "household": command.household_id,
        "decision": command.decision,
        "reason": command.reason,
    }
    with refusals_named(session):
        decided = session.execute(_DECIDE, values).scalar_one()
    if decided is None:
        raise NotFound
    return str(decided)


def keep_unmarked(session: Session, number: str) -> int:
    """Keep those on whom nothing was decided and of whom nothing is odd; how many.

    Raises:
        NotFound: there is no such round for who acts.
        RoundNotTheirs: who acts may not decide.

    """
    with refusals_named(session):
        kept = session.execute(_KEEP, {"number": number}).scalar_one()
    if kept is None:
        raise NotFound
    return int(kept)
