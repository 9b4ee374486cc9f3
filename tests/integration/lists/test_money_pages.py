"""The pages of money, asked as a browser asks them: what is pressed is done, and what is refused is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from registry.principals import Role
from tests.integration.lists.asking import answered
from tests.leaks.endpoints import pressed
from words import words_of

if TYPE_CHECKING:
    from tests.leaks.conftest import World

MS = words_of("ms")
VIEW = {"payments-view.data": {"program": "PA0803"}}


def told(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False)


def committed(world: World) -> None:
    """A further case of the agency's office, which has an account that nobody has verified."""
    post = """SELECT ekasih.ledger_post(c.command, current_date, extract(year FROM current_date)::int, 'PA0803',
        'PA0803', 'K-9', 50, c.command || '-9', NULL) FROM (VALUES (1, 'peruntukan'), (2, 'waran'), (3, 'tanggungan'))
        AS c (n, command) ORDER BY c.n"""
    with world.owner.begin() as owner:
        owner.execute(text(post))


def test_an_account_is_entered_verified_by_another_and_paid(whole: World) -> None:
    committed(whole)
    fields = {"case": "PA0803|K-9", "name": "Siti", "id": "800101081234", "bank": "MBB", "account": "12345678"}
    typed = {f"payments-payee-{name}.value": value for name, value in fields.items()}
    given = {"payments-payee-save.n_clicks": 1, "payments-key.data": "k", **VIEW}
    wrong = answered(whole, Role.AGENCY, "payments.making.save", given | typed | {"payments-payee-account.value": "x"})
    assert MS("problem.account_digits") in told(wrong)
    assert MS("payment.payee_saved") in told(answered(whole, Role.AGENCY, "payments.making.save", given | typed))
    with whole.owner.connect() as owner:
        account = owner.scalar(text("SELECT id FROM ekasih.payee_account WHERE case_no = 'K-9'"))
    verify = {pressed("payments-verify", account=account): 1}
    own = answered(whole, Role.AGENCY, "payments.making.verify", verify)
    assert MS("error.case_step_same_person") in told(own)
    assert MS("payment.verified_now") in told(answered(whole, Role.COUNCIL, "payments.making.verify", verify))
    named = {"case": "PA0803|K-9", "type": "payments-amount"}
    amount = json.dumps(named, separators=(",", ":"))
    marked = {
        pressed("payments-make", of="PA0803"): 1,
        f"{amount.replace('payments-amount', 'payments-pay')}.checked": True,
        f"{amount}.value": "40",
        f"{amount}.id": named,
        "payments-key.data": "m",
        **VIEW,
    }
    assert MS("payment.made") in told(answered(whole, Role.AGENCY, "payments.making.make", marked))
    with whole.owner.connect() as owner:
        listed = owner.scalar(text("SELECT max(id) FROM ekasih.payment_list"))
    release = {pressed("payments-one-release", list=listed): 1, "payments-one.data": listed}
    assert MS("error.case_step_same_person") in told(answered(whole, Role.AGENCY, "payments.one.release", release))
    done = answered(whole, Role.COUNCIL, "payments.one.release", release)
    assert MS("payment.released", n="1") in told(done)
    page = answered(whole, Role.AGENCY, "payments.one.show", {"payments-one.data": listed})
    assert MS("payment.state_dihantar") in told(page)


def test_an_entry_that_the_ledger_refuses_is_told_by_its_rule(whole: World) -> None:
    fields = {"command": "tanggungan", "programme": "PA0803", "office": "PA0803", "case": "K-1", "amount": "99999",
              "day": "01/01/2026", "year": "2026"}  # fmt: skip
    typed = {f"votes-{name}.value": value for name, value in fields.items()}
    given = {"votes-post.n_clicks": 1, "votes-key.data": "k", **typed}
    refused = told(answered(whole, Role.AGENCY, "vote_book.entry.send", given))
    assert MS("error.baki_tidak_cukup") in refused or MS("error.tahun_tidak_padan") in refused
    missing = answered(whole, Role.AGENCY, "vote_book.entry.send", given | {"votes-day.value": "esok"})
    assert MS("problem.date") in told(missing)
