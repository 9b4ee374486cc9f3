"""Aid of the sample's office of Batu Gajah: applications of its area at every step, most of them given."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.applications.applications import OpenApplication, TakeStep, open_application, take_step
from registry.db import writing
from registry.errors import RegistryError
from registry.principals import Principal, Role

if TYPE_CHECKING:
    from sqlalchemy import Engine

COUNTER, CHECKER, APPROVER = "pegawai.kinta", "ppkb.batugajah", "ppkb.lulus"
_AMOUNT: Final = Decimal(400)
_STEPS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    (COUNTER, "hantar", {}),
    (CHECKER, "semak", {"code": "sokong", "reason": "Pendapatan dan alamat disahkan"}),
    (APPROVER, "lulus", {"amount_rm": _AMOUNT}),
    (CHECKER, "serah", {"detail": {"place": "Pejabat PPKB Batu Gajah", "evidence": "Resit contoh", "quantity": 1}}),
    (CHECKER, "terima", {"detail": {"evidence": "Tandatangan", "received_by": "Ketua isi rumah"}}),
)
_FAR: Final = (1, 1, 2, 3, 4, *(5,) * 12)
"""How many of the steps each application has taken."""
_HOUSEHOLDS: Final = text("""
    SELECT h.id FROM ekasih.household AS h
    WHERE h.catchment_codes @> '{C.PPKB-BATU-GAJAH}' AND h.district_code = '0803' AND h.exited_on IS NULL
    ORDER BY h.id LIMIT :count
""")
_KIND: Final = text("""
    SELECT k.id FROM ekasih.aid_kind AS k JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
    WHERE p.code = 'PPKB-GERAI'
""")
_NOW: Final = text("SELECT version, current_date AS today FROM ekasih.aid_application WHERE number = :number")


def load_office_aid(engine: Engine) -> None:
    """Take applications of the office's area as far as they go; nothing where there are any, or no money for them."""
    with engine.connect() as connection:
        there = text("SELECT EXISTS (SELECT FROM ekasih.aid_application WHERE office_code = 'PPKB-BG')")
        if connection.scalar(there):
            return
        accounts = select(AppUser.login, AppUser.id, AppUser.role, AppUser.territory).where(AppUser.demo)
        found = connection.execute(accounts)
        staff = {r.login: Principal(r.id, r.login, r.login, Role(r.role), tuple(r.territory)) for r in found}
        homes = connection.scalars(_HOUSEHOLDS, {"count": len(_FAR)}).all()
        kind = connection.scalar(_KIND)
    for household, far in zip(homes, _FAR, strict=False):
        try:
            _taken(engine, staff, kind or 0, household, far)
        except RegistryError:  # early in a year the office has no warrant yet
            return


def _taken(engine: Engine, staff: dict[str, Principal], kind: int, household: int, far: int) -> None:
    with writing(engine, staff[COUNTER]) as session:
        opened = OpenApplication(
            kind_id=kind, household_id=household, purpose="Gerai kecil di pasar malam", amount_rm=_AMOUNT
        )
        number = open_application(session, opened)
    for login, action, facts in _STEPS[:far]:
        with writing(engine, staff[login]) as session:
            row = session.execute(_NOW, {"number": number}).one()
            detail = {"detail": {"day": str(row.today), **facts["detail"]}} if "detail" in facts else {}
            take_step(session, TakeStep(number=number, version=row.version, action=action, **facts | detail))
