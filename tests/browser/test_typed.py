"""Nothing typed is lost: at a slow computer with late answers, what stands on the screen is sent, kept and told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from registry.accounts.users import DEMO_PASSWORD
from tests.browser.filling_in import MEETING, scalar, what_stands_is_sent_kept_and_told
from tests.browser.forms import FORMS, MS, Form
from tests.browser.test_meetings import two_cases
from tests.browser.test_visits import a_case
from tests.browser.visitor import COORDINATOR, OFFICER

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.browser.hasty import Hasty

__all__ = ["two_cases"]


@pytest.mark.parametrize("form", [form for form in FORMS if not form.of_record], ids=lambda form: form.name)
def test_what_stands_on_the_screen_is_sent_kept_and_told(
    form: Form, hasty: Hasty, register: Engine, request: pytest.FixtureRequest
) -> None:
    what_stands_is_sent_kept_and_told(form, hasty, register, request)


def test_the_keyboard_is_not_taken_from_who_types_while_the_page_is_still_drawn(hasty: Hasty) -> None:
    hasty.opens(OFFICER, "/isi-rumah/44")
    page = hasty.page
    # a quick hand: it is in the second field in the moment in which that is there
    page.evaluate("""() => {
        window.moved = [];
        new MutationObserver((_changes, seen) => {
            const field = document.querySelector('input[id*="village"]');
            if (field) {
                seen.disconnect();
                const ready = setInterval(() => {
                    field.focus();
                    if (document.activeElement === field) {
                        clearInterval(ready);
                        document.addEventListener("focusin", (event) => window.moved.push(event.target.id));
                    }
                }, 0);
            }
        }).observe(document.body, { childList: true, subtree: true });
    }""")
    page.get_by_role("button", name=f"{MS('record.edit')}: {MS('part.lokasi')}", exact=True).click()
    village = page.locator('input[id*="village"]')
    expect(village).to_be_focused()
    page.keyboard.type("Taman Pantas")
    hasty.at_ease()
    hasty.visitor.settled()
    expect(village).to_have_value("Taman Pantas")
    expect(page.locator('input[id*="address"][id*="households-field"]')).to_have_value("")
    assert page.evaluate("window.moved") == []


def test_another_form_of_the_page_keeps_what_was_typed_when_the_page_is_drawn_anew(
    hasty: Hasty, register: Engine
) -> None:
    meeting = scalar(register, MEETING, number="K1/2026")
    hasty.opens(COORDINATOR, f"/mesyuarat/{meeting}")
    page = hasty.page
    page.locator("summary").filter(has_text=MS("meeting.edit")).click()
    place = page.locator('input[id*=\'"name":"place"\']')
    hasty.types(place, "Dewan Yang Belum Disimpan")
    hasty.presses(page.get_by_role("button", name=MS("meeting.act_draw")))
    expect(page.locator("#meetings-one-message")).to_contain_text(MS.n("meeting.drawn", 0))
    hasty.at_ease()
    hasty.visitor.settled()
    expect(place).to_have_value("Dewan Yang Belum Disimpan")


def test_a_key_that_the_app_hears_of_late_is_not_taken_for_an_answer(hasty: Hasty, register: Engine) -> None:
    meeting = scalar(register, MEETING, number="K2/2026")
    hasty.opens(COORDINATOR, f"/mesyuarat/{meeting}")
    page = hasty.page
    page.locator("summary").filter(has_text=MS("meeting.edit")).click()
    place = page.locator('input[id*=\'"name":"place"\']')
    hasty.types(place, "Dewan")
    # the field has the letter, something else is drawn, and only then the app is told of the letter
    place.evaluate("""async (field) => {
        const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
        write.call(field, "Dewan Lama");
        document.body.append(document.createElement("i"));
        await new Promise((done) => setTimeout(done, 50));
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    hasty.presses(page.get_by_role("button", name=MS("meeting.act_draw")))
    expect(page.locator("#meetings-one-message")).to_contain_text(MS.n("meeting.drawn", 0))
    hasty.at_ease()
    hasty.visitor.settled()
    expect(place).to_have_value("Dewan Lama")


def test_a_form_that_was_left_gives_nothing_to_the_next(hasty: Hasty) -> None:
    hasty.opens(OFFICER, "/isi-rumah/45")
    page = hasty.page
    page.get_by_role("button", name=f"{MS('record.edit')}: {MS('part.lokasi')}", exact=True).click()
    hasty.types(page.locator('input[id*="village"]'), "Tidak Disimpan")
    page.locator("#households-cancel").click()
    page.get_by_role("dialog").get_by_role("button", name=MS("dock.discard")).click()
    expect(page.locator('input[id*="village"]')).to_have_count(0)
    for part, field in (("harta", "land_acres"), ("lokasi", "village")):
        page.get_by_role("button", name=f"{MS('record.edit')}: {MS(f'part.{part}')}", exact=True).click()
        expect(page.locator(f'input[id*="{field}"]')).to_be_visible()
        shown = hasty.screen(page.locator('[id*="households-body"]:has([id*="households-field"])'))
        assert "Tidak Disimpan" not in shown.values()
        page.locator("#households-cancel").click()
        expect(page.locator(f'input[id*="{field}"]')).to_have_count(0)


def test_coordinates_stay_as_they_are_typed_key_by_key(hasty: Hasty) -> None:
    hasty.opens(OFFICER, "/isi-rumah/46")
    page = hasty.page
    page.get_by_role("button", name=MS("place.move"), exact=True).click()
    field = page.locator('input[id*=\'"name":"latitude"\']')
    field.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("4.4712", delay=120)
    hasty.at_ease()
    hasty.visitor.settled()
    expect(page.locator("#households-place-compared")).not_to_be_empty()
    expect(field).to_have_value("4.4712")


def test_a_registration_form_sends_in_what_stands_there(hasty: Hasty, register: Engine) -> None:
    hasty.opens(OFFICER, "/kes/baharu")
    page = hasty.page
    page.get_by_role("button", name=MS("case.start")).click()
    page.wait_for_url(re.compile(r".*/kes/\d+/borang$"))
    case = int(page.url.split("/")[-2])
    answers = {
        "pelapor": {"pelapor.reporter_name": "Pelapor Uji", "pelapor.reporter_phone": "0125550101"},
        "peribadi": {"m1.name": "Ketua Uji Rekaan", "m1.birth_date": "03/02/1965"},
        "lokasi": {"lokasi.village": "Taman Uji", "lokasi.postcode": "31000"},
        "harta": {"harta.land_acres": "2.5"},
    }
    for part, fields in answers.items():
        page.locator("#cases-draft-steps button").filter(has_text=MS(f"part.{part}")).click()
        for place, said in fields.items():
            hasty.types(page.locator(f'[data-place="{place}"]'), said)
    expect(page.locator("#cases-draft-status")).to_have_text(re.compile(r"^Disimpan \d\d:\d\d$"))
    expect(page.locator("#cases-draft-saved")).to_contain_text(MS("field.land_acres"))
    with register.connect() as connection:
        draft, name = connection.execute(
            text("SELECT draft, reporter_name FROM ekasih.case_file WHERE id = :id"), {"id": case}
        ).one()
    assert name == "Pelapor Uji"
    stored = {f"{part}.{key}": said for part in ("lokasi", "harta") for key, said in draft[part].items()}
    stored |= {f"m1.{key}": said for key, said in draft["members"][0].items()}
    wanted = {place: said for part in ("peribadi", "lokasi", "harta") for place, said in answers[part].items()}
    assert wanted.items() <= stored.items()


def test_a_visit_sends_what_stands_there_and_says_so(hasty: Hasty, register: Engine) -> None:
    case, _name = a_case(register)
    hasty.opens(OFFICER, f"/lawatan/{case}")
    page = hasty.page
    said = {"remarks": "Ulasan uji", "reason": "Sebab uji", "latitude": "4.471", "longitude": "101.051"}
    for name, value in said.items():
        hasty.types(page.locator(f'[data-field="{name}"]'), value)
    page.locator("#visits-accuracy-t").select_option("30")
    page.locator("#visits-recommendation-approve").check()
    hasty.presses(page.get_by_role("button", name=MS("visit.send"), exact=True))
    expect(page.locator("#visits-sent")).to_be_visible()
    for value in ("Ulasan uji", "Sebab uji", "4.471, 101.051"):
        expect(page.locator(".ek-case-done")).to_contain_text(value)
    with register.connect() as connection:
        row = connection.execute(
            text("SELECT remarks, reason FROM ekasih.visit WHERE case_id = :id"), {"id": case}
        ).one()
    assert tuple(row) == ("Ulasan uji", "Sebab uji")


def test_a_gps_fix_that_comes_late_leaves_typed_coordinates_alone(hasty: Hasty, register: Engine) -> None:
    case, _name = a_case(register)
    hasty.page.add_init_script(
        "navigator.geolocation.getCurrentPosition = (found) => { window.fix = () => found({coords:"
        " {latitude: 1.5, longitude: 110.3, accuracy: 9}}); };"
    )
    hasty.opens(OFFICER, f"/lawatan/{case}")
    page = hasty.page
    page.get_by_role("button", name=MS("visit.locate")).click()
    hasty.types(page.locator('[data-field="latitude"]'), "4.47")
    page.evaluate("window.fix()")
    expect(page.locator("#visits-located")).to_have_text(MS("visit.located_typed"))
    expect(page.locator('[data-field="latitude"]')).to_have_value("4.47")


def test_the_sign_in_page_takes_what_is_typed_at_once(hasty: Hasty) -> None:
    hasty.slows_down()
    page = hasty.page
    page.goto(f"{hasty.visitor.address}/masuk", wait_until="commit")
    hasty.types(page.locator("#login"), OFFICER)
    hasty.types(page.locator("#password"), DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#frame-main")).to_be_visible()
