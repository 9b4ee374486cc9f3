"""A small world for case work: who registers, who visits and who decides in Kinta, and one officer elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from sqlalchemy import Engine, text

from registry.db import reading, writing
from registry.principals import Principal, Role
from tests.world import add_user

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


class Staff(NamedTuple):
    """Principals, a meeting held in Kinta, and the engine that the pages use."""

    officer: Principal
    enumerator: Principal
    coordinator: Principal
    administrator: Principal
    elsewhere: Principal
    planner: Principal
    meeting: int
    web: Engine

    def writing(self, who: Principal) -> AbstractContextManager[Session]:
        """A session acting for ``who``."""
        return writing(self.web, who)

    def reading(self, who: Principal) -> AbstractContextManager[Connection]:
        """A connection acting for ``who``."""
        return reading(self.web, who)


@pytest.fixture
def staff(owner: Connection, web: Engine) -> Staff:
    """The people of Kinta (0803) and an officer of Kuala Kangsar (0805); focus group 1/2026 has met."""

    def somebody(login: str, role: Role, *territory: str) -> Principal:
        return Principal(add_user(owner, login, role=role, territory=territory), login, login, role, territory)

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
