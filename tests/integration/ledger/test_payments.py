"""Payments: lists that two people make, accounts that a second person verifies, and answers judged row by row."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.errors import InvalidInput, NotPermitted, RegistryError
from registry.ledger.answers import Answered, take_answers
from registry.ledger.payments import (
    MakeList,
    SetPayee,
    ToPay,
    call_off,
    make_list,
    release_list,
    set_payee,
    verify_payee,
)
from registry.ledger.posting import first_difference, post, post_as_system
from registry.money_refusals import (
    AccountNotVerified,
    AmountNotPositive,
    BalanceTooLow,
    ListReleased,
    PaymentPrepared,
)
from registry.refusals import SamePerson
from tests.integration.ledger.conftest import DAY, YEAR, balance, entry, funded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.ledger.tables import Row
    from registry.principals import Principal
    from tests.integration.ledger.conftest import Treasury

RECEIVED = date(YEAR, 6, 30)


def payee(treasury: Treasury, case_no: str = "K-1", *, account: str = "1234567890", verified: bool = True) -> int:
    command = SetPayee(
        programme="RMH",
        office="BG",
        case_no=case_no,
        name="Siti",
        id_no="800101081234",
        bank="MBBEMYKL",
        account=account,
    )
    with treasury.writing(treasury.maker) as session:
        made = set_payee(session, command)
    if verified:
        with treasury.writing(treasury.releaser) as session:
            verify_payee(session, made)
    return made


def made(treasury: Treasury, *paid: ToPay, by: Principal | None = None) -> int:
    command = MakeList(year=YEAR, programme="RMH", office="BG", payments=paid)
    with treasury.writing(by or treasury.maker) as session:
        return make_list(session, command)


def one(amount: str = "100.00", case_no: str = "K-1") -> ToPay:
    return ToPay(office="BG", case_no=case_no, amount=Decimal(amount))


def sent(books: Connection, treasury: Treasury, cases: int = 1) -> tuple[str, list[str]]:
    """A released list of as many cases; its number and those of its payments."""
    funded(books, amount="5000.00")
    for number in range(1, cases + 1):
        asked = entry("tanggungan", "100.00", office="BG", case_no=f"K-{number}", reference=f"T-{number}")
        post_as_system(books, asked)
    books.commit()
    for number in range(1, cases + 1):
        payee(treasury, f"K-{number}")
    made_list = made(treasury, *(one(case_no=f"K-{number}") for number in range(1, cases + 1)))
    with treasury.writing(treasury.releaser) as session:
        assert release_list(session, made_list, day=DAY) == cases
    numbers = text("""SELECT l.number, p.number FROM ekasih.payment AS p
        JOIN ekasih.payment_list AS l ON l.id = p.list_id ORDER BY p.id""")
    found = books.execute(numbers).all()
    return found[0][0], [row[1] for row in found]


def answer(listed: str, number: str, **given: str) -> Row:
    known = {"status": "berjaya", "tarikh_proses": "10/06/2025", "amaun": "100.00", "rujukan_bank": "B1", "sebab": ""}
    return {"no_senarai": listed, "no_bayaran": number} | known | given


def answered(treasury: Treasury, *rows: Row, by: Principal | None = None) -> Answered:
    with treasury.writing(by or treasury.maker) as session:
        return take_answers(session, rows, name="jawapan.csv", received=RECEIVED)


def test_a_list_is_released_by_another_person_and_its_answers_spend_it(books: Connection, treasury: Treasury) -> None:
    listed, numbers = sent(books, treasury, 2)
    assert balance(books, "DALAM_BAYARAN") == 200
    done = answered(treasury, answer(listed, numbers[0]), answer(listed, numbers[1], status="gagal"))
    assert done.results == {"berjaya": 1, "gagal": 1}
    books.rollback()
    assert (balance(books, "BELANJA"), balance(books, "TANGGUNGAN")) == (100, 100)
    assert first_difference(books) is None


def test_who_made_a_list_does_not_release_it_and_nothing_is_released_twice(
    books: Connection, treasury: Treasury
) -> None:
    funded(books, committed="400.00")
    books.commit()
    payee(treasury)
    listed = made(treasury, one())
    with pytest.raises(SamePerson), treasury.writing(treasury.maker) as session:
        release_list(session, listed, day=DAY)
    with treasury.writing(treasury.releaser) as session:
        release_list(session, listed, day=DAY)
    with pytest.raises(ListReleased), treasury.writing(treasury.releaser) as session:
        release_list(session, listed, day=DAY)


def test_an_account_is_verified_by_another_person_and_a_changed_one_holds_the_payment(
    books: Connection, treasury: Treasury
) -> None:
    funded(books, committed="400.00")
    books.commit()
    account = payee(treasury, verified=False)
    with pytest.raises(AccountNotVerified):
        made(treasury, one())
    with pytest.raises(SamePerson), treasury.writing(treasury.maker) as session:
        verify_payee(session, account)
    with treasury.writing(treasury.releaser) as session:
        verify_payee(session, account)
    listed = made(treasury, one())
    assert payee(treasury, verified=False) == account, "the same account needs no second look"
    payee(treasury, account="9876543210", verified=False)
    with pytest.raises(AccountNotVerified), treasury.writing(treasury.releaser) as session:
        release_list(session, listed, day=DAY)
    books.rollback()
    assert balance(books, "DALAM_BAYARAN") == 0


def test_a_list_pays_no_more_than_is_committed_and_each_case_once(books: Connection, treasury: Treasury) -> None:
    funded(books, committed="400.00")
    books.commit()
    payee(treasury)
    for asked, refusal in (
        (one("400.01"), BalanceTooLow),
        (one("0.00"), AmountNotPositive),
        (one(case_no="K-9"), BalanceTooLow),
    ):
        with pytest.raises(refusal):
            made(treasury, asked)
    with pytest.raises(InvalidInput):
        made(treasury)
    listed = made(treasury, one())
    with pytest.raises(PaymentPrepared):
        made(treasury, one())
    with treasury.writing(treasury.maker) as session:
        call_off(session, listed)
    assert made(treasury, one()) > listed


def test_each_answer_is_judged_by_itself_in_the_order_of_the_rule(books: Connection, treasury: Treasury) -> None:
    listed, numbers = sent(books, treasury, 4)
    first, second, third, fourth = numbers
    done = answered(
        treasury,
        answer("SB-LAIN", first),
        answer(listed, "tiada"),
        answer(listed, first, status="selesai"),
        answer(listed, first),
        answer(listed, second, tarikh_proses="31/05/2025"),
        answer(listed, third, tarikh_proses="01/07/2025", amaun="1.00"),
        answer(listed, fourth, amaun="100.01"),
    )
    assert done.results == {
        "amaun_tidak_sama": 1,
        "baris_berulang": 1,
        "bayaran_tidak_dikenali": 2,
        "status_tidak_dikenali": 1,
        "tarikh_tidak_sah": 2,
    }
    again = (
        answer(listed, first),
        answer(listed, second, status="gagal"),
        answer(listed, third, tarikh_proses="2025-06-30", amaun="RM100"),
        answer(listed, fourth, status="dipulangkan"),
    )
    assert answered(treasury, *again).results == {"berjaya": 2, "gagal": 2}
    assert answered(treasury, *again).results == {"tiada_perubahan": 4}
    other = (
        answer(listed, first, status="dipulangkan"),
        answer(listed, second),
        answer(listed, third, status="gagal"),
        answer(listed, fourth, status="gagal"),
    )
    assert answered(treasury, *other).results == {"dipulangkan": 1, "jawapan_bercanggah": 3}
    books.rollback()
    fates = "SELECT fate, count(*) FROM ekasih.payment_answer GROUP BY 1 ORDER BY 1"
    assert dict(books.execute(text(fates)).all()) == {"accepted": 5, "held": 3, "rejected": 7, "unchanged": 4}
    assert (balance(books, "BELANJA"), balance(books, "TANGGUNGAN"), balance(books, "DALAM_BAYARAN")) == (100, 300, 0)


def test_an_answer_after_the_window_still_counts_for_its_year(books: Connection, treasury: Treasury) -> None:
    listed, (number,) = sent(books, treasury)
    with treasury.writing(treasury.maker) as session:
        rows = [answer(listed, number, tarikh_proses="02/03/2026")]
        assert take_answers(session, rows, name="lewat", received=date(YEAR + 1, 3, 3)).results == {"berjaya": 1}
    books.rollback()
    assert balance(books, "BELANJA") == 100


def test_an_agency_moves_its_own_money_alone_and_an_office_its_own(books: Connection, treasury: Treasury) -> None:
    listed, (number,) = sent(books, treasury)
    with treasury.writing(treasury.maker) as session:
        assert post(session, entry("peruntukan", "5.00", reference="A-9")) > 0
    for who in (treasury.other, treasury.at_ipoh, treasury.planner, treasury.state_office):
        with pytest.raises(NotPermitted), treasury.writing(who) as session:
            post(session, entry("lepas", "1.00", office="BG", case_no="K-1", reference="L-9"))
        with pytest.raises(NotPermitted), treasury.writing(who) as session:
            set_payee(
                session,
                SetPayee(programme="RMH", office="BG", case_no="K-1", name="A", id_no="1", bank="AB", account="12345"),
            )
    assert answered(treasury, answer(listed, number), by=treasury.other).results == {"bayaran_tidak_dikenali": 1}
    with pytest.raises(NotPermitted):
        answered(treasury, answer(listed, number), by=treasury.state_office)
    with pytest.raises(NotPermitted), treasury.writing(treasury.maker) as session:
        post(session, entry("bayar", "1.00", office="BG", case_no="K-1", reference="P-9"))


def test_who_reads_the_ledger_reads_the_own_agency_or_territory(books: Connection, treasury: Treasury) -> None:
    sent(books, treasury)
    votes = text("SELECT count(*) FROM ekasih.ledger_vote")
    payments = text("SELECT count(*) FROM ekasih.payment")
    seen = {}
    for who in (treasury.maker, treasury.at_ipoh, treasury.other, treasury.national, treasury.state_office):
        with treasury.reading(who) as connection:
            seen[who.login] = connection.scalar(votes), connection.scalar(payments)
    assert seen == {"penyedia": (2, 1), "ipoh": (1, 0), "zakat": (0, 0), "kebangsaan": (2, 1), "negeri": (0, 0)}


def test_what_was_posted_is_in_the_log_without_a_person(books: Connection, treasury: Treasury) -> None:
    sent(books, treasury)
    log = text(
        "SELECT action, after FROM ekasih.audit_log WHERE subject IN ('payment_list', 'payee_account') ORDER BY id"
    )
    found = books.execute(log).all()
    assert [row.action for row in found] == ["set_payee", "verify_payee", "make_payments", "release_payments"]
    assert "Siti" not in json.dumps([row.after for row in found])


def test_a_refusal_leaves_nothing_of_a_list(books: Connection, treasury: Treasury) -> None:
    funded(books, committed="400.00")
    books.commit()
    payee(treasury)
    with pytest.raises(RegistryError):
        made(treasury, one(), one("9000.00", case_no="K-2"))
    assert books.scalar(text("SELECT count(*) FROM ekasih.payment_list")) == 0
