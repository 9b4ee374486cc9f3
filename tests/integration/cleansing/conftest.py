"""A small world for cleansing: two records of one household in Kinta, one in Kuala Kangsar, and who may see which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, text

from registry.principals import Principal, Role
from registry.status.months import close_months
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAIR = text("""
    INSERT INTO ekasih.duplicate_candidate (kind, household_a, household_b, score, reasons)
    VALUES ('household', least(:a, :b), greatest(:a, :b), 0.998, '[]') RETURNING id
""")


@dataclass(frozen=True, kw_only=True)
class World(Served):
    """Who works here, two records of one household (``first``, ``second``), one elsewhere, and their pairs."""

    officer: Principal
    state_officer: Principal
    elsewhere: Principal
    planner: Principal
    administrator: Principal
    first: int
    second: int
    third: int
    pair: int
    across: int


@pytest.fixture
def world(owner: Connection, web: Engine) -> World:
    """Kinta is 0803, Kuala Kangsar 0805; two months have been closed since the records were made."""
    somebody = partial(add_principal, owner)
    first = add_household(owner, "A1", name="Ahmad bin Contoh", income=900, members=3)
    second = add_household(owner, "A2", name="Ahmad Contoh", income=1500, members=4)
    third = add_household(owner, "B1", name="Ahmad bin Contoh", district="0805", income=700, members=2)
    owner.execute(text("UPDATE ekasih.household SET phone = '05-123 4567', phone_key = '051234567' WHERE id = :id"),
                  {"id": second})  # fmt: skip
    made = World(
        officer=somebody("pegawai", Role.OFFICER, "0803"),
        state_officer=somebody("negeri", Role.STATE_OFFICE, *owner.scalar(
            text("SELECT ekasih.territory_districts('{08}')"))),
        elsewhere=somebody("pegawai.kk", Role.OFFICER, "0805"),
        planner=somebody("menteri", Role.PLANNER),
        administrator=somebody("pentadbir", Role.ADMINISTRATOR),
        first=first,
        second=second,
        third=third,
        pair=int(owner.scalar(PAIR, {"a": first, "b": second}) or 0),
        across=int(owner.scalar(PAIR, {"a": first, "b": third}) or 0),
        web=web,
    )  # fmt: skip
    close_months(owner)
    owner.commit()
    return made
