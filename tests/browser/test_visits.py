"""Cases are given to an officer, who visits them with a telephone whose connection comes and goes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from uuid import uuid4

from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import COORDINATOR, NARROW, OFFICER, WIDE, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator
    from sqlalchemy import Engine


MS = words_of("ms")
_OPEN = text("""
    INSERT INTO ekasih.case_file (channel, district_code, head_name, draft, created_by)
    SELECT 'officer', '0803', :name, jsonb_build_object(
        'lokasi', jsonb_build_object('district_code', '0803', 'village', 'Kampung Rekaan', 'strata', 'rural',
            'latitude', CAST(:latitude AS text), 'longitude', '101.04'),
        'harta', jsonb_build_object('vehicle', 'Motosikal'),
        'members', jsonb_build_array(
            jsonb_build_object('key', 'm1', 'relationship', 'KIR', 'name', CAST(:name AS text)))),
        u.id
    FROM ekasih.app_user AS u WHERE u.login = 'penyelaras.kinta'
    RETURNING id
""")
_STEP = text("""
    INSERT INTO ekasih.case_step (case_id, action, assigned_to)
    SELECT :case_id, :action, (SELECT id FROM ekasih.app_user WHERE login = :officer)
""")

_REGISTERED = text("""
    UPDATE ekasih.case_file SET version = version + 1, household_id = (
        SELECT h.id FROM ekasih.household AS h
        WHERE h.district_code = '0803' AND NOT EXISTS (SELECT FROM ekasih.case_file AS c WHERE c.household_id = h.id)
        ORDER BY h.id DESC LIMIT 1)
    WHERE id = :case_id
""")
_ASKED = text("""
    SELECT ARRAY[personal ->> 'name', personal ->> 'relationship']
    FROM ekasih.case_file AS c JOIN ekasih.change_request AS r ON r.household_id = c.household_id AND r.note = c.number
    CROSS JOIN LATERAL jsonb_array_elements(r.payload -> 'changes') AS change
    CROSS JOIN LATERAL (SELECT change -> 'personal' AS personal) AS p
    WHERE c.id = :case_id AND change ->> 'kind' = 'add_member'
""")
_SOLD = text("""
    UPDATE ekasih.case_file SET draft = jsonb_set(draft, '{harta,vehicle}', '"Kereta"'), version = version + 1
    WHERE id = :case_id
""")


def a_case(register: Engine, *, assigned: bool = True, latitude: float = 4.47) -> tuple[int, str]:
    """A case of Kinta that nobody else uses: its number and the head's name."""
    name = f"Aminah binti {uuid4().hex[:8].translate(str.maketrans('0123456789', 'ghijklmnop')).capitalize()}"
    with register.begin() as connection:
        case_id = connection.execute(_OPEN, {"name": name, "latitude": str(latitude)}).scalar_one()
        connection.execute(_STEP, {"case_id": case_id, "action": "submit", "officer": None})
        if assigned:
            connection.execute(_STEP, {"case_id": case_id, "action": "assign", "officer": OFFICER})
    return int(case_id), name


def status(visitor: Visitor) -> Locator:
    return visitor.page.locator("#visits-status")


def chosen(visitor: Visitor, name: str, value: str) -> None:
    visitor.page.locator(f"#visits-{name}-{value}").check()


def typed(visitor: Visitor, name: str, said: str) -> None:
    visitor.page.locator(f'[data-field="{name}"]').fill(said)


def recommended(visitor: Visitor) -> None:
    chosen(visitor, "recommendation", "approve")
    typed(visitor, "reason", "Pendapatan di bawah garis kemiskinan")


def send(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name=MS("visit.send"), exact=True).click()


def left_on_device(visitor: Visitor) -> list[str]:
    found: list[str] = visitor.page.evaluate(
        """async () => {
            const typed = Object.keys(localStorage).filter((name) => name.startsWith("ekasih.lawatan."));
            const names = (await indexedDB.databases()).map((one) => one.name);
            if (!names.includes("ekasih-lawatan")) return typed;
            const photos = await new Promise((resolve) => {
                const asked = indexedDB.open("ekasih-lawatan", 1);
                asked.onsuccess = () => {
                    const all = asked.result.transaction("photos").objectStore("photos").getAllKeys();
                    all.onsuccess = () => { asked.result.close(); resolve(all.result); };
                };
            });
            return typed.concat(photos);
        }"""
    )
    return found


def photograph() -> bytes:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Telefon Contoh"
    Image.effect_noise((2000, 1500), 30).convert("RGB").save(written, "JPEG", exif=exif)
    return written.getvalue()


def with_photograph(visitor: Visitor) -> None:
    picture = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    visitor.page.locator("#visits-photo-t").set_input_files(files=[picture])  # type: ignore[list-item]
    expect(visitor.page.locator("#visits-photos img")).to_have_count(1)


def visits_of(register: Engine, case_id: int) -> list[tuple[str, int]]:
    """The visits of a case: who made each, and how many photographs it has."""
    with register.connect() as connection:
        asked = text(
            "SELECT u.login, (SELECT count(*) FROM ekasih.visit_photo AS p WHERE p.visit_id = v.id)"
            " FROM ekasih.visit AS v JOIN ekasih.app_user AS u ON u.id = v.officer_id WHERE v.case_id = :case_id"
        )
        return [(row[0], row[1]) for row in connection.execute(asked, {"case_id": case_id})]


def told_on_the_case(visitor: Visitor) -> None:
    """The page of the case tells the visit, its place and its photograph, of which only pixels are left."""
    expect(visitor.page.locator(".ek-case-header .ek-case-state")).to_have_text("disyorkan")
    seen = visitor.page.locator(".ek-visit")
    expect(seen).to_contain_text("Berbeza: Kenderaan: Motosikal → Tiada. Motosikal telah dijual")
    expect(seen).to_contain_text("4.47110")
    picture = seen.locator("img[src^='/foto/']")
    expect(picture).to_have_count(1)
    visitor.settled()
    assert faults(visitor.page) == []
    address = picture.get_attribute("src") or ""
    answered = visitor.page.request.get(f"{visitor.address}{address}")
    assert (answered.headers["content-type"], answered.headers["cache-control"]) == ("image/jpeg", "private, no-store")
    assert b"Telefon Contoh" not in answered.body()


def leads_out_when_pressed(visitor: Visitor) -> None:
    """The links to the maps of others are links alone, which tell nobody where they were pressed."""
    outside = visitor.page.locator(".ek-visits-way a")
    kept = outside.evaluate_all("found => found.map((one) => `${one.rel} ${one.target}`)")
    assert kept == ["noreferrer noopener _blank"] * 2
    expect(visitor.page.locator(".ek-visits-way")).to_contain_text(MS("visit.map_note"))


def vehicle_opened(visitor: Visitor) -> Locator:
    """The part of the assets, in which one press has opened the vehicle for another answer."""
    block = visitor.page.locator("#visits-harta-block")
    block.locator("summary").click()
    expect(block.locator("summary")).to_contain_text(MS("visit.block_open"))
    block.get_by_role("button", name=MS("visit.fact_change_of", label=MS("field.vehicle"))).click()
    expect(block.locator("select")).to_be_focused()
    return block


def test_a_visit_that_is_made_without_a_connection_arrives_once_with_its_photograph(
    visitor: Visitor, register: Engine
) -> None:
    case_id, name = a_case(register)
    context = visitor.page.context
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 4.4711, "longitude": 101.0422, "accuracy": 9})
    visitor.sized(NARROW).signed_in(OFFICER, then=f"/kes/{case_id}")
    visitor.page.get_by_role("link", name=MS("visit.fill_in")).click()
    expect(visitor.page.locator("#visits-host h1")).to_have_text(name)
    leads_out_when_pressed(visitor)
    visitor.settled()
    assert faults(visitor.page) == []
    visitor.page.get_by_role("button", name=MS("visit.locate")).click()
    expect(visitor.page.locator('[data-field="latitude"]')).to_have_value("4.471100")
    context.set_offline(True)
    block = vehicle_opened(visitor)
    send(visitor)
    problems = visitor.page.locator("#visits-problems")
    expect(problems).to_contain_text(MS("visit.say_what_differs"))
    assert faults(visitor.page) == []
    block.locator("select").select_option("Tiada")
    expect(visitor.page.locator("#visits-progress")).to_have_text(MS("visit.progress", done=1, n=9))
    typed(visitor, "harta", "Motosikal telah dijual")
    with_photograph(visitor)
    recommended(visitor)
    expect(status(visitor)).to_have_text(re.compile(r"^Disimpan pada peranti ini \d\d:\d\d$"))
    assert not sticks_out(visitor.page)
    send(visitor)
    expect(status(visitor)).to_have_text(MS("visit.waiting"))
    assert faults(visitor.page) == []
    assert visits_of(register, case_id) == []
    assert len(left_on_device(visitor)) == 2
    context.set_offline(False)
    expect(visitor.page.locator("#visits-sent")).to_be_focused()
    assert visits_of(register, case_id) == [(OFFICER, 1)]
    assert left_on_device(visitor) == []
    visitor.page.get_by_role("link", name=MS("visit.to_case")).click()
    told_on_the_case(visitor)


def test_a_closed_browser_loses_nothing_and_signing_out_leaves_nothing(visitor: Visitor, register: Engine) -> None:
    case_id, name = a_case(register)
    visitor.sized(NARROW).signed_in(OFFICER, then=f"/lawatan/{case_id}", by_form=True)
    typed(visitor, "remarks", "Rumah di hujung kampung")
    with_photograph(visitor)
    visitor.open("/lawatan")
    expect(visitor.page.locator("#visits-waiting")).to_contain_text(name)
    visitor.open(f"/lawatan/{case_id}")
    expect(visitor.page.locator('[data-field="remarks"]')).to_have_value("Rumah di hujung kampung")
    expect(visitor.page.locator("#visits-photos img")).to_have_count(1)
    asked: list[str] = []
    visitor.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    visitor.sized(WIDE).page.get_by_role("button", name=MS("frame.sign_out")).click()
    expect(visitor.page.locator("#login")).to_be_visible()
    assert asked == [MS("visit.leave")]
    assert left_on_device(visitor) == []


def test_a_session_that_ended_loses_nothing_either(visitor: Visitor, register: Engine) -> None:
    case_id, _name = a_case(register)
    visitor.expected_failures.add(401)
    visitor.sized(NARROW).signed_in(OFFICER, then=f"/lawatan/{case_id}")
    with_photograph(visitor)
    recommended(visitor)
    visitor.page.context.clear_cookies()
    send(visitor)
    expect(status(visitor)).to_have_text(MS("visit.sign_in"))
    visitor.page.context.set_offline(True)
    context = visitor.page.context
    visitor.page.close()
    context.set_offline(False)
    assert visits_of(register, case_id) == []
    visitor.page = context.new_page()
    visitor.signed_in(OFFICER, then="/lawatan")
    expect(visitor.page.locator("#visits-waiting")).to_be_empty()
    visitor.settled()
    assert visits_of(register, case_id) == [(OFFICER, 1)]
    assert left_on_device(visitor) == []


def test_what_changed_meanwhile_is_shown_beside_what_was_typed(
    visitor: Visitor, browser: Browser, address: str, register: Engine
) -> None:
    case_id, _name = a_case(register)
    visitor.expected_failures.add(409)
    visitor.sized(NARROW).signed_in(OFFICER, then=f"/lawatan/{case_id}")
    recommended(visitor)
    other = Visitor(browser, address, size=NARROW)
    other.signed_in(OFFICER, then=f"/lawatan/{case_id}")
    chosen(other, "recommendation", "reject")
    typed(other, "reason", "Tidak tinggal di sini")
    send(other)
    expect(other.page.locator("#visits-sent")).to_be_visible()
    other.close()
    send(visitor)
    conflict = visitor.page.locator("#visits-conflict")
    expect(conflict).to_contain_text("Pendapatan di bawah garis kemiskinan")
    expect(conflict).to_contain_text("Tidak tinggal di sini")
    expect(conflict).to_contain_text("disyorkan")
    assert faults(visitor.page) == []
    assert visits_of(register, case_id) == [(OFFICER, 0)]
    visitor.open(f"/lawatan/{case_id}")
    expect(conflict).to_contain_text("Pendapatan di bawah garis kemiskinan")
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.page.get_by_role("button", name=MS("visit.discard")).click()
    expect(visitor.page.locator(".ek-visit")).to_contain_text("Tidak tinggal di sini")
    assert left_on_device(visitor) == []


def test_a_visit_goes_on_upon_what_the_register_says_now_by_keyboard_alone(visitor: Visitor, register: Engine) -> None:
    case_id, name = a_case(register)
    words = words_of("en")
    visitor.expected_failures.add(409)
    visitor.reading("en").signed_in(OFFICER, then=f"/lawatan/{case_id}")
    page = visitor.page
    page.locator("#visits-recommendation-approve").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#visits-recommendation-reject")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Nobody lives here")
    with register.begin() as connection:
        connection.execute(_SOLD, {"case_id": case_id})

    def pressed(key: str) -> None:
        page.get_by_role("button", name=words(key), exact=True).focus()
        page.keyboard.press("Enter")

    pressed("visit.send")
    conflict = page.locator("#visits-conflict")
    expect(conflict.locator("h2")).to_be_focused()
    expect(conflict.get_by_role("row", name=re.compile("Assets"))).to_contain_text("Car")
    assert faults(page) == []
    pressed("visit.send_mine")
    expect(page.locator('[data-field="reason"]')).to_have_value("Nobody lives here")
    pressed("visit.send")
    expect(page.locator("#visits-sent")).to_be_focused()
    assert visits_of(register, case_id) == [(OFFICER, 0)]
    visitor.open("/lawatan")
    expect(page.locator(".ek-visits-page")).not_to_contain_text(name)


def test_cases_are_given_by_mukim_and_become_a_round(visitor: Visitor, register: Engine) -> None:
    made = [a_case(register, assigned=False, latitude=latitude) for latitude in (4.50, 4.40, 4.45)]
    visitor.signed_in(COORDINATOR, then="/lawatan")
    group = visitor.page.get_by_role("group", name=MS("visit.no_mukim"))
    whole = group.get_by_role("checkbox").first
    waiting = group.get_by_role("checkbox").count()
    whole.check()
    expect(group.get_by_role("checkbox", checked=True)).to_have_count(waiting)
    whole.uncheck()
    expect(group.get_by_role("checkbox", checked=True)).to_have_count(0)
    for _case, name in made:
        visitor.page.get_by_role("checkbox", name=re.compile(name)).check()
    officer = visitor.page.locator("#visits-officer")
    officer.click()
    visitor.page.get_by_role("option", name=re.compile("Pegawai Kinta")).click()
    visitor.page.get_by_role("button", name=MS("visit.assign")).click()
    expect(visitor.page.locator("#visits-told")).to_contain_text(words_of("ms").n("visit.assigned", 3))
    visitor.settled()
    expect(visitor.page.get_by_role("checkbox", name=re.compile(made[0][1]))).to_have_count(0)
    assert faults(visitor.page) == []
    visitor.page.context.clear_cookies()
    visitor.page.context.grant_permissions(["geolocation"])
    visitor.page.context.set_geolocation({"latitude": 4.3, "longitude": 101.04, "accuracy": 20})
    visitor.sized(NARROW).signed_in(OFFICER, then="/lawatan")
    visitor.page.get_by_role("button", name=MS("visit.from_here")).click()
    expect(visitor.page.locator("#visits-here-note")).to_contain_text("20 m")
    visitor.settled()
    listed = visitor.page.locator(".ek-visits-stops .ek-visits-name a").all_inner_texts()
    by_latitude = [made[1][1], made[2][1], made[0][1]]
    assert [name for name in listed if name in by_latitude] == by_latitude
    expect(visitor.page.locator("#visits-round-map .leaflet-marker-icon")).to_have_count(len(listed))
    assert faults(visitor.page) == []
    assert not sticks_out(visitor.page)


def test_somebody_who_joined_a_registered_household_is_asked_for_with_the_visit(
    visitor: Visitor, register: Engine
) -> None:
    case_id, _name = a_case(register)
    with register.begin() as connection:
        connection.execute(_REGISTERED, {"case_id": case_id})
    visitor.sized(NARROW).signed_in(OFFICER, then=f"/lawatan/{case_id}")
    page = visitor.page
    block = page.locator("#visits-peribadi-block")
    block.locator("summary").click()
    block.get_by_role("button", name=MS("visit.add_member"), exact=True).click()
    expect(page.locator('[data-field="baru1.name"]')).to_be_focused()
    page.keyboard.type("Bayi Baharu")
    page.locator('[data-field="baru1.relationship"]').select_option("Anak")
    expect(block.locator("summary")).to_contain_text("2")
    assert faults(page) == []
    assert not sticks_out(page)
    recommended(visitor)
    send(visitor)
    expect(page.locator("#visits-sent")).to_be_focused()
    with register.connect() as connection:
        assert connection.scalar(_ASKED, {"case_id": case_id}) == ["Bayi Baharu", "Anak"]
