"""Projects in a browser: a house from its application to its certificate, on the map and on a phone; a type as data."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import ADMINISTRATOR, NARROW, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from sqlalchemy import Engine

MS = words_of("ms")
OFFICER, COORDINATOR, UNIT, MINISTRY = "ppkb.batugajah", "ppkb.lulus", "ppn.perak", "icu"
_OFFICE = """
    INSERT INTO ekasih.office (code, agency_id, name_ms, name_en, territory) SELECT 'PPKB-UJI', id, 'PPKB Uji',
        'PPKB Test', '{C.PPKB-BATU-GAJAH}' FROM ekasih.agency WHERE code = 'KPKT';
    UPDATE ekasih.app_user SET office_code = 'PPKB-UJI', agency_id = (SELECT id FROM ekasih.agency WHERE code = 'KPKT')
        WHERE login IN ('ppkb.batugajah', 'ppkb.lulus');
    UPDATE ekasih.aid_programme SET has_ledger = true WHERE code = 'PPKB-RMH';
    UPDATE ekasih.household SET tenure = 'Sendiri', dwelling_type = 'Sebuah' WHERE file_no = 'CT000040';
    SELECT ekasih.ledger_post(c, current_date, extract(year FROM current_date)::integer, 'PPKB-RMH', 'PPKB-UJI', '',
        200000, 'UJI-' || c, '') FROM unnest(ARRAY['peruntukan', 'waran']) WITH ORDINALITY AS t (c, n) ORDER BY n
"""


def office(register: Engine) -> None:
    with register.begin() as owner:
        for statement in _OFFICE.split(";\n"):
            owner.exec_driver_sql(statement)


def stepped(visitor: Visitor, action: str, **typed: str) -> None:
    """Fill in a step's form and press its button, by the keyboard."""
    page = visitor.page
    name = MS(f"project.step_{action}")
    if typed:
        page.locator("summary", has_text=name).press("Enter")
    for field, value in typed.items():
        place = page.locator(f'[id*="\\"{action}\\""][id*="\\"{field}\\""]:visible').first
        place.focus()
        if field in {"damage", "land", "contractor_id"}:
            page.keyboard.press("Enter")
            page.get_by_role("option", name=value).first.click()
        else:
            place.fill(value)
    page.get_by_role("button", name=name, exact=True).press("Enter")
    expect(page.locator("#projects-message")).to_contain_text(name)
    visitor.settled()


def photographed(visitor: Visitor, phase: str) -> None:
    """Add a photograph as a phone does: chosen, sent at once, shown."""
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(drawn, "JPEG")
    page = visitor.page
    before = page.locator(".ek-projects-photos li").count()
    page.locator("#projects-photo-phase").select_option(phase)
    page.locator("#projects-photo-file").set_input_files(
        {"name": "rumah.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}
    )
    expect(page.locator(".ek-projects-photos li")).to_have_count(before + 1)
    visitor.settled()


def reported(visitor: Visitor) -> None:
    """Report all milestones as done."""
    page = visitor.page
    for field in page.locator('input[id*="share_"]').all():
        field.fill("100")
        field.press("Tab")
    page.get_by_role("button", name=MS("project.report_send")).press("Enter")
    expect(page.locator("#projects-work-message")).to_contain_text(MS("project.did_report"))
    visitor.settled()


def opened(counter: Visitor, household: str = "CT000040") -> str:
    """Open a project, for a household by its file number; the project's number."""
    page = counter.page
    for name, option in (("type", "Bina baru rumah"), ("programme", "PPKB perumahan")):
        page.locator(f'input[id*="\\"name\\":\\"{name}\\""]').first.focus()
        page.keyboard.press("Enter")
        page.get_by_role("option", name=option).click()
    page.get_by_label(MS("project.field_title")).fill("Rumah Aminah")
    page.get_by_label(MS("project.field_households")).fill(household)
    page.get_by_label(MS("project.field_estimate_rm")).fill("86,000")
    assert faults(page) == []
    page.get_by_role("button", name=MS("project.open")).press("Enter")
    page.get_by_role("link", name=MS("project.go_on")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rumah Aminah")
    counter.settled()
    return page.url.rpartition("/")[2]


def hired(leader: Visitor) -> None:
    page = leader.open("/projek/kontraktor").page
    page.locator("summary", has_text=MS("project.contractor_save")).press("Enter")
    for name, value in (("name", "Binaan Uji"), ("registration_no", "CIDB 7")):
        page.get_by_role("textbox", name=MS(f"project.contractor_{name}")).first.fill(value)
    page.locator("#projects-hire").press("Enter")
    expect(page.locator("#projects-hired")).to_contain_text("CIDB 7")


def agreed(browser: Browser, address: str, leader: Visitor, number: str) -> None:
    """The steps of the coordinator, the state's unit and the ministry until work begins."""
    leader.open(f"/projek/{number}")
    stepped(leader, "semak", damage=MS("project.damage_tidak_ekonomik"), land=MS("project.land_sendiri"))
    for login, action, typed in ((UNIT, "sah_kos", {"cost_rm": "86000"}), (MINISTRY, "peraku", {"minutes_no": "JP 1"})):
        other = Visitor(browser, address).signed_in(login, then=f"/projek/{number}").settled()
        stepped(other, action, **typed)
        other.close()
        leader.open(f"/projek/{number}")
        if action == "sah_kos":
            stepped(leader, "hantar", list_no="KPKT-1")
    days = {
        f"{what}_{no}": f"{day}/0{no + 1}/2026" for no in range(1, 6) for what, day in (("begin", "01"), ("end", "25"))
    }
    stepped(leader, "mula", contractor_id="Binaan Uji", sum_rm="80000", **days)


def test_a_house_from_its_application_to_its_certificate_on_the_map(
    browser: Browser, address: str, register: Engine
) -> None:
    office(register)
    counter = Visitor(browser, address).signed_in(OFFICER, then="/projek/baharu").settled()
    number = opened(counter)
    photographed(counter.sized(NARROW), "sebelum")
    assert not sticks_out(counter.page)
    assert faults(counter.page) == []
    leader = Visitor(browser, address).signed_in(COORDINATOR, then=None)
    hired(leader)
    agreed(browser, address, leader, number)

    counter.open(f"/projek/{number}")
    for phase in (*(f"semasa:{no}" for no in range(1, 6)), "selepas"):
        photographed(counter, phase)
    reported(counter)
    leader.open(f"/projek/{number}")
    leader.page.get_by_role("button", name=MS("project.accept")).press("Enter")
    expect(leader.page.locator("#projects-work-message")).to_contain_text(MS("project.did_accept"))
    leader.settled()
    stepped(leader, "lapor_siap", received_by="Aminah", receipt_no="AT-1")
    assert faults(leader.page) == []
    leader.open("/projek")
    leader.settled().page.locator('img.leaflet-marker-icon[alt^="Rumah Aminah"]').press("Enter")
    expect(leader.page.locator("#projects-card")).to_contain_text(number)
    expect(leader.page.locator("#projects-card img")).to_have_count(3)
    assert faults(leader.settled().page) == []
    leader.close()

    counter.open(f"/projek/{number}")
    stepped(counter, "siap")
    counter.page.locator(".ek-projects-compare input").fill("20")
    over = counter.page.locator(".ek-projects-compare img").nth(1)
    expect(over).to_have_css("clip-path", "inset(0px 0px 0px 20%)")
    with counter.page.expect_download() as taken:
        counter.page.get_by_role("link", name=MS("project.sijil_ms")).click()
    assert taken.value.suggested_filename == f"sijil-{number}-ms.pdf"
    assert not sticks_out(counter.page)
    counter.close()


def test_a_project_for_who_has_no_record_is_referred_and_joined_to_the_record(
    browser: Browser, address: str, register: Engine
) -> None:
    office(register)
    counter = Visitor(browser, address).signed_in(OFFICER, then="/projek/baharu").settled()
    page = counter.page
    for name in ("person", "place"):
        page.locator("summary", has_text=MS(f"project.{name}")).first.press("Enter")
    for name, typed in (("minutes_no", "FGD 1"), ("person_name", "Salmah"), ("person_address", "Kampung Contoh")):
        page.get_by_label(MS(f"project.field_{name}"), exact=True).fill(typed)
    for name, typed in (("latitude", "4.47"), ("longitude", "101.04")):
        page.locator(f'input[id*="\\"name\\":\\"{name}\\""]').fill(typed)
    opened(counter, household="")
    told = f"Salmah · Kampung Contoh · {MS('project.person_unregistered')}"
    expect(page.locator("#projects-content")).to_contain_text(told)

    here = page.url
    page.get_by_role("link", name=MS("referral.new")).press("Enter")
    page.get_by_role("checkbox", name=MS("referral.component_tempat"), exact=True).check()
    page.locator('[id*="referrals-field"][id*="\\"to\\""]').first.fill("Larut")
    page.get_by_role("option", name="Larut").first.click()
    page.locator('textarea[id*="question"]').fill("Bolehkah jalan ini dibaiki?")
    assert faults(counter.settled().page) == []
    page.get_by_role("button", name=MS("referral.send")).press("Enter")
    page.get_by_role("link", name=MS("referral.open")).press("Enter")
    expect(page.locator("#referrals-content")).to_contain_text(MS("referral.component_tempat"))

    page.goto(here)
    page.get_by_label(MS("project.join_file_no")).fill("CT000040")
    assert not sticks_out(counter.sized(NARROW).settled().page)
    page.get_by_role("button", name=MS("project.join"), exact=True).press("Enter")
    expect(page.locator("#projects-work-message")).to_contain_text(MS("project.did_join"))
    expect(page.locator("#projects-content")).to_contain_text("CT000040")
    counter.close()


def test_an_administrator_adds_a_type_on_screen(browser: Browser, address: str, register: Engine) -> None:
    admin = Visitor(browser, address).signed_in(ADMINISTRATOR, then="/projek/jenis").settled()
    page = admin.page
    page.locator("summary", has_text=MS("project.type_new")).press("Enter")
    for name, value in (("code", "bangsal"), ("name_ms", "Bangsal"), ("name_en", "Shed")):
        page.locator(f'[id*="\\"baharu\\""][id*="\\"{name}\\""]:visible').first.fill(value)
    lines = page.locator('textarea[id*="\\"baharu\\""]')
    lines.fill("Mula | Begin | 60\nSiap | End | 30")
    save = page.locator('button[id*="baharu:type"]')
    save.press("Enter")
    expect(page.locator("#projects-data-message")).to_contain_text(MS("error.project_weights"))
    lines.fill("Mula | Begin | 60\nSiap | End | 40")
    save.press("Enter")
    expect(page.locator("#projects-data")).to_contain_text("Bangsal")
    with register.connect() as connection:
        asked = text("SELECT sum(weight) FROM ekasih.project_type_milestone WHERE type_code = 'bangsal'")
        assert connection.scalar(asked) == 100
    admin.close()
