"""Reports of the sample register: editions of the last closed month, and tables that were put together and shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from registry.reporting.editions import make_edition
from registry.reporting.scope import Asked
from registry.reporting.tables import SaveTable, save_table

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

_ANY: Final = text("SELECT EXISTS (SELECT FROM ekasih.report_edition) OR NOT EXISTS (SELECT FROM ekasih.report_month)")
_WHO: Final = text("SELECT id FROM ekasih.app_user WHERE demo AND login = :login")
_ACT: Final = text("SELECT ekasih.act_as(:user_id)")
_EDITIONS: Final = (
    ("menteri", "menteri", "MY", "ms"),
    ("menteri", "menteri", "MY", "en"),
    ("icu", "program", "MY", "ms"),
    ("ppn.perak", "negeri", "08", "ms"),
    ("ppn.perak", "buku_peta", "08", "ms"),
    ("pegawai.kinta", "daerah", "0803", "ms"),
)
_TABLES: Final = (
    (
        "menteri",
        "Isi rumah miskin mengikut negeri, enam bulan (contoh)",
        {"within": "MY", "level": "state", "measures": ["poor", "tegar", "census", "rate"], "months": 6, "cut": ""},
        "bulanan",
    ),
    (
        "ppn.perak",
        "Daerah di Perak mengikut strata (contoh)",
        {"within": "08", "level": "district", "measures": ["poor", "tegar", "gap_rm"], "months": 1, "cut": "strata"},
        "",
    ),
)


def load_reports(engine: Engine, *, home: Path) -> None:
    """Make a few reports, and two tables with an edition each, unless there are any."""
    with engine.connect() as connection:
        if connection.scalar(_ANY):
            return
    for login, report, area, language in _EDITIONS:
        with Session(engine) as session, session.begin():
            _act(session, login)
            make_edition(session, Asked(report=report, area=area, language=language), home=home)
    for login, name, spec, every in _TABLES:
        with Session(engine) as session, session.begin():
            _act(session, login)
            table = save_table(session, SaveTable(name=name, spec=spec, language="ms", shared=True, every=every))
            make_edition(session, Asked(report="jadual", area=str(spec["within"]), table=table), home=home)


def _act(session: Session, login: str) -> None:
    session.execute(_ACT, {"user_id": session.scalar(_WHO, {"login": login})})
