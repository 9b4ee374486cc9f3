"""A referral: sent from a household's record, taken and answered with a file on the other side, closed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import NARROW, OFFICER, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from sqlalchemy import Engine

MS = words_of("ms")
_OFFICE = """
    INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('TUJUAN', 'Tujuan', 'Target', 'negeri');
    INSERT INTO ekasih.office (code, agency_id, name_ms, name_en)
        SELECT 'TUJUAN-1', id, 'Pejabat tujuan', 'Target office' FROM ekasih.agency WHERE code = 'TUJUAN';
    INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash, demo, agency_id, office_code)
        SELECT 'tujuan', 'tujuan', 'agency', '{}', u.password_hash, true, a.id, 'TUJUAN-1'
        FROM ekasih.agency AS a, ekasih.app_user AS u WHERE u.login = 'agensi' AND a.code = 'TUJUAN'
"""


def household(register: Engine) -> int:
    with register.begin() as owner:
        for statement in _OFFICE.split(";\n"):
            owner.exec_driver_sql(statement)
        return int(owner.scalar(text("SELECT id FROM ekasih.household WHERE file_no = 'CT000002'")) or 0)


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    return content.getvalue()


def stepped(page: Page, action: str, words: str, *, decision: str = "") -> None:
    """Fill in a step's form and press its button, by the keyboard."""
    name = MS(f"referral.step_{action}")
    page.locator("summary", has_text=name).press("Enter")
    if decision:
        page.locator(f'[id*="{action}"][id*="decision"]:visible').first.press("Enter")
        page.get_by_role("option", name=MS(f"referral.decision_{decision}"), exact=True).click()
    page.locator(f'textarea[id*="{action}"]:visible').first.fill(words)
    page.get_by_role("button", name=name, exact=True).press("Enter")
    expect(page.locator("#referrals-message")).to_contain_text(name)


def test_a_referral_is_sent_from_a_record_and_answered(browser: Browser, address: str, register: Engine) -> None:
    home = household(register)
    sender = Visitor(browser, address)
    sender.signed_in(OFFICER, then=f"/isi-rumah/{home}")
    page = sender.page
    page.get_by_role("link", name=MS("referral.new")).click()
    page.get_by_role("checkbox", name=MS("application.component_kediaman")).check()
    page.locator('[id*="referrals-field"][id*="\\"to\\""]').first.fill("Pejabat tujuan")
    page.get_by_role("option", name="Pejabat tujuan").click()
    page.locator('textarea[id*="question"]').fill("Bolehkah rumah ini dibaiki?")
    assert faults(sender.settled().page) == []
    page.get_by_role("button", name=MS("referral.send")).press("Enter")
    page.get_by_role("link", name=MS("referral.open")).press("Enter")
    expect(page.locator("#referrals-content")).to_contain_text("Bolehkah rumah ini dibaiki?")
    number = page.url.rpartition("/")[2]

    receiver = Visitor(browser, address).sized(NARROW)
    receiver.signed_in("tujuan", then="/rujukan")
    other = receiver.page
    assert not sticks_out(receiver.settled().page)
    other.get_by_role("link", name=number).click()
    expect(other.locator("#referrals-content")).to_contain_text(MS("application.component_kediaman"))
    expect(other.locator("#referrals-content")).not_to_contain_text(MS("condition.field_pendapatan_isirumah"))
    other.get_by_role("button", name=MS("referral.step_terima"), exact=True).press("Enter")
    expect(other.locator("#referrals-message")).to_contain_text(MS("referral.state_diterima"))
    other.locator("#referrals-zone input[type=file]").set_input_files(
        {"name": "rumah.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(other.locator("#referrals-laid-by")).to_contain_text("rumah.png")
    assert faults(receiver.settled().page) == []
    assert not sticks_out(other)
    stepped(other, "jawab", "Boleh, lawatan minggu depan", decision="setuju")
    receiver.close()

    sender.open(f"/rujukan/{number}")
    expect(page.locator("#referrals-content")).to_contain_text("Boleh, lawatan minggu depan")
    shown = page.request.get(f"{address}{page.get_by_role('link', name='rumah.png').get_attribute('href')}")
    assert (shown.status, shown.headers["content-type"]) == (200, "image/jpeg")
    stepped(page, "tutup", "Terima kasih")
    assert faults(sender.settled().page) == []
    sender.close()
