"""Applications for aid and target groups of the sample register, in every state, by the sample's own people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.aid.conditions.language import parse
from registry.aid.targets.groups import Draft, ask_target, decide_target, freeze_target, make_target
from registry.applications.applications import OpenApplication, TakeStep, open_application, take_step
from registry.db import writing
from registry.principals import Principal, Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

DISTRICT: Final = "0803"
OFFICER, CHECKER, APPROVER, STATE = "pegawai.kinta", "agensi", "agensi.lulus", "ppn.perak"
Steps = tuple[tuple[str, str, dict[str, Any]], ...]
_SENT: Final[Steps] = ((OFFICER, "hantar", {}),)
_CHECKED: Final[Steps] = (*_SENT, (CHECKER, "semak", {"code": "sokong", "reason": "Pendapatan dan alamat disahkan"}))
_APPROVED: Final[Steps] = (*_CHECKED, (APPROVER, "lulus", {"amount_rm": Decimal(110)}))
_REFUSED: Final[Steps] = (
    *_CHECKED,
    (APPROVER, "tolak", {"code": "peruntukan", "reason": "Peruntukan bulan ini telah habis"}),
)
_APPEALED: Final[Steps] = (*_REFUSED, (OFFICER, "rayu", {"reason": "Bilangan anak bertambah sejak permohonan dibuat"}))
_HANDED: Final[Steps] = (
    *_APPROVED,
    (CHECKER, "serah", {"detail": {"place": "Balai raya Batu Gajah", "evidence": "Resit contoh 7", "quantity": 1}}),
)
_LIVES: Final[tuple[Steps, ...]] = (
    (),
    *(_SENT,) * 4,
    (*_SENT, (CHECKER, "minta_dokumen", {"reason": "Penyata gaji tiga bulan"})),
    *(_CHECKED,) * 3,
    *(_APPROVED,) * 2,
    _REFUSED,
    _APPEALED,
    (*_APPEALED, (STATE, "putus_tolak", {"reason": "Keadaan tidak berubah"})),
    _HANDED,
    *((*_HANDED, (CHECKER, "terima", {"detail": {"evidence": "Tandatangan", "received_by": "Ketua isi rumah"}})),) * 3,
    (*_APPROVED, (APPROVER, "batal", {"reason": "Isi rumah telah berpindah"})),
    (*_SENT, (OFFICER, "tarik", {"reason": "Tidak lagi diperlukan"})),
)
"""What becomes of the applications, one after the other."""
_HOUSEHOLDS = text("""
    SELECT h.id FROM ekasih.household AS h
    WHERE h.district_code = :district AND h.exited_on IS NULL AND h.status IN ('tegar', 'miskin')
        AND NOT EXISTS (SELECT FROM ekasih.aid_claim AS c WHERE c.household_id = h.id)
    ORDER BY h.id LIMIT :count
""")
_KIND = text("""
    SELECT k.id FROM ekasih.aid_kind AS k JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
    WHERE p.code = 'JKM-BKL'
""")
_VERSION = text("SELECT version, current_date AS today FROM ekasih.aid_application WHERE number = :number")


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    purpose: str
    conditions: list[dict[str, Any]]
    done: int
    """How far it is taken: put together, asked for, approved, frozen."""


_POOR: Final = {"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": ["tegar", "miskin"]}
_PERAK: Final = {"pada": "isirumah", "medan": "negeri", "op": "dalam", "nilai": ["08"]}
_GROUPS: Final = (
    _Group("Warga emas miskin Perak", "Bakul makanan sebelum musim tengkujuh", [
        _PERAK, _POOR, {"pada": "kir", "medan": "umur", "op": ">=", "nilai": 60}], 3),
    _Group("Penyewa bandar miskin Perak", "Semakan siapa yang masih menyewa", [
        _PERAK, _POOR, {"pada": "isirumah", "medan": "pemilikan", "op": "dalam", "nilai": ["Sewa"]}], 1),
    _Group("Tegar tanpa sara hidup, Perak", "Mencari isi rumah yang belum dibantu", [
        _PERAK, {"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": ["tegar"]},
        {"pada": "isirumah", "medan": "bantuan_pernah", "op": "tiada", "nilai": {"keperluan": "PENDAPATAN"}}], 0),
)  # fmt: skip


def load_applications(engine: Engine, *, today: date) -> None:
    """Take applications of Kinta through every state, and target groups of an agency; nothing where there are any."""
    with engine.connect() as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT FROM ekasih.aid_application)")):
            return
        asked = select(AppUser.login, AppUser.id, AppUser.role, AppUser.territory).where(AppUser.demo)
        found = connection.execute(asked)
        staff = {r.login: Principal(r.id, r.login, r.login, Role(r.role), tuple(r.territory)) for r in found}
        homes = connection.scalars(_HOUSEHOLDS, {"district": DISTRICT, "count": len(_LIVES)}).all()
        kind = connection.scalar(_KIND)
    if kind is None:
        return
    for household, steps in zip(homes, _LIVES, strict=False):
        with writing(engine, staff[OFFICER]) as session:
            opened = OpenApplication(
                kind_id=kind, household_id=household, purpose="Makanan untuk sebulan", amount_rm=Decimal(110)
            )
            number = open_application(session, opened)
        for login, action, facts in steps:
            with writing(engine, staff[login]) as session:
                _step(session, number, action, facts)
    for group in _GROUPS:
        _grouped(engine, staff, group, today=today)


def _step(session: Session, number: str, action: str, facts: dict[str, Any]) -> None:
    """A step as it would be taken now; what is handed over is so today."""
    row = session.execute(_VERSION, {"number": number}).one()
    detail = {"detail": {"day": str(row.today), **facts["detail"]}} if "detail" in facts else {}
    take_step(session, TakeStep(number=number, version=row.version, action=action, **facts | detail))


def _grouped(engine: Engine, staff: dict[str, Principal], group: _Group, *, today: date) -> None:
    """A target group of the agency, as far as it is taken."""
    draft = Draft(
        name=group.name,
        purpose=group.purpose,
        conditions=parse(group.conditions),
        on_date=today,
        fields=("status", "pendapatan_perkapita"),
    )
    with writing(engine, staff[CHECKER]) as session:
        made = make_target(session, draft)
    then: tuple[tuple[str, Callable[[Session], object]], ...] = (
        (CHECKER, lambda session: ask_target(session, made)),
        (STATE, lambda session: decide_target(session, made, approved=True)),
        (CHECKER, lambda session: freeze_target(session, made)),
    )
    for login, take in then[: group.done]:
        with writing(engine, staff[login]) as session:
            take(session)
