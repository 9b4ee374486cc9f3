"""A small world of rounds: an office by catchment with two people, another office, and recipients of every sort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, text

from registry.principals import Principal, Role
from registry.rounds.rounds import DecideRound, FreezeRound, decide_round, freeze_round
from tests.integration.applications.conftest import agency, kind
from tests.world import Served, add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

CATCHMENT = "C.PPKB-BATU-GAJAH"
_OFFICES = text("""
    INSERT INTO ekasih.office (code, agency_id, name_ms, name_en, territory) VALUES
        ('PPKB-BG', :agency, 'PPKB-BG', 'PPKB-BG', ARRAY['C.PPKB-BATU-GAJAH']),
        ('LAIN', :agency, 'LAIN', 'LAIN', '{0805}')
""")
_PLACE = text("UPDATE ekasih.app_user SET agency_id = :agency, office_code = :office WHERE login = :login")
_LIVED = text("""
    INSERT INTO ekasih.household_catchment SELECT :h, c, '0001-01-01' FROM unnest(CAST(:c AS text[])) AS c
    ON CONFLICT DO NOTHING
""")
_CLAIM = text("""
    INSERT INTO ekasih.aid_claim (household_id, need_code, agency_id, kind_id, exclusive, period, override_id)
    SELECT :household, k.need_code, :agency, k.id, false, daterange(CAST(:day AS date), CAST(:day AS date) + 30), NULL
    FROM ekasih.aid_kind AS k WHERE k.id = :kind
""")


@dataclass(frozen=True, kw_only=True)
class Rounds(Served):
    """Who is there; ``homes`` are the recipients by what is odd about them."""

    first: Principal
    second: Principal
    other: Principal
    officer: Principal
    homes: dict[str, int]
    year: int

    def freeze(self, who: Principal | None = None, **facts: Any) -> str:
        values: dict[str, Any] = {"office": "PPKB-BG", "years": (self.year,)} | facts
        with self.writing(who or self.first) as session:
            return freeze_round(session, FreezeRound(**values))

    def decide(self, who: Principal, number: str, home: str, decision: str, reason: str = "") -> str:
        command = DecideRound(number=number, household_id=self.homes[home], decision=decision, reason=reason)
        with self.writing(who) as session:
            return decide_round(session, command)


def member(owner: Connection, login: str, of: int, office: str, *territory: str) -> Principal:
    made = add_principal(owner, login, Role.COUNCIL, *territory)
    owner.execute(_PLACE, {"agency": of, "office": office, "login": login})
    return made


@pytest.fixture
def rounds(owner: Connection, web: Engine) -> Rounds:
    """Nine households of the catchment that the office aided this year, one of last year, one elsewhere."""
    kpkt, zakat = agency(owner, "KPKT"), agency(owner, "ZAKAT")
    owner.execute(_OFFICES, {"agency": kpkt})
    food = kind(owner, kpkt, "BAKUL")
    house = kind(owner, kpkt, "RUMAH", need="RUMAH", form="perkhidmatan", coverage="seumur", most=20_000)
    theirs = kind(owner, zakat, "ASNAF")
    today = owner.execute(text("SELECT current_date")).scalar_one()
    names = ("sihat", "meninggal", "keluar", "gugur", "terkeluar", "bertindih", "rumah", "lama", "gabung", "tahun_lalu")
    homes = {}
    for number, name in enumerate((*names, "jauh"), start=1):
        made = add_household(owner, f"0803{number:07}", income=700, name=f"{name.title()} binti Contoh", on_date=today)
        homes[name] = made
        codes = [] if name == "jauh" else [CATCHMENT]
        owner.execute(text("UPDATE ekasih.household SET catchment_codes = :c WHERE id = :h"), {"c": codes, "h": made})
        owner.execute(_LIVED, {"c": codes, "h": made})
        day = today.replace(month=1, day=5)
        if name == "tahun_lalu":
            day = day.replace(year=today.year - 1)
        values = {"household": made, "agency": kpkt, "kind": house if name == "rumah" else food, "day": day}
        owner.execute(_CLAIM, values)
    before = today.replace(year=today.year - 3, month=3, day=1)
    owner.execute(_CLAIM, {"household": homes["rumah"], "agency": zakat, "kind": house, "day": before})
    owner.execute(
        _CLAIM,
        {"household": homes["bertindih"], "agency": zakat, "kind": theirs, "day": today.replace(month=1, day=20)},
    )
    for name, change in {
        "meninggal": "exited_on = current_date, exit_reason = 'died'",
        "gugur": "exited_on = current_date, exit_reason = 'moved_out'",
        "keluar": "catchment_codes = '{}'",
        "terkeluar": "status = 'terkeluar'",
        "lama": "last_visit_on = current_date - 800",
    }.items():
        owner.execute(text("SET LOCAL session_replication_role = replica"))
        owner.execute(text(f"UPDATE ekasih.household SET {change} WHERE id = :h"), {"h": homes[name]})
    made = Rounds(
        web=web,
        first=member(owner, "satu", kpkt, "PPKB-BG", CATCHMENT),
        second=member(owner, "dua", kpkt, "PPKB-BG", CATCHMENT),
        other=member(owner, "lain", kpkt, "LAIN", "0805"),
        officer=add_principal(owner, "pegawai", Role.OFFICER, "0803"),
        homes=homes,
        year=today.year,
    )
    owner.commit()
    return made
