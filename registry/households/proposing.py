"""Accepts the mukim that a household's own point proposes where its record names none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.households.commands import EditLocation, HouseholdCommand, Saved
from registry.households.models import Household
from registry.households.record import Change
from registry.households.saving import settle_location_flags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

WELL_PLACED_M: Final = 100
"""How exact a point is at the least that proposes a mukim; ``proposed_mukim`` holds it."""
_PROPOSED = text("SELECT mukim_code FROM ekasih.proposed_mukim(:id)")
_AS_IT_STANDS = ("district_code", "strata", "address", "village", "postcode", "town", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptMukim(HouseholdCommand):
    """Declare the mukim that was proposed to whoever accepts it."""

    mukim_code: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many proposals were accepted, and how many not: changed meanwhile, or no longer proposed."""

    accepted: int
    refused: int


def accept_mukim(session: Session, command: AcceptMukim) -> Saved:
    """Declare the proposed mukim, as an edit of the location that names it would.

    The household did not move, so that the decision by which its status is counted there is a correction.

    Raises:
        InvalidInput: the mukim is not what the point proposes now.
        NotFound: there is no such household for editing by who acts.
        StaleRecord: it was changed since the proposal was shown.

    """
    seen = session.get(Household, command.household_id, populate_existing=True)
    if seen is None:
        raise NotFound
    stands = {name: getattr(seen, name) for name in _AS_IT_STANDS}
    edit = EditLocation(
        household_id=command.household_id, version=command.version, mukim_code=command.mukim_code, **stands
    )
    change = Change(session, edit)
    if session.scalar(_PROPOSED, {"id": command.household_id}) != command.mukim_code:
        raise InvalidInput({"mukim_code": "mukim_not_proposed"})
    change.bring_line_up_to_date()
    change.assign(change.household, {"mukim_code": command.mukim_code})
    change.keep_place()
    change.decide("corrected")
    settle_location_flags(change)
    return change.finish("edit_location")


def accept_mukims(session: Session, commands: Iterable[AcceptMukim]) -> Accepted:
    """Accept several proposals, each by itself: one that is refused leaves the others standing."""
    accepted = refused = 0
    # always in the same order, so that two who accept the same rows wait for each other and do not lock
    for command in sorted(commands, key=lambda one: one.household_id):
        try:
            with session.begin_nested():
                accept_mukim(session, command)
        except (InvalidInput, NotFound, StaleRecord):
            refused += 1
        else:
            accepted += 1
    return Accepted(accepted, refused)
