"""What the public sent to the sample's district: registrations and notices in every state, all of them invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.db import writing
from registry.intake.forms import read_form
from registry.intake.looking import look
from registry.intake.sending import keep
from registry.intake.steps import StepIntake, step_intake
from registry.principals import Principal, Role

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from registry.intake.codes import Codes

OFFICER: Final = "pegawai.kinta"
_KEY: Final = "sample"
_DISTRICT: Final = "0803"
_SEND: Final = {
    kind: text(f"SELECT ekasih.send_intake('{kind}', CAST(:given AS jsonb), :reference, :secret, NULL)")
    for kind in ("daftar", "maklum")
}
_FAMILY: Final[dict[str, Any]] = {
    "who": "kir", "persons": "4", "under_18": "2", "over_60": "0", "disabled": "0", "income": "hingga_1000",
    "urgent": ["tiada"], "consent": "1", "village": "Kampung Contoh",
}  # fmt: skip
_TOLD: Final[dict[str, Any]] = {"seen": ["sakit"], "seen_on": "minggu_ini", "village": "Kampung Contoh"}
_BY: Final[dict[str, Any]] = {"teller_name": "Cikgu Contoh", "teller_phone": "05-555 0100", "knows": "ya"}
Life = tuple[str, dict[str, Any], tuple[tuple[str, str], ...], int]
_LIVES: Final[tuple[Life, ...]] = (
    ("daftar", _FAMILY | {"name": "Zaiton binti Contoh", "id_no": "800101-08-0000", "urgent": ["makanan", "rawatan"],
                          "words": "Suami baru kehilangan kerja."}, (), 0),
    ("daftar", _FAMILY | {"name": "Rajan a/l Contoh", "id_no": "810101-08-0001"}, (), 2),
    ("daftar", _FAMILY | {"name": "Rajan a/l Contoh", "id_no": "810101-08-0001"}, (), 1),
    ("daftar", _FAMILY | _BY | {"who": "guru", "name": "Lim Contoh", "words": "Dua murid kerap tidak hadir."},
     (("saring", ""),), 3),
    ("daftar", _FAMILY | _BY | {"who": "jiran", "name": "Mariam binti Contoh"}, (("saring", ""), ("tukar", "")), 9),
    ("daftar", _FAMILY | {"name": "Iklan Contoh", "id_no": "990101-08-0009"}, (("spam", "Iklan pinjaman"),), 6),
    ("maklum", _TOLD | {"name": "Mak Cik Contoh", "address": "Rumah di belakang surau",
                        "seen": ["tiada_makanan", "bersendirian"], "words": "Sudah dua hari tidak memasak."}, (), 0),
    ("maklum", _TOLD | {"name": "Mak Cik Contoh", "seen": ["bersendirian"]}, (), 0),
    ("maklum", _TOLD | {"address": "Rumah biru hujung jalan", "seen": ["rumah_tidak_selamat"],
                        "teller_phone": "05-555 0101"}, (("saring", ""),), 1),
    ("maklum", _TOLD | {"name": "Keluarga Contoh"}, (("saring", ""), ("kes_dibuka", "")), 12),
    ("maklum", _TOLD | {"name": "Alamat Kosong Contoh"}, (("tidak_ditemui", "Dilawati dua kali; rumah kosong."),), 8),
)  # fmt: skip
"""What is sent, the steps that an officer takes with it, and how many days ago it came."""
_BEFORE: Final = text("""
    UPDATE ekasih.intake SET sent_at = sent_at - make_interval(days => :days), due_on = due_on - :days,
        moved_on = moved_on - CAST(least(:days, 2) AS integer)
    WHERE reference = :reference
""")
_AT: Final = text("""
    SELECT public.ST_Y(h.geom) AS latitude, public.ST_X(h.geom) AS longitude, h.head_name
    FROM ekasih.household AS h WHERE h.district_code = :district AND h.exited_on IS NULL ORDER BY h.id LIMIT 1
""")
_VERSION: Final = text("SELECT version FROM ekasih.intake WHERE reference = :reference")


def load_intake(engine: Engine) -> None:
    """Send the forms of the sample, look at them and take the officer's steps; nothing where there are any."""
    with engine.connect() as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT FROM ekasih.intake)")):
            return
        wanted = select(AppUser.id, AppUser.territory).where(AppUser.demo, AppUser.login == OFFICER)
        row = connection.execute(wanted).one_or_none()
        home = connection.execute(_AT, {"district": _DISTRICT}).one_or_none()
    if row is None or home is None:
        return
    officer = Principal(row.id, OFFICER, OFFICER, Role.OFFICER, tuple(row.territory))
    point = {"latitude": f"{home.latitude:.5f}", "longitude": f"{home.longitude:.5f}"}
    registered = _TOLD | point | {"name": home.head_name}
    lives: list[Life] = [*_LIVES, ("maklum", registered, (), 3)]
    sent = [_sent(engine, kind, said, number) for number, (kind, said, _steps, _days) in enumerate(lives)]
    with engine.begin() as connection:
        look(connection)
    for codes, (_kind, _said, steps, days) in zip(sent, lives, strict=True):
        _stepped(engine, officer, codes, steps)
        with engine.begin() as connection:
            connection.execute(_BEFORE, {"reference": codes.reference, "days": days})


def _sent(engine: Engine, kind: str, said: dict[str, Any], number: int) -> Codes:
    form = read_form(kind, {"district": _DISTRICT} | said, districts=(_DISTRICT,))
    with engine.begin() as connection:
        return keep(connection, _SEND[kind], form, str(number), key=_KEY)


def _stepped(engine: Engine, officer: Principal, codes: Codes, steps: tuple[tuple[str, str], ...]) -> None:
    for action, reason in steps:
        with writing(engine, officer) as session:
            version = session.execute(_VERSION, {"reference": codes.reference}).scalar_one()
            command = StepIntake(reference=codes.reference, version=version, action=action, reason=reason)
            step_intake(session, command)
