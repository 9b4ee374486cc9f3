"""A small world for identity cards: an agency of Kinta, the office of Perak, and one beyond the state's border."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from registry.db import reading, writing
from registry.principals import Principal, Role
from registry.services.cards import DecideRequest, IssueCards, RequestCards, decide_request, issue_cards, request_cards
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session


class People(NamedTuple):
    """Who asks, who decides, who is elsewhere; and the households by file number."""

    agency: Principal
    other_agency: Principal
    office: Principal
    elsewhere: Principal
    officer: Principal
    planner: Principal
    administrator: Principal
    households: dict[str, int]
    web: Engine

    def writing(self, who: Principal) -> AbstractContextManager[Session]:
        """A session acting for ``who``."""
        return writing(self.web, who)

    def reading(self, who: Principal) -> AbstractContextManager[Connection]:
        """A connection acting for ``who``."""
        return reading(self.web, who)

    def asked(self, *numbers: str, who: Principal | None = None) -> int:
        """A request by the agency to the office of Perak."""
        with self.writing(who or self.agency) as session:
            made = request_cards(session, asking(*numbers))
        assert made.request_id is not None
        return made.request_id

    def issued(self, *numbers: str) -> tuple[int, ...]:
        """The cards of a request that was approved."""
        request = self.asked(*numbers)
        with self.writing(self.office) as session:
            decide_request(session, DecideRequest(request_id=request, version=1, approve=True))
            return issue_cards(session, IssueCards(request_id=request, version=2)).cards


def asking(*numbers: str, state: str = "08") -> RequestCards:
    """A request as an agency writes it."""
    return RequestCards(agency="Jabatan Contoh", purpose="Bantuan awal", state_code=state, file_numbers=numbers)


@pytest.fixture
def people(owner: Connection, web: Engine) -> People:
    """Households in Kinta (A, B), Kuala Kangsar (C) and Selangor (S), and the people of the claims."""

    def somebody(login: str, role: Role, *areas: str, districts: tuple[str, ...] = ()) -> Principal:
        return Principal(add_user(owner, login, role=role, territory=areas), login, login, role, districts or areas)

    homes = {name: add_household(owner, name, name=f"Keluarga {name}") for name in ("A", "B")}
    homes["C"] = add_household(owner, "C", district="0805", name="Keluarga C")
    homes["S"] = add_household(owner, "S", district="1001", name="Keluarga S")
    made = People(
        agency=somebody("agensi", Role.AGENCY, "0803"),
        other_agency=somebody("agensi.lain", Role.AGENCY),
        office=somebody("ppn.perak", Role.STATE_OFFICE, "08"),
        elsewhere=somebody("ppn.selangor", Role.STATE_OFFICE, "10"),
        officer=somebody("pegawai", Role.OFFICER, "0803"),
        planner=somebody("menteri", Role.PLANNER),
        administrator=somebody("pentadbir", Role.ADMINISTRATOR),
        households=homes,
        web=web,
    )
    owner.commit()
    return made
