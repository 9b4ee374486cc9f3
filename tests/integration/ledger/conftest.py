"""A small world for the ledger: two agencies, two offices of the first, and who moves its money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, text

from registry.ledger.posting import Entry, post_as_system
from registry.principals import Principal, Role
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

YEAR = 2025
DAY = date(YEAR, 6, 1)
_AGENCIES = text("""
    INSERT INTO ekasih.agency (code, name_ms, name_en, kind, fiscal_month) VALUES
        ('AGENSI', 'Agensi contoh', 'Sample agency', 'persekutuan', 1),
        ('LAIN', 'Agensi lain', 'Other agency', 'zakat', 4)
""")
_OFFICES = text("""
    INSERT INTO ekasih.office (code, agency_id, name_ms, name_en, territory)
    SELECT o.code, a.id, o.name, o.name, o.territory FROM (VALUES
        ('BG', 'AGENSI', 'Batu Gajah', ARRAY['0803']), ('IPOH', 'AGENSI', 'Ipoh', ARRAY['0803']),
        ('KK', 'LAIN', 'Kuala Kangsar', ARRAY['0805'])) AS o (code, agency, name, territory)
    JOIN ekasih.agency AS a ON a.code = o.agency
""")
_PROGRAMMES = text("""
    INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en, has_ledger, state)
    SELECT a.id, p.code, p.code, p.code, true, 'dibuka' FROM (VALUES
        ('RMH', 'AGENSI'), ('SEWA', 'AGENSI'), ('ZKT', 'LAIN')) AS p (code, agency)
    JOIN ekasih.agency AS a ON a.code = p.agency
""")
_JOIN = text("""
    UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = :agency), office_code = :office
    WHERE id = :user
""")


def entry(command: str, amount: str | None = None, **facts: object) -> Entry:
    """A command for the programme RMH; ``facts`` replaces what it names."""
    known = {"day": DAY, "year": YEAR, "programme": "RMH", "reference": f"{command}-1"} | facts
    return Entry(command=command, amount=None if amount is None else Decimal(amount), **known)  # type: ignore[arg-type]


def funded(connection: Connection, *, amount: str = "1000.00", committed: str | None = None) -> None:
    """Allocate to RMH, warrant to BG, and commit to the case K-1 where it is asked for."""
    post_as_system(connection, entry("peruntukan", amount, reference="A-1"))
    post_as_system(connection, entry("waran", amount, office="BG", reference="W-1"))
    if committed:
        post_as_system(connection, entry("tanggungan", committed, office="BG", case_no="K-1", reference="T-1"))


def balance(connection: Connection, account: str, *, year: int = YEAR, programme: str = "RMH") -> Decimal:
    """The sum of an account over its offices and cases."""
    asked = text("""SELECT coalesce(sum(amount), 0) FROM ekasih.ledger_balance
        WHERE account = :account AND year = :year AND programme = :programme""")
    return Decimal(connection.execute(asked, {"account": account, "year": year, "programme": programme}).scalar_one())


@dataclass(frozen=True, kw_only=True)
class Treasury(Served):
    """Who moves money, and the engine that the pages use."""

    maker: Principal
    releaser: Principal
    at_ipoh: Principal
    other: Principal
    national: Principal
    state_office: Principal
    planner: Principal


def open_books(owner: Connection) -> None:
    """Put agencies, offices and programmes into a register."""
    for statement in (_AGENCIES, _OFFICES, _PROGRAMMES):
        owner.execute(statement)


@pytest.fixture
def books(owner: Connection) -> Connection:
    """The owner's connection with agencies, offices and programmes."""
    open_books(owner)
    return owner


@pytest.fixture
def treasury(books: Connection, web: Engine) -> Treasury:
    """The people of both agencies, of the nation and of the state."""

    def somebody(login: str, role: Role, *territory: str, agency: str = "", office: str | None = None) -> Principal:
        made = add_principal(books, login, role, *territory)
        if agency:
            books.execute(_JOIN, {"agency": agency, "office": office, "user": made.user_id})
        return made

    made = Treasury(
        maker=somebody("penyedia", Role.AGENCY, agency="AGENSI"),
        releaser=somebody("pelepas", Role.AGENCY, agency="AGENSI"),
        at_ipoh=somebody("ipoh", Role.AGENCY, agency="AGENSI", office="IPOH"),
        other=somebody("zakat", Role.AGENCY, agency="LAIN"),
        national=somebody("kebangsaan", Role.NATIONAL),
        state_office=somebody("negeri", Role.STATE_OFFICE, "0805"),
        planner=somebody("menteri", Role.PLANNER),
        web=web,
    )
    books.commit()
    return made
