"""Who leads a district proposes another target for it from the page of indicators, on a phone in English."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from registry.kpi.target_trees import ShareOut, Tree, share_out_sample
from tests.browser.looks import faults
from tests.browser.visitor import COORDINATOR, NARROW, Visitor
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

EN = words_of("en")
LAST = date.today().replace(day=1) - timedelta(days=1)  # noqa: DTZ011 - the day of the machine, as the database has it


def pressed(visitor: Visitor, name: str) -> None:
    button = visitor.page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    button.press("Enter")


def test_who_leads_a_district_proposes_its_target_on_a_phone(visitor: Visitor, register: Engine) -> None:
    with Session(register) as session:
        tree = Tree(indicator_code="miskin", due_on=date(2040, 12, 31), seen_version=0)
        share_out_sample(session, ShareOut(tree=tree, baseline_on=LAST, target=30, how="syer", reason="Sasaran"))
        session.commit()
    visitor.sized(NARROW).reading("en").signed_in(COORDINATOR, then="/kpi?in=0803")
    page = visitor.page
    page.get_by_text(EN("propose.another")).click()
    page.get_by_label(EN("propose.target")).fill("1")
    pressed(visitor, EN("propose.send"))
    reason = page.get_by_label(EN("propose.reason"), exact=True)
    expect(reason).to_have_attribute("aria-invalid", "true")
    reason.fill("No more can be done")
    assert faults(page) == []
    pressed(visitor, EN("propose.send"))
    expect(page.locator("#kpi-propose-message")).to_have_text(EN("propose.sent"))
    pressed(visitor, EN("propose.withdraw"))
    expect(page.locator("#kpi-propose-message")).to_have_text(EN("propose.withdrawn"))
