"""Takes in what was found at the site of a project, once, as a report that somebody else accepts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from registry import audit
from registry.errors import InvalidInput, NotFound
from registry.households import rules
from registry.households.moves import accuracy_problem
from registry.refusals import refusals_named
from registry.visits.visits import LONGEST_NOTE, accuracy_of, moment_told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.orm import Session

    from registry.visits.visits import Place

_MALAYSIA: Final = ZoneInfo("Asia/Kuala_Lumpur")


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitProject:
    """A visit to the site of a project, based on the project at ``version`` and on its last ``report``, if it had one.

    ``client_key`` is the device's own name for it; ``shares`` are percent of each milestone in their order, ``None``
    where what was typed is none.
    """

    number: str
    version: int
    report: int | None
    client_key: UUID
    visited_at: datetime
    shares: Sequence[Decimal | None]
    note: str = ""
    reason: str = ""
    place: Place | None = None


def visit_project(session: Session, command: VisitProject) -> int:
    """Keep a visit as a report of what was done, however often it is sent; the report's id.

    Raises:
        InvalidInput: something cannot be so, by field; a share by ``share_<position>``.
        NotFound: there is no such project for who acts.
        StaleRecord: the project, its plan or its reports have moved on since the device took them along.
        ProjectStepIllegal: it is not being worked on.
        ReasonMissing: less is done than the report before told, and nothing says why.
        RegistryError: the rule that it breaks.

    """
    if problems := problems_of(command):
        raise InvalidInput(problems)
    at, place = moment_told(command.visited_at), command.place
    told: dict[str, Any] = {
        "day": at.astimezone(_MALAYSIA).date(),
        "visited_at": at,
        "shares": list(command.shares),
        "note": command.note,
        "reason": command.reason,
    }
    if place is not None:
        told |= {"longitude": round(place.longitude, 6), "latitude": round(place.latitude, 6)}
        told |= {"accuracy_m": accuracy_of(place), "point_source": place.source}
    asked = func.ekasih.visit_project(
        command.number, command.client_key, command.version, command.report, cast(audit.plain(told), JSONB)
    )
    with refusals_named(session):
        made = session.execute(select(asked)).scalar_one()
    if made is None:
        raise NotFound
    return int(made)


def problems_of(command: VisitProject) -> dict[str, str]:
    """What cannot be so, by field."""
    problems = {f"share_{no}": "number" for no, share in enumerate(command.shares, start=1) if share is None}
    written = (("note", command.note), ("reason", command.reason))
    problems |= {name: "visit_too_long" for name, text in written if len(text) > LONGEST_NOTE}
    if command.place is not None:
        problems |= rules.check_point(longitude=command.place.longitude, latitude=command.place.latitude)
        problems |= accuracy_problem(None if command.place.accuracy_m is None else accuracy_of(command.place))
    return problems
