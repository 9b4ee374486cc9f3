"""A small world for case work: who registers, who visits and who decides in Kinta, and one officer elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, text

from registry.principals import Principal, Role
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class Staff(Served):
    """Principals, a meeting held in Kinta, and the engine that the pages use."""

    officer: Principal
    enumerator: Principal
    coordinator: Principal
    administrator: Principal
    elsewhere: Principal
    planner: Principal
    meeting: int


@pytest.fixture
def staff(owner: Connection, web: Engine) -> Staff:
    """The people of Kinta (0803) and an officer of Kuala Kangsar (0805); focus group 1/2026 has met."""
    somebody = partial(add_principal, owner)
    coordinator = somebody("penyelaras", Role.COORDINATOR, "0803")
    meeting = owner.scalar(
        text(
            "INSERT INTO ekasih.meeting (area_code, number, held_on, place, state, created_by)"
            " VALUES ('0803', '1/2026', current_date, 'Batu Gajah', 'held', :by) RETURNING id"
        ),
        {"by": coordinator.user_id},
    )
    made = Staff(
        officer=somebody("pegawai", Role.OFFICER, "0803"),
        enumerator=somebody("pembanci", Role.ENUMERATOR, "0803"),
        coordinator=coordinator,
        administrator=somebody("pentadbir", Role.ADMINISTRATOR),
        elsewhere=somebody("pegawai.kk", Role.OFFICER, "0805"),
        planner=somebody("menteri", Role.PLANNER),
        meeting=int(meeting or 0),
        web=web,
    )
    owner.commit()
    return made
