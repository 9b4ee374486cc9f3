"""Money in a browser: it is allocated and committed, two people pay it, and the vote book says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import faults
from tests.browser.visitor import NARROW, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from sqlalchemy import Engine

MS = words_of("ms")
_AGENCY = """
    INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('WANG', 'Agensi wang', 'Money', 'persekutuan');
    INSERT INTO ekasih.office (code, agency_id, name_ms, name_en) SELECT 'WANG-1', id, 'Pejabat satu', 'Office one'
        FROM ekasih.agency WHERE code = 'WANG';
    INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en, has_ledger) SELECT id, 'WANG-P',
        'Program wang', 'Money programme', true FROM ekasih.agency WHERE code = 'WANG';
    UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = 'WANG'), office_code = NULL
        WHERE login IN ('agensi', 'ppkb.batugajah')
"""


def chosen(visitor: Visitor, field: str, option: str) -> None:
    visitor.page.locator(f"#{field}").click()
    visitor.page.get_by_role("option", name=option).first.click()


def posted(visitor: Visitor, command: str, **typed: str) -> None:
    chosen(visitor, "votes-command", MS(f"vote.command_{command}"))
    chosen(visitor, "votes-programme", "WANG-P")
    if command != "peruntukan":
        chosen(visitor, "votes-office", "WANG-1")
    for field, value in typed.items():
        visitor.page.fill(f"#votes-{field}", value)
    visitor.page.click("#votes-post")
    expect(visitor.page.locator("#votes-message")).to_have_text(MS("vote.posted"))
    visitor.open("/buku-vot")
    visitor.settled()


def test_money_is_allocated_committed_and_paid_by_two_people(browser: Browser, address: str, register: Engine) -> None:
    with register.begin() as connection:
        for statement in _AGENCY.split(";\n"):
            connection.execute(text(statement))
    maker, releaser = Visitor(browser, address), Visitor(browser, address)
    maker.signed_in("agensi", then="/buku-vot").settled()
    posted(maker, "peruntukan", amount="1000")
    posted(maker, "waran", amount="600")
    posted(maker, "tanggungan", amount="400", case="K-1")
    book = maker.page.locator("#votes-book")
    expect(book).to_contain_text("RM1,000.00")
    expect(book).to_contain_text("RM400.00")
    assert faults(maker.page) == []
    assert faults(maker.sized(NARROW).settled().page) == []

    maker.open("/bayaran").settled()
    chosen(maker, "payments-payee-case", "K-1")
    for field, value in (("name", "Siti"), ("id", "800101081234"), ("bank", "MBBEMYKL"), ("account", "1234567890")):
        maker.page.fill(f"#payments-payee-{field}", value)
    maker.page.click("#payments-payee-save")
    expect(maker.page.locator("#payments-payee-message")).to_have_text(MS("payment.payee_saved"))

    releaser.signed_in("ppkb.batugajah", then="/bayaran").settled()
    releaser.page.get_by_role("button", name=MS("payment.verify"), exact=True).click()
    expect(releaser.page.locator("#payments-verify-message")).to_have_text(MS("payment.verified_now"))

    maker.open("/bayaran").settled()
    maker.page.get_by_role("checkbox").first.check()
    maker.page.get_by_role("button", name=MS("payment.make_list")).click()
    maker.page.get_by_role("link", name=MS("payment.open_list")).click()
    expect(maker.page.get_by_text(MS("payment.another_releases"))).to_be_visible()
    path = maker.page.url.removeprefix(address)
    releaser.open(path).settled()
    releaser.page.get_by_role("button", name=MS("payment.release")).click()
    expect(releaser.page.locator("#payments-one-message")).to_have_text(MS("payment.released", n="1"))
    assert faults(releaser.settled().page) == []
    with releaser.page.expect_download() as taken:
        releaser.page.click("#payments-one-xlsx")
    assert taken.value.suggested_filename.endswith(".xlsx")
    for visitor in (maker, releaser):
        assert (visitor.script_errors, visitor.requests_elsewhere) == ([], [])
        visitor.close()
