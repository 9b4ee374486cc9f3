"""Asks for a corrected release and decides on one; the database judges both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ASK: Final = text("SELECT ekasih.ask_release(:reason)")
_DECIDE: Final = text("SELECT ekasih.decide_release(:number, :approved, :reason)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRelease:
    """That a release is made public, or refused for good, and why."""

    number: str
    approved: bool
    reason: str


def ask_release(session: Session, reason: str) -> str:
    """Ask for a new release of the last month that has one; its number. A job makes it.

    Raises:
        RegistryError: the rule that it would break; see ``registry/releases/definitions/releases.sql``.

    """
    with refusals_named(session):
        return str(session.execute(_ASK, {"reason": reason}).scalar_one())


def decide_release(session: Session, command: DecideRelease) -> str:
    """Approve or refuse a release; the state that it is in then.

    Raises:
        RegistryError: the rule that it would break.

    """
    values = {"number": command.number, "approved": command.approved, "reason": command.reason}
    with refusals_named(session):
        return str(session.execute(_DECIDE, values).scalar_one())
