"""(l) The map book of the country: a page for each state and district with its map, as the job makes it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from bench.results import Result, told
from registry.publishing.publish import publish
from registry.reporting.editions import make_edition
from registry.reporting.scope import Asked
from registry.status.months import close_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stage import Stage

GOAL: Final = 60.0
_DATABASE: Final = "bench_map_book"
_EARLIER: Final = text("UPDATE ekasih.status_decision SET effective_on = current_date - 400")
_WHO: Final = text("""
    INSERT INTO ekasih.app_user (login, display_name, role, password_hash) VALUES ('bench', 'bench', 'national', '!')
    RETURNING id
""")
_ACT: Final = text("SELECT ekasih.act_as(:who)")


def measure(place: Stage, *, households: int, database: str) -> Iterator[Result]:
    """How long it takes from the press to the kept edition, all of it: reading, drawing, setting, three files."""
    engine = place.copied(_DATABASE, template=database)
    try:
        with engine.begin() as connection:
            connection.execute(_EARLIER)
            close_months(connection)
            publish(connection)
            who = connection.execute(_WHO).scalar_one()
        began = time.perf_counter()
        with Session(engine) as session, session.begin():
            session.execute(_ACT, {"who": who})
            made = make_edition(session, Asked(report="buku_peta", area="MY"), home=place.home)
        took = time.perf_counter() - began
    finally:
        engine.dispose()
        place.drop(_DATABASE)
    yield Result(
        f"map book of {made.pages} pages, {households:,} households", told(took),
        goal=f"at most {told(GOAL)}", met=took <= GOAL,
    )  # fmt: skip
