"""Marks households whose place is protected, so that other agencies learn that a need is met and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_MARK: Final = text("SELECT ekasih.mark_protected_place(:household, :protect, :reason)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectPlace:
    """Protect the place of a household, or no longer, with the reason."""

    household_id: int
    protect: bool
    reason: str


def protect_place(session: Session, command: ProtectPlace) -> None:
    """Mark the place of a household.

    Raises:
        NotFound: the household is not one's own, or one may not settle aid.
        ReasonMissing: no reason was given.

    """
    values = {"household": command.household_id, "protect": command.protect, "reason": command.reason}
    with refusals_named(session):
        session.execute(_MARK, values)
