"""What the public sent: an officer finds it by the keyboard, screens it, and makes it a case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import NARROW, OFFICER, WIDE, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from sqlalchemy import Engine

MS = words_of("ms")
REFERENCE = "P-TEST-0001"
SAID = {
    "district": "0803", "village": "Kampung Rekaan", "name": "Keluarga Pelayar", "seen": ["tiada_makanan"],
    "words": "Tiada beras", "who": "awam", "teller_phone": "012-3334444",
}  # fmt: skip


def test_a_notice_is_screened_and_becomes_a_case(browser: Browser, address: str, register: Engine) -> None:
    with register.begin() as owner:
        sending = text("SELECT ekasih.send_intake('maklum', CAST(:said AS jsonb), :reference, sha256('a'), NULL)")
        owner.execute(sending, {"said": json.dumps(SAID), "reference": REFERENCE})
    visitor = Visitor(browser, address).sized(NARROW)
    visitor.signed_in(OFFICER, then="/peti")
    page = visitor.page
    assert not sticks_out(visitor.settled().page)
    page.get_by_role("link", name=REFERENCE).press("Enter")
    content = page.locator("#intake-content")
    expect(content).to_contain_text("Tiada beras")
    expect(content).not_to_contain_text("012-3334444")
    assert faults(visitor.settled().page) == []
    assert not sticks_out(page)
    page.locator("summary", has_text=MS("intake.step_palsu")).press("Enter")
    page.get_by_role("button", name=MS("intake.step_palsu"), exact=True).press("Enter")
    expect(page.locator("#intake-message")).to_contain_text(MS("error.reason_missing"))
    page.get_by_role("button", name=MS("intake.step_saring"), exact=True).press("Enter")
    expect(content).to_contain_text("012-3334444")
    visitor.sized(WIDE)
    page.get_by_role("button", name=MS("intake.step_kes_dibuka"), exact=True).press("Enter")
    expect(page.locator("#intake-message")).to_contain_text(MS("intake.state_kes_dibuka"))
    expect(content).not_to_contain_text("012-3334444")
    with register.connect() as owner:
        asked = text("SELECT channel, state, reporter_phone FROM ekasih.case_file WHERE head_name = :name")
        case = owner.execute(asked, {"name": SAID["name"]}).one()
    assert tuple(case) == ("notice", "received", None)
    visitor.close()


def test_a_community_leader_tells_of_a_family_and_sees_how_far_it_is(
    browser: Browser, address: str, register: Engine
) -> None:
    visitor = Visitor(browser, address).sized(NARROW)
    visitor.signed_in("ketua.kinta", then="/pemakluman")
    page = visitor.page
    assert faults(visitor.settled().page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name=MS("notice.send")).press("Enter")
    expect(page.locator("#notices-message")).to_contain_text(MS("notice.refused"))
    page.get_by_label(MS("notice.field_village")).fill("Kampung Ketua")
    page.get_by_label(MS("intake.seen_sakit")).check()
    page.get_by_role("button", name=MS("notice.send")).press("Enter")
    expect(page.locator("#notices-list")).to_contain_text(MS("notice.shown_diterima"))
    with register.connect() as owner:
        asked = text("""
            SELECT t.who, u.login FROM ekasih.intake AS i JOIN ekasih.intake_teller AS t ON t.intake_id = i.id
            JOIN ekasih.app_user AS u ON u.id = t.account WHERE i.answers ->> 'village' = 'Kampung Ketua'
        """)
        assert tuple(owner.execute(asked).one()) == ("ketua_komuniti", "ketua.kinta")
    visitor.close()
