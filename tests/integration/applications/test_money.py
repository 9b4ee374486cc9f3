"""What an application that is granted takes from the ledger, and gives back; payments move it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.aid_refusals import RateMissing
from registry.applications.applications import lapse
from registry.ledger.posting import Entry, post_as_system
from registry.money_refusals import BalanceTooLow
from tests.integration.applications.conftest import facts, today

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.applications.conftest import Aid

PROGRAMME, OFFICE = "SEWA", "KEBAJIKAN-1"


def funded(aid: Aid, owner: Connection, amount: int) -> None:
    """Keep the money of the rent here, and warrant so much of it to the agency's office."""
    owner.execute(text("UPDATE ekasih.aid_programme SET has_ledger = true WHERE code = :code"), {"code": PROGRAMME})
    owner.execute(
        text("INSERT INTO ekasih.office (code, agency_id, name_ms, name_en) VALUES (:code, :of, 'Pejabat', 'Office')"),
        {"code": OFFICE, "of": aid.welfare},
    )
    post(aid, owner, "peruntukan", amount, "A-1")
    post(aid, owner, "waran", amount, "W-1", office=OFFICE)
    owner.commit()


def post(aid: Aid, owner: Connection, command: str, amount: int, reference: str, **more: str) -> None:
    day = date.fromisoformat(today(aid))
    asked = {"command": command, "day": day, "year": day.year, "programme": PROGRAMME, "reference": reference}
    post_as_system(owner, Entry(**asked, amount=Decimal(amount), **more))


def balance(owner: Connection, account: str) -> Decimal:
    owner.rollback()
    asked = text("SELECT coalesce(sum(amount), 0) FROM ekasih.ledger_balance WHERE account = :account")
    return Decimal(owner.execute(asked, {"account": account}).scalar_one())


def test_what_is_granted_is_committed_and_what_is_cancelled_given_back(aid: Aid, owner: Connection) -> None:
    funded(aid, owner, 500)
    number = aid.approved(kind_id=aid.rent)
    assert (balance(owner, "WARAN"), balance(owner, "TANGGUNGAN")) == (400, 100)
    aid.step(aid.approver, number, "batal", reason="Berpindah")
    assert (balance(owner, "WARAN"), balance(owner, "TANGGUNGAN")) == (500, 0)


def test_without_the_money_nothing_is_granted_and_no_need_is_taken(aid: Aid, owner: Connection) -> None:
    funded(aid, owner, 99)
    number = aid.checked(kind_id=aid.rent)
    with pytest.raises(BalanceTooLow):
        aid.step(aid.approver, number, "lulus", amount_rm=Decimal(100))
    assert facts(owner, number)["state"] == "disemak"
    assert owner.scalar(text("SELECT count(*) FROM ekasih.aid_claim")) == 0
    aid.step(aid.approver, number, "lulus", amount_rm=Decimal(99))
    assert balance(owner, "WARAN") == 0


def test_a_programme_that_is_over_gives_its_commitments_back(aid: Aid, owner: Connection) -> None:
    funded(aid, owner, 500)
    aid.approved(kind_id=aid.rent)
    owner.execute(text("UPDATE ekasih.aid_programme SET valid_until = current_date - 1 WHERE code = 'SEWA'"))
    assert lapse(owner) == 1
    owner.commit()
    assert (balance(owner, "WARAN"), balance(owner, "TANGGUNGAN")) == (500, 0)


def test_payments_move_an_application_until_all_of_it_is_paid(aid: Aid, owner: Connection) -> None:
    funded(aid, owner, 500)
    number = aid.approved(kind_id=aid.rent)
    sent = {"office": OFFICE, "case_no": number}
    post(aid, owner, "bayar", 60, "B-1", **sent)
    owner.commit()
    assert facts(owner, number)["state"] == "dalam_bayaran"
    post(aid, owner, "gagal", 60, "G-1", original="B-1")
    owner.commit()
    assert facts(owner, number)["state"] == "diluluskan"
    for no, amount in ((2, 60), (3, 40)):
        post(aid, owner, "bayar", amount, f"B-{no}", **sent)
        post(aid, owner, "sah", amount, f"S-{no}", original=f"B-{no}")
        owner.commit()
        assert facts(owner, number)["state"] == ("dalam_bayaran" if no == 2 else "selesai")
    line = owner.execute(text("SELECT origin, amount_rm FROM ekasih.aid_line")).one()
    assert tuple(line) == ("payment", 100)


def paid(aid: Aid, owner: Connection, *, amounts: tuple[int, ...] = (100,)) -> str:
    """An application for rent that was paid in full; its payments are B-1 and on."""
    funded(aid, owner, 500)
    number = aid.approved(kind_id=aid.rent)
    for no, amount in enumerate(amounts, start=1):
        post(aid, owner, "bayar", amount, f"B-{no}", office=OFFICE, case_no=number)
        post(aid, owner, "sah", amount, f"S-{no}", original=f"B-{no}")
        owner.commit()
    return number


def lines(owner: Connection) -> list[tuple[str, bool]]:
    """The lines of aid by their reference, and whether each was taken back."""
    owner.rollback()
    asked = text("""
        SELECT l.reference, r.line_id IS NOT NULL FROM ekasih.aid_line AS l
        LEFT JOIN ekasih.aid_reversal AS r ON r.line_id = l.id ORDER BY l.id
    """)
    return [tuple(row) for row in owner.execute(asked)]


def claim(owner: Connection) -> tuple[bool, bool]:
    """Whether the claim stands, and whether a line fulfils it."""
    owner.rollback()
    return tuple(owner.execute(text("SELECT ended_at IS NULL, line_id IS NOT NULL FROM ekasih.aid_claim")).one())


def test_what_the_bank_sends_back_is_open_again_with_its_money_and_its_need(aid: Aid, owner: Connection) -> None:
    number = paid(aid, owner)
    assert (facts(owner, number)["state"], claim(owner)) == ("selesai", (True, True))
    post(aid, owner, "pulang", 100, "P-1", original="B-1")
    owner.commit()
    assert facts(owner, number)["state"] == "diluluskan"
    assert (balance(owner, "BELANJA"), balance(owner, "TANGGUNGAN")) == (0, 100)
    assert (lines(owner), claim(owner)) == ([(number, True)], (True, False))
    post(aid, owner, "bayar", 100, "B-2", office=OFFICE, case_no=number)
    post(aid, owner, "sah", 100, "S-2", original="B-2")
    owner.commit()
    assert facts(owner, number)["state"] == "selesai"
    assert (lines(owner), claim(owner)) == ([(number, True), (f"{number}/2", False)], (True, True))
    assert balance(owner, "BELANJA") == 100


def test_what_comes_back_opens_beside_a_newer_application(aid: Aid, owner: Connection) -> None:
    number = paid(aid, owner)
    newer = aid.sent(kind_id=aid.rent)
    post(aid, owner, "pulang", 100, "P-1", original="B-1")
    owner.commit()
    assert (facts(owner, number)["state"], facts(owner, newer)["state"]) == ("diluluskan", "diterima")


def test_cancelling_what_came_back_in_part_keeps_what_was_paid(aid: Aid, owner: Connection) -> None:
    number = paid(aid, owner, amounts=(60, 40))
    post(aid, owner, "pulang", 40, "P-2", original="B-2")
    owner.commit()
    aid.step(aid.approver, number, "batal", reason="Akaun tidak lagi wujud")
    assert (balance(owner, "BELANJA"), balance(owner, "TANGGUNGAN"), balance(owner, "WARAN")) == (60, 0, 440)
    owner.rollback()
    stands = (
        owner.execute(
            text("""
        SELECT amount_rm FROM ekasih.aid_line AS l
        WHERE NOT EXISTS (SELECT FROM ekasih.aid_reversal AS r WHERE r.line_id = l.id)
    """)
        )
        .scalars()
        .all()
    )
    assert (stands, claim(owner)) == ([60], (True, True))


def test_what_comes_back_after_its_year_was_closed_lapses(aid: Aid, owner: Connection) -> None:
    number = paid(aid, owner)
    owner.execute(text("UPDATE ekasih.ledger_year SET closed_on = current_date"))
    owner.execute(text("SELECT ekasih.system_step(:number, 'gagal', NULL)"), {"number": number})
    owner.commit()
    assert facts(owner, number)["state"] == "diluluskan"
    assert lapse(owner) == 1
    owner.commit()
    assert facts(owner, number)["state"] == "luput"


def test_without_a_rate_in_force_nothing_is_granted(aid: Aid, owner: Connection) -> None:
    number = aid.checked()
    owner.execute(text("UPDATE ekasih.aid_rate SET until_date = current_date - 1 WHERE kind_id = :k"), {"k": aid.food})
    owner.commit()
    with pytest.raises(RateMissing):
        aid.step(aid.approver, number, "lulus", amount_rm=Decimal(1), first_day=date.fromisoformat(today(aid)),
                 last_day=date.fromisoformat(today(aid)))  # fmt: skip
    assert facts(owner, number)["state"] == "disemak"
