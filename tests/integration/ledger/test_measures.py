"""What is allocated and spent is kept by closed month, also where an entry of a closed month comes late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from registry.kpi.measures import recount_measures
from registry.ledger.posting import post_as_system
from registry.status.months import close_months
from registry.status.recount import recount
from tests.integration.ledger.conftest import entry, funded
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KEPT = text("""
    SELECT to_char(month, 'YYYY-MM'), value::float FROM ekasih.measure_month
    WHERE measure = :measure AND area_code = :area AND value <> 0 ORDER BY 1
""")


def kept(books: Connection, measure: str, area: str) -> dict[str, Any]:
    return dict(books.execute(_KEPT, {"measure": measure, "area": area}).all())


def test_the_country_has_what_was_given_and_a_district_what_its_offices_were_warranted(
    books: Connection
) -> None:
    add_household(books, "A1", on_date="2025-01-15")
    post_as_system(books, entry("peruntukan", "1000.00", reference="A-1", day=date(2025, 6, 10)))
    close_months(books, up_to=date(2025, 9, 1))
    assert kept(books, "allocated_rm", "MY") == {"2025-06": 1000, "2025-07": 1000, "2025-08": 1000}
    assert kept(books, "allocated_rm", "0803") == {}
    late = {"office": "BG", "day": date(2025, 7, 2)}
    post_as_system(books, entry("waran", "400.00", reference="W-1", **late))
    post_as_system(books, entry("tanggungan", "400.00", case_no="K-1", reference="T-1", **late))
    post_as_system(books, entry("bayar", "250.00", case_no="K-1", reference="P-1", **late))
    paid = {**late, "day": date(2025, 8, 30)}
    post_as_system(books, entry("sah", "250.00", case_no="K-1", original="P-1", reference="S-1", **paid))
    assert kept(books, "allocated_rm", "0803") == {"2025-07": 400, "2025-08": 400}
    assert kept(books, "allocated_rm", "MY")["2025-08"] == 1000
    assert [kept(books, "spent_rm", area) for area in ("MY", "08", "0803", "0805")] == [{"2025-08": 250}] * 3 + [{}]
    assert recount(books) == []
    recount_measures(books)
    assert kept(books, "spent_rm", "08") == {"2025-08": 250}


def test_an_allocation_is_of_its_fiscal_year(books: Connection) -> None:
    add_household(books, "A1", on_date="2025-01-15")
    funded(books)
    close_months(books, up_to=date(2026, 3, 1))
    assert list(kept(books, "allocated_rm", "08")) == [f"2025-{month:02}" for month in range(6, 13)]
    assert recount(books) == []
