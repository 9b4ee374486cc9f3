"""Aid of the sample register: three agencies deliver what they gave in two years, with faults as deliveries have."""

from __future__ import annotations

import csv
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sqlalchemy import text

from registry.aid.importing import AidTerms, import_aid
from registry.demo import pilots
from registry.matching.slips import misspelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy import Connection, Engine

    Told = Callable[[str, int, int], None]

MONTHS: Final = 24
_SHARE: Final = 150
"""How many of a thousand households programmes are offered to; a third of these get something."""
_REFERENCE: Final = Path(__file__).with_name("aid_reference")
_RECIPIENTS: Final = text(Path(__file__).with_name("recipients.sql").read_text(encoding="utf-8"))
_TRIED: Final = text(Path(__file__).with_name("pilots.sql").read_text(encoding="utf-8"))
_ON_THEIR_DAYS: Final = (
    text("UPDATE ekasih.aid_delivery SET received_at = least(made_on + 1 + time '09:00', now()) WHERE sample"),
    text("""
        UPDATE ekasih.aid_pair AS p SET found_on = CAST(d.received_at AS date)
        FROM ekasih.aid_row AS r JOIN ekasih.aid_delivery AS d ON d.id = r.delivery_id
        WHERE r.id = p.row_id AND d.sample
    """),
)
"""Deliveries came, and double aid was found, the day after they were made: not all at once when the sample was."""
_COLUMNS: Final = (
    "no_rujukan", "jenis_baris", "kod_program", "kod_jenis", "no_kp", "no_fail", "nama", "tarikh_lahir", "daerah",
    "tarikh", "amaun", "kuantiti", "no_rujukan_asal",
)  # fmt: skip
_HEAD: Final = ("kod_agensi", "no_penghantaran", "tarikh_jana", "bil_baris", "jumlah_bayar", "jumlah_batal")
_OFFICES: Final = (
    ("JKM-PUSAT", "JKM", "JKM Pusat (contoh)", "JKM head office (sample)", ()),
    ("ZAKAT-PUSAT", "ZAKAT", "Pusat zakat (contoh)", "Zakat centre (sample)", ()),
    ("PPKB-BG", "KPKT", "PPKB Batu Gajah (contoh)", "PPKB Batu Gajah (sample)", ("C.PPKB-BATU-GAJAH",)),
    ("PPKB-IPOH", "KPKT", "PPKB Ipoh (contoh)", "PPKB Ipoh (sample)", ("0803",)),
    ("PPKB-TAIPING", "KPKT", "PPKB Taiping (contoh)", "PPKB Taiping (sample)", ("0806",)),
)
_STAFF: Final = {
    "agensi": ("JKM", "JKM-PUSAT"),
    "agensi.lulus": ("JKM", "JKM-PUSAT"),
    "zakat": ("ZAKAT", "ZAKAT-PUSAT"),
    "ppkb.batugajah": ("KPKT", "PPKB-BG"),
    "ppkb.lulus": ("KPKT", "PPKB-BG"),
}
"""Whose accounts of the sample are an agency's, and of which office."""


@dataclass(frozen=True, slots=True)
class Gift:
    """What a household gets: of which programme and kind, in which months (from 0), RM each time, for whom."""

    household: Any
    agency: str
    programme: str
    kind: str
    months: range
    amount: Decimal
    who: str = "head"
    goods: bool = False


def load_aid(engine: Engine, *, seed: int, today: date, progress: Told) -> None:
    """Import two years of aid to households of the sample, and give its accounts their agencies and offices."""
    rng = np.random.default_rng(seed)
    with engine.connect() as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT FROM ekasih.aid_delivery)")):
            return
        values = {"seed": seed, "share": _SHARE, "today": today}
        households = connection.execute(_RECIPIENTS, values).all()
        tried = connection.execute(
            _TRIED, {"begins": pilots.window(today).begins, "states": [pilot.state for pilot in pilots.PILOTS]}
        ).all()
    gifts = [gift for household in households for gift in _gifts(household, rng)]
    gifts += _tried_out(tried, today)
    with tempfile.TemporaryDirectory(prefix="ekasih-") as scratch:
        folder = Path(scratch)
        shutil.copytree(_REFERENCE, folder / "rujukan")
        _write(folder, gifts, rng, first=_months_before(today, MONTHS))
        import_aid(
            engine,
            folder,
            terms=AidTerms(actor="eKasih", sample=True),
            progress=lambda _name, done, total: progress("sample aid", done, total),
        )
    with engine.begin() as connection:
        for statement in _ON_THEIR_DAYS:
            connection.execute(statement)
        _staff(connection)


def _staff(connection: Connection) -> None:
    """The offices of the agencies, and whose accounts are theirs."""
    office = text("""
        INSERT INTO ekasih.office (code, agency_id, name_ms, name_en, territory, sample)
        SELECT :code, a.id, :ms, :en, :territory, true FROM ekasih.agency AS a WHERE a.code = :agency
        ON CONFLICT DO NOTHING
    """)
    for code, agency, ms, en, territory in _OFFICES:
        connection.execute(office, {"code": code, "agency": agency, "ms": ms, "en": en, "territory": list(territory)})
    account = text("""
        UPDATE ekasih.app_user SET office_code = :office,
            agency_id = (SELECT id FROM ekasih.agency WHERE code = :agency)
        WHERE demo AND login = :login
    """)
    for login, (agency, code) in _STAFF.items():
        connection.execute(account, {"login": login, "agency": agency, "office": code})


def _gifts(household: Any, rng: np.random.Generator) -> Iterator[Gift]:  # noqa: C901 - a programme a line
    """What one household gets, by what it is: often nothing, now and then the same need from two agencies."""
    chance = rng.random(8)
    begins = int(rng.integers(0, 18))
    lasting = range(begins, int(rng.integers(begins + 3, MONTHS + 1)))
    poor = household.status in {"tegar", "miskin"}
    born: date | None = household.head_born
    elderly = born is not None and born < date(1964, 1, 1)
    if poor and chance[0] < 0.22:
        programme, amount = ("JKM-WE", Decimal(500)) if elderly else ("JKM-AM", Decimal(int(rng.integers(4, 7)) * 50))
        yield Gift(household, "JKM", programme, "TUNAI", lasting, amount)
    # some of them ask the zakat office as well, which does not know
    if poor and household.religion == "Islam" and chance[1] < 0.08:
        yield Gift(household, "ZAKAT", "ZKT-BLN", "TUNAI", lasting, Decimal(int(rng.integers(5, 9)) * 50))
    if poor and chance[2] < 0.05:
        yield Gift(household, "ZAKAT", "ZKT-MKN", "BAKUL", lasting, Decimal(120), goods=True)
    elif poor and chance[2] < 0.09:
        yield Gift(household, "JKM", "JKM-BKL", "BAKUL", lasting, Decimal(100), goods=True)
    if (
        household.tenure == "Sendiri"
        and household.dwelling_type in {"Sebuah", "Berkembar", "Teres"}
        and chance[3] < 0.04
    ):
        kind, amount = ("BINABARU", Decimal(85_000)) if chance[4] < 0.15 else ("BAIKPULIH", Decimal(18_000))
        yield Gift(household, "KPKT", "PPKB-RMH", kind, range(begins, begins + 1), amount)
    if poor and household.tenure == "Sewa" and household.strata == "urban" and chance[5] < 0.1:
        yield Gift(household, "KPKT", "PPKB-SEWA", "TUNAI", lasting, Decimal(250))
    if poor and household.pupil_no and chance[6] < 0.06:
        agency, programme = ("KPKT", "PPKB-SEK") if household.strata == "urban" else ("ZAKAT", "ZKT-SEK")
        yield Gift(household, agency, programme, "TUNAI", range(begins, begins + 1), Decimal(250), who="pupil")
    if poor and household.disabled_no and chance[7] < 0.2:
        yield Gift(household, "JKM", "JKM-OKU", "TUNAI", lasting, Decimal(450), who="disabled")
    if poor and household.patient_no and chance[7] < 0.3:
        yield Gift(household, "KPKT", "PPKB-DIA", "RAWATAN", lasting, Decimal(380), who="patient")
    if poor and household.strata == "urban" and chance[4] > 0.985:
        yield Gift(household, "KPKT", "PPKB-GERAI", "GERAI", range(begins, begins + 1), Decimal(4_800), goods=True)


def _tried_out(households: Iterable[Any], today: date) -> Iterator[Gift]:
    """What families get of the programmes that are tried in one state."""
    first, begins = _months_before(today, MONTHS), pilots.window(today).begins
    month = (begins.year - first.year) * 12 + begins.month - first.month
    for household in households:
        pilot = pilots.pilot_of(household.file_no)
        if pilot:
            given = month + pilots.month_given(household.file_no)
            yield Gift(household, pilot.agency, pilot.programme, pilot.kind, range(given, given + 1), pilot.amount)


def _write(folder: Path, gifts: Iterable[Gift], rng: np.random.Generator, *, first: date) -> None:
    """A delivery for each agency and month, some weeks after the month; reversals follow a month later."""
    by_month: dict[tuple[str, int], list[Gift]] = {}
    for gift in gifts:
        for month in gift.months:
            by_month.setdefault((gift.agency, month), []).append(gift)
    back: dict[tuple[str, int], list[dict[str, str]]] = {}
    for (agency, month), given in sorted(by_month.items()):
        begins = _months_after(first, month)
        rows = back.pop((agency, month), [])
        for number, gift in enumerate(given):
            row = _row(gift, f"{agency}/{begins:%y%m}/{number:05}", begins, rng)
            rows.append(row)
            if rng.random() < 0.006:
                back.setdefault((agency, month + 1), []).append(
                    row
                    | {
                        "no_rujukan": f"{row['no_rujukan']}-B",
                        "jenis_baris": "batal",
                        "no_rujukan_asal": row["no_rujukan"],
                        "tarikh": str(_months_after(begins, 1) + timedelta(days=2)),
                    }
                )
        # one programme is late: what it gave in a quarter comes with the last month of it
        made = _months_after(begins, 3 if agency == "KPKT" and month % 3 == 0 else 1) + timedelta(days=9)
        _delivery(folder / agency / f"{begins:%Y-%m}", agency, f"{agency}-{begins:%Y-%m}", made, rows)


def _row(gift: Gift, reference: str, begins: date, rng: np.random.Generator) -> dict[str, str]:
    """A line as an agency's clerk writes it: mostly right."""
    household = gift.household
    name, number, born = (getattr(household, f"{gift.who}_{part}") for part in ("name", "no", "born"))
    chance = rng.random(4)
    if number and chance[0] < 0.03:
        place = int(rng.integers(12))
        number = f"{number[:place]}{int(rng.integers(10))}{number[place + 1 :]}"
    amount = gift.amount * 3 if chance[1] < 0.003 else gift.amount
    return {
        "no_rujukan": reference,
        "jenis_baris": "bayar",
        "kod_program": gift.programme,
        "kod_jenis": gift.kind,
        "no_kp": number if number and chance[2] > 0.05 else "",
        "no_fail": household.file_no if chance[2] < 0.12 else "",
        "nama": misspelt(name, rng) if chance[3] < 0.1 else name.upper(),
        "tarikh_lahir": f"{born:%d/%m/%Y}" if born and chance[3] < 0.5 else "",
        "daerah": household.district,
        "tarikh": str(begins + timedelta(days=int(rng.integers(0, 27)))),
        "amaun": f"{amount:.2f}",
        "kuantiti": "1" if gift.goods else "",
        "no_rujukan_asal": "",
    }


def _delivery(folder: Path, agency: str, number: str, made: date, rows: list[dict[str, str]]) -> None:
    sums = {
        kind: sum((Decimal(row["amaun"]) for row in rows if row["jenis_baris"] == kind), Decimal(0))
        for kind in ("bayar", "batal")
    }
    head = dict(zip(_HEAD, (agency, number, str(made), str(len(rows)), *map(str, sums.values())), strict=True))
    folder.mkdir(parents=True)
    for name, columns, table in (("penghantaran", _HEAD, [head]), ("bantuan", _COLUMNS, rows)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(table)


def _months_before(day: date, months: int) -> date:
    return _months_after(day.replace(day=1), -months)


def _months_after(day: date, months: int) -> date:
    """The first of the month so many months later."""
    whole = day.year * 12 + day.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)
