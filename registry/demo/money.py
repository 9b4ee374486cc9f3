"""Money of the sample register: two years of allocations, warrants, commitments and payments of one agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np
from sqlalchemy import text

from registry.ledger.posting import Entry, post_as_system

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_OFFICES: Final = ("PPKB-BG", "PPKB-IPOH", "PPKB-TAIPING")
_PROGRAMMES: Final = {"PPKB-RMH": 18_000, "PPKB-SEWA": 300, "PPKB-GERAI": 4_500}
"""What a case of each programme is granted at most, RM."""
_CASES: Final = 9
_BANKS: Final = ("MBBEMYKL", "CIBBMYKL", "BIMBMYKL")
_NAMES: Final = ("Contoh bin Rekaan", "Siti binti Rekaan", "Lim Contoh Rekaan", "Muthu a/l Contoh")
_ANSWER_AFTER: Final = timedelta(days=20)
_KEPT = text("SELECT EXISTS (SELECT FROM ekasih.ledger_entry)")
_PAYEE = text("""
    INSERT INTO ekasih.payee_account (programme, office, case_no, payee_name, id_no, bank_code, account_no, entered_by,
        verified_by, verified_at)
    SELECT :programme, :office, :case_no, :name, :id_no, :bank, :account, maker.id, checker.id,
        CASE WHEN checker.id IS NOT NULL THEN now() END
    FROM ekasih.app_user AS maker
    LEFT JOIN ekasih.app_user AS checker ON checker.login = 'ppkb.lulus' AND :verified
    WHERE maker.login = 'ppkb.batugajah'
""")
_LIST = text("""
    WITH listed AS (
        INSERT INTO ekasih.payment_list (number, programme, office, state, listed_on, made_by, released_by, released_at)
        SELECT :number, :programme, :office, 'dilepaskan', :day, maker.id, checker.id, :day
        FROM ekasih.app_user AS maker JOIN ekasih.app_user AS checker ON checker.login = 'ppkb.lulus'
        WHERE maker.login = 'ppkb.batugajah'
        RETURNING id
    )
    UPDATE ekasih.payment AS p SET list_id = listed.id, account_id = a.id
    FROM listed, ekasih.payee_account AS a
    WHERE p.number = ANY (CAST(:payments AS text[])) AND a.programme = p.programme AND a.case_no = p.case_no
""")


@dataclass(frozen=True, slots=True)
class _Book:
    programme: str
    year: int

    def entry(self, command: str, day: date, amount: float | Decimal | None, reference: str, **facts: str) -> Entry:
        return Entry(
            command=command,
            day=day,
            year=self.year,
            programme=self.programme,
            amount=None if amount is None else Decimal(amount).quantize(Decimal("0.01")),
            reference=f"{self.programme}-{self.year % 100}-{reference}",
            **facts,
        )


def load_money(connection: Connection, *, seed: int, today: date) -> None:
    """Keep the books of the sample's agency for last year and this one, as far as its days have come."""
    if connection.scalar(_KEPT):
        return
    rng = np.random.default_rng(seed)
    for year in (today.year - 1, today.year):
        for programme, most in _PROGRAMMES.items():
            book = _Book(programme, year)
            for entry in _year(book, most, rng):
                if entry.day is not None and entry.day <= today:
                    post_as_system(connection, entry)
            _payees(connection, book)
            _lists(connection, book)
            closing = date(year + 1, 2, 5)
            if closing <= today:
                post_as_system(connection, book.entry("tutup", closing, None, "TUTUP"))


def _year(book: _Book, most: int, rng: np.random.Generator) -> Iterator[Entry]:
    """The entries of a year in the order of their days."""
    whole = most * _CASES * len(_OFFICES)
    entries = [book.entry("peruntukan", date(book.year, 1, 10), whole, "A")]
    for office in _OFFICES:
        entries.append(book.entry("waran", date(book.year, 2, 15), whole * 3 // 10, f"W-{office}", office=office))
        for number in range(1, _CASES + 1):
            entries.extend(_case(book, office, number, most, rng))
    yield from sorted(entries, key=lambda entry: entry.day or date.min)


def _case(book: _Book, office: str, number: int, most: int, rng: np.random.Generator) -> Iterator[Entry]:
    facts = {"office": office, "case_no": _case_no(book, office, number)}
    granted = most * int(rng.integers(6, 9)) // 10
    day = date(book.year, 3, 1) + timedelta(days=int(rng.integers(0, 60)))
    yield book.entry("tanggungan", day, granted, f"T-{office}-{number}", **facts)
    fate = rng.random()
    for part in (1, 2):
        sent = day + timedelta(days=90 * part)
        paid = f"P-{office}-{number}-{part}"
        yield book.entry("bayar", sent, Decimal(granted) / 2, paid, **facts)
        answer = "gagal" if fate < 0.1 and part == 1 else "sah"
        # of the second payments of this year some wait for their answer
        if part == 1 or number % 4 or sent.year < book.year:
            original = f"{book.programme}-{book.year % 100}-{paid}"
            answered = book.entry(answer, sent + _ANSWER_AFTER, Decimal(granted) / 2, f"J-{paid}", original=original)
            yield answered
        else:
            late = date(book.year + 1, 1, 20)
            original = f"{book.programme}-{book.year % 100}-{paid}"
            yield book.entry("sah", late, Decimal(granted) / 2, f"J-{paid}", original=original)


def _payees(connection: Connection, book: _Book) -> None:
    for office in _OFFICES:
        for number in range(1, _CASES + 1):
            values = {
                "programme": book.programme,
                "office": office,
                "case_no": _case_no(book, office, number),
                "name": _NAMES[number % len(_NAMES)],
                "id_no": f"80010108{1000 + number}",
                "bank": _BANKS[number % len(_BANKS)],
                "account": f"51{book.year}{number:04}",
                "verified": number % 5 != 0,
            }
            connection.execute(_PAYEE, values)


def _lists(connection: Connection, book: _Book) -> None:
    sent = text("""
        SELECT p.office, max(p.sent_on) AS sent_on, array_agg(p.number ORDER BY p.id) AS payments
        FROM ekasih.payment AS p WHERE p.programme = :programme AND p.year = :year
        GROUP BY p.office, date_trunc('month', p.sent_on) ORDER BY 2, 1
    """)
    for number, row in enumerate(connection.execute(sent, {"programme": book.programme, "year": book.year}), start=1):
        values = {
            "number": f"SB-{book.year}-{book.programme}-{number:03}",
            "programme": book.programme,
            "office": row.office,
            "day": row.sent_on,
            "payments": row.payments,
        }
        connection.execute(_LIST, values)


def _case_no(book: _Book, office: str, number: int) -> str:
    return f"{office}-{book.programme.removeprefix('PPKB-')}-{book.year % 100}-{number:02}"
