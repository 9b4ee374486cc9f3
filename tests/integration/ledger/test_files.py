"""What goes out and comes in as files: lists of payments, answers that are sent on screen, the vote book."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from queries import ledger
from registry.deliveries.archives import UnreadableDelivery
from registry.ledger import answer_files
from registry.ledger.answer_files import keep_answers
from registry.ledger.answers import COLUMNS as ANSWERS
from registry.ledger.payments import MakeList, SetPayee, ToPay, make_list, release_list, set_payee, verify_payee
from registry.ledger.posting import post_as_system
from registry.ledger.tables import MissingColumn, amount_of, day_of, table
from registry.uploads.taking_in import Upload
from reports.payments import COLUMNS, payments_file, rejected_file
from reports.vote_book import book_rows, vote_book_pdf, votes_of
from tests.integration.ledger.conftest import DAY, YEAR, entry, funded
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.integration.ledger.conftest import Treasury

NAME = '=HYPERLINK("x")'
RECEIVED = date(YEAR, 6, 30)


def released(books: Connection, treasury: Treasury, *, name: str = NAME) -> int:
    funded(books, amount="5000.00")
    for number in (1, 2):
        asked = entry("tanggungan", "1234.50", office="BG", case_no=f"K-{number}", reference=f"T-{number}")
        post_as_system(books, asked)
    books.commit()
    for number in (1, 2):
        account = SetPayee(
            programme="RMH",
            office="BG",
            case_no=f"K-{number}",
            name=name,
            id_no="001231-14-0012",
            bank="MBB",
            account="00012345",
        )
        with treasury.writing(treasury.maker) as session:
            entered = set_payee(session, account)
        with treasury.writing(treasury.releaser) as session:
            verify_payee(session, entered)
    paid = [ToPay(office="BG", case_no=f"K-{number}", amount=Decimal("1234.50")) for number in (1, 2)]
    with treasury.writing(treasury.maker) as session:
        listed = make_list(session, MakeList(year=YEAR, programme="RMH", office="BG", payments=paid))
    with treasury.writing(treasury.releaser) as session:
        release_list(session, listed, day=DAY)
    return listed


def written(rows: Sequence[Sequence[object]], *, kind: str) -> Upload:
    file = io.BytesIO()
    if kind == "xlsx":
        book = Workbook()
        for row in (ANSWERS, *rows):
            book.active.append(list(row))  # type: ignore[union-attr]
        book.save(file)
    else:
        lines = io.StringIO()
        csv.writer(lines, delimiter=";").writerows([ANSWERS, *rows])
        file.write(lines.getvalue().encode("cp1252"))
    return Upload(length=file.tell(), name=f"../jawapan.{kind}", stream=io.BytesIO(file.getvalue()))


def test_a_list_goes_out_in_the_order_of_the_layout_with_a_total(books: Connection, treasury: Treasury) -> None:
    listed = released(books, treasury)
    with treasury.reading(treasury.maker) as connection:
        found = ledger.payments(connection, listed)
    lines = list(csv.reader(io.StringIO(str(payments_file("csv", found)).removeprefix("\ufeff"))))
    assert tuple(lines[0]) == COLUMNS
    first = dict(zip(COLUMNS, lines[1], strict=True))
    assert first["nama_penerima"] == f"'{NAME}"
    assert (first["no_kp"], first["no_akaun"], first["amaun"]) == ("001231140012", "00012345", "1234.50")
    assert (lines[-1][0], lines[-1][1], lines[-1][10]) == ("JUMLAH", "2", "2469.00")
    sheet = load_workbook(io.BytesIO(bytes(payments_file("xlsx", found)))).active  # type: ignore[arg-type]
    assert sheet is not None
    cells = {name: sheet.cell(2, place) for place, name in enumerate(COLUMNS, start=1)}
    assert (cells["nama_penerima"].value, cells["nama_penerima"].data_type) == (NAME, "s")
    assert (cells["no_akaun"].value, cells["no_akaun"].data_type) == ("00012345", "s")
    assert (cells["amaun"].value, cells["amaun"].number_format) == (1234.5, "0.00")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_answers_is_taken_in_and_what_was_rejected_goes_back(
    books: Connection, treasury: Treasury, tmp_path: Path, kind: str
) -> None:
    listed = released(books, treasury)
    with treasury.reading(treasury.maker) as connection:
        paid = ledger.payments(connection, listed)
    day: object = date(YEAR, 6, 2) if kind == "xlsx" else "02/06/2025"
    rows = [
        [paid[0]["list_number"], paid[0]["number"], "berjaya", day, "1234.50", "B1", ""],
        [paid[0]["list_number"], paid[1]["number"], "selesai", day, "1234.50", "B2", ""],
    ]

    def taken(upload: Upload) -> int:
        return keep_answers(tmp_path, lambda: treasury.writing(treasury.maker), upload, received=RECEIVED)

    file_id = taken(written(rows, kind=kind))
    assert list((tmp_path / "answers").iterdir()) == []
    with treasury.reading(treasury.maker) as connection:
        found = ledger.answer_file(connection, file_id)
        back = rejected_file(ledger.rejected(connection, file_id), words_of("ms"))
    assert found is not None
    assert (found["name"], found["accepted"], found["rejected"]) == (f"jawapan.{kind}", 1, 1)
    corrected = table(back.encode(), ANSWERS)
    assert corrected[0]["sebab"].startswith("status_tidak_dikenali")
    again = [
        [row["status"].replace("selesai", "gagal") if n == "status" else row[n] for n in ANSWERS] for row in corrected
    ]
    with treasury.reading(treasury.maker) as connection:
        done = ledger.answer_file(connection, taken(written(again, kind="csv"))) or {}
    assert (done["accepted"], done["rejected"]) == (1, 0)
    with treasury.reading(treasury.other) as connection:
        assert ledger.answer_file(connection, file_id) is None


def test_a_file_that_is_none_is_refused_whole(
    treasury: Treasury, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(raw: bytes) -> int:
        upload = Upload(length=len(raw), name="a.csv", stream=io.BytesIO(raw))
        return keep_answers(tmp_path, lambda: treasury.writing(treasury.maker), upload, received=RECEIVED)

    head = ",".join(ANSWERS).encode()
    with pytest.raises(MissingColumn):
        taken(b"no_senarai,no_bayaran\n1,2\n")
    with pytest.raises(UnreadableDelivery):
        taken(head)
    with pytest.raises(UnreadableDelivery):
        taken(b"PK\x03\x04 none")
    monkeypatch.setattr(answer_files, "MOST_ROWS", 1)
    with pytest.raises(UnreadableDelivery):
        taken(head + b"\n1,2,3,4,5,6,7\n1,2,3,4,5,6,7\n")


def test_days_and_amounts_are_read_as_they_are_written() -> None:
    days = ["18/09/2026", "2026-09-18", "18.9", "31/02/2026", ""]
    assert [day_of(day) for day in days] == [date(2026, 9, 18), date(2026, 9, 18), None, None, None]
    amounts = ["1200", "1,200.00", "RM1,200.00", "-5.00", "12.500", "x", ""]
    assert [amount_of(amount) for amount in amounts] == [1200, 1200, 1200, -5, Decimal("12.5"), None, None]


def test_what_is_finer_than_a_sen_or_larger_than_any_account_is_no_amount() -> None:
    assert [amount_of(amount) for amount in ("5.005", "RM0.001", "99999999999999.00")] == [None, None, None]


def test_the_vote_book_follows_its_formula(books: Connection, treasury: Treasury) -> None:
    post_as_system(books, entry("peruntukan", "2000.00", reference="A-1"))
    for office, amount in (("BG", "900.00"), ("IPOH", "600.00")):
        post_as_system(books, entry("waran", amount, office=office, reference=f"W-{office}"))
    case = {"office": "BG", "case_no": "K-1"}
    post_as_system(books, entry("tanggungan", "500.00", reference="T-1", **case))
    for number, amount in (("P-1", "200.00"), ("P-2", "100.00")):
        post_as_system(books, entry("bayar", amount, reference=number, **case))
    post_as_system(books, entry("sah", "200.00", original="P-1"))
    books.commit()
    with treasury.reading(treasury.maker) as connection:
        assert ledger.years(connection) == [YEAR]
        votes = votes_of(ledger.votes(connection, YEAR), "ms")
    figures = [
        (vote.office, *(vote.peruntukan, vote.agihan, vote.tanggungan, vote.belanja, vote.baki)) for vote in votes
    ]
    assert figures == [
        ("", 2000, 1500, 300, 200, 1500),
        ("BG", None, 900, 300, 200, 400),
        ("IPOH", None, 600, 0, 0, 600),
    ]
    assert [vote.percent and round(vote.percent, 1) for vote in votes] == [10, Decimal("22.2"), 0]
    assert book_rows(votes, words_of("ms"))[0][:2] == ["RMH", "RMH"]
    assert vote_book_pdf(votes, YEAR, words_of("en"), sample=True).startswith(b"%PDF")
    with treasury.reading(treasury.at_ipoh) as connection:
        assert [vote.office for vote in votes_of(ledger.votes(connection, YEAR), "ms")] == ["IPOH"]


def test_what_has_no_answer_for_too_long_is_listed(books: Connection, treasury: Treasury) -> None:
    released(books, treasury, name="Siti")
    with treasury.reading(treasury.maker) as connection:
        found, total = ledger.unanswered(connection, limit=1)
        assert (len(found), total) == (1, 2)
        assert found[0]["days"] > 7
    books.execute(text("UPDATE ekasih.payment SET sent_on = current_date - 7"))
    books.commit()
    with treasury.reading(treasury.maker) as connection:
        assert ledger.unanswered(connection, limit=1) == ([], 0)


def test_what_can_be_paid_is_read_page_by_page(books: Connection, treasury: Treasury) -> None:
    funded(books, amount="100.00")
    for number in range(5):
        asked = entry("tanggungan", "1.00", office="BG", case_no=f"K-{number}", reference=f"T-{number}")
        post_as_system(books, asked)
    books.commit()
    with treasury.reading(treasury.maker) as connection:
        first = ledger.payable(connection, year=YEAR, programme="RMH", limit=3)
        after = (first[-1]["office"], first[-1]["case_no"])
        rest = ledger.payable(connection, year=YEAR, programme="RMH", after=after, limit=3)
    assert [row["case_no"] for row in (*first, *rest)] == [f"K-{number}" for number in range(5)]
