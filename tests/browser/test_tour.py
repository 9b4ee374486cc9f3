"""Ten people at work: each signs in, lands where they work, and does what they came for by what is on the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from registry.accounts.users import DEMO_PASSWORD
from tests.browser.visitor import ADMINISTRATOR, COORDINATOR, COUNCIL, NARROW, OFFICER, PLANNER, WIDE
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from sqlalchemy import Engine

    from tests.browser.visitor import Visitor

MS = words_of("ms")
ENUMERATOR, STATE, AGENCY, AUDITOR = "pembanci.kinta", "ppn.perak", "agensi", "juruaudit"
CATCHMENT = "PPKB Batu Gajah"
_CASE = text("""
    INSERT INTO ekasih.case_file (channel, district_code, mukim_code, household_id, head_name, state, assigned_to,
        due_on)
    SELECT 'officer', h.district_code, h.mukim_code, h.id, 'Zabidah binti Jelajah', 'assigned', u.id, current_date
    FROM ekasih.household AS h CROSS JOIN ekasih.app_user AS u
    WHERE h.file_no = 'CT000030' AND u.login = :login
""")

_NUMBERED = text("""
    UPDATE ekasih.person SET id_no = :id_no
    WHERE is_head AND household_id = (SELECT id FROM ekasih.household WHERE file_no = 'CT000031')
""")
_POOR = text("""
    SELECT count(*) FILTER (WHERE h.catchment_codes <> '{}'), count(*) FROM ekasih.household AS h
    WHERE h.district_code = '0803' AND h.status IN ('tegar', 'miskin')
""")


@pytest.fixture
def signs_in(visitor: Visitor) -> Callable[..., Page]:
    """Signs somebody in by the form, and answers the page on which they land."""

    def sign_in(login: str, lands: str, *, size: tuple[int, int] = WIDE) -> Page:
        page = visitor.sized(size).page
        page.goto(f"{visitor.address}/masuk")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", DEMO_PASSWORD)
        page.press("input[name=password]", "Enter")
        expect(page).to_have_url(f"{visitor.address}{lands}")
        visitor.settled()
        return page

    return sign_in


def _in_rail(page: Page, key: str, *, group: str = "") -> None:
    """Press a page in the rail, in its group where it is in one."""
    if group:
        page.locator(".ek-rail summary").filter(has_text=MS(f"nav.group_{group}")).click()
    page.locator(".ek-rail").get_by_role("link", name=MS(key), exact=True).locator("visible=true").click()


def _begins(page: Page, action: str) -> None:
    """Press what is offered to begin on Utama."""
    page.locator(".ek-start-begin").get_by_role("link", name=MS(f"start.do_{action}"), exact=True).click()


def _title(page: Page, said: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(said)


def test_a_minister_sees_how_the_states_stand(signs_in: Callable[..., Page]) -> None:
    page = signs_in(PLANNER, "/")
    expect(page.locator("#poverty-map-heading")).to_have_text(MS("map.country"))
    _in_rail(page, "nav.indicators", group="kpi")
    _title(page, MS("kpi.title", area=MS("map.country")))
    page.locator(".ek-kpi-table").get_by_role("link", name="Perak", exact=True).click()
    _title(page, MS("kpi.title", area="Perak"))


def test_a_planner_finds_a_district_on_the_map(signs_in: Callable[..., Page]) -> None:
    page = signs_in(PLANNER, "/")
    page.keyboard.press("/")
    page.keyboard.type("kinta")
    page.get_by_role("option").filter(has_text="Kinta").first.click()
    expect(page.locator("#poverty-map-heading")).to_have_text("Kinta")


def test_a_state_officer_sorts_the_districts_of_the_state_by_keyboard(signs_in: Callable[..., Page]) -> None:
    page = signs_in(STATE, "/utama")
    page.locator(".ek-start-area").get_by_role("link", name=MS("start.to_kpi")).click()
    _title(page, MS("kpi.title", area="Perak"))
    page.get_by_role("columnheader").get_by_role("link", name=MS("kpi.area")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ek-kpi-table th[aria-sort=ascending]")).to_contain_text(MS("kpi.area"))
    expect(page.locator(".ek-kpi-table tbody tr").first).to_contain_text("Bagan Datuk")


def test_a_district_coordinator_opens_what_waits_in_the_district(signs_in: Callable[..., Page]) -> None:
    page = signs_in(COORDINATOR, "/utama")
    expect(page.locator(".ek-start-area .ek-lead")).to_contain_text("Kinta")
    _in_rail(page, "nav.tasks", group="worklists")
    page.locator(".ek-tasks-link").filter(has_text=MS("tasks.tegar")).first.click()
    page.locator(".ag-row a").first.click()
    expect(page).to_have_url(re.compile(r"/isi-rumah/\d+$"))


def test_a_council_office_sees_its_catchment_and_its_households_alone(
    signs_in: Callable[..., Page], register: Engine
) -> None:
    page = signs_in(COUNCIL, "/utama")
    expect(page.locator(".ek-start-area .ek-lead")).to_contain_text(CATCHMENT)
    page.locator(".ek-start-area").get_by_role("link", name=MS("start.to_map")).click()
    expect(page.locator("#poverty-map-heading")).to_have_text(CATCHMENT)
    _in_rail(page, "nav.tasks", group="worklists")
    page.locator(".ek-tasks-link").filter(has_text=MS("tasks.miskin")).first.click()
    with register.connect() as owner:
        inside, whole = owner.execute(_POOR).one()
    assert inside < whole
    expect(page.locator("#tasks-note")).to_have_text(re.compile(rf"daripada {inside}\b"))


def test_a_registering_officer_begins_a_household(signs_in: Callable[..., Page]) -> None:
    page = signs_in(OFFICER, "/utama")
    _begins(page, "register")
    expect(page.locator("#cases-start-district")).to_have_value(re.compile("Kinta"))
    page.locator("#cases-start-button").click()
    expect(page).to_have_url(re.compile(r"/kes/\d+/borang$"))


def test_an_enumerator_on_a_phone_opens_the_visit_that_waits(signs_in: Callable[..., Page], register: Engine) -> None:
    with register.begin() as owner:
        owner.execute(_CASE, {"login": ENUMERATOR})
    page = signs_in(ENUMERATOR, "/lawatan", size=NARROW)
    expect(page.locator(".ek-rail li.ek-only-phone a").first).to_contain_text(MS("nav.visits"))
    visit = page.get_by_role("row").filter(has_text="Zabidah").last
    visit.locator('a[href^="/lawatan/"]').first.click()
    expect(page).to_have_url(re.compile(r"/lawatan/\d+$"))
    expect(page.get_by_text("Zabidah").first).to_be_visible()


def test_an_agency_learns_whether_somebody_is_registered(signs_in: Callable[..., Page], register: Engine) -> None:
    with register.begin() as owner:
        owner.execute(_NUMBERED, {"id_no": "800101085009"})
    page = signs_in(AGENCY, "/utama")
    _begins(page, "check")
    page.get_by_label(MS("check.id_no")).fill("800101-08-5009")
    page.get_by_role("button", name=MS("check.check")).click()
    expect(page.locator("#checks-answers")).to_contain_text(MS("check.verdict_yes"))
    expect(page.locator("#checks-answers")).to_contain_text(MS("check.office", district="Kinta"))


def test_an_auditor_reads_who_did_what(signs_in: Callable[..., Page]) -> None:
    page = signs_in(AUDITOR, "/utama")
    _begins(page, "audit")
    _title(page, MS("nav.audit"))
    expect(page.locator("#audit-entries")).to_contain_text(AUDITOR)


def test_an_administrator_finds_the_account_of_somebody(signs_in: Callable[..., Page]) -> None:
    page = signs_in(ADMINISTRATOR, "/utama")
    _begins(page, "accounts")
    _title(page, MS("admin.tab_people"))
    expect(page.get_by_text(COUNCIL).first).to_be_visible()
