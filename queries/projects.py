"""Reads projects: lists for the map, one with all that its page shows, and how each stands against its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from poverty.projects import Milestone, Payment, Report, Thresholds, Work, standing
from queries.row_types.projects import (
    AllowedProjectStepRow,
    ContractorRow,
    FoundForProjectRow,
    HouseholdPhotoRow,
    HouseholdProjectRow,
    OddProjectRow,
    ProjectBalanceRow,
    ProjectDefectRow,
    ProjectHouseholdRow,
    ProjectListRow,
    ProjectMilestoneRow,
    ProjectOfficeRow,
    ProjectPaymentRow,
    ProjectPersonRow,
    ProjectPhotoFileRow,
    ProjectPhotoRow,
    ProjectPlanRow,
    ProjectProgrammeRow,
    ProjectRateRow,
    ProjectReportRow,
    ProjectRow,
    ProjectSiteRow,
    ProjectStepRow,
    ProjectTermRow,
    ProjectTypeRow,
    ProjectYearRow,
)
from queries.statements import counted, row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from poverty.projects import Standing

MOST_UNDER_WAY: Final = 2_000
"""How many projects under way are judged at once, to find those that are late."""
MOST_SITES: Final = 60
"""How many sites are taken along at once: what a telephone holds, and more than a day's."""
UNDER_WAY: Final = ("dalam_pelaksanaan", "digantung")
_ONE: Final = Fraction(1, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which projects; ``None`` for all. ``late`` those that are late, or only proposed as sick."""

    office: str | None = None
    type_code: str | None = None
    state: str | None = None
    year: int | None = None
    contractor: int | None = None
    late: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A project of a list with how it stands; ``None`` before work on it began."""

    row: ProjectListRow
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class WholeProject:
    """A project with all that its page shows; ``first`` is the work as it was planned first."""

    project: ProjectRow
    households: list[ProjectHouseholdRow]
    person: ProjectPersonRow | None
    steps: list[ProjectStepRow]
    allowed: list[AllowedProjectStepRow]
    milestones: list[ProjectMilestoneRow]
    plans: list[ProjectPlanRow]
    reports: list[ProjectReportRow]
    photos: list[ProjectPhotoRow]
    defects: list[ProjectDefectRow]
    payments: list[ProjectPaymentRow]
    balances: dict[str, Decimal]
    work: Work | None
    first: Work | None
    standing: Standing | None


def terms(conn: Connection) -> Thresholds:
    """The settings that projects are judged by."""
    known = {row["name"]: row["value"] for row in rows_as(ProjectTermRow, conn, "projects/terms")}
    return Thresholds(**{name: known[name] for name in Thresholds.__slots__ if name in known})


def listed(
    conn: Connection, asked: Asked, *, today: date, limit: int = 50, offset: int = 0
) -> tuple[list[Judged], int]:
    """A page of projects, the newest first, each with how it stands; and how many there are, up to 2,001.

    What is late is known once each project under way was judged, so that such a list is of these alone.
    """
    if asked.late is None:
        return _found(conn, asked, today, limit, offset)
    under_way, _ = _found(conn, asked, today, MOST_UNDER_WAY, 0)
    late = [one for one in under_way if _is_late(one, asked.late)]
    return late[offset : offset + limit], len(late)


def late_of(conn: Connection, office: str, *, today: date) -> tuple[list[Judged], int]:
    """The projects of an office under way that are late, and how many are under way."""
    under_way, total = _found(conn, Asked(office=office, late="lewat"), today, MOST_UNDER_WAY, 0)
    return [one for one in under_way if _is_late(one, "lewat")], total


def _found(conn: Connection, asked: Asked, today: date, limit: int, offset: int) -> tuple[list[Judged], int]:
    """A page of what was asked for, each project judged; of what is late all that is under way."""
    rows, total = counted(
        rows_as(
            ProjectListRow, conn, "projects/rows", of_office=asked.office, type_code=asked.type_code, state=asked.state,
            year=asked.year, contractor=asked.contractor, under_way=asked.late is not None, row_limit=limit,
            row_offset=offset,
        )
    )  # fmt: skip
    known = terms(conn)
    return [Judged(row, judged(row, today, known)) for row in rows], total


def _is_late(one: Judged, asked: str) -> bool:
    status = mark_of(one)
    return status == asked if asked == "sakit" else status in {"lewat", "sakit"}


def mark_of(one: Judged) -> str:
    """How a project under way is marked: as it stands; where the coordinator refused that it is sick, as late."""
    if one.standing is None or one.row["state"] not in UNDER_WAY:
        return ""
    if one.row["sick"] == "disahkan":
        return "sakit"
    return "lewat" if one.standing.status == "sakit" and one.row["sick"] == "ditolak" else one.standing.status


def judged(row: ProjectListRow, today: date, thresholds: Thresholds) -> Standing | None:
    """How a project of a list stands today."""
    if not row["begins"] or not row["ends"]:
        return None
    paid = (Payment(today, row["paid_rm"]),) if row["paid_rm"] else ()
    work = _work(row["weights"], row["begins"], row["ends"], row["reports"], paid, total=row["sum_rm"] or Decimal(0))
    return standing(work, today, thresholds)


def project(conn: Connection, number: str) -> ProjectRow | None:
    """One project; ``None`` where who asks reads none of this number."""
    return row_as(ProjectRow, conn, "projects/one", project=number)


def whole(conn: Connection, number: str, *, today: date) -> WholeProject | None:
    """One project with all that its page shows."""
    found = project(conn, number)
    if found is None:
        return None
    milestones = rows_as(ProjectMilestoneRow, conn, "projects/milestones", project=number)
    plans = rows_as(ProjectPlanRow, conn, "projects/plans", project=number)
    told = rows_as(ProjectReportRow, conn, "projects/reports", project=number)
    payments = rows_as(ProjectPaymentRow, conn, "projects/payments", project=number)
    balances = rows_as(ProjectBalanceRow, conn, "projects/balances", project=number)
    first = work = None
    if plans:
        accepted = [{"day": row["day"], "shares": row["shares"]} for row in told if row["state"] == "diterima"]
        paid = [
            Payment(row["answered_on"], row["amount"])
            for row in payments
            if row["state"] == "berjaya" and row["answered_on"]
        ]
        weights = [row["weight"] for row in milestones]
        total = found["sum_rm"] or Decimal(0)
        first = _work(weights, plans[0]["begins"], plans[0]["ends"], reversed(accepted), paid, total=total)
        work = _work(weights, plans[-1]["begins"], plans[-1]["ends"], reversed(accepted), paid, total=total)
    return WholeProject(
        project=found,
        households=rows_as(ProjectHouseholdRow, conn, "projects/households", project=number),
        person=row_as(ProjectPersonRow, conn, "projects/person", project=number),
        steps=rows_as(ProjectStepRow, conn, "projects/steps", project=number),
        allowed=rows_as(AllowedProjectStepRow, conn, "projects/allowed", project=number),
        milestones=milestones,
        plans=plans,
        reports=told,
        photos=rows_as(ProjectPhotoRow, conn, "projects/photos", project=number),
        defects=rows_as(ProjectDefectRow, conn, "projects/defects", project=number),
        payments=payments,
        balances={row["account"]: row["amount"] for row in balances},
        work=work,
        first=first,
        standing=standing(work, today, terms(conn)) if work else None,
    )


def sites(conn: Connection, *, number: str | None = None) -> list[ProjectSiteRow]:
    """The sites that who asks may visit, those longest without a report first; or one project, however far it is."""
    return rows_as(ProjectSiteRow, conn, "projects/sites", project=number, row_limit=1 if number else MOST_SITES)


def types(conn: Connection) -> list[ProjectTypeRow]:
    """The types of projects, those in use first."""
    return rows_as(ProjectTypeRow, conn, "projects/types")


def rates(conn: Connection) -> list[ProjectRateRow]:
    """The rates of all types, the newest first."""
    return rows_as(ProjectRateRow, conn, "projects/rates")


def contractors(conn: Connection) -> list[ContractorRow]:
    """The contractors of the own agency."""
    return rows_as(ContractorRow, conn, "projects/contractors")


def programmes(conn: Connection) -> list[ProjectProgrammeRow]:
    """What a project of the own agency may be paid from."""
    return rows_as(ProjectProgrammeRow, conn, "projects/programmes")


def years(conn: Connection) -> list[int]:
    """The years in which projects were opened."""
    return [row["year"] for row in rows_as(ProjectYearRow, conn, "projects/years")]


def offices(conn: Connection) -> list[ProjectOfficeRow]:
    """The offices of the projects that who is acting reads."""
    return rows_as(ProjectOfficeRow, conn, "projects/offices")


def odd(conn: Connection, *, limit: int = 200) -> list[OddProjectRow]:
    """Projects whose place is odd."""
    return rows_as(OddProjectRow, conn, "projects/odd", row_limit=limit)


def of_household(conn: Connection, household_id: int) -> list[HouseholdProjectRow]:
    """The projects of a household, the latest first."""
    return rows_as(HouseholdProjectRow, conn, "projects/of_household", household=household_id)


def photos_of_household(conn: Connection, household_id: int) -> list[HouseholdPhotoRow]:
    """The newest photograph of each phase of a household's projects that who asks reads."""
    return rows_as(HouseholdPhotoRow, conn, "projects/photos_of_household", household=household_id)


def household_of_file(conn: Connection, file_no: str) -> FoundForProjectRow | None:
    """The household of a file number, for who sees it."""
    return row_as(FoundForProjectRow, conn, "projects/households_found", file_no=file_no)


def photo_file(conn: Connection, photo: int) -> str | None:
    """The file of a photograph that who asks sees."""
    row = row_as(ProjectPhotoFileRow, conn, "projects/photo_file", photo=photo)
    return row["name"] if row else None


def _work(
    weights: Sequence[Any],
    begins: Sequence[Any],
    ends: Sequence[Any],
    reports: Iterable[dict[str, Any]],
    payments: Sequence[Payment],
    *,
    total: Decimal,
) -> Work:
    """A project's work from what the database keeps of it: weights and shares in percent, days as JSON has them."""
    milestones = tuple(
        Milestone(Fraction(str(weight)), _day(begin), _day(end))
        for weight, begin, end in zip(weights, begins, ends, strict=True)
    )
    told = tuple(
        Report(_day(one["day"]), tuple(Fraction(str(share)) * _ONE for share in one["shares"])) for one in reports
    )
    return Work(milestones=milestones, reports=told, payments=tuple(payments), sum_rm=total)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
