"""A form of the public at 320 px, by keyboard and by names alone: nothing sticks out, axe finds nothing, it arrives."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import text
from werkzeug.serving import make_server

from portal.deps import PortalDeps
from portal.factory import create_portal
from registry.db import PUBLIC_ROLE, PUBLIC_SCHEMA, make_engine
from registry.installation.settings import Settings
from tests.browser.looks import faults, sticks_out
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from sqlalchemy import Connection

    from registry.installation.cluster import Cluster

MS = words_of("ms")


@pytest.fixture
def awam(cluster: Cluster, database: str, tmp_path: Path) -> Iterator[str]:
    """The address of the portal over an empty register."""
    address = cluster.url(user=PUBLIC_ROLE, database=database).render_as_string(hide_password=False)
    engine = make_engine(address, source="portal", schema=PUBLIC_SCHEMA)
    server = make_server("127.0.0.1", 0, create_portal(PortalDeps(Settings(home=tmp_path), engine)), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.socket.getsockname()[1]}/awam"
    server.shutdown()
    thread.join()
    server.server_close()
    engine.dispose()


def is_sound(page: Page) -> None:
    assert faults(page) == []
    assert not sticks_out(page)


def at(page: Page, question: str) -> None:
    """Wait for a question."""
    expect(page.get_by_role("heading", level=1)).to_have_text(MS(f"borang.q_{question}"))


def on(page: Page, question: str) -> None:
    """Go on to a question."""
    page.get_by_role("button", name=MS("borang.next")).press("Enter")
    at(page, question)


def test_a_place_is_marked_on_the_map_without_a_script_on_a_small_phone(browser: Browser, awam: str) -> None:
    window = browser.new_context(viewport={"width": 320, "height": 640}, locale="ms-MY", java_script_enabled=False)
    page = window.new_page()
    page.goto(f"{awam}/maklum")
    page.get_by_label(MS("borang.field_district")).select_option("0803")
    page.get_by_text(MS("borang.pin")).click()
    page.get_by_role("button", name=MS("borang.map_open")).click()
    said = page.get_by_role("status")
    expect(said).to_have_text(MS("borang.map_none"))
    page.locator("input[type=image]").click(position={"x": 140, "y": 140})
    expect(said).to_contain_text("latitud")
    marked = said.inner_text()
    page.get_by_role("button", name=MS("borang.map_step_utara")).press("Enter")
    expect(said).not_to_have_text(marked)
    expect(page.get_by_role("button", name=MS("borang.map_step_utara"))).to_be_focused()
    assert not sticks_out(page)
    page.get_by_role("button", name=MS("borang.map_keep")).press("Enter")
    at(page, "tempat")
    expect(page.get_by_label(MS("borang.field_latitude"))).to_be_visible()
    expect(page.get_by_label(MS("borang.field_latitude"))).not_to_have_value("")
    window.close()


def test_a_family_is_told_of_by_keyboard_on_a_small_phone_and_followed(
    browser: Browser, awam: str, owner: Connection
) -> None:
    window = browser.new_context(viewport={"width": 320, "height": 640}, locale="ms-MY")
    page = window.new_page()
    page.goto(f"{awam}/maklum")
    at(page, "tempat")
    is_sound(page)
    page.get_by_label(MS("borang.field_village")).press("Enter")
    expect(page.locator("#ringkasan")).to_be_visible()
    is_sound(page)
    page.get_by_label(MS("borang.field_district")).select_option("0803")
    page.get_by_label(MS("borang.field_village")).fill("Kampung Rekaan")
    page.get_by_label(MS("borang.field_village")).press("Enter")
    at(page, "keluarga")
    page.get_by_role("button", name="English").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(words_of("en")("borang.q_keluarga"))
    page.get_by_role("button", name="Bahasa Melayu").press("Enter")
    at(page, "keluarga")
    on(page, "keadaan")
    page.get_by_label(MS("intake.seen_sakit")).press("Space")
    is_sound(page)
    on(page, "anda")
    page.get_by_role("button", name=MS("borang.next")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(MS("borang.check"))
    is_sound(page)
    page.get_by_role("button", name=f"{MS('borang.change')}: {MS('borang.q_tempat')}").press("Enter")
    at(page, "tempat")
    page.get_by_label(MS("borang.field_address")).fill("Rumah biru")
    page.get_by_label(MS("borang.field_address")).press("Enter")
    page.get_by_role("button", name=MS("borang.send")).press("Enter")
    page.wait_for_selector(".codes")
    is_sound(page)
    reference, secret = page.locator(".codes dd").all_inner_texts()
    assert owner.scalar(text("SELECT answers ->> 'address' FROM ekasih.intake")) == "Rumah biru"
    page.goto(f"{awam}/ikut")
    page.get_by_label(MS("borang.reference")).fill(reference)
    page.get_by_label(MS("borang.secret")).fill(secret)
    page.get_by_label(MS("borang.secret")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(MS("ikut.shown_diterima"))
    is_sound(page)
    window.close()
