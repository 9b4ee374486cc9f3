"""An application at a counter: opened from a record, sent in, checked, refused, its letter taken, appealed against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import NARROW, OFFICER, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from sqlalchemy import Engine

MS = words_of("ms")
_AID = """
    INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('KEBAJIKAN', 'Kebajikan', 'Welfare', 'negeri');
    INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en)
        SELECT id, 'BAKUL', 'Bakul keluarga', 'Family hamper' FROM ekasih.agency WHERE code = 'KEBAJIKAN';
    INSERT INTO ekasih.aid_kind (programme_id, code, name_ms, name_en, need_code, form, recipient, frequency, coverage)
        SELECT id, 'BAKUL', 'Bakul makanan', 'Food hamper', 'MAKANAN', 'barangan', 'isi_rumah', 'sekali', 'bulan'
        FROM ekasih.aid_programme WHERE code = 'BAKUL';
    INSERT INTO ekasih.aid_rate (kind_id, from_date, ceiling_rm, source, made_by)
        SELECT id, '2020-01-01', 150, 'andaian', 'test' FROM ekasih.aid_kind WHERE code = 'BAKUL'
        AND programme_id = (SELECT id FROM ekasih.aid_programme WHERE code = 'BAKUL');
    INSERT INTO ekasih.aid_conditions (programme_id, conditions, made_by) SELECT id, '[{"pada": "isirumah",
        "medan": "pemilikan", "op": "dalam", "nilai": ["Sewa"]}]', 'test' FROM ekasih.aid_programme
        WHERE code = 'BAKUL';
    UPDATE ekasih.household SET tenure = 'Sendiri' WHERE file_no = 'CT000001';
    INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash, demo, agency_id)
        SELECT n, n, 'agency', '{}', u.password_hash, true, a.id FROM ekasih.agency AS a,
        unnest(ARRAY['semak', 'lulus']) AS n, ekasih.app_user AS u WHERE u.login = 'agensi' AND a.code = 'KEBAJIKAN'
"""


def household(register: Engine) -> int:
    with register.begin() as owner:
        for statement in _AID.split(";\n"):
            owner.exec_driver_sql(statement)
        return int(owner.scalar(text("SELECT id FROM ekasih.household WHERE file_no = 'CT000001'")) or 0)


def stepped(visitor: Visitor, action: str, **typed: str) -> None:
    """Fill in a step's form and press its button, by the keyboard."""
    page = visitor.page
    name = MS(f"application.step_{action}")
    if typed:
        page.locator("summary", has_text=name).press("Enter")
    for field, value in typed.items():
        place = page.locator(f'[id*="{action}"][id*="\\"{field}\\""]:visible').first
        place.focus()
        if field == "code":
            page.keyboard.press("Enter")
            page.get_by_role("option", name=MS(f"application.code_{value}"), exact=True).click()
        else:
            place.fill(value)
    page.get_by_role("button", name=name, exact=True).press("Enter")
    expect(page.locator("#applications-message")).to_contain_text(name)


def test_an_application_from_the_counter_to_its_letter(browser: Browser, address: str, register: Engine) -> None:
    home = household(register)
    counter = Visitor(browser, address)
    counter.signed_in(OFFICER, then=f"/isi-rumah/{home}")
    counter.page.get_by_role("link", name=MS("application.new")).click()
    page = counter.page
    page.get_by_role("combobox", name=MS("application.field_kind")).or_(
        page.get_by_role("textbox", name=MS("application.field_kind"))
    ).first.press("Enter")
    page.get_by_role("option", name="Bakul keluarga").click()
    page.get_by_label(MS("application.field_amount")).fill("120")
    assert faults(counter.settled().page) == []
    page.get_by_role("button", name=MS("application.open")).press("Enter")
    page.get_by_role("link", name=MS("application.go_on")).press("Enter")
    page.get_by_role("link", name=MS("application.step_ubah")).press("Enter")
    page.get_by_label(MS("application.field_amount")).fill("110")
    assert faults(counter.settled().page) == []
    page.get_by_role("button", name=MS("application.keep")).press("Enter")
    page.get_by_role("link", name=MS("application.go_on")).press("Enter")
    expect(page.get_by_text("RM110.00")).to_be_visible()
    stepped(counter, "hantar")
    expect(page.get_by_text(MS("application.meets_not"))).to_be_visible()
    expect(page.locator("#applications-content")).to_contain_text("Sendiri")
    number = page.url.rpartition("/")[2]
    assert faults(counter.settled().page) == []

    for login, steps in (
        ("semak", {"semak": {"code": "tidak_sokong", "reason": "Rumah sendiri"}}),
        ("lulus", {"tolak": {"code": "tidak_layak", "reason": "Rumah sendiri"}}),
    ):
        agency = Visitor(browser, address)
        agency.signed_in(login, then="/permohonan-bantuan")
        agency.page.get_by_role("link", name=number).click(timeout=20_000)
        for action, typed in steps.items():
            stepped(agency, action, **typed)
        agency.close()

    counter.open(f"/permohonan-bantuan/{number}")
    with page.expect_download() as taken:
        page.get_by_role("link", name=MS("application.letter_ms")).click()
    assert taken.value.suggested_filename == f"surat-{number}-ms.pdf"
    narrow = counter.sized(NARROW)
    stepped(narrow, "rayu", reason="Rumah itu bukan milik kami")
    assert faults(narrow.settled().page) == []
    assert not sticks_out(narrow.page)
    narrow.open("/permohonan-bantuan?senarai=terbuka")
    expect(narrow.page.get_by_role("link", name=number)).to_be_visible()
    assert faults(narrow.settled().page) == []
    assert not sticks_out(narrow.page)
    counter.close()
