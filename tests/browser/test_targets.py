"""A target group from its conditions to its frozen list: counted by an agency, approved by another person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looks import faults
from tests.browser.visitor import NARROW, WIDE, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MS = words_of("ms")
AGENCY, NATIONAL = "agensi", "icu"
PURPOSE = "Bantuan baik pulih rumah bagi isi rumah miskin tegar"


def _pick(page: Page, name: str, option: str) -> None:
    page.locator(f"#targets-{name}").click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def test_a_group_is_put_together_counted_asked_for_approved_and_frozen(browser: Browser, address: str) -> None:
    agency, office = Visitor(browser, address), Visitor(browser, address)
    agency.signed_in(AGENCY, then="/kumpulan-sasaran/bina")
    page = agency.open("/kumpulan-sasaran/bina").page
    _pick(page, "field", MS("condition.field_status"))
    _pick(page, "values", MS("status.tegar"))
    page.get_by_role("button", name=MS("target.add"), exact=True).press("Enter")
    expect(page.locator("#targets-sentence")).to_contain_text("Isi rumah miskin tegar.")
    expect(page.locator("#targets-counts")).to_contain_text(re.compile(r"Kira-kira [\d,]+ isi rumah"))
    assert faults(page) == []
    page.get_by_role("textbox", name=MS("target.name"), exact=True).fill("Rumah uji")
    page.get_by_role("textbox", name=MS("target.purpose"), exact=True).fill(PURPOSE)
    page.get_by_role("button", name=MS("target.act_ask")).press("Enter")
    expect(page.locator("#targets-message")).to_contain_text(MS("target.did_ask"))
    group = page.locator("#targets-message a").get_attribute("href") or ""

    office.signed_in(NATIONAL, then=group)
    other = office.open(group).page
    reason = other.get_by_role("textbox", name=MS("target.reason_to_refuse"))
    reason.fill("Belum tentu")
    expect(other.get_by_text(PURPOSE)).to_be_visible()
    expect(reason).to_have_value("Belum tentu")
    other.get_by_role("button", name=MS("target.act_approve")).press("Enter")
    expect(other.locator("#targets-group-message")).to_contain_text(MS("target.did_approve"))

    agency.open(group)
    page.get_by_role("button", name=MS("target.act_freeze")).press("Enter")
    expect(page.get_by_role("heading", name=MS("target.list"), exact=True)).to_be_visible()
    for size in (WIDE, NARROW):
        assert faults(agency.sized(size).page) == []
    with page.expect_download() as taken:
        page.get_by_text(MS("target.take_csv")).click()
    assert PURPOSE in taken.value.path().read_text(encoding="utf-8-sig")
    agency.close()
    office.close()


def test_an_area_is_drawn_by_clicks_and_counted_when_it_is_closed(visitor: Visitor) -> None:
    visitor.signed_in(NATIONAL, then="/kumpulan-sasaran/bina")
    page = visitor.page
    drawn, rows = page.locator("#targets-polygon"), page.locator("#targets-corners li")
    draw, done, undo = (page.get_by_role("button", name=MS(f"target.draw_{name}")) for name in ("draw", "done", "undo"))
    expect(page.locator(".ek-targets-map .leaflet-container")).to_be_visible()
    expect(undo).to_be_disabled()
    draw.press("Enter")
    expect(done).to_be_focused()
    box = page.locator(".ek-targets-map").bounding_box()
    assert box is not None
    for across, down in ((0.1, 0.3), (0.2, 0.3), (0.2, 0.6), (0.1, 0.6), (0.5, 0.8)):
        page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
    expect(rows).to_have_count(5)
    expect(drawn).to_have_value("")
    page.keyboard.press("Backspace")
    expect(rows).to_have_count(4)
    page.mouse.click(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.3)
    expect(draw).to_be_visible()
    expect(drawn).to_have_value(re.compile(r'^{"type":"Polygon","coordinates":\[\[(\[[\d.]+,[\d.]+\],?){5}\]\]}$'))
    expect(page.locator("#targets-counts")).to_contain_text(re.compile(r"[\d,]+ isi rumah"))
    expect(page.locator("#targets-sentence")).to_contain_text(MS("condition.in_polygon"))
    page.get_by_role("button", name=MS("target.draw_clear")).press("Enter")
    expect(rows).to_have_count(0)
    expect(drawn).to_have_value("")
    assert faults(page) == []


def test_an_area_is_typed_corner_by_corner(visitor: Visitor) -> None:
    visitor.signed_in(NATIONAL, then="/kumpulan-sasaran/bina")
    page = visitor.page
    drawn, rows = page.locator("#targets-polygon"), page.locator("#targets-corners li")
    wrong = page.locator("[data-ek-drawn-wrong]")
    expect(page.locator(".ek-targets-map .leaflet-container")).to_be_visible()
    for place, (latitude, longitude) in enumerate((("3,0", "100.0"), ("3", "103"), ("6", "103"), ("6", "100"))):
        page.locator("#targets-corners > button").press("Enter")
        page.keyboard.type(latitude)
        page.keyboard.press("Tab")
        page.keyboard.type(longitude)
        page.keyboard.press("Tab")
        expect(rows).to_have_count(place + 1)
    square = '{"type":"Polygon","coordinates":[[[100,3],[103,3],[103,6],[100,6],[100,3]]]}'
    expect(drawn).to_have_value(square)
    second = rows.nth(1).get_by_label(MS("target.draw_latitude"))
    second.fill("7")
    second.press("Tab")
    expect(wrong).to_have_text(MS("target.draw_crossing", one="1", other="3"))
    second.fill("70")
    second.press("Tab")
    expect(second).to_have_attribute("aria-invalid", "true")
    second.fill("3")
    second.press("Tab")
    expect(drawn).to_have_value(square)
    expect(wrong).to_have_text("")
    rows.nth(3).get_by_role("button").press("Enter")
    expect(drawn).to_have_value('{"type":"Polygon","coordinates":[[[100,3],[103,3],[103,6],[100,3]]]}')
    assert faults(visitor.sized(NARROW).page) == []
