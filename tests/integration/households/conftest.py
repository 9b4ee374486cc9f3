"""A small world for the records: two households in Kinta, one elsewhere, and those who look after them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, text

from registry.principals import Principal, Role
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class World(Served):
    """Ids of the households and principals, and the engine that the pages use."""

    home: int
    neighbour: int
    elsewhere: int
    officer: Principal
    enumerator: Principal
    coordinator: Principal
    administrator: Principal
    planner: Principal

    def writing(self, who: Principal | None = None) -> AbstractContextManager[Session]:
        """A session acting for ``who``, the officer by default."""
        return super().writing(who or self.officer)

    def reading(self, who: Principal | None = None) -> AbstractContextManager[Connection]:
        """A connection acting for ``who``, the officer by default."""
        return super().reading(who or self.officer)


@pytest.fixture
def world(owner: Connection, web: Engine) -> World:
    """Kinta (0803) has two households, Kuala Kangsar (0805) one; the officer's district is Kinta."""
    home = add_household(owner, "08030000001", income=1150, members=4, name="Ahmad Razak bin Osman")
    neighbour = add_household(owner, "08030000002", income=3000, members=2, name="Siti Aminah binti Yusof")
    elsewhere = add_household(
        owner, "08050000003", district="0805", income=400, members=3, name="Lim Ah Kow", ethnicity="chinese"
    )
    identities = {home: ("800101085001", "0121234567"), elsewhere: ("750505086002", None)}
    for household, (id_no, phone) in identities.items():
        owner.execute(
            text("UPDATE ekasih.person SET id_no = :id_no, id_kind = 'mykad' WHERE household_id = :id AND is_head"),
            {"id_no": id_no, "id": household},
        )
        owner.execute(
            text("UPDATE ekasih.household SET phone = :phone, phone_key = :phone WHERE id = :id"),
            {"phone": phone, "id": household},
        )

    somebody = partial(add_principal, owner)
    made = World(
        home=home,
        neighbour=neighbour,
        elsewhere=elsewhere,
        officer=somebody("pegawai", Role.OFFICER, "0803"),
        enumerator=somebody("pembanci", Role.ENUMERATOR, "0803"),
        coordinator=somebody("penyelaras", Role.COORDINATOR, "0803"),
        administrator=somebody("pentadbir", Role.ADMINISTRATOR),
        planner=somebody("menteri", Role.PLANNER),
        web=web,
    )
    owner.commit()
    return made
