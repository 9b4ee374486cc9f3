"""Releases give away no small count: not to the public, and no more to planners than they read already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import text

from bench.attack import attack, seen_by
from bench.attack_releases import attack_releases, planners_bounds, rounded_alone, seen_releases, true_counts
from registry.db import reading
from registry.principals import Principal, Role
from registry.publishing.publish import publish, read_exact
from registry.status.months import close_months
from tests.releases import approve_next
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

AS_OF, THIS_MONTH = date(2026, 10, 20), date(2026, 10, 1)


@pytest.fixture
def planner(owner: Connection, web: Engine) -> Principal:
    """A thin register over four months with releases of the last three, the last of which was corrected."""
    random = np.random.default_rng(7)
    inside = text("SELECT code FROM area WHERE level = 'district' AND state_code IN ('08', '10', '11', '14', '16')")
    districts = list(owner.scalars(inside))
    for number in range(420):
        add_household(
            owner,
            f"T{number:04}",
            district=districts[min(int(random.exponential(6)), len(districts) - 1)],
            strata="rural" if random.random() < 0.4 else "urban",
            ethnicity=str(random.choice(["bumiputera", "bumiputera", "chinese", "indian"])),
            income=int(random.choice((260, 1500))),
            on_date=f"2026-{int(random.integers(6, 10)):02}-15",
        )
    # nine in each district of a state make a total from which all of them follow
    full = list(owner.scalars(text("SELECT code FROM area WHERE level = 'district' AND state_code = '05'")))
    for number in range(9 * len(full)):
        add_household(owner, f"N{number:04}", district=full[number // 9], income=1500, on_date="2026-06-15")
    who = add_principal(owner, "menteri", Role.PLANNER)
    one, other = (add_principal(owner, login, Role.NATIONAL) for login in ("icu", "icu2"))
    close_months(owner, up_to=AS_OF)
    publish(owner)
    owner.commit()
    for today in (date(2026, 8, 2), date(2026, 9, 2)):
        approve_next(owner, web, one, today=today)
    # what is corrected after: a household of a closed month in a thin district moves over the line
    for number, district in enumerate(districts[-3:]):
        add_household(owner, f"U{number:04}", district=district, income=260, on_date="2026-08-20")
    close_months(owner, up_to=date(2026, 8, 1))
    close_months(owner, up_to=AS_OF)
    publish(owner)
    owner.commit()
    approve_next(owner, web, one, today=AS_OF, asked_by=other)
    return who


def test_no_count_below_ten_is_narrowed_down_and_planners_work_out_no_small_one(
    planner: Principal, owner: Connection, web: Engine
) -> None:
    exact = read_exact(owner, this_month=THIS_MONTH)
    seen = seen_releases(owner, true_counts(exact))
    taken = attack_releases(seen)
    assert taken.tried > 500
    assert taken.found == []
    assert len(attack_releases(rounded_alone(seen)).found) > 20
    with reading(web, planner) as connection:
        read, releases = seen_by(connection), seen_releases(connection, true_counts(exact))
    assert planners_bounds(releases) == planners_bounds(seen)
    taken_by_planner = attack(exact, replace(read, bounds=planners_bounds(releases), faults={}))
    assert taken_by_planner.hidden > 100
    assert taken_by_planner.small == []
