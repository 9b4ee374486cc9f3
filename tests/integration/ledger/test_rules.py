"""The ledger posts what the rule allows, and refuses the rest by the first rule that is broken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.errors import RegistryError
from registry.ledger.posting import first_difference, post_as_system
from registry.money_refusals import LedgerKept
from registry.refusals import refusal_of, sqlstate_of
from tests.integration.ledger.conftest import YEAR, balance, entry, funded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.ledger.posting import Entry

CHECKED = "23514"
CASE = {"office": "BG", "case_no": "K-1"}
JANUARY = date(YEAR + 1, 1, 31)
LATER = date(YEAR + 1, 2, 1)


def refused(connection: Connection, asked: Entry) -> str | None:
    try:
        post_as_system(connection, asked)
    except RegistryError as refusal:
        return refusal.key
    return None


def paid(connection: Connection, *, answer: str | None = None, amount: str = "400.00") -> None:
    funded(connection, committed="400.00")
    post_as_system(connection, entry("bayar", amount, reference="P-1", **CASE))
    if answer:
        post_as_system(connection, entry(answer, amount, reference="J-1", original="P-1"))


def closed(connection: Connection) -> None:
    post_as_system(connection, entry("tutup", day=LATER, reference="C-1"))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (entry("waran", "-1", reference="A-1"), "rujukan_berulang"),
        (entry("peruntukan", "0.00"), "amaun_tidak_positif"),
        (entry("peruntukan", None), "amaun_tidak_positif"),
        (entry("peruntukan", "1.00", day=JANUARY), "tahun_tidak_padan"),
        (entry("lepas", "1.00", day=LATER, **CASE), "tahun_tidak_padan"),
        (entry("tutup", day=date(YEAR, 12, 31)), "tahun_belum_tamat"),
        (entry("sah", "400.00", original="P-9"), "bayaran_tidak_dikenali"),
        (entry("sah", "400.00", original="P-1", programme="SEWA"), "bayaran_tidak_dikenali"),
        (entry("sah", "400.01", original="P-1"), "amaun_tidak_sama"),
        (entry("pulang", "400.00", original="P-1"), "sudah_dijawab"),
        (entry("batal", original="A-9"), "asal_tidak_ditemui"),
        (entry("batal", original="A-1", programme="SEWA"), "asal_tidak_ditemui"),
        (entry("batal", original="P-1"), "tidak_boleh_dibatalkan"),
        (entry("tutup", day=LATER), "dalam_bayaran_belum_selesai"),
        (entry("kurang", "0.01"), "baki_tidak_cukup"),
        (entry("tanggungan", "600.01", **CASE), "baki_tidak_cukup"),
        (entry("waran_pulang", "600.01", office="BG"), "baki_tidak_cukup"),
        (entry("waran", "1.00"), "arahan_tidak_lengkap"),
        (entry("hadiah", "1.00"), "arahan_tidak_lengkap"),
        (entry("peruntukan", "1.00", programme="TIADA"), "program_tidak_dikenali"),
    ],
)
def test_an_entry_that_breaks_a_rule_is_refused_by_its_code_and_moves_nothing(
    books: Connection, asked: Entry, code: str
) -> None:
    paid(books)
    before = books.execute(text("SELECT * FROM ekasih.ledger_vote ORDER BY 1, 2, 3")).all()
    assert refused(books, asked) == code
    assert books.execute(text("SELECT * FROM ekasih.ledger_vote ORDER BY 1, 2, 3")).all() == before


def test_a_payment_goes_out_and_its_answer_spends_it(books: Connection) -> None:
    paid(books, answer="sah")
    assert balance(books, "BELANJA") == 400
    assert balance(books, "DALAM_BAYARAN") == 0
    assert refused(books, entry("gagal", "400.00", original="P-1")) == "sudah_dijawab"


def test_a_payment_that_came_back_in_its_year_is_committed_again(books: Connection) -> None:
    paid(books, answer="sah")
    post_as_system(books, entry("pulang", "400.00", original="P-1"))
    assert (balance(books, "BELANJA"), balance(books, "TANGGUNGAN")) == (0, 400)


def test_a_payment_that_came_back_after_its_year_closed_enters_the_year_of_the_day(books: Connection) -> None:
    paid(books, answer="sah")
    closed(books)
    post_as_system(books, entry("pulang", "400.00", original="P-1", day=LATER))
    assert balance(books, "PULANGAN", year=YEAR + 1) == 400
    assert balance(books, "SUMBER", year=YEAR + 1) == -400
    assert (balance(books, "BELANJA"), balance(books, "LUPUT"), balance(books, "SUMBER")) == (400, 600, -1000)
    assert refused(books, entry("pulang", "400.00", original="P-1", day=LATER, reference="J-3")) == "tahun_ditutup"


def test_nothing_else_enters_a_closed_year(books: Connection) -> None:
    paid(books, answer="gagal")
    closed(books)
    assert refused(books, entry("peruntukan", "1.00")) == "tahun_ditutup"
    assert refused(books, entry("tutup", day=LATER, reference="C-2")) == "tahun_ditutup"
    assert refused(books, entry("pulang", "400.00", original="P-1", day=LATER)) == "tahun_ditutup"


def test_an_entry_is_reversed_once_with_every_line(books: Connection) -> None:
    funded(books)
    post_as_system(books, entry("batal", original="W-1", reference="R-1"))
    assert (balance(books, "PERUNTUKAN"), balance(books, "WARAN")) == (1000, 0)
    assert refused(books, entry("batal", original="W-1", reference="R-2")) == "sudah_dibatalkan"
    assert refused(books, entry("batal", original="R-1", reference="R-3")) == "tidak_boleh_dibatalkan"


def test_last_year_is_named_until_the_last_day_of_january_or_as_long_as_is_set(books: Connection) -> None:
    funded(books, committed="400.00")
    assert refused(books, entry("lepas", "1.00", day=JANUARY, reference="L-1", **CASE)) is None
    assert refused(books, entry("lepas", "1.00", day=LATER, reference="L-2", **CASE)) == "tahun_tidak_padan"
    books.execute(text("UPDATE ekasih.setting SET value = '32' WHERE key = 'ledger.late_days'"))
    assert refused(books, entry("lepas", "1.00", day=LATER, reference="L-2", **CASE)) is None


def test_a_year_is_that_of_the_agency(books: Connection) -> None:
    allocated = entry("peruntukan", "5.00", programme="ZKT", day=date(YEAR + 1, 3, 31), reference="Z-1")
    assert refused(books, allocated) is None
    late = entry("peruntukan", "5.00", programme="ZKT", day=date(YEAR + 1, 4, 1), reference="Z-2")
    assert refused(books, late) == "tahun_tidak_padan"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ekasih.ledger_entry SET amount = 1",
        "DELETE FROM ekasih.ledger_line",
        "TRUNCATE ekasih.ledger_line",
        "UPDATE ekasih.ledger_year SET closed_on = NULL",
        """INSERT INTO ekasih.ledger_line (entry_id, number, account, amount)
            SELECT min(id), 3, 'SUMBER', 1 FROM ekasih.ledger_entry""",
        "UPDATE ekasih.ledger_balance SET amount = -1 WHERE account = 'WARAN'",
        """INSERT INTO ekasih.ledger_entry (reference, day, command, year, programme, amount, lines)
            VALUES ('X', '2025-06-01', 'peruntukan', 2025, 'RMH', 1, 2)""",
        """INSERT INTO ekasih.ledger_entry (reference, day, command, year, programme, amount, lines, original_id)
            SELECT 'X', '2025-06-01', 'batal', 2025, 'RMH', 1, 2, id
            FROM ekasih.ledger_entry WHERE reference = 'C-1'""",
    ],
)
def test_the_owner_rewrites_nothing_of_the_ledger_either(books: Connection, statement: str) -> None:
    paid(books, answer="sah")
    closed(books)
    with pytest.raises(DBAPIError) as refusal:
        books.execute(text(statement))
    found = refusal_of(refusal.value)
    checked = sqlstate_of(refusal.value) == CHECKED
    assert checked or (found is not None and found.key in {"lejar_dikunci", "tahun_ditutup", "tidak_boleh_dibatalkan"})


def test_an_entry_whose_lines_do_not_sum_to_nothing_is_not_committed(books: Connection) -> None:
    funded(books)
    books.execute(
        text("""
        WITH e AS (INSERT INTO ekasih.ledger_entry (reference, day, command, year, programme, amount, lines)
            VALUES ('X', '2025-06-01', 'peruntukan', 2025, 'RMH', 1, 2) RETURNING id)
        INSERT INTO ekasih.ledger_line (entry_id, number, account, amount)
        SELECT e.id, n, 'PERUNTUKAN', 1 FROM e CROSS JOIN generate_series(1, 2) AS n
    """)
    )
    with pytest.raises(DBAPIError) as refusal:
        books.commit()
    assert isinstance(refusal_of(refusal.value), LedgerKept)


def test_a_balance_that_was_touched_is_the_first_difference(books: Connection) -> None:
    paid(books)
    assert first_difference(books) is None
    books.execute(text("UPDATE ekasih.ledger_balance SET amount = 7 WHERE account = 'WARAN'"))
    found = first_difference(books)
    assert found is not None
    assert (found.account, found.kept, found.added_up) == ("2025/RMH/BG/WARAN", Decimal(7), Decimal(600))


def test_what_is_left_lapses_case_by_case(books: Connection) -> None:
    funded(books, committed="400.00")
    closed(books)
    lines = text("""SELECT l.account, l.case_no, l.amount FROM ekasih.ledger_line AS l
        JOIN ekasih.ledger_entry AS e ON e.id = l.entry_id WHERE e.command = 'tutup' ORDER BY l.number""")
    assert [tuple(line) for line in books.execute(lines)] == [
        ("WARAN", "", -600),
        ("TANGGUNGAN", "K-1", -400),
        ("LUPUT", "", 1000),
    ]
