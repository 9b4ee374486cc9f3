"""Reads what the first page tells: which kinds of work are whose, the own area with its figures, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.areas import COUNTRY, LEVELS_IN, own_area, sees_small_counts
from dashboard.indicators import Measured, with_own_target
from layers.numbers import MALAYSIA
from queries import kpi, maps, oversight, overview, projects, reporting, start
from queries.overview import Asked
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.deps import Reads
    from queries.maps import Area, Footing
    from queries.overview import Overview
    from queries.row_types.oversight import ChainRow
    from queries.row_types.reporting import ReportNewsRow
    from queries.row_types.start import OfficeStepRow
    from queries.start import Waiting
    from registry.principals import Principal

LOOKED_BACK: Final = timedelta(days=30)
"""As far as is looked back where no earlier session is kept."""
MOST_MOVED: Final = 3
MOST_NEWS: Final = 5
_NO_MUKIM: Final = "00"
"""The end of a code under which a district's households without a mukim are kept: no place to go to."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that waits: what somebody must be able to do for it to be theirs, and the list of it."""

    name: str
    permission: Permission
    address: str
    dated: str
    """What its oldest day means: ``due``, ``since`` or ``on``."""


KINDS: Final = (
    Kind("visit", Permission.VISIT, "/lawatan", "due"),
    Kind("recommend", Permission.VISIT, "/kes?keadaan=visited&saya=1", "since"),
    Kind("assign", Permission.ASSIGN, "/lawatan", "since"),
    Kind("decide", Permission.DECIDE, "/kes?keadaan=recommended", "since"),
    Kind("meeting", Permission.DECIDE, "/mesyuarat", "on"),
    Kind("intake", Permission.REGISTER, "/peti", "due"),
    Kind("change", Permission.APPROVE_CHANGES, "/kemaskini", "since"),
    Kind("card", Permission.ISSUE_CARDS, "/kad", "since"),
    Kind("asked_card", Permission.REQUEST_CARDS, "/kad/mohon", "since"),
    Kind("delivery", Permission.IMPORT_DELIVERIES, "/penghantaran", "since"),
    Kind("inquiry", Permission.CHECK_STATUS, "/semakan-awam", "due"),
    Kind("application", Permission.APPLY_AID, "/permohonan-bantuan", "due"),
    Kind("referral", Permission.REFER, "/rujukan", "due"),
    Kind("referral_back", Permission.REFER, "/rujukan?senarai=daripada", "since"),
    Kind("ticket", Permission.HANDLE_SUPPORT, "/sokongan", "due"),
    Kind("ticket_back", Permission.READ_AGGREGATES, "/sokongan?senarai=dibuka", "since"),
    Kind("held_aid", Permission.SETTLE_AID, "/bantuan-ditahan", "since"),
    Kind("target", Permission.APPROVE_TARGETS, "/kumpulan-sasaran", "since"),
    Kind("target_proposal", Permission.ADMINISTER, "/pentadbiran/tetapan", "since"),
    Kind("area_proposal", Permission.DECIDE_TARGETS, "/kpi", "since"),
    Kind("own_proposal", Permission.PROPOSE_TARGETS, "/kpi", "since"),
    Kind("draft", Permission.REGISTER, "/kes?keadaan=draft", "since"),
    Kind("review", Permission.REGISTER, "/tugasan?senarai=due", "due"),
    Kind("quality", Permission.EDIT_HOUSEHOLDS, "/tugasan?senarai=quality", "since"),
    Kind("alert", Permission.READ_AGGREGATES, "/amaran", "since"),
    Kind("delegation", Permission.ADMINISTER, "/pentadbiran/wakil", "on"),
)


@dataclass(frozen=True, slots=True)
class Moved:
    """An area inside the own one, and how many more or fewer poor households it has than a year before."""

    code: str
    name: str
    by: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The own area: its figures, their targets, and the areas inside that moved most in a year."""

    area: Area
    footing: Footing
    figures: Overview
    measured: tuple[Measured, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """All that the page shows.

    ``chain`` is the state of the audit log for who may read it, ``office`` the work of the own office.
    """

    waiting: tuple[tuple[Kind, Waiting], ...]
    standing: Standing
    since: datetime
    known: bool
    happened: dict[str, int]
    chain: ChainRow | None
    office: Sequence[OfficeStepRow] = ()
    news: Sequence[ReportNewsRow] = ()
    """Editions of own and shared tables that were made by themselves and are not opened yet."""


def read(conn: Reads, principal: Principal, token_hash: bytes) -> Started:
    """Read what somebody finds on the first page, as that person may see it."""
    kinds = [kind for kind in KINDS if principal.may(kind.permission)]
    found = start.waiting(conn, [kind.name for kind in kinds])
    last = start.last_here(conn, token_hash)
    since = last or datetime.now(UTC) - LOOKED_BACK
    return Started(
        waiting=tuple((kind, found[kind.name]) for kind in kinds if kind.name in found),
        standing=_standing(conn, principal),
        since=since,
        known=last is not None,
        happened=start.since(conn, since),
        chain=oversight.chain_state(conn) if principal.may(Permission.READ_AUDIT) else None,
        office=_office(conn, principal) if principal.may(Permission.CHECK_AID) else (),
        news=reporting.news(conn, limit=MOST_NEWS),
    )


def _office(conn: Reads, principal: Principal) -> Sequence[OfficeStepRow]:
    """The work of the own office; which of its projects are late is judged by their plans."""
    rows = start.office_flow(conn)
    if principal.may(Permission.READ_PROJECTS):
        for row in rows:
            if row["step"] == "projek" and row["waiting"]:
                asked = projects.Asked(late="lewat")
                row["late"] = projects.listed(conn, asked, today=datetime.now(MALAYSIA).date(), limit=1)[1]
    return rows


def _standing(conn: Reads, principal: Principal) -> Standing:
    lineage = maps.lineage(conn, own_area(principal)) or maps.lineage(conn, COUNTRY)
    area = lineage[-1]
    level = LEVELS_IN[area.level][0]
    footing = maps.footing(conn, level=level, live=sees_small_counts(principal, area.code))
    asked = Asked(area=area, level=level, within=area.code, strata=None, month=None)
    figures = overview.read(conn, asked, footing)
    totals = figures.totals
    values = {"tegar": totals.tegar, "miskin": totals.poor}
    measured = tuple(
        Measured(one, _exact(values[one.indicator_code]), footing.as_of)
        for one in with_own_target(kpi.indicators(conn, areas=[area.code]), area.code)
        if one.indicator_code in values
    )
    return Standing(area, footing, figures, measured, _moved(overview.read_areas(conn, asked, footing)))


def _exact(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)


def _moved(areas: pd.DataFrame) -> tuple[Moved, ...]:
    """Of areas that are shown now and a year before, those that moved most, the largest rise first."""
    found = []
    for row in areas.to_dict("records"):
        now, then = ((row[f"tegar{of}"], row[f"miskin{of}"]) for of in ("", "_12m_ago"))
        no_place = row["level"] == "mukim" and str(row["area_code"]).endswith(_NO_MUKIM)
        if no_place or any(pd.isna(value) for value in (*now, *then)):
            continue
        by = int(sum(now) - sum(then))
        if by:
            found.append(Moved(str(row["area_code"]), str(row["area_name"]), by))
    most = sorted(found, key=lambda one: (-abs(one.by), one.code))[:MOST_MOVED]
    return tuple(sorted(most, key=lambda one: -one.by))
