"""Tables by two cuts: exact for who sees persons, published for others once a month, and equal to a recount."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import cross
from queries.cross import ALL, AREA, STATUS
from registry.principals import Role
from registry.publishing.publish import publish
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from registry.principals import Principal

KINTA, KERIAN = "0803", "0804"
_DISABLED = text("UPDATE ekasih.person SET disability = 'Fizikal' WHERE NOT is_head AND household_id = :household")


@pytest.fixture
def people(owner_engine: Engine) -> dict[str, Principal]:
    """Fifty-one poor households in Kinta, two in Kerian, an officer and a planner; published."""
    with owner_engine.begin() as owner:
        for number in range(51):
            household = add_household(
                owner, f"CX{number:06}", district=KINTA, income=300, members=4 if number % 3 else 2,
                sex="female" if number % 4 == 0 else "male", ethnicity="chinese" if number == 7 else "bumiputera",
                longitude=101.0 + number / 1000,
            )  # fmt: skip
            if number == 9:
                owner.execute(_DISABLED, {"household": household})
        for number in range(2):
            add_household(owner, f"CY{number:06}", district=KERIAN, income=300)
        add_household(owner, "CZ000001", district=KINTA, income=30000)
        publish(owner)
        return {
            "officer": add_principal(owner, "pegawai", Role.OFFICER, KINTA),
            "planner": add_principal(owner, "perancang", Role.PLANNER),
        }


def table(world: Served, who: Principal, area: str, first: str, second: str, *, live: bool) -> cross.Cross:
    inside = (KINTA, KERIAN) if first == AREA else ()
    with world.reading(who) as conn:
        return cross.read(
            conn, area=area, inside=inside, level=cross.within(area), first=first, second=second, live=live
        )


def test_who_sees_persons_reads_exact_counts_of_the_own_area_alone(web: Engine, people: dict[str, Principal]) -> None:
    world, officer = Served(web=web), people["officer"]
    found = table(world, officer, KINTA, "head_sex", "size", live=True)
    assert found.at("female", "size_1_2") == sum(1 for n in range(51) if n % 12 == 0)
    assert (found.at("female", ALL), found.at("male", ALL), found.at(ALL, ALL)) == (13, 38, 51)
    assert table(world, officer, KINTA, "disability", STATUS, live=True).at("some", ALL) == 1
    assert table(world, officer, KERIAN, "strata", STATUS, live=True).counts == {}
    assert table(world, people["planner"], KINTA, "strata", STATUS, live=True).counts == {}


def test_who_sees_no_persons_reads_no_small_count_and_rounded_tables(web: Engine, people: dict[str, Principal]) -> None:
    world, planner = Served(web=web), people["planner"]
    by_sex = table(world, planner, KINTA, "head_sex", STATUS, live=False)
    assert (by_sex.at("female", ALL), by_sex.at("male", ALL)) in {(13, 38), (None, None)}
    assert table(world, planner, KINTA, "ethnicity", STATUS, live=False).at("chinese", ALL) is None
    assert table(world, planner, KINTA, "disability", STATUS, live=False).at("some", ALL) is None
    assert table(world, planner, "08", AREA, STATUS, live=False).at(KERIAN, ALL) is None
    with world.reading(planner) as conn:
        rows = conn.execute(text("SELECT second, households FROM ekasih.published_cross")).all()
    assert [row for row in rows if row.households in range(1, 5)] == []
    crossed = [row.households for row in rows if not row.second.startswith("status:")]
    assert all(count >= 10 and count % 5 == 0 for count in crossed)


def test_what_everybody_reads_by_cuts_stands_for_a_month(
    owner_engine: Engine, web: Engine, people: dict[str, Principal]
) -> None:
    world, kept = Served(web=web), text("SELECT * FROM ekasih.published_cross ORDER BY 1, 2, 3")
    with owner_engine.begin() as owner:
        before = owner.execute(kept).all()
        add_household(owner, "CX000099", district=KINTA, income=300)
        publish(owner)
        assert owner.execute(kept).all() == before
    assert table(world, people["officer"], KINTA, "strata", STATUS, live=True).at(ALL, ALL) == 52
    with owner_engine.begin() as owner:
        owner.execute(text("UPDATE ekasih.published_cross_state SET month = month - interval '1 month'"))
        publish(owner)
        assert owner.execute(kept).all() != before
