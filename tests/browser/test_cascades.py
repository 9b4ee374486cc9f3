"""The country's target is split over all areas and split again: seen before it is done, approved by another person."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from layers import numbers
from layers.numbers import MALAYSIA
from registry.kpi.target_trees import ShareOut, Tree, share_out_sample
from tests.browser.looks import faults, sticks_out
from tests.browser.serving import visiting
from tests.browser.visitor import ADMINISTRATOR, COORDINATOR, NARROW, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator
    from sqlalchemy import Engine
MS, EN = words_of("ms"), words_of("en")
SECOND, OFFICE = "pentadbir.dua", "ppn.perak"
LAST = datetime.now(MALAYSIA).date().replace(day=1) - timedelta(days=1)
DUE = "31/12/2040"
POOR = text("""
    SELECT sum(households) FROM ekasih.headcount_month
    WHERE month = :month AND status = 'tegar' AND length(area_code) = 2 AND area_code <> 'MY'
""")
TARGETS = text("SELECT area_code, target FROM ekasih.target WHERE indicator_code = 'tegar' AND due_on = '2040-12-31'")
ANOTHER = text("""
    INSERT INTO ekasih.app_user (login, display_name, role, password_hash, demo, must_change)
    SELECT :login, 'Pentadbir kedua', role, password_hash, demo, must_change FROM ekasih.app_user WHERE login = :like
""")


def standing(register: Engine) -> dict[str, int]:
    """The targets of all areas; those inside an area add up to its own, from the country down to the mukim."""
    with register.begin() as connection:
        found = {code: int(target) for code, target in connection.execute(TARGETS)}
    above = {code: "MY" if len(code) == 2 else code[:-2] for code in found if code != "MY"}
    assert {len(code) for code in above} in ({2, 4, 6}, set())
    for area in set(above.values()):
        assert sum(found[code] for code in above if above[code] == area) == found[area], area
    return found


def pressed(visitor: Visitor, name: str) -> None:
    button = visitor.page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    button.press("Enter")


def opened(visitor: Visitor) -> Locator:
    """The fields of the hardcore poor on the page of settings: baseline, its day, target, due day."""
    visitor.open("/pentadbiran/tetapan")
    fields = visitor.page.locator("#settings-targets tbody tr").first.locator("input")
    expect(fields).to_have_count(4)
    return fields


def told(place: Locator, area: str, *, before: str, after: str) -> None:
    """The effect on an area, as the line of a table."""
    line = place.get_by_role("row").filter(has=place.page.get_by_role("rowheader", name=area, exact=True)).first
    expect(line.get_by_role("cell")).to_have_text([DUE, before, after])


def sent(visitor: Visitor, reason: str) -> None:
    visitor.page.locator("#settings-targets-reason").fill(reason)
    pressed(visitor, MS("target.send"))
    expect(visitor.page.locator("#settings-targets-message")).to_have_text(MS("target.sent"))


def looked_at(visitor: Visitor) -> Locator:
    visitor.open("/pentadbiran/tetapan")
    pressed(visitor, EN("target.look"))
    return visitor.page.locator("#settings-proposal-message")


def approved(visitor: Visitor) -> None:
    pressed(visitor, EN("target.approve"))
    expect(visitor.page.locator("#settings-proposal-message")).to_have_text(EN.n("target.saved", 1))


def test_a_target_of_the_country_is_split_and_split_again(
    visitor: Visitor, browser: Browser, address: str, register: Engine
) -> None:
    """One person at a desk in Malay proposes, the other on a phone in English approves."""
    with register.begin() as connection:
        connection.execute(ANOTHER, {"login": SECOND, "like": ADMINISTRATOR})
        whole = int(connection.scalar(POOR, {"month": LAST.replace(day=1)}))
    visitor.signed_in(ADMINISTRATOR, then=None)
    with visiting(browser, address) as second:
        second.sized(NARROW).reading("en").signed_in(SECOND, then=None)
        effect = visitor.page.locator("#settings-targets-effect")

        fields = opened(visitor)
        for place, value in enumerate((str(whole), f"{LAST:%d/%m/%Y}", str(whole - 20), DUE)):
            fields.nth(place).fill(value)
        visitor.page.locator("#settings-targets-reason").fill("Sasaran negara")
        pressed(visitor, MS("target.preview"))
        told(effect, MS("map.country"), before=numbers.MISSING, after=str(whole - 20))
        expect(effect.get_by_role("rowheader", name="Kinta", exact=True)).to_be_visible()
        assert standing(register) == {}
        sent(visitor, "Sasaran negara")
        told(looked_at(second), EN("map.country"), before=numbers.MISSING, after=str(whole - 20))
        assert faults(second.page) == []
        assert not sticks_out(second.page)
        approved(second)
        assert standing(register)["MY"] == whole - 20

        fields = opened(visitor)
        expect(fields.nth(2)).to_have_value(str(whole - 20))
        fields.nth(2).fill(str(whole - 40))
        visitor.page.get_by_role("radio", name=MS("target.how_keperluan")).check()
        sent(visitor, "Ikut keperluan")
        told(looked_at(second), EN("map.country"), before=str(whole - 20), after=str(whole - 40))
        approved(second)
        assert standing(register)["MY"] == whole - 40
    assert faults(visitor.page) == []


def test_who_leads_a_district_proposes_its_target_on_a_phone_and_the_state_office_decides(
    visitor: Visitor, browser: Browser, address: str, register: Engine
) -> None:
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
    page.get_by_text(EN("propose.another")).click()
    page.get_by_label(EN("propose.target")).fill("2")
    reason.fill("Two are left at best")
    pressed(visitor, EN("propose.send"))
    expect(page.locator("#kpi-propose-message")).to_have_text(EN("propose.sent"))

    with visiting(browser, address) as office:
        office.signed_in(OFFICE, then="/kpi?in=08")
        said = office.page.locator("#kpi-decide-message")
        pressed(office, MS("target.look"))
        expect(said.get_by_role("rowheader", name="Kinta", exact=True)).to_be_visible()
        pressed(office, MS("target.refuse"))
        answer = office.page.get_by_label(MS("target.answer"), exact=True)
        expect(answer).to_have_attribute("aria-invalid", "true")
        answer.fill("Sasaran negeri sudah rendah")
        assert faults(office.page) == []
        pressed(office, MS("target.refuse"))
        expect(said).to_have_text(MS("target.refuse_done"))
        expect(office.page.get_by_text(MS("propose.decide_title"))).to_have_count(0)
