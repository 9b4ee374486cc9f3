"""Kept views, presentations and notes of the sample register: invented, as its people are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.db import writing
from registry.principals import Principal, Role
from registry.views.kept import arrange, keep_view
from registry.views.notes import write_note

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

_STANDS: Final = text("SELECT EXISTS (SELECT FROM ekasih.saved_view)")
_PLANNER: Final = "menteri"
_OFFICER: Final = "pegawai.kinta"
# name, address, with whom
_VIEWS: Final = {
    _PLANNER: (
        ("Papan menteri", "/papan/menteri", "semua"),
        ("Perak: miskin tegar mengikut daerah", "/?in=08&measure=tegar", "semua"),
        ("Kinta berbanding Kerian", "/banding?in=0803&with=0804", "peranan"),
        ("Etnik mengikut jantina ketua", "/jadual-silang?in=MY&lajur=head_sex", "peranan"),
    ),
    _OFFICER: (
        ("Papan daerah Kinta", "/papan/daerah?in=0803", "pejabat"),
        ("Profil Kinta", "/kawasan/0803", "pejabat"),
    ),
}
_PRESENTED: Final = {_PLANNER: ("Taklimat bulanan (contoh)", "semua"), _OFFICER: ("Mesyuarat (contoh)", "pejabat")}
# area, days before, what is noted
_NOTES: Final = {
    _PLANNER: (
        ("MY", 12, "Data contoh: rumusan suku ketiga dibentangkan kepada jawatankuasa."),
        ("08", 30, "Data contoh: banjir pada bulan lepas melewatkan semakan di beberapa daerah."),
    ),
    _OFFICER: (
        ("0803", 40, "Data contoh: semakan dari rumah ke rumah di Hulu Kinta selesai."),
        ("0803", 9, "Data contoh: dua mukim menunggu kumpulan fokus; angka belum lengkap."),
    ),
}


def load_views(engine: Engine, *, today: date) -> None:
    """Keep views, presentations and notes of two sample accounts; nothing where there are any views."""
    with engine.connect() as connection:
        if connection.scalar(_STANDS):
            return
        found = connection.execute(
            select(AppUser.id, AppUser.login, AppUser.role, AppUser.territory).where(
                AppUser.demo, AppUser.login.in_(_VIEWS)
            )
        ).all()
    for row in found:
        who = Principal(row.id, row.login, row.login, Role(row.role), tuple(row.territory))
        name, shared = _PRESENTED[row.login]
        with writing(engine, who) as session:
            kept = [keep_view(session, name=named, path=path, shared=to) for named, path, to in _VIEWS[row.login]]
            arrange(session, name=name, views=kept, shared=shared)
            for area, days, body in _NOTES[row.login]:
                write_note(session, area, body=body, day=today - timedelta(days=days), today=today)
