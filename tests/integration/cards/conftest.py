"""A small world for identity cards: an agency of Kinta, the office of Perak, and one beyond the state's border."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest

from registry.cards.cards import DecideRequest, IssueCards, RequestCards, decide_request, issue_cards, request_cards
from registry.principals import Principal, Role
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@dataclass(frozen=True, kw_only=True)
class People(Served):
    """Who asks, who decides, who is elsewhere; and the households by file number."""

    agency: Principal
    other_agency: Principal
    office: Principal
    elsewhere: Principal
    officer: Principal
    planner: Principal
    administrator: Principal
    households: dict[str, int]

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
    somebody = partial(add_principal, owner)
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
