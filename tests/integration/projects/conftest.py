"""A small world of projects: an office with its people, the state's unit, the ministry, money, and a poor household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from registry.ledger.posting import Entry, post_as_system
from registry.principals import Principal, Role
from registry.projects.projects import (
    OpenProject,
    Place,
    ReportProgress,
    TakeProjectStep,
    judge_report,
    open_project,
    report_progress,
    step_project,
)
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

PROGRAMME, OFFICE, CATCHMENT = "PPKB-RMH", "PPKB-BG", "C.PPKB-BATU-GAJAH"
MOST = Decimal(86_000)
PLACE = Place(longitude=101.04, latitude=4.47, method="gps", accuracy_m=8)
_PHOTO = text("""
    INSERT INTO ekasih.project_photo (project_id, client_key, phase, position, day, name, sha256, width, height, bytes,
        added_by)
    SELECT p.id, :key, :phase, :position, current_date, CAST(:key AS text), '-', 1, 1, 1, 'test'
    FROM ekasih.project AS p WHERE p.number = :number
""")
_OFFICE_OF = text("""
    UPDATE ekasih.app_user AS u SET agency_id = o.agency_id, office_code = o.code
    FROM ekasih.office AS o WHERE o.code = :office AND u.login = :login
""")


@dataclass(frozen=True, kw_only=True)
class Projects(Served):
    """Who is there, and the household that asks for a house."""

    owner: Engine
    officer: Principal
    coordinator: Principal
    second: Principal
    neighbour: Principal
    unit: Principal
    ministry: Principal
    elsewhere: Principal
    home: int
    today: date

    def open(self, who: Principal | None = None, **facts: Any) -> str:
        """A new house for the household, asked for at the office's counter; its number."""
        values: dict[str, Any] = {
            "type_code": "bina_baru", "programme": PROGRAMME, "title": "Rumah baharu", "estimate_rm": MOST,
            "households": (self.home,), "documents": ("kad_pengenalan",), "place": PLACE,
        } | facts  # fmt: skip
        with self.writing(who or self.officer) as session:
            return open_project(session, OpenProject(**values))

    def step(self, who: Principal, number: str, action: str, reason: str = "", **detail: Any) -> str:
        """Take a step as the project stands; the state that it came into."""
        with self.writing(who) as session:
            asked = text("SELECT version FROM ekasih.project WHERE number = :number")
            seen = session.execute(asked, {"number": number}).scalar()
            command = TakeProjectStep(number=number, version=seen or 0, action=action, reason=reason, detail=detail)
            return step_project(session, command)

    def photographed(self, number: str, phase: str, position: int | None = None) -> None:
        with self.owner.begin() as owner:
            owner.execute(_PHOTO, {"key": uuid4(), "phase": phase, "position": position, "number": number})

    def checked(self, **facts: Any) -> str:
        number = self.open(**facts)
        self.photographed(number, "sebelum")
        self.step(self.coordinator, number, "semak", visited_on=self.today, damage="tidak_ekonomik", land="sendiri")
        return number

    def sent(self, cost: Decimal = MOST, **facts: Any) -> str:
        number = self.checked(**facts)
        self.step(self.unit, number, "sah_kos", cost_rm=cost)
        self.step(self.coordinator, number, "hantar", list_no="S-1", list_day=self.today)
        return number

    def agreed(self, **facts: Any) -> str:
        number = self.sent(**facts)
        self.step(self.ministry, number, "peraku")
        return number

    def begun(self, total: Decimal = Decimal(80_000), **facts: Any) -> str:
        number = self.agreed(**facts)
        self.step(self.coordinator, number, "mula", contractor_id=self.contractor(), sum_rm=total, **self.plan())
        return number

    def plan(self, *, days: int = 30) -> dict[str, list[date]]:
        """Five milestones, one after the other, the first of them since two months ago."""
        first = self.today - timedelta(days=60)
        begins = [first + timedelta(days=days * no) for no in range(5)]
        return {"begins": begins, "ends": [day + timedelta(days=days - 1) for day in begins]}

    def contractor(self) -> int:
        with self.owner.begin() as owner:
            return int(owner.execute(text("""
                INSERT INTO ekasih.contractor (agency_id, name, registration_no, made_by)
                SELECT agency_id, 'Binaan Contoh', 'CIDB-' || gen_random_uuid(), 'test' FROM ekasih.office
                WHERE code = :office RETURNING id
            """), {"office": OFFICE}).scalar_one())  # fmt: skip

    def reported(self, number: str, *shares: int, accept: bool = True, **facts: Any) -> int:
        with self.writing(self.officer) as session:
            told = ReportProgress(number=number, day=self.today, shares=[Decimal(one) for one in shares], **facts)
            report = report_progress(session, told)
        if accept:
            with self.writing(self.coordinator) as session:
                judge_report(session, report, accepted=True)
        return report

    def done(self, number: str) -> None:
        self.reported(number, 100, 100, 100, 100, 100)
        for position in range(1, 6):
            self.photographed(number, "semasa", position)
        self.photographed(number, "selepas")

    def told_complete(self, number: str) -> None:
        receipt = {"received_by": "Aminah", "receipt_no": "R-7", "received_on": self.today}
        self.step(self.coordinator, number, "lapor_siap", **receipt)

    def value(self, statement: str, **values: Any) -> Any:
        with self.owner.connect() as connection:
            return connection.scalar(text(statement), values)

    def balance(self, account: str) -> Decimal:
        asked = "SELECT coalesce(sum(amount), 0) FROM ekasih.ledger_balance WHERE account = :account"
        return Decimal(self.value(asked, account=account))

    def post(self, command: str, amount: int, reference: str, **more: str) -> None:
        asked = {"command": command, "day": self.today, "year": self.today.year, "programme": PROGRAMME}
        with self.owner.begin() as owner:
            post_as_system(owner, Entry(**asked, reference=reference, amount=Decimal(amount), **more))


def of_office(owner: Connection, login: str, office: str = OFFICE) -> Principal:
    made = add_principal(owner, login, Role.COUNCIL, CATCHMENT)
    owner.execute(_OFFICE_OF, {"login": login, "office": office})
    return made


def poor(owner: Connection, file_no: str, **facts: Any) -> int:
    """A poor household with its own house on its own land, inside the office's catchment."""
    made = add_household(owner, file_no, income=700, **facts)
    owner.execute(
        text("""
            UPDATE ekasih.household
            SET tenure = 'Sendiri', dwelling_type = 'Sebuah', catchment_codes = ARRAY[:catchment] WHERE id = :id
        """),
        {"id": made, "catchment": CATCHMENT},
    )
    return made


@pytest.fixture
def projects(owner: Connection, owner_engine: Engine, web: Engine) -> Projects:
    """An office of the ministry's with RM200,000 warranted to it, and a household that asks for a house."""
    owner.execute(
        text("INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('KPKT', 'KPKT', 'KPKT', 'persekutuan')")
    )
    owner.execute(
        text("""
            INSERT INTO ekasih.area (code, name, level, parent_code, state_code)
            VALUES (:code, 'PPKB Batu Gajah', 'catchment', '08', '08') ON CONFLICT DO NOTHING
        """),
        {"code": CATCHMENT},
    )
    for code in (OFFICE, "PPKB-LAIN"):
        owner.execute(
            text("""
                INSERT INTO ekasih.office (code, agency_id, name_ms, name_en, territory)
                SELECT :code, id, :code, :code, ARRAY[:catchment] FROM ekasih.agency WHERE code = 'KPKT'
            """),
            {"code": code, "catchment": CATCHMENT},
        )
    owner.execute(
        text("""
            WITH programme AS (
                INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en, has_ledger)
                SELECT id, :code, 'PPKB', 'PPKB', true FROM ekasih.agency WHERE code = 'KPKT' RETURNING id)
            INSERT INTO ekasih.aid_kind
                (programme_id, code, name_ms, name_en, need_code, form, recipient, frequency, coverage)
            SELECT id, kind, kind, kind, 'RUMAH', 'perkhidmatan', 'isi_rumah', 'sekali', 'seumur'
            FROM programme CROSS JOIN unnest(ARRAY['BAIKPULIH', 'BINABARU']) AS kind
        """),
        {"code": PROGRAMME},
    )
    made = Projects(
        owner=owner_engine,
        officer=of_office(owner, "kaunter"),
        coordinator=of_office(owner, "penyelaras"),
        second=of_office(owner, "penyelaras.dua"),
        neighbour=of_office(owner, "pejabat.lain", "PPKB-LAIN"),
        unit=add_principal(owner, "unit.negeri", Role.STATE_OFFICE, "08"),
        ministry=add_principal(owner, "kementerian", Role.NATIONAL),
        elsewhere=add_principal(owner, "unit.kedah", Role.STATE_OFFICE, "02"),
        home=poor(owner, "08030000001", name="Aminah binti Contoh"),
        today=owner.scalar(text("SELECT current_date")),
        web=web,
    )
    owner.commit()
    made.post("peruntukan", 300_000, "A-1")
    made.post("waran", 200_000, "W-1", office=OFFICE)
    return made
