"""Projects of the sample register: of every type in every state of the flow, over two years, with drawn photographs."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from PIL import Image, ImageDraw
from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.db import writing
from registry.ledger.posting import Entry, post_as_system
from registry.principals import Principal, Role
from registry.projects.photographs import AddProjectPhoto, PhotoFacts, keep_project_photo
from registry.projects.projects import (
    OpenProject,
    Person,
    Place,
    ReportProgress,
    TakeProjectStep,
    judge_report,
    note_defect,
    open_project,
    report_progress,
    step_project,
)
from registry.projects.types import SaveContractor, save_contractor

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

OPENER, LEADER, UNIT, MINISTRY = "ppkb.batugajah", "ppkb.lulus", "ppn.perak", "icu"
OFFICE: Final = "PPKB-BG"
_MONEY: Final = {"PPKB-RMH": 3_000_000, "PPKB-GERAI": 90_000}
_COSTS: Final = {
    "bina_baru": 86_000, "baik_pulih": 18_500, "kios": 4_500, "latihan": 12_000, "terminal_sejahtera": 120_000,
    "lain": 9_000,
}  # fmt: skip
_TITLES: Final = {
    "bina_baru": "Bina baru rumah (contoh)", "baik_pulih": "Baik pulih rumah (contoh)", "kios": "Kios penjaja (contoh)",
    "latihan": "Kursus jahitan (contoh)", "terminal_sejahtera": "Terminal sejahtera (contoh)",
    "lain": "Pagar balai raya (contoh)",
}  # fmt: skip
_CONTRACTORS: Final = (("Binaan Rekaan Sdn Bhd", "CIDB-0001", "G1"), ("Contoh Jaya Enterprise", "CIDB-0002", "G2"),
                       ("Usaha Rekaan Batu Gajah", "CIDB-0003", "G1"))  # fmt: skip
_HOUSES: Final = text("""
    SELECT h.id FROM ekasih.household AS h
    WHERE 'C.PPKB-BATU-GAJAH' = ANY (h.catchment_codes) AND h.exited_on IS NULL AND NOT EXISTS (
        SELECT FROM ekasih.aid_claim AS c WHERE c.household_id = h.id AND c.need_code IN ('RUMAH', 'PEKERJAAN'))
    ORDER BY (h.tenure = 'Sendiri' AND h.dwelling_type IN ('Sebuah', 'Berkembar', 'Teres')) DESC, h.id
""")
_BOX: Final = text("""
    SELECT ST_X(p) AS longitude, ST_Y(p) AS latitude FROM (
        SELECT ST_Centroid(ST_Collect(h.geom)) AS p FROM ekasih.household AS h
        WHERE 'C.PPKB-BATU-GAJAH' = ANY (h.catchment_codes)) AS middle
""")
_BACK: Final = (
    text("""
        UPDATE ekasih.project SET sample = true, opened_at = CAST(:opened AS date), placed_at = CAST(:opened AS date),
            state_since = CAST(:last AS date), finished_on = CASE WHEN state = 'siap' THEN CAST(:last AS date) END
        WHERE number = :number
    """),
    text("""
        UPDATE ekasih.project_step AS s SET at = CAST(:opened AS date) + time '09:30'
            + (CAST(:last AS date) - CAST(:opened AS date)) * interval '1 day' * (o.n - 1) / greatest(o.many - 1, 1)
        FROM (SELECT t.id, row_number() OVER (ORDER BY t.id) AS n, count(*) OVER () AS many
              FROM ekasih.project_step AS t JOIN ekasih.project AS p ON p.id = t.project_id AND p.number = :number) AS o
        WHERE o.id = s.id
    """),
)
"""What was done now was done on days of the last two years."""


@dataclass(frozen=True, slots=True)
class _Life:
    """How far a project comes: its last state, how much of its time is over, and how much of that work was done."""

    state: str
    over: float = 0.0
    done: float = 0.0
    paid: float = 0.0
    age: int = 40


_LIVES: Final = (
    _Life("dipohon", age=9), _Life("disemak", age=25), _Life("disahkan_kos", age=38), _Life("dihantar_kpkt", age=45),
    _Life("diperakukan", age=60), _Life("ditolak", age=120), _Life("dibatalkan", age=200),
    _Life("dalam_pelaksanaan", over=0.6, done=0.6, paid=0.4, age=160),
    _Life("dalam_pelaksanaan", over=0.6, done=0.48, paid=0.3, age=170),
    _Life("dalam_pelaksanaan", over=0.9, done=0.3, paid=0.2, age=260),
    _Life("digantung", over=0.5, done=0.4, paid=0.2, age=180),
    _Life("siap", over=1.0, done=1.0, paid=1.0, age=330), _Life("siap", over=1.2, done=1.0, paid=0.9, age=610),
)  # fmt: skip
_AGREED: Final = ("diperakukan", "dalam_pelaksanaan", "digantung", "siap")
_BEGUN: Final = ("dalam_pelaksanaan", "digantung", "siap")


@dataclass(slots=True)
class _Office:
    """Who acts, on what, and where photographs are kept."""

    engine: Engine
    home: Path
    today: date
    staff: dict[str, Principal]
    middle: tuple[float, float]
    contractors: list[int] = field(default_factory=list)

    def step(self, login: str, number: str, action: str, reason: str = "", **detail: Any) -> None:
        with writing(self.engine, self.staff[login]) as session:
            asked = text("SELECT version FROM ekasih.project WHERE number = :number")
            seen = int(session.execute(asked, {"number": number}).scalar_one())
            step_project(
                session,
                TakeProjectStep(number=number, version=seen, action=action, reason=reason, detail=detail),
            )

    def photograph(self, number: str, phase: str, position: int | None, day: date, done: float) -> None:
        facts = PhotoFacts(phase=phase, position=position, day=min(day, self.today))
        command = AddProjectPhoto(number=number, client_key=uuid4(), facts=facts, upload=drawn_house(done))
        keep_project_photo(self.home, lambda: writing(self.engine, self.staff[OPENER]), command)


def load_projects(engine: Engine, *, home: Path, today: date) -> None:
    """Take projects of every type through every state; nothing where there are any, or no office to have them."""
    with engine.connect() as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT FROM ekasih.project)")):
            return
        asked = select(AppUser.login, AppUser.id, AppUser.role, AppUser.territory).where(AppUser.demo)
        staff = {
            r.login: Principal(r.id, r.login, r.login, Role(r.role), tuple(r.territory))
            for r in connection.execute(asked)
        }
        homes = list(connection.scalars(_HOUSES))
        middle = connection.execute(_BOX).one()
    if not homes:
        return
    office = _Office(engine, home, today, staff, (middle.longitude, middle.latitude))
    with engine.begin() as connection:
        for programme, amount in _MONEY.items():
            for command, at in (("peruntukan", ""), ("waran", OFFICE)):
                entry = Entry(
                    command=command, day=today, year=today.year, programme=programme, office=at,
                    amount=Decimal(amount), reference=f"{programme}-{today.year % 100}-PROJEK-{command}",
                )  # fmt: skip
                post_as_system(connection, entry)
    with writing(engine, staff[LEADER]) as session:
        for name, number, grade in _CONTRACTORS:
            contractor = SaveContractor(name=name, registration_no=number, grade=grade, contact="05-000 0000")
            office.contractors.append(save_contractor(session, contractor))
    place = 0
    houses = iter(homes)
    for type_code in _COSTS:
        for life in _LIVES:
            of_house = type_code in {"bina_baru", "baik_pulih"}
            home_id = next(houses, None) if of_house else homes[place % len(homes)]
            if home_id is not None:
                _live(office, type_code, life, home_id, place)
            place += 1
    _unregistered(office)


def _unregistered(office: _Office) -> None:
    """A house for somebody whom the focus group named and who has no record yet."""
    asked = OpenProject(
        type_code="baik_pulih", programme="PPKB-RMH", title=_TITLES["baik_pulih"],
        estimate_rm=Decimal(_COSTS["baik_pulih"]), minutes_no="FGD/Kinta/12 (contoh)",
        documents=("kad_pengenalan",), place=_somewhere(office, "baik_pulih", 3),
        person=Person(name="Salmah binti Rekaan (contoh)", address="Belakang surau, Kampung Contoh"),
    )  # fmt: skip
    with writing(office.engine, office.staff[OPENER]) as session:
        number = open_project(session, asked)
    with office.engine.begin() as connection:
        for statement in _BACK:
            opened = office.today - timedelta(days=6)
            connection.execute(statement, {"number": number, "opened": opened, "last": opened})


def _live(office: _Office, type_code: str, life: _Life, home_id: int, place: int) -> None:
    """One project, from its application to its last state."""
    cost = Decimal(_COSTS[type_code])
    households = {"latihan": (home_id,), "terminal_sejahtera": (), "lain": ()}.get(type_code, (home_id,))
    opened = office.today - timedelta(days=life.age)
    with writing(office.engine, office.staff[OPENER]) as session:
        number = open_project(
            session,
            OpenProject(
                type_code=type_code,
                programme="PPKB-GERAI" if type_code == "kios" else "PPKB-RMH",
                title=_TITLES[type_code],
                estimate_rm=cost,
                households=households,
                documents=("kad_pengenalan", "bukti_tanah", "sebut_harga"),
                place=None if households and type_code != "latihan" else _somewhere(office, type_code, place),
            ),
        )
    if life.state != "dipohon":
        office.photograph(number, "sebelum", None, opened, 0.0)
        _decided(office, number, life, cost=cost, type_code=type_code)
    last = opened + timedelta(days=max(1, life.age // 3))
    if life.state in _BEGUN:
        last = _worked(office, number, type_code, life, cost=cost, place=place)
    with office.engine.begin() as connection:
        for statement in _BACK:
            connection.execute(statement, {"number": number, "opened": opened, "last": min(last, office.today)})


def _decided(office: _Office, number: str, life: _Life, *, cost: Decimal, type_code: str) -> None:
    """The steps up to the decision of the ministry, as far as the project comes."""
    damage = "ekonomik" if type_code == "baik_pulih" else "tidak_ekonomik"
    opened = office.today - timedelta(days=life.age)
    heard = opened + timedelta(days=min(life.age, 21))
    found = {"visited_on": opened + timedelta(days=min(life.age, 6)), "damage": damage, "land": "sendiri"}
    minutes = {
        "minutes_no": f"JP {heard.month}/{heard.year}",
        "minutes_day": heard,
        "agreed_by": "Jawatankuasa Perumahan",
    }
    steps: list[tuple[str, str, str, dict[str, Any]]] = [
        (LEADER, "semak", "Dilawati; keadaan rumah seperti dalam gambar", found),
        (UNIT, "sah_kos", "", {"cost_rm": cost}),
        (LEADER, "hantar", "", {"list_no": f"KPKT-{heard.year}-{heard.month:02}", "list_day": heard}),
        (MINISTRY, "peraku", "", minutes),
    ]
    far = {"disemak": 1, "disahkan_kos": 2, "dihantar_kpkt": 3, "ditolak": 3, "dibatalkan": 2}.get(life.state, 4)
    for login, action, reason, detail in steps[:far]:
        office.step(login, number, action, reason, **detail)
    if life.state == "ditolak":
        office.step(MINISTRY, number, "tolak", "Peruntukan tahun ini telah habis", **minutes)
    elif life.state == "dibatalkan":
        office.step(UNIT, number, "batal", "Pemohon berpindah ke daerah lain")


def _worked(office: _Office, number: str, type_code: str, life: _Life, *, cost: Decimal, place: int) -> date:
    """The work from its first day: plan, reports, photographs, payments, and its end; the day of its last report."""
    with office.engine.connect() as connection:
        asked = text("""
            SELECT m.weight FROM ekasih.project_milestone AS m JOIN ekasih.project AS p ON p.id = m.project_id
            WHERE p.number = :number ORDER BY m.position
        """)
        weights = [float(one) for one in connection.scalars(asked, {"number": number})]
    whole = round((life.age - 70) / max(life.over, 1.0)) if life.state == "siap" else round((life.age - 70) / life.over)
    first = office.today - timedelta(days=life.age - 60)
    begins, ends, at = [], [], 0.0
    for weight in weights:
        begins.append(first + timedelta(days=round(at * whole / 100)))
        at += weight
        ends.append(first + timedelta(days=max(round(at * whole / 100) - 1, round((at - weight) * whole / 100))))
    total = (cost * Decimal("0.96")).quantize(Decimal(1))
    contractor = office.contractors[place % len(office.contractors)]
    office.step(LEADER, number, "mula", contractor_id=contractor, sum_rm=total, begins=begins, ends=ends)
    last = first
    for part in (0.34, 0.67, 1.0):
        done = 100 * life.done * part
        last = min(first + timedelta(days=round(whole * min(life.over, 1.2) * part)), office.today)
        _reported(office, number, weights, done, last)
        if part < 1 and type_code in {"bina_baru", "baik_pulih"}:
            office.photograph(number, "semasa", 1, last, life.done * part)
    if life.paid:
        _paid(office, number, type_code, (total * Decimal(str(life.done * life.paid))).quantize(Decimal(1)))
    if life.state == "digantung":
        office.step(LEADER, number, "gantung", "Musim tengkujuh; tapak dinaiki air")
    elif life.state == "siap":
        _finished(office, number, type_code, len(weights), last)
    elif life.done / life.over < 0.5:
        with writing(office.engine, office.staff[OPENER]) as session:
            note_defect(session, number, day=last, words="Dinding retak di bahagian dapur")
    return last


def _reported(office: _Office, number: str, weights: list[float], done: float, day: date) -> None:
    """A report of so much of the whole, milestone by milestone, accepted by the other."""
    shares, before = [], 0.0
    for weight in weights:
        share = min(max((done - before) / weight, 0.0), 1.0)
        shares.append(Decimal(str(round(100 * share, 2))))
        before += weight
    with writing(office.engine, office.staff[OPENER]) as session:
        report = report_progress(session, ReportProgress(number=number, day=day, shares=shares, note="Lawatan tapak"))
    with writing(office.engine, office.staff[LEADER]) as session:
        judge_report(session, report, accepted=True)


def _paid(office: _Office, number: str, type_code: str, amount: Decimal) -> None:
    programme = "PPKB-GERAI" if type_code == "kios" else "PPKB-RMH"
    shared: dict[str, Any] = {"day": office.today, "year": office.today.year, "programme": programme, "amount": amount}
    with office.engine.begin() as connection:
        sent = Entry(command="bayar", office=OFFICE, case_no=number, reference=f"PB-{number}", **shared)
        post_as_system(connection, sent)
        post_as_system(connection, Entry(command="sah", reference=f"PJ-{number}", original=f"PB-{number}", **shared))


def _finished(office: _Office, number: str, type_code: str, milestones: int, day: date) -> None:
    if type_code in {"bina_baru", "baik_pulih", "terminal_sejahtera"}:
        for position in range(1, milestones + 1):
            office.photograph(number, "semasa", position, day, position / milestones)
    office.photograph(number, "selepas", None, day, 1.0)
    receipt: dict[str, Any] = {"received_by": "Penerima contoh", "receipt_no": f"AT-{number[-4:]}", "received_on": day}
    office.step(LEADER, number, "lapor_siap", **receipt)
    office.step(OPENER, number, "siap")


def _somewhere(office: _Office, type_code: str, place: int) -> Place:
    """An invented place in the office's catchment: a point, or a small square for what is an area."""
    longitude = round(office.middle[0] + 0.004 * (place % 7 - 3), 6)
    latitude = round(office.middle[1] + 0.004 * (place % 5 - 2), 6)
    if type_code != "terminal_sejahtera":
        return Place(longitude=longitude, latitude=latitude, method="gps", accuracy_m=6)
    size = 0.0012
    ring = [[longitude, latitude], [longitude + size, latitude], [longitude + size, latitude + size],
            [longitude, latitude + size], [longitude, latitude]]  # fmt: skip
    return Place(polygon=f'{{"type": "Polygon", "coordinates": [{ring}]}}', method="peta")


def drawn_house(done: float) -> bytes:
    """A picture of a house of which so much stands, drawn: it shows no real place."""
    picture = Image.new("RGB", (480, 360), "#cfe3ee")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 250, 480, 360), fill="#8fae6b")
    if done <= 0:
        pen.polygon(((150, 250), (170, 170), (250, 180), (330, 160), (340, 250)), fill="#8a7358")
        pen.polygon(((130, 178), (240, 120), (300, 176)), fill="#5f5347")
    else:
        pen.rectangle((120, 244, 370, 262), fill="#9a9a9a")
        wall = round(250 - 110 * min(done / 0.7, 1.0))
        pen.rectangle((135, wall, 355, 250), fill="#d9c7a3")
        if done > 0.55:
            pen.polygon(((115, 142), (245, 70), (375, 142)), fill="#47606b")
        if done > 0.8:
            pen.rectangle((220, 180, 268, 250), fill="#5b4636")
            pen.rectangle((155, 172, 200, 210), fill="#7fb0c7")
            pen.rectangle((292, 172, 337, 210), fill="#7fb0c7")
    pen.text((12, 12), "CONTOH", fill="#1b2326")
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()
