"""Tickets of the sample register, invented: in every state, of a district, a state and the country."""

from __future__ import annotations

import random
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from poverty.working_time import MALAYSIA
from registry.accounts.models import AppUser
from registry.db import writing
from registry.portal.codes import new_reference
from registry.principals import Principal, Role
from registry.support.clock import wind
from registry.support.tickets import (
    OpenTicket,
    StepTicket,
    link_ticket,
    note_ticket,
    open_ticket,
    rate_ticket,
    step_ticket,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Engine

CENSUS, OFFICER, LEAD, STATE, COUNTRY, MINISTER = (
    "pembanci.kinta", "pegawai.kinta", "penyelaras.kinta", "ppn.perak", "icu", "menteri"
)  # fmt: skip
_LATEST: Final = 120
"""So many days ago the first of them was opened."""
_ASKED: Final[tuple[tuple[str, str, str, int], ...]] = (
    ("akaun", "Tidak boleh log masuk selepas cuti", "Kod pengesah saya hilang bersama telefon lama.", 2),
    ("data", "Bilangan ahli isi rumah tidak sama dengan borang", "Borang menyatakan enam orang, rekod lima.", 3),
    ("ralat", "Halaman tidak dibuka selepas senarai disusun", "Saya menekan kepala lajur dua kali.", 3),
    ("peta", "Titik rumah jatuh di dalam sungai", "Alamatnya betul, tetapi titiknya tidak.", 3),
    ("bantuan", "Permohonan tidak sampai ke pejabat agensi", "Pejabat itu mengatakan senarainya kosong.", 2),
    ("cadangan", "Cetak jadual lawatan sehari pada satu helai", "Supaya boleh dibawa tanpa telefon.", 4),
    ("lain", "Bila taklimat seterusnya?", "Ada tiga pegawai baharu di pejabat kami.", 4),
)
_ANSWERS: Final = (
    "Terima kasih. Kami sedang menyemaknya.",
    "Masalah ini telah dibetulkan; sila semak.",
    "Cadangan anda dicatat untuk dipertimbangkan.",
)
_COURSES: Final[tuple[tuple[tuple[str, str], ...], ...]] = (
    (("h", "ambil"), ("h", "jawab"), ("h", "selesai")),
    (("h", "ambil"), ("h", "tanya"), ("p", "balas"), ("h", "selesai")),
    (("h", "jawab"), ("h", "selesai"), ("p", "buka_semula"), ("h", "jawab"), ("h", "selesai")),
    (("h", "ambil"), ("h", "tanya")),
    (("h", "ambil"),),
    (),
)
"""The steps of a ticket, by who handles it (``h``) and who opened it (``p``)."""
_HANDLERS: Final[Mapping[str, tuple[str, ...]]] = {"0803": (OFFICER, LEAD, STATE), "08": (STATE,), "MY": (COUNTRY,)}
_PUBLIC: Final = (
    {"kind": "ralat", "subject": "Borang tidak dihantar", "exposure": False,
     "words": "Butang hantar tidak berbuat apa-apa di telefon saya."},
    {"kind": "data", "subject": "Surat orang lain sampai ke rumah saya", "words": "Sampulnya bernama jiran saya.",
     "exposure": True},
)  # fmt: skip
"""What people without an account sent; nobody knows the secrets."""
_SENT: Final = text("""
    SELECT portal.send_ticket(:reference, :secret, :kind, :subject, :words, :exposure, '0803', 'Contoh', '', '', 'ms')
""")
_VERSION: Final = text("SELECT version FROM ekasih.ticket WHERE number = :number")
_OPENED: Final = text("""
    UPDATE ekasih.ticket SET opened_at = :at, turn_at = :at, clock_stale = true WHERE number = :number
""")
_FIRST: Final = text("""
    UPDATE ekasih.ticket_step AS s SET at = :at FROM ekasih.ticket AS k
    WHERE k.id = s.ticket_id AND k.number = :number AND s.id = (
        SELECT max(o.id) FROM ekasih.ticket_step AS o WHERE o.ticket_id = k.id)
""")
_MARKS: Final = text("""
    UPDATE ekasih.ticket AS k SET first_answer_at = f.first_at,
        solved_at = CASE WHEN k.solved_at IS NOT NULL THEN f.solved_at END
    FROM (SELECT s.ticket_id, min(s.at) FILTER (WHERE s.action IN ('jawab', 'tanya', 'selesai')) AS first_at,
              max(s.at) FILTER (WHERE s.action = 'selesai') AS solved_at
          FROM ekasih.ticket_step AS s GROUP BY s.ticket_id) AS f
    WHERE f.ticket_id = k.id AND k.number = :number AND k.opened_at = :at
""")
_FILE_NO: Final = text("SELECT min(file_no) FROM ekasih.household WHERE district_code = '0803' AND exited_on IS NULL")
_ARTICLES: Final = text("""
    UPDATE ekasih.ticket SET article_slug = 'kod-pengesah-hilang' WHERE kind = 'akaun' AND state = 'selesai'
""")


def load_support(engine: Engine, *, seed: int, today: date) -> None:
    """Open tickets over some months and take them through their states; nothing where there are any."""
    with engine.connect() as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT FROM ekasih.ticket)")):
            return
        found = connection.execute(
            select(AppUser.login, AppUser.id, AppUser.role, AppUser.territory).where(AppUser.demo)
        )
        staff = {r.login: Principal(r.id, r.login, r.login, Role(r.role), tuple(r.territory)) for r in found}
        file_no = connection.scalar(_FILE_NO)
    chance = random.Random(f"support {seed}")  # noqa: S311 - a sample
    now = datetime.combine(today, datetime.now(MALAYSIA).time(), MALAYSIA)
    places = ["0803"] * 5 + ["08", "MY"]
    for place_no in range(42):
        begun = now - timedelta(days=_LATEST - place_no * 3 + chance.random() * 2)
        place = places[place_no % len(places)]
        _live(engine, staff, chance, place, min(begun, now - timedelta(minutes=20)))
    _exposed(engine, staff, now - timedelta(hours=5), file_no)
    with engine.begin() as connection:
        for said in _PUBLIC:
            sent = {"reference": new_reference("T"), "secret": secrets.token_bytes(32), **said}
            connection.execute(_SENT, sent)
        connection.execute(_ARTICLES)
        wind(connection)


def _live(engine: Engine, staff: Mapping[str, Principal], chance: random.Random, place: str, begun: datetime) -> None:
    """One ticket: opened, and taken through a course of steps, hours or days apart."""
    kind, subject, said, urgency = chance.choice(_ASKED)
    opener = staff[chance.choice((CENSUS, OFFICER)) if place == "0803" else MINISTER]
    asked = OpenTicket(kind=kind, subject=subject, words=said, urgency=urgency, place=place)
    with writing(engine, opener) as session:
        number = open_ticket(session, asked)
    _at(engine, number, begun, _OPENED, _FIRST)
    handler = staff[chance.choice([one for one in _HANDLERS[place] if staff[one].login != opener.login])]
    now, moment = datetime.now(MALAYSIA), begun
    old = now - begun > timedelta(days=14)
    course = chance.choice(_COURSES[:3] if old and chance.random() < 0.9 else _COURSES)
    for who, action in course:
        moment += timedelta(hours=chance.choice((1, 3, 20, 50)))
        if moment >= now:
            break
        _step(engine, handler if who == "h" else opener, number, action, chance.choice(_ANSWERS))
        _at(engine, number, moment, _FIRST)
    _at(engine, number, begun, _MARKS)
    _rate(engine, opener, number, chance)


def _exposed(engine: Engine, staff: Mapping[str, Principal], begun: datetime, file_no: str | None) -> None:
    """A ticket of data that the wrong person saw, with a linked record and a note."""
    asked = OpenTicket(
        kind="data", subject="Senarai lawatan dihantar kepada kumpulan yang salah", exposure=True, place="0803",
        words="Gambar senarai itu ada dalam kumpulan mesej kampung. Saya telah meminta ia dipadamkan.",
    )  # fmt: skip
    with writing(engine, staff[CENSUS]) as session:
        number = open_ticket(session, asked)
        if file_no is not None:
            link_ticket(session, number, "isi_rumah", file_no)
    _at(engine, number, begun, _OPENED, _FIRST)
    _step(engine, staff[LEAD], number, "ambil", "")
    with writing(engine, staff[LEAD]) as session:
        note_ticket(session, number, "Pegawai perlindungan data negeri telah dihubungi.")


def _step(engine: Engine, who: Principal, number: str, action: str, said: str) -> None:
    with writing(engine, who) as session:
        version = session.execute(_VERSION, {"number": number}).scalar_one()
        step_ticket(session, StepTicket(number=number, version=version, action=action, words=said))


def _at(engine: Engine, number: str, at: datetime, *statements: Any) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(statement, {"number": number, "at": at})


def _rate(engine: Engine, opener: Principal, number: str, chance: random.Random) -> None:
    with engine.connect() as connection:
        state = connection.scalar(text("SELECT state FROM ekasih.ticket WHERE number = :number"), {"number": number})
    if state == "selesai" and chance.random() < 0.7:
        with writing(engine, opener) as session:
            rate_ticket(session, number, chance.choice((3, 4, 4, 5, 5)))
