"""Types of projects with their milestones, rates, and contractors: what an administrator and an office keep as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from registry import audit
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneOfType:
    """A milestone: its name in both languages and its weight in percent."""

    name_ms: str
    name_en: str
    weight: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveType:
    """A type as it is to be from now on; open projects keep the milestones that they were opened with."""

    code: str
    name_ms: str
    name_en: str
    geometry: str
    households: str
    need_code: str | None = None
    kind_code: str | None = None
    checks: tuple[str, ...] = ()
    damage: str | None = None
    documents: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    shape: str = "bulat"
    active: bool = True
    milestones: tuple[MilestoneOfType, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveContractor:
    """A contractor of the own agency, known by the registration number."""

    name: str
    registration_no: str
    grade: str = ""
    contact: str = ""


def save_type(session: Session, command: SaveType) -> None:
    """Save a type.

    Raises:
        NotPermitted: only administrators do.
        ProjectWeights: the weights do not sum to 100.
        ProjectIncomplete: something is missing or unknown.

    """
    with refusals_named(session):
        session.execute(select(func.ekasih.save_project_type(cast(audit.plain(asdict(command)), JSONB))))


def add_rate(session: Session, type_code: str, *, day: date | None, ceiling_rm: Decimal | None, source: str) -> None:
    """Put a rate in force from a day that lies after the rates before it.

    Raises:
        NotPermitted: only administrators do.
        ProjectIncomplete: something is missing, or the day does not lie after.

    """
    with refusals_named(session):
        session.execute(select(func.ekasih.add_project_rate(type_code, day, ceiling_rm, source)))


def save_contractor(session: Session, command: SaveContractor) -> int:
    """Add a contractor, or change what is known of one; its id.

    Raises:
        NotPermitted: who acts coordinates no projects of an agency.
        ProjectIncomplete: the name or the number is missing.

    """
    with refusals_named(session):
        asked = func.ekasih.save_contractor(cast(audit.plain(asdict(command)), JSONB))
        return int(session.execute(select(asked)).scalar_one())
