"""Case work of the sample register: families of Kinta at every stage, two meetings, changes that are asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import numpy as np
from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.cases.cases import OpenCase, TakeStep, open_case, take_step
from registry.cases.models import CaseFile
from registry.changes.requests import request_change
from registry.cleansing.candidates import find_duplicates
from registry.cleansing.odd_data import find_odd_data
from registry.db import writing
from registry.demo.forms import families
from registry.demo.twice import again
from registry.households.commands import EditDwelling
from registry.households.models import Household
from registry.meetings.meetings import Decision, PlanMeeting, decide_items, draw_agenda, plan_meeting, take_off
from registry.principals import Principal, Role
from registry.visits.visits import AssignCases, Finding, Place, RecordVisit, assign_cases, record_visit

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

DISTRICT: Final = "0803"
OFFICER, ENUMERATOR, COORDINATOR = "pegawai.kinta", "pembanci.kinta", "penyelaras.kinta"
# what becomes of the families, in order; the decided ones are decided at the meeting that was held
_FATES: Final = (*("draft",) * 2, *("received",) * 5, *("assigned",) * 6, *("recommended",) * 4, *("decided",) * 14)
_TWICE: Final = 10  # of the decided ones, so many are families that are in the register already
_DECIDED: Final[tuple[tuple[str, str], ...]] = (
    ("approve", ""),
    ("approve", ""),
    ("reject", "Pendapatan melebihi PGK"),
    ("return", "Penyata gaji tiada"),
    *(("approve", ""),) * _TWICE,
)
_SOME_HOUSEHOLDS = text("""
    SELECT h.id FROM ekasih.household AS h WHERE h.district_code = :district ORDER BY h.id LIMIT 2
""")


def load_casework(engine: Engine, *, seed: int, today: date) -> None:
    """Open cases as the sample's own officers would and take each as far as its fate; nothing where there are any."""
    with engine.begin() as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT FROM ekasih.case_file WHERE channel <> 'held')")):
            return
        find_odd_data(connection)
        found = connection.execute(select(AppUser.login, AppUser.id, AppUser.role).where(AppUser.demo))
        staff = {row.login: Principal(row.id, row.login, row.login, Role(row.role), (DISTRICT,)) for row in found}
        twice = again(connection, DISTRICT, _TWICE, seed=seed)
        rng = np.random.default_rng(seed)
        drafts = [*families(connection, DISTRICT, len(_FATES) - len(twice), rng=rng, today=today), *twice]
    with writing(engine, staff[OFFICER]) as session:
        cases = [_opened(session, draft) for draft in drafts]
        for case, fate in zip(cases, _FATES, strict=True):
            if fate != "draft":
                take_step(session, TakeStep(case_id=case, version=1, action="submit"))
        going = [case for case, fate in zip(cases, _FATES, strict=True) if fate not in {"draft", "received"}]
        assign_cases(session, AssignCases(cases=[(case, 2) for case in going], officer=staff[ENUMERATOR].user_id))
    visited = [place for place, fate in enumerate(_FATES) if fate in {"recommended", "decided"}]
    with writing(engine, staff[ENUMERATOR]) as session:
        for place in visited:
            record_visit(session, _visit(cases[place], drafts[place], number=place, today=today))
        for household in session.scalars(_SOME_HOUSEHOLDS, {"district": DISTRICT}).all():
            _ask(session, household)
    decided = [case for case, fate in zip(cases, _FATES, strict=True) if fate == "decided"]
    with writing(engine, staff[COORDINATOR]) as session:
        held = plan_meeting(session, _meeting(1, today))
        chosen = [
            Decision(case_id=case, version=session.get_one(CaseFile, case).version, action=action, reason=reason)
            for case, (action, reason) in zip(decided, _DECIDED, strict=True)
        ]
        draw_agenda(session, held.id)
        for case, fate in zip(cases, _FATES, strict=True):
            if fate == "recommended":  # these wait for the meeting that is to come
                take_off(session, held.id, case)
        decide_items(session, held.id, chosen)
        coming = plan_meeting(session, _meeting(2, today + timedelta(days=7)))
        draw_agenda(session, coming.id)
    with engine.begin() as connection:
        find_duplicates(connection, district=DISTRICT)


def _opened(session: Session, draft: dict[str, Any]) -> int:
    command = OpenCase(
        channel="officer",
        district_code=DISTRICT,
        mukim_code=draft["lokasi"]["mukim_code"] or None,
        head_name=draft["members"][0]["name"],
        draft=draft,
    )
    return int(open_case(session, command).id)


def _visit(case: int, draft: dict[str, Any], *, number: int, today: date) -> RecordVisit:
    place = draft["lokasi"]
    reject = _FATES[number] == "decided" and _DECIDED[number - _FATES.index("decided")][0] == "reject"
    return RecordVisit(
        case_id=case,
        version=3,
        client_key=UUID(int=number + 1),
        visited_at=datetime.combine(today, datetime.min.time(), tzinfo=UTC),
        recommendation="reject" if reject else "approve",
        reason="Pendapatan lebih daripada yang dinyatakan" if reject else "Keadaan seperti dalam borang",
        findings={
            "pendapatan": Finding(agrees=not reject, note="Ada kerja sambilan" if reject else ""),
            "kediaman": Finding(agrees=True),
        },
        place=Place(
            latitude=float(place["latitude"]), longitude=float(place["longitude"]), source="gps", accuracy_m=12
        ),
    )


def _meeting(number: int, day: date) -> PlanMeeting:
    members = ("Pengerusi (contoh)", "Setiausaha (contoh)", "Penghulu (contoh)")
    return PlanMeeting(
        area_code=DISTRICT, number=f"{number}/{day.year}", held_on=day, place="Pejabat Daerah Kinta", members=members
    )


def _ask(session: Session, household_id: int) -> None:
    """Ask for a change of the dwelling, which the coordinator has to approve."""
    home = session.get_one(Household, household_id)
    wanted = {name: getattr(home, name) for name in EditDwelling.__dataclass_fields__ if hasattr(home, name)}
    wanted |= {"version": home.version, "room_count": (home.room_count or 1) + 1}
    request_change(session, EditDwelling(household_id=home.id, **wanted), note="Bilik baharu telah siap")
