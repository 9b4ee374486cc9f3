"""A register whose months are closed: areas of many, of few and of one who lacks most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.principals import Role
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from registry.principals import Principal

MONTH = date(2026, 9, 1)
NEXT = date(2026, 10, 1)
# by district: households that are poor, and that are not
SIZES = {
    "0801": (40, 10),
    "0803": (60, 70),
    "0805": (12, 3),
    "0806": (3, 9),
    "0807": (11, 30),
    "0101": (30, 20),
    "0102": (4, 8),
}
ONE_DEEP = "0807"
"""Where one household lacks more than all others together."""


@dataclass(frozen=True, kw_only=True)
class Measured(Served):
    """The register as planners and officers read it."""

    owner: Connection
    planner: Principal
    officer: Principal
    state_office: Principal

    def close(self, up_to: date) -> None:
        """Close the months before a day and publish."""
        self.owner.execute(
            text(
                "INSERT INTO ekasih.setting VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
            ),
            {"day": up_to.isoformat()},
        )
        close_months(self.owner, up_to=up_to)
        publish(self.owner)
        self.owner.commit()


@pytest.fixture
def measured(owner: Connection, web: Engine) -> Measured:
    """Months closed until August and September 2026, published with September."""
    number = 0
    for district, (poor, others) in SIZES.items():
        for place in range(poor + others):
            number += 1
            deep = district == ONE_DEEP and place == 0
            income = 0 if deep else 1_000 - 7 * place if place < poor else 5_000 + 90 * place
            if district == ONE_DEEP and 0 < place < poor:
                income = 2_330
            add_household(
                owner, f"U{number:04}", district=district, income=max(income, 0), on_date="2026-08-10", members=4
            )
    made = Measured(
        web=web,
        owner=owner,
        planner=add_principal(owner, "menteri", Role.PLANNER),
        officer=add_principal(owner, "pegawai", Role.OFFICER, "0803"),
        state_office=add_principal(owner, "negeri", Role.STATE_OFFICE, *(f"08{one:02}" for one in range(1, 14))),
    )
    owner.commit()
    made.close(NEXT)
    return made
