"""Reads one row of a delivery of aid: what it says, and what is wrong with its form. Knows no database."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from registry.aid.catalogue import Kind

GIVEN: Final = "bayar"
TAKEN_BACK: Final = "batal"
REQUIRED: Final = ("no_rujukan", "jenis_baris", "kod_program", "kod_jenis", "no_kp", "tarikh", "amaun")
COLUMNS: Final = (
    "no_rujukan", "jenis_baris", "kod_program", "kod_jenis", "no_kp", "no_fail", "nama", "tarikh_lahir", "negeri",
    "daerah", "tarikh", "tempoh_mula", "tempoh_tamat", "amaun", "kuantiti", "no_rujukan_asal", "no_permohonan",
    "catatan",
)  # fmt: skip
LONGEST_PERIOD_DAYS: Final = 366
_LATE: Final = timedelta(days=60)
_MONEY: Final = re.compile(r"(?:RM\s*)?([+-]?)(?:RM\s*)?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?)")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,11}(?:\.[0-9]+)?")
_DAY: Final = re.compile(
    r"(?:([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?)"
)
_MOST_RM: Final = Decimal("999999999999.99")
_BLANKS: Final = re.compile("[\\s\\-\u2010-\u2015]")
_REMEMBERED: Final = 2_000
"""How many days and amounts are kept as read: a delivery says the same ones over and over."""
_SHORT: Final = {10: 2, 11: 1}
"""How many zeros a spreadsheet took from an identity number of so many digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row as it is understood. ``wrong``: the first thing that is wrong with its form, if anything.

    ``reversal``: it takes another line back. ``id_no`` and ``file_no`` are as they are compared with the register.
    """

    row_no: int
    reference: str
    content_key: bytes
    reversal: bool
    kind: Kind | None
    id_no: str
    file_no: str
    name: str
    birth_date: date | None
    district: str
    day: date | None
    period: tuple[date, date | None] | None
    amount_rm: Decimal | None
    quantity: Decimal | None
    original: str
    application_no: str
    late: bool
    wrong: str | None


def read_line(row_no: int, cells: Mapping[str, str], kinds: Mapping[tuple[str, str], Kind], *, made_on: date) -> Line:
    """The row of a delivery that was made on a day, by an agency that gives these kinds."""
    row_kind = code(cells.get("jenis_baris")).lower()
    reversal = row_kind == TAKEN_BACK
    kind = kinds.get((code(cells.get("kod_program")), code(cells.get("kod_jenis"))))
    day, amount, quantity = (
        read_day(cells.get("tarikh")),
        read_money(cells.get("amaun")),
        _number(cells.get("kuantiti")),
    )
    days = [cells.get("tempoh_mula", "").strip(), cells.get("tempoh_tamat", "").strip()]
    first, last = map(read_day, days)
    given = (first, last) if first and last else None
    wrong = _wrong(row_kind, kind, day, made_on=made_on, period=(any(days), given), amount=amount, quantity=quantity)
    return Line(
        row_no=row_no,
        reference=code(cells.get("no_rujukan")),
        content_key=_content_key(cells),
        reversal=reversal,
        kind=kind,
        id_no=read_id_no(cells.get("no_kp")),
        file_no=code(cells.get("no_fail")),
        name=(cells.get("nama") or "").strip(),
        birth_date=read_day(cells.get("tarikh_lahir")),
        district=(cells.get("daerah") or "").strip(),
        day=day,
        period=kind.period_of(day, given) if kind and day and wrong is None and not reversal else None,
        amount_rm=amount,
        quantity=quantity,
        original=code(cells.get("no_rujukan_asal")),
        application_no=code(cells.get("no_permohonan")),
        late=day is not None and made_on - day > _LATE,
        wrong=wrong,
    )


def _wrong(
    row_kind: str,
    kind: Kind | None,
    day: date | None,
    *,
    made_on: date,
    period: tuple[bool, tuple[date, date] | None],
    amount: Decimal | None,
    quantity: Decimal | None,
) -> str | None:
    """The first thing that is wrong with the form of a row; ``period``: whether one was given, and as it was read."""
    given, days = period
    gives = row_kind == GIVEN
    tests = (
        ("jenis_baris_tidak_dikenali", row_kind not in {GIVEN, TAKEN_BACK}),
        ("program_tidak_dikenali", gives and kind is None),
        ("tarikh_tidak_sah", day is None),
        ("tarikh_masa_hadapan", day is not None and day > made_on),
        ("program_tidak_berkuat_kuasa", gives and kind and day and not kind.in_force(day)),
        ("tempoh_tidak_sah", gives and given and (days is None or not _plausible(*days))),
        ("amaun_bukan_nombor", amount is None),
        ("amaun_tidak_positif", amount is not None and amount <= 0),
        ("kuantiti_tidak_sah", gives and kind and kind.form == "barangan" and (quantity is None or quantity <= 0)),
    )
    return next((problem for problem, holds in tests if holds), None)


def code(value: str | None) -> str:
    """A reference or code as it is compared: in capitals, trimmed."""
    return (value or "").strip().upper()


def read_id_no(value: str | None) -> str:
    """An identity number without blanks and dashes, with the zeros that a spreadsheet took from its beginning."""
    number = _BLANKS.sub("", value or "").upper()
    return "0" * _SHORT.get(len(number), 0) + number if number.isascii() and number.isdigit() else number


@lru_cache(maxsize=_REMEMBERED)
def read_day(value: str | None) -> date | None:
    """A day as dd/mm/yyyy or yyyy-mm-dd; none where it is none."""
    found = _DAY.fullmatch((value or "").strip())
    if not found:
        return None
    day, month, year, *iso = found.groups()
    try:
        return date(int(year), int(month), int(day)) if year else date(*map(int, iso))
    except ValueError:
        return None


@lru_cache(maxsize=_REMEMBERED)
def read_money(value: str | None) -> Decimal | None:
    """An amount, RM, as ``1200``, ``1,200.00`` or ``RM1,200.00``; none where it is none or has three decimals."""
    found = _MONEY.fullmatch((value or "").strip().upper())
    if not found:
        return None
    amount = Decimal(found[1] + found[2].replace(",", ""))
    return amount if abs(amount) <= _MOST_RM else None


def _number(value: str | None) -> Decimal | None:
    found = _NUMBER.fullmatch((value or "").strip().replace(",", ""))
    return Decimal(found[0]) if found else None


def _plausible(first: date, last: date) -> bool:
    return first <= last <= first + timedelta(days=LONGEST_PERIOD_DAYS - 1)


def _content_key(cells: Mapping[str, str]) -> bytes:
    """A digest of what is read and compared when a reference comes again: all but place and notes."""
    read = (
        code(cells.get("jenis_baris")),
        code(cells.get("kod_program")),
        code(cells.get("kod_jenis")),
        read_id_no(cells.get("no_kp")),
        code(cells.get("no_fail")),
        " ".join(code(cells.get("nama")).split()),
        *(_plain(cells.get(name), read_day) for name in ("tarikh_lahir", "tarikh", "tempoh_mula", "tempoh_tamat")),
        _plain(cells.get("amaun"), read_money),
        _plain(cells.get("kuantiti"), _number),
        code(cells.get("no_rujukan_asal")),
        code(cells.get("no_permohonan")),
    )
    return hashlib.md5("\x1f".join(read).encode(), usedforsecurity=False).digest()


def _plain(value: str | None, read: object) -> str:
    """A value in one writing: as it is read, or as it came where it cannot be."""
    found = read(value)  # type: ignore[operator]
    if isinstance(found, Decimal):
        return f"{found.normalize():f}"
    return str(found) if found is not None else code(value)
