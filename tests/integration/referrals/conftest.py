"""A small world of referrals: an office by catchment, another agency's office, a district, a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, text

from registry.principals import Principal, Role
from registry.referrals.referrals import SendReferral, StepReferral, send_referral, step_referral
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

CATCHMENT = "C.PPKB-BATU-GAJAH"
_AGENCIES = text("""
    INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('KPKT', 'KPKT', 'KPKT', 'persekutuan'),
        ('ZAKAT', 'Zakat', 'Zakat', 'zakat')
""")
_OFFICES = text("""
    INSERT INTO ekasih.office (code, agency_id, name_ms, name_en, territory)
    SELECT o.code, a.id, o.code, o.code, o.territory
    FROM (VALUES ('PPKB-BG', 'KPKT', ARRAY['C.PPKB-BATU-GAJAH']), ('PPKB-IPOH', 'KPKT', ARRAY['0803']),
                 ('ZAKAT-PUSAT', 'ZAKAT', CAST('{}' AS text[]))) AS o (code, agency, territory)
    JOIN ekasih.agency AS a ON a.code = o.agency
""")
_PLACE = text("""
    UPDATE ekasih.app_user SET office_code = :office,
        agency_id = (SELECT agency_id FROM ekasih.office WHERE code = :office)
    WHERE login = :login
""")


def member(owner: Connection, login: str, role: Role, office: str, *territory: str) -> Principal:
    """Somebody of an office."""
    made = add_principal(owner, login, role, *territory)
    owner.execute(_PLACE, {"office": office, "login": login})
    return made


@dataclass(frozen=True, kw_only=True)
class Offices(Served):
    """Who is there, and a household of the catchment."""

    ppkb: Principal
    ipoh: Principal
    zakat: Principal
    district: Principal
    elsewhere: Principal
    state: Principal
    planner: Principal
    home: int

    def send(self, who: Principal | None = None, **facts: Any) -> str:
        values: dict[str, Any] = {
            "to": "agensi:ZAKAT", "household_id": self.home, "question": "Bolehkah dibantu sewa rumah?",
            "components": ("pengenalan", "pendapatan"),
        }  # fmt: skip
        with self.writing(who or self.ppkb) as session:
            return send_referral(session, SendReferral(**values | facts))

    def step(self, who: Principal, number: str, action: str, **facts: Any) -> str:
        """Take a step as the referral stands; the state that it came into."""
        with self.writing(who) as session:
            asked = text("SELECT version FROM ekasih.referral WHERE number = :number")
            seen = session.execute(asked, {"number": number}).scalar()
            return step_referral(
                session, StepReferral(**{"number": number, "version": seen or 0, "action": action} | facts)
            )

    def told(self, who: Principal, number: str) -> set[str]:
        """The components of the household that somebody is told."""
        with self.reading(who) as conn:
            rows = conn.execute(text("SELECT component FROM ekasih.referral_record(:number)"), {"number": number})
            return set(rows.scalars())

    def seen(self, who: Principal, number: str) -> bool:
        with self.reading(who) as conn:
            asked = text("SELECT count(*) FROM ekasih.referral WHERE number = :number")
            return bool(conn.scalar(asked, {"number": number}))


@pytest.fixture
def offices(owner: Connection, web: Engine) -> Offices:
    owner.execute(_AGENCIES)
    owner.execute(_OFFICES)
    home = add_household(owner, "08030000001", income=700, name="Aminah binti Contoh")
    owner.execute(text("UPDATE ekasih.household SET catchment_codes = :codes"), {"codes": [CATCHMENT]})
    made = Offices(
        web=web,
        ppkb=member(owner, "ppkb", Role.COUNCIL, "PPKB-BG", CATCHMENT),
        ipoh=member(owner, "ipoh", Role.COUNCIL, "PPKB-IPOH", "0805"),
        zakat=member(owner, "zakat", Role.AGENCY, "ZAKAT-PUSAT"),
        district=add_principal(owner, "daerah", Role.OFFICER, "0803"),
        elsewhere=add_principal(owner, "daerah.lain", Role.OFFICER, "0805"),
        state=add_principal(owner, "negeri", Role.STATE_OFFICE, "08"),
        planner=add_principal(owner, "perancang", Role.PLANNER),
        home=home,
    )
    owner.commit()
    return made
