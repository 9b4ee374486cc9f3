"""A small world of support: who asks, who handles in a district, a state and the country, and a household."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, text

from registry.principals import Principal, Role
from registry.support.clock import wind
from registry.support.tickets import OpenTicket, StepTicket, open_ticket, step_ticket
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

FILE_NO = "08030000001"


@dataclass(frozen=True, kw_only=True)
class Desk(Served):
    """Who is there."""

    owner: Engine
    asks: Principal
    officer: Principal
    second: Principal
    lead: Principal
    elsewhere: Principal
    state: Principal
    national: Principal
    planner: Principal
    agency: Principal
    home: int

    def open(self, who: Principal | None = None, **facts: Any) -> str:
        values: dict[str, Any] = {
            "kind": "data", "subject": "Rekod tidak betul", "words": "Bilangan ahli salah", "place": "0803",
        }  # fmt: skip
        with self.writing(who or self.asks) as session:
            return open_ticket(session, OpenTicket(**values | facts))

    def step(self, who: Principal, number: str, action: str, words: str = "", **detail: Any) -> str:
        """Take a step as the ticket stands; the state that it came into."""
        with self.writing(who) as session:
            asked = text("SELECT version FROM ekasih.ticket WHERE number = :number")
            seen = session.execute(asked, {"number": number}).scalar()
            command = StepTicket(number=number, version=seen or 0, action=action, words=words, detail=detail)
            return step_ticket(session, command)

    def seen(self, who: Principal, table: str = "ticket") -> int:
        """How many rows of a table somebody reads."""
        with self.reading(who) as conn:
            return int(conn.scalar(text(f"SELECT count(*) FROM ekasih.{table}")))

    def row(self, number: str) -> Any:
        """The ticket as it is kept."""
        with self.owner.connect() as conn:
            return conn.execute(text("SELECT * FROM ekasih.ticket WHERE number = :number"), {"number": number}).one()

    def rows(self, asked: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.owner.connect() as conn:
            return [tuple(row) for row in conn.execute(text(asked), values)]

    def set(self, change: str, **values: Any) -> None:
        """Put something back in time, or otherwise as no step does."""
        with self.owner.begin() as conn:
            conn.execute(text(change), values)

    def wind(self, now: datetime | None = None) -> dict[str, int]:
        with self.owner.begin() as conn:
            return wind(conn, now=now)


@pytest.fixture
def desk(owner: Connection, owner_engine: Engine, web: Engine) -> Desk:
    home = add_household(owner, FILE_NO, income=700, name="Aminah binti Contoh")
    made = Desk(
        web=web,
        owner=owner_engine,
        asks=add_principal(owner, "banci", Role.ENUMERATOR, "0803"),
        officer=add_principal(owner, "pegawai", Role.OFFICER, "0803"),
        second=add_principal(owner, "pegawai.dua", Role.OFFICER, "0803"),
        lead=add_principal(owner, "penyelaras", Role.COORDINATOR, "0803"),
        elsewhere=add_principal(owner, "daerah.lain", Role.OFFICER, "0805"),
        state=add_principal(owner, "negeri", Role.STATE_OFFICE, "08"),
        national=add_principal(owner, "negara", Role.NATIONAL),
        planner=add_principal(owner, "perancang", Role.PLANNER),
        agency=add_principal(owner, "agensi", Role.AGENCY),
        home=home,
    )
    owner.commit()
    return made
