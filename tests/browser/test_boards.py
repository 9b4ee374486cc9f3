"""A board leads from a light to the household behind it, and an alert's daily message goes where somebody wants it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.visitor import ADMINISTRATOR, COORDINATOR, Visitor
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

MS = words_of("ms")
_TARGET = text("""
    INSERT INTO ekasih.target (indicator_code, area_code, due_on, baseline, baseline_on, target)
    VALUES ('tegar', '0803', '2040-12-31', 2, '2020-12-31', 1)
""")
_NO_TARGET = text("DELETE FROM ekasih.target WHERE indicator_code = 'tegar' AND area_code = '0803'")
_RECEIVER = text("SELECT email, quiet_until FROM ekasih.alert_receiver")


def test_a_coordinator_goes_from_a_red_light_to_the_household_behind_it(visitor: Visitor, register: Engine) -> None:
    with register.begin() as connection:
        connection.execute(_NO_TARGET)
        connection.execute(_TARGET)
    visitor.signed_in(COORDINATOR, then="/papan")
    number = visitor.page.locator(".ek-board-number").filter(has_text=MS("light.merah"))
    expect(number).to_have_count(1)
    sideways = "document.documentElement.scrollHeight <= window.innerHeight"
    assert visitor.page.evaluate(sideways)
    number.get_by_role("link", name=MS("kpi.open_worklist")).click()
    visitor.page.locator(".ag-row a").first.click()
    expect(visitor.page).to_have_url(re.compile(r".*/isi-rumah/\d+$"))
    visitor.open("/amaran")
    visitor.page.get_by_label(MS("alert.mail_address")).fill("penyelaras@ekasih.example")
    visitor.page.get_by_role("button", name=MS("alert.save")).click()
    expect(visitor.page.locator("#alerts-saved")).to_have_text(MS("alert.mail_saved"))
    with register.begin() as connection:
        assert connection.execute(_RECEIVER).one() == ("penyelaras@ekasih.example", 7)
        connection.execute(_NO_TARGET)


def test_an_administrator_changes_when_figures_count_as_late(visitor: Visitor, register: Engine) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/amaran")
    save = visitor.page.locator('[id*="alerts-limits"][id*="data_lewat"]')
    limits = visitor.page.locator("details", has=save)
    limits.locator("summary").press("Enter")
    limits.locator("input").fill("50")
    save.press("Enter")
    expect(visitor.page.locator("#alerts-limited-message")).to_have_text(MS("alert.rules_saved"))
    with register.connect() as connection:
        assert connection.scalar(text("SELECT days FROM ekasih.alert_rule WHERE code = 'data_lewat'")) == 50
