"""Referrals of the sample register, in every state: to and from the office of Batu Gajah, by the sample's people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.db import writing
from registry.principals import Principal, Role
from registry.referrals.referrals import SendReferral, StepReferral, send_referral, step_referral

if TYPE_CHECKING:
    from sqlalchemy import Engine

OFFICE, ZAKAT, DISTRICT, STATE = "ppkb.batugajah", "zakat", "pegawai.kinta", "ppn.perak"
Steps = tuple[tuple[str, str, dict[str, Any]], ...]
_WORDS: Final = {"words": "Semakan contoh: maklumat disahkan"}
_TAKEN: Final[Steps] = ((ZAKAT, "terima", {}),)
_ANSWERED: Final[Steps] = (*_TAKEN, (ZAKAT, "jawab", {"words": "Boleh dibantu bulan depan", "decision": "setuju"}))
_ASKED: Final = ("pengenalan", "kediaman", "pendapatan", "bantuan")
_RENT: Final = "Isi rumah ini menyewa dan tertunggak dua bulan. Bolehkah sewanya dibantu?"
_AGENCY: Final = "agensi:ZAKAT"
_KINTA: Final = "daerah:0803"
_LIVES: Final[tuple[tuple[str, dict[str, Any], Steps, int], ...]] = (
    (OFFICE, {"to": _AGENCY, "question": _RENT}, (), 2),
    (OFFICE, {"to": _AGENCY, "question": _RENT}, (), 20),
    (OFFICE, {"to": _AGENCY, "question": _RENT}, _TAKEN, 5),
    (OFFICE, {"to": _AGENCY, "question": _RENT}, _ANSWERED, 9),
    (OFFICE, {"to": _AGENCY, "question": _RENT}, (*_ANSWERED, (OFFICE, "tutup", {"words": "Terima kasih"})), 30),
    (OFFICE, {"to": _AGENCY, "question": _RENT}, ((ZAKAT, "tolak", {"words": "Bukan asnaf zakat"}),), 12),
    (OFFICE, {"to": _KINTA, "question": "Mohon semak status isi rumah ini; pendapatannya dikatakan berubah."},
     ((DISTRICT, "terima", {}), (DISTRICT, "catat", _WORDS),
      (DISTRICT, "jawab", {"words": "Sila beri penyata pendapatan", "decision": "perlu_maklumat"})), 7),
    (DISTRICT, {"to": "pejabat:PPKB-BG", "question": "Bumbung rumah ini bocor. Layakkah dibaiki?"}, (), 3),
    (DISTRICT, {"to": "pejabat:PPKB-BG", "question": "Rumah ini rosak akibat ribut. Bolehkah dibantu?"}, (), 18),
    (DISTRICT, {"to": "pejabat:PPKB-BG", "question": "Adakah isi rumah ini dalam senarai anda?"},
     ((OFFICE, "terima", {}), (OFFICE, "jawab", {"words": "Dibaiki tahun lalu", "decision": "sudah_dibantu"})), 11),
)  # fmt: skip
"""Who sends what to whom, the steps that follow, and how many days ago it was sent."""
_HOUSEHOLDS = text("""
    SELECT h.id FROM ekasih.household AS h
    WHERE h.catchment_codes @> '{C.PPKB-BATU-GAJAH}' AND h.district_code = '0803' AND h.exited_on IS NULL
        AND h.status IN ('tegar', 'miskin')
    ORDER BY h.id LIMIT :count
""")
_BEFORE = text("""
    UPDATE ekasih.referral SET sent_on = sent_on - :days, due_on = due_on - :days,
        answered_on = answered_on - CAST(least(:days, 3) AS integer),
        closed_on = closed_on - CAST(least(:days, 2) AS integer)
    WHERE number = :number
""")
_THREAD_BEFORE = text("""
    UPDATE ekasih.referral_step AS s SET at = s.at
        - make_interval(days => CASE s.action WHEN 'hantar' THEN :days ELSE least(:days, 3) END)
    FROM ekasih.referral AS r WHERE r.id = s.referral_id AND r.number = :number
""")
_PROJECT = text("""
    SELECT p.number FROM ekasih.project AS p
    WHERE p.office_code = 'PPKB-BG' AND p.state = 'dalam_pelaksanaan' ORDER BY p.id LIMIT 1
""")
_VERSION = text("SELECT version FROM ekasih.referral WHERE number = :number")


def load_referrals(engine: Engine) -> None:
    """Send referrals of the office of Batu Gajah and take them through every state; nothing where there are any."""
    with engine.connect() as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT FROM ekasih.referral)")):
            return
        found = connection.execute(
            select(AppUser.login, AppUser.id, AppUser.role, AppUser.territory).where(AppUser.demo)
        )
        staff = {r.login: Principal(r.id, r.login, r.login, Role(r.role), tuple(r.territory)) for r in found}
        homes = connection.scalars(_HOUSEHOLDS, {"count": len(_LIVES)}).all()
    for household, (sender, asked, steps, days) in zip(homes, _LIVES, strict=False):
        with writing(engine, staff[sender]) as session:
            number = send_referral(session, SendReferral(household_id=household, components=_ASKED, **asked))
        for login, action, facts in steps:
            with writing(engine, staff[login]) as session:
                version = session.execute(_VERSION, {"number": number}).scalar_one()
                step_referral(session, StepReferral(number=number, version=version, action=action, **facts))
        with engine.begin() as connection:
            for statement in (_BEFORE, _THREAD_BEFORE):
                connection.execute(statement, {"number": number, "days": days})
    _about_an_area(engine, staff[OFFICE])


def _about_an_area(engine: Engine, sender: Principal) -> None:
    asked = SendReferral(
        to="negeri:08", area_code="0803", question="Mohon tambahan waran bagi bantuan bencana di kawasan kami."
    )
    with writing(engine, sender) as session:
        send_referral(session, asked)


def refer_a_project(engine: Engine) -> None:
    """Ask the district about a project of the office under way; nothing where that was asked, or none is."""
    with engine.connect() as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT FROM ekasih.referral WHERE about = 'projek')")):
            return
        number = connection.scalar(_PROJECT)
        row = connection.execute(
            select(AppUser.id, AppUser.role, AppUser.territory).where(AppUser.demo, AppUser.login == OFFICE)
        ).one_or_none()
    if number is None or row is None:
        return
    asked = SendReferral(
        to=_KINTA, project_no=number, components=("projek", "tempat", "kemajuan", "kontraktor"),
        question="Jalan masuk ke tapak ini rosak. Bolehkah dibaiki sebelum bahan binaan dihantar?",
    )  # fmt: skip
    with writing(engine, Principal(row.id, OFFICE, OFFICE, Role(row.role), tuple(row.territory))) as session:
        send_referral(session, asked)
