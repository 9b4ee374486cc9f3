"""Long lists of households are read in the order of an indexed column, page after page, within the territory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from dashboard.components.sorting import Order, in_order
from dashboard.household.results import ORDERS
from queries import worklists
from queries.in_order import INDEXED, After, Ordering, page
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

NAMES = ("Zaid", "Aminah", "Siti", "Aminah", "Bala", "Chong", "Dayang")
INCOMES = (300, 9000, 100, 1500, 1500, 4000, 0)


@pytest.fixture
def users(owner: Connection) -> dict[str, int]:
    """Seven households in Kinta and Kampar, in town and country, one that has exited; and who looks at them."""
    for place, (name, income) in enumerate(zip(NAMES, INCOMES, strict=True)):
        district, strata = ("0803", "0810")[place % 2], ("urban", "rural")[place % 3 == 0]
        add_household(owner, f"H{place}", name=name, income=income, district=district, strata=strata)
    gone = add_household(owner, "GONE", name="Aaron", income=1)
    owner.execute(
        text("UPDATE household SET exited_on = current_date, exit_reason = 'died' WHERE id = :id"), {"id": gone}
    )
    found = {
        "administrator": add_user(owner, "pentadbir", role="administrator"),
        "coordinator": add_user(owner, "penyelaras", role="coordinator", territory=("0803",)),
        "planner": add_user(owner, "menteri", role="planner"),
    }
    owner.commit()
    return found


def read(connection: Connection, asked: Ordering) -> list[str]:
    """The whole list, two rows at a time, each page behind the last row of the one before."""
    seen: list[str] = []
    after = None
    while rows := page(connection, asked, limit=2, after=after):
        seen += [row["file_no"] for row in rows]
        after = After.parse(rows[-1]["place"], asked.order)
        assert after is not None
    return seen


@pytest.mark.parametrize("order", INDEXED)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_by_index_are_the_order_that_a_short_list_is_put_in(
    users: dict[str, int], web: Engine, order: str, descending: bool
) -> None:
    with web.begin() as connection:
        connection.execute(text("SELECT act_as(:user)"), {"user": users["administrator"]})
        whole = worklists.of_households(
            connection, list(connection.scalars(text("SELECT id FROM household ORDER BY id")))
        )
        counted = [row for row in whole if row["exited_on"] is None]
        expected = in_order(counted[::-1] if descending else counted, Order(order, descending), ORDERS)
        assert read(connection, Ordering(order, descending)) == [row["file_no"] for row in expected]
        assert len(expected) == len(NAMES)


def test_filters_hold_in_every_order(users: dict[str, int], web: Engine) -> None:
    with web.begin() as connection:
        connection.execute(text("SELECT act_as(:user)"), {"user": users["administrator"]})
        poor = worklists.page(connection, "miskin", district=None, limit=50)[0]
        for order in INDEXED:
            rows = page(connection, Ordering(order, statuses=("tegar", "miskin")), limit=50)
            assert {row["file_no"] for row in rows} == {row["file_no"] for row in poor}
            assert set(read(connection, Ordering(order, district="0810"))) == {"H1", "H3", "H5"}
            assert set(read(connection, Ordering(order, strata="rural"))) == {"H0", "H3", "H6"}
            assert read(connection, Ordering(order, mukim="081001")) == []
            assert len(read(connection, Ordering(order, mukim="081000"))) == 3


def test_nobody_reads_beyond_the_own_territory_whatever_place_is_named(users: dict[str, int], web: Engine) -> None:
    with web.begin() as connection:
        connection.execute(text("SELECT act_as(:user)"), {"user": users["coordinator"]})
        for order, key in (("name", "A"), ("perCapita", "0"), ("status", "0")):
            rows = page(connection, Ordering(order), limit=50, after=After(0, key))
            assert {row["file_no"] for row in rows} == {"H0", "H2", "H4", "H6"}
        connection.execute(text("SELECT act_as(:user)"), {"user": users["planner"]})
        assert page(connection, Ordering("name"), limit=50) == []


def test_an_order_that_no_index_has_lists_nothing(users: dict[str, int], web: Engine) -> None:
    with web.begin() as connection:
        connection.execute(text("SELECT act_as(:user)"), {"user": users["administrator"]})
        assert page(connection, Ordering("area"), limit=50) == []


@pytest.mark.parametrize(
    ("written", "order"), [("", "name"), ("7|", "name"), ("x|Ali", "name"), ("7|x", "perCapita"), ("7|NaN", "status")]
)
def test_what_is_no_place_is_none(written: str, order: str) -> None:
    assert After.parse(written, order) is None


def test_the_order_is_read_off_an_index(owner: Connection) -> None:
    owner.execute(text("SET LOCAL enable_seqscan = off"))
    owner.execute(text("SET LOCAL enable_sort = off"))
    for key, index in (("per_capita_rm", "household_by_income_idx"), ("head_name", "household_by_name_idx")):
        plan = "\n".join(
            owner.scalars(
                text(f"""
                    EXPLAIN SELECT id FROM household
                    WHERE district_code = '0803' AND status = 'miskin' AND strata = 'urban' AND exited_on IS NULL
                        AND ({key}, id) > (CAST('1' AS {"text" if key == "head_name" else "numeric"}), 1)
                    ORDER BY {key}, id LIMIT 50
                """)
            )
        )
        assert index in plan
        assert "Sort" not in plan
