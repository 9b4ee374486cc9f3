"""The site of a project is visited with a telephone whose connection is gone; the report is there once it is back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import NARROW, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from sqlalchemy import Engine

MS = words_of("ms")
_OFFICES = """
    INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('TAPAK', 'Tapak', 'Sites', 'persekutuan');
    INSERT INTO ekasih.office (code, agency_id, name_ms, name_en, territory)
        SELECT n, a.id, n, n, '{C.PPKB-BATU-GAJAH}' FROM ekasih.agency AS a, unnest(ARRAY['TAPAK-1', 'TAPAK-2']) AS n
        WHERE a.code = 'TAPAK';
    INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash, demo, must_change,
            agency_id, office_code)
        SELECT lower(o.code), o.code, u.role, u.territory, u.password_hash, true, false, o.agency_id, o.code
        FROM ekasih.office AS o, ekasih.app_user AS u WHERE u.login = 'ppkb.batugajah' AND o.code ~ '^TAPAK-';
    INSERT INTO ekasih.project (type_code, agency_id, office_code, programme_code, title, district_code, place,
            place_method, estimate_rm, sum_rm, state)
        SELECT 'bina_baru', a.id, 'TAPAK-1', 'PPKB-RMH', 'Rumah di tapak', '0803', ST_Point(101.04, 4.47, 4326), 'peta',
            86000, 80000, 'dalam_pelaksanaan' FROM ekasih.agency AS a WHERE a.code = 'TAPAK';
    INSERT INTO ekasih.project_milestone (project_id, position, name_ms, name_en, weight)
        SELECT p.id, m.position, m.name_ms, m.name_en, m.weight FROM ekasih.project AS p
        JOIN ekasih.project_type_milestone AS m USING (type_code) WHERE p.office_code = 'TAPAK-1';
    INSERT INTO ekasih.project_plan (project_id, version, begins, ends, made_by)
        SELECT id, 1, array_fill(current_date - 60, ARRAY[5]), array_fill(current_date + 60, ARRAY[5]), 'test'
        FROM ekasih.project WHERE office_code = 'TAPAK-1'
"""
_REPORTS = text("""
    SELECT r.shares, r.note, r.point_source, (SELECT count(*) FROM ekasih.project_photo AS f
        WHERE f.project_id = p.id AND f.phase = 'semasa' AND f.position = 2)
    FROM ekasih.project AS p LEFT JOIN ekasih.project_report AS r ON r.project_id = p.id WHERE p.number = :number
""")


def a_project(register: Engine) -> str:
    with register.begin() as owner:
        for statement in _OFFICES.split(";\n"):
            owner.exec_driver_sql(statement)
        return str(owner.scalar(text("SELECT number FROM ekasih.project WHERE office_code = 'TAPAK-1'")))


def photographed(visitor: Visitor) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(drawn, "JPEG")
    visitor.page.get_by_label(MS("site.phase")).select_option("semasa:2")
    picture = {"name": "tapak.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}
    visitor.page.locator("#visits-photo-t").set_input_files(files=[picture])  # type: ignore[list-item]
    expect(visitor.page.locator("#visits-photos img")).to_have_count(1)


def typed(officer: Visitor) -> None:
    """What is done, seen and photographed at the site; a share that cannot be is told."""
    page = officer.page
    shares = page.locator('[data-field^="share_"]')
    shares.nth(0).fill("100")
    shares.nth(1).fill("150")
    page.get_by_role("button", name=MS("site.send"), exact=True).click()
    expect(page.locator("#visits-problems")).to_contain_text(MS("site.share_wrong"))
    assert faults(page) == []
    shares.nth(1).fill("50")
    expect(page.locator("#visits-progress")).to_have_text(MS("site.done", before="0", now="35"))
    page.get_by_label(MS("site.note")).fill("Dinding siap separuh")
    page.get_by_role("button", name=MS("visit.locate")).click()
    expect(page.locator('[data-field="latitude"]')).to_have_value("4.471100")
    photographed(officer)
    assert not sticks_out(page)


def test_a_site_is_visited_without_a_connection_and_reported_once(
    browser: Browser, address: str, register: Engine
) -> None:
    number = a_project(register)
    officer = Visitor(browser, address, size=NARROW)
    page, context = officer.page, officer.page.context
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 4.4711, "longitude": 101.0402, "accuracy": 9})
    officer.signed_in("tapak-1", then="/projek/tapak")
    expect(page.locator(".ek-sites-card")).to_contain_text(MS("site.no_report"))
    officer.settled()
    assert faults(page) == []
    context.set_offline(True)
    page.get_by_role("button", name=MS("site.fill_in")).click()
    expect(page.locator("#visits-host h1")).to_have_text("Rumah di tapak")
    typed(officer)
    page.get_by_role("button", name=MS("site.to_list")).click()
    expect(page.locator("#sites-waiting")).to_contain_text(MS("visit.outbox_draft"))
    page.get_by_role("button", name=MS("site.go_on")).click()
    page.get_by_role("button", name=MS("site.send"), exact=True).click()
    expect(page.locator("#visits-status")).to_have_text(MS("visit.waiting"))
    with register.connect() as connection:
        assert [tuple(row) for row in connection.execute(_REPORTS, {"number": number})] == [(None, None, None, 0)]
    context.set_offline(False)
    expect(page.locator("#visits-sent")).to_have_text(MS("site.sent"))
    with register.connect() as connection:
        reports = [tuple(row) for row in connection.execute(_REPORTS, {"number": number})]
    assert reports == [([100, 50, 0, 0, 0], "Dinding siap separuh", "gps", 1)]
    page.get_by_role("button", name=MS("site.to_list")).click()
    expect(page.locator(".ek-sites-card")).to_contain_text(MS("project.phase_sebelum"))
    expect(page.locator("#sites-waiting")).to_be_empty()
    officer.close()

    other = Visitor(browser, address, size=NARROW).signed_in("tapak-2", then=f"/projek/tapak?projek={number}")
    expect(other.page.get_by_text(MS("site.none"), exact=True)).to_be_visible()
    other.close()
