"""A round of cleansing: frozen, a household proposed to be dropped, confirmed by another; the area of an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import ADMINISTRATOR, NARROW, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from sqlalchemy import Engine

MS = words_of("ms")
_OFFICE = """
    INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('PUSINGAN', 'Pusingan', 'Rounds', 'pbt');
    INSERT INTO ekasih.office (code, agency_id, name_ms, name_en, territory)
        SELECT 'PUSINGAN-1', id, 'Pejabat pusingan', 'Office of rounds', '{0803}' FROM ekasih.agency
        WHERE code = 'PUSINGAN';
    INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en)
        SELECT id, 'PUSINGAN', 'Pusingan', 'Rounds' FROM ekasih.agency WHERE code = 'PUSINGAN';
    INSERT INTO ekasih.aid_kind (programme_id, code, name_ms, name_en, need_code, form, recipient, frequency, coverage)
        SELECT id, 'LATIHAN', 'Latihan', 'Training', 'LATIHAN', 'perkhidmatan', 'isi_rumah', 'sekali', 'bulan'
        FROM ekasih.aid_programme WHERE code = 'PUSINGAN';
    INSERT INTO ekasih.aid_claim (household_id, need_code, agency_id, kind_id, exclusive, period)
        SELECT h.id, k.need_code, a.id, k.id, false, daterange(date_trunc('year', current_date)::date, current_date + 1)
        FROM ekasih.household AS h, ekasih.aid_kind AS k, ekasih.agency AS a
        WHERE h.file_no IN ('CT000003', 'CT000004') AND k.code = 'LATIHAN' AND a.code = 'PUSINGAN';
    INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash, demo, agency_id, office_code)
        SELECT n, n, 'council', '{0803}', u.password_hash, true, a.id, 'PUSINGAN-1'
        FROM ekasih.agency AS a, ekasih.app_user AS u, unnest(ARRAY['pusingan.satu', 'pusingan.dua']) AS n
        WHERE u.login = 'agensi' AND a.code = 'PUSINGAN'
"""


def test_a_list_is_frozen_and_a_household_is_dropped_by_two_people(
    browser: Browser, address: str, register: Engine
) -> None:
    with register.begin() as owner:
        for statement in _OFFICE.split(";\n"):
            owner.exec_driver_sql(statement)
    one = Visitor(browser, address)
    one.signed_in("pusingan.satu", then="/pusingan")
    page = one.page
    page.get_by_role("button", name=MS("round.freeze")).press("Enter")
    page.get_by_role("link", name=MS("round.open")).press("Enter")
    page.get_by_role("button", name=MS("round.decide_named", name="").strip()).first.press("Enter")
    page.locator("#rounds-panel textarea").first.fill("Berpindah ke daerah lain")
    assert faults(one.settled().page) == []
    page.get_by_role("button", name=MS("round.press_gugur")).press("Enter")
    expect(page.locator("#rounds-said")).to_contain_text(MS("round.did_gugur"))
    there = page.url
    one.close()

    two = Visitor(browser, address).sized(NARROW)
    two.signed_in("pusingan.dua", then=f"{there.removeprefix(address)}?senarai=sah")
    page = two.page
    page.get_by_role("button", name=MS("round.second_named", name="").strip()).first.press("Enter")
    assert faults(two.settled().page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name=MS("round.press_sahkan")).press("Enter")
    expect(page.locator("#rounds-said")).to_contain_text(MS("round.did_sahkan"))
    expect(page.locator("#rounds-head")).to_contain_text(
        MS("round.sum", kekal=0, gugur=1, siasat=0, terbuka=1, households=2)
    )
    two.close()


def test_the_area_of_an_office_is_pasted_and_checked(browser: Browser, address: str) -> None:
    visitor = Visitor(browser, address).sized(NARROW)
    visitor.signed_in(ADMINISTRATOR, then="/kawasan-pejabat")
    page = visitor.page
    page.locator("#catchment-code").fill("C.PPKB-UJI")
    page.locator("#catchment-name").fill("PPKB Uji")
    page.get_by_text(MS("target.polygon"), exact=True).click()
    ring = "[[101.0,4.4],[101.1,4.4],[101.1,4.5],[101.0,4.5],[101.0,4.4]]"
    page.locator("#catchment-polygon").fill('{"type":"Polygon","coordinates":[' + ring + "]}")
    page.locator("#catchment-source").fill("Pelan majlis")
    expect(page.locator("#catchment-corners li")).to_have_count(4)
    assert faults(visitor.settled().page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name=MS("catchment.propose")).press("Enter")
    page.get_by_role("link", name=MS("catchment.look")).press("Enter")
    expect(page.locator("#boundaries-head, #boundaries-file-head, main").first).to_contain_text("C.PPKB-UJI")
    visitor.close()
