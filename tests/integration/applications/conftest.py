"""A small world of aid: two agencies that meet needs, those who work in them, and officers of two districts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, text

from registry.applications.applications import OpenApplication, TakeStep, open_application, take_step
from registry.principals import Principal, Role
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

CONDITIONS = """[
    {"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": ["tegar", "miskin"]},
    {"pada": "isirumah", "medan": "pemilikan", "op": "dalam", "nilai": ["Sendiri"]}]"""
_AGENCY = text("""
    INSERT INTO ekasih.agency (code, name_ms, name_en, kind)
    VALUES (:code, CAST(:code AS text), CAST(:code AS text), 'negeri') RETURNING id
""")
_PROGRAMME = text("""
    INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en, valid_from)
    VALUES (:agency, :code, CAST(:code AS text), CAST(:code AS text), '2020-01-01') RETURNING id
""")
_KIND = text("""
    INSERT INTO ekasih.aid_kind (programme_id, code, name_ms, name_en, need_code, form, recipient, frequency, coverage)
    VALUES (:programme, :code, CAST(:code AS text), CAST(:code AS text), :need, :form, :recipient, 'sekali', :coverage)
    RETURNING id
""")
_RATE = text("""
    INSERT INTO ekasih.aid_rate (kind_id, from_date, ceiling_rm, source, made_by)
    VALUES (:kind, '2020-01-01', :most, 'andaian', 'test')
""")
_CONDITIONS = text("""
    INSERT INTO ekasih.aid_conditions (programme_id, conditions, made_by)
    VALUES (:programme, CAST(:conditions AS jsonb), 'test')
""")


def agency(owner: Connection, code: str) -> int:
    return int(owner.execute(_AGENCY, {"code": code}).scalar_one())


def kind(owner: Connection, of: int, code: str, **facts: Any) -> int:
    """A kind of aid in a programme of its own, for households that are poor and own their house."""
    programme = owner.execute(_PROGRAMME, {"agency": of, "code": code}).scalar_one()
    values = {"need": "MAKANAN", "form": "barangan", "recipient": "isi_rumah", "coverage": "bulan", "most": 300} | facts
    made = owner.execute(_KIND, values | {"programme": programme, "code": code}).scalar_one()
    owner.execute(_RATE, {"kind": made, "most": values["most"]})
    owner.execute(_CONDITIONS, {"programme": programme, "conditions": CONDITIONS})
    return int(made)


def member(owner: Connection, login: str, of: int, role: Role = Role.AGENCY, *territory: str) -> Principal:
    """Somebody of an agency."""
    made = add_principal(owner, login, role, *territory)
    owner.execute(text("UPDATE ekasih.app_user SET agency_id = :of WHERE login = :login"), {"of": of, "login": login})
    return made


@dataclass(frozen=True, kw_only=True)
class Aid(Served):
    """Who is there, and what is given."""

    officer: Principal
    elsewhere: Principal
    state: Principal
    checker: Principal
    approver: Principal
    second: Principal
    other: Principal
    council: Principal
    home: int
    welfare: int
    zakat: int
    food: int
    food_elsewhere: int
    rent: int
    house: int

    def open(self, who: Principal | None = None, **facts: Any) -> str:
        """An application for food at the counter of Kinta; its number."""
        values: dict[str, Any] = {"household_id": self.home, "kind_id": self.food, "amount_rm": Decimal(120)} | facts
        with self.writing(who or self.officer) as session:
            return open_application(session, OpenApplication(**values))

    def step(self, who: Principal, number: str, action: str, **facts: Any) -> str:
        """Take a step as the application stands; the state that it came into."""
        with self.writing(who) as session:
            asked = text("SELECT version FROM ekasih.aid_application WHERE number = :number")
            seen = session.execute(asked, {"number": number}).scalar()
            return take_step(session, TakeStep(**{"number": number, "version": seen or 0, "action": action} | facts))

    def sent(self, who: Principal | None = None, **facts: Any) -> str:
        number = self.open(who, **facts)
        self.step(who or self.officer, number, "hantar")
        return number

    def checked(self, **facts: Any) -> str:
        number = self.sent(**facts)
        self.step(self.checker, number, "semak", code="sokong", reason="Pendapatan disahkan")
        return number

    def approved(self, **facts: Any) -> str:
        number = self.checked(**facts)
        self.step(self.approver, number, "lulus", amount_rm=Decimal(100))
        return number

    def refused(self, **facts: Any) -> str:
        number = self.checked(**facts)
        self.step(self.approver, number, "tolak", code="peruntukan", reason="Peruntukan sudah habis")
        return number

    def handed(self, number: str, **facts: Any) -> str:
        detail = {"day": today(self), "place": "Balai raya", "evidence": "Resit 7", "quantity": 2} | facts
        return self.step(self.checker, number, "serah", detail=detail)

    def received(self, number: str) -> str:
        detail = {"day": today(self), "evidence": "Tandatangan", "received_by": "Aminah"}
        return self.step(self.checker, number, "terima", detail=detail)

    def finished(self, **facts: Any) -> str:
        number = self.approved(**facts)
        self.handed(number)
        self.received(number)
        return number


def today(aid: Served) -> str:
    with aid.web.connect() as connection:
        return str(connection.scalar(text("SELECT current_date")))


@pytest.fixture
def aid(owner: Connection, web: Engine) -> Aid:
    """Welfare gives food, rent and houses; zakat gives food as well. The household is poor and rents its house."""
    home = add_household(owner, "08030000001", income=700, name="Aminah binti Contoh")
    owner.execute(text("UPDATE ekasih.household SET tenure = 'Sewa' WHERE id = :id"), {"id": home})
    welfare, zakat = agency(owner, "KEBAJIKAN"), agency(owner, "ZAKAT")
    made = Aid(
        officer=add_principal(owner, "kaunter", Role.OFFICER, "0803"),
        elsewhere=add_principal(owner, "kaunter.kk", Role.OFFICER, "0805"),
        state=add_principal(owner, "negeri", Role.STATE_OFFICE, "08"),
        checker=member(owner, "semak", welfare),
        approver=member(owner, "lulus", welfare),
        second=member(owner, "lulus.dua", welfare),
        other=member(owner, "zakat", zakat),
        council=member(owner, "majlis", welfare, Role.COUNCIL, "0805"),
        home=home,
        welfare=welfare,
        zakat=zakat,
        food=kind(owner, welfare, "BAKUL"),
        food_elsewhere=kind(owner, zakat, "ASNAF"),
        rent=kind(owner, welfare, "SEWA", need="SEWA", form="tunai"),
        house=kind(owner, welfare, "RUMAH", need="RUMAH", form="perkhidmatan", coverage="seumur", most=20_000),
        web=web,
    )
    owner.commit()
    return made


def facts(owner: Connection, number: str) -> dict[str, Any]:
    """The application as it stands."""
    owner.rollback()
    asked = text("SELECT * FROM ekasih.aid_application WHERE number = :number")
    return dict(owner.execute(asked, {"number": number}).mappings().one())
