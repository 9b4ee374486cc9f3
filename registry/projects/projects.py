"""Opens projects, moves them from one state to the next, and keeps what is done on them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, Numeric, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB

from registry import audit
from registry.errors import NotFound
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a project is: a point in degrees, or a polygon as GeoJSON; how it is known, how exactly, in metres."""

    longitude: float | None = None
    latitude: float | None = None
    polygon: str | None = None
    method: str = "peta"
    accuracy_m: float | None = None

    def given(self) -> dict[str, Any]:
        """As the database takes it."""
        known = {name: getattr(self, name) for name in ("longitude", "latitude", "polygon", "method", "accuracy_m")}
        return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who a project is for where they are not in the register: their name, and where they live."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProject:
    """A new project of the own office, for households or for a ``person`` who has no record yet."""

    type_code: str
    programme: str
    title: str
    estimate_rm: Decimal | None
    households: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()
    minutes_no: str = ""
    application_no: str = ""
    office: str | None = None
    place: Place | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeProjectStep:
    """A step of a project, as it was at ``version``; ``detail`` is what the step needs beside its reason."""

    number: str
    version: int
    action: str
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProgress:
    """How much of each milestone, percent in their order, was done on a day."""

    number: str
    day: date | None
    shares: Sequence[Decimal]
    note: str = ""
    reason: str = ""


def open_project(session: Session, command: OpenProject) -> str:
    """Open a project; its number.

    Raises:
        NotPermitted: who acts works in no office that opens projects.
        RegistryError: the first rule that it breaks; see ``registry/projects/definitions/opening.sql``.

    """
    asked = {
        "type": command.type_code,
        "programme": command.programme,
        "title": command.title,
        "estimate_rm": command.estimate_rm,
        "households": list(command.households),
        "documents": list(command.documents),
        "minutes_no": command.minutes_no,
        "application_no": command.application_no,
        "office": command.office,
        **(command.place.given() if command.place else {}),
        **({"person": asdict(command.person)} if command.person else {}),
    }
    with refusals_named(session):
        return str(session.execute(select(func.ekasih.open_project(_json(asked)))).scalar_one())


def step_project(session: Session, command: TakeProjectStep) -> str:
    """Move a project; the database judges whether the step is allowed. Answers the state that it came into.

    Raises:
        NotFound: there is no such project for who acts.
        StaleRecord: somebody else moved it meanwhile.
        RegistryError: the rule that the step would break; see ``registry/projects/definitions/steps.sql``.

    """
    asked = func.ekasih.step_project(
        command.number, command.version, command.action, command.reason, _json(command.detail)
    )
    with refusals_named(session):
        return str(_found(session.execute(select(asked)).scalar_one()))


def place_project(session: Session, number: str, version: int, place: Place) -> int:
    """Put a project on the map, or elsewhere on it; the version that it is now.

    Raises:
        NotFound, StaleRecord, RegistryError: as :func:`step_project`.

    """
    with refusals_named(session):
        asked = func.ekasih.place_project(number, version, _json(place.given()))
        return int(_found(session.execute(select(asked)).scalar_one()))


def join_project(session: Session, number: str, version: int, file_no: str) -> int:
    """Join a project to the record of who it is for, by its file number; the version that the project is now.

    Raises:
        NotFound, StaleRecord: as :func:`step_project`.
        ProjectHouseholds: there is no such household for who acts.
        ProjectStepIllegal: it is joined already, or over.

    """
    with refusals_named(session):
        asked = func.ekasih.join_project(number, version, file_no)
        return int(_found(session.execute(select(asked)).scalar_one()))


def report_progress(session: Session, command: ReportProgress) -> int:
    """Keep a report of what was done; it counts once somebody else has accepted it. Answers its id.

    Raises:
        NotFound: there is no such project for who acts.
        ReasonMissing: less is done than the report before told, and nothing says why.
        RegistryError: the rule that it breaks.

    """
    shares = cast(literal(list(command.shares), ARRAY(Numeric)), ARRAY(Numeric))
    asked = func.ekasih.report_project(command.number, command.day, shares, command.note, command.reason)
    with refusals_named(session):
        return int(_found(session.execute(select(asked)).scalar_one()))


def judge_report(session: Session, report: int, *, accepted: bool, reason: str = "") -> str:
    """Accept a report or refuse it; the number of its project.

    Raises:
        NotFound: there is no such report for who acts.
        ProjectSamePerson: who acts made it.
        RegistryError: the rule that it breaks.

    """
    with refusals_named(session):
        asked = func.ekasih.judge_report(report, accepted, reason)
        return str(_found(session.execute(select(asked)).scalar_one()))


def note_defect(session: Session, number: str, *, day: date | None, words: str) -> int:
    """Note what is wrong with the work; its id.

    Raises:
        NotFound, RegistryError: there is no such project for who acts, or it is too late.

    """
    with refusals_named(session):
        return int(_found(session.execute(select(func.ekasih.note_defect(number, day, words))).scalar_one()))


def mend_defect(session: Session, defect: int, *, day: date | None, words: str) -> str:
    """Note that a defect was mended; the number of its project.

    Raises:
        NotFound, StaleRecord, RegistryError: there is none for who acts, or it was mended already.

    """
    with refusals_named(session):
        return str(_found(session.execute(select(func.ekasih.mend_defect(defect, day, words))).scalar_one()))


def _found(value: Any) -> Any:
    if value is None:
        raise NotFound
    return value


def _json(value: Mapping[str, Any]) -> Any:
    return cast(audit.plain(value), JSONB)
