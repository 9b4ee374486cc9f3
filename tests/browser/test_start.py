"""The first page of each role: what waits, how the own area stands, what changed; one press to each list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from registry.accounts.users import DEMO_USERS
from registry.principals import Role
from tests.browser.looks import each_look, faults, sticks_out
from tests.browser.visitor import COORDINATOR, OFFICER, PLANNER

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.browser.visitor import Visitor

BLOCKS = "#start-body > section"


@pytest.fixture
def waiting(register: Engine) -> None:
    """A case that waits for an officer, one that waits for a visit by the officer of Kinta."""
    with register.begin() as owner:
        owner.execute(
            text("""
                INSERT INTO ekasih.case_file (channel, district_code, head_name, state, created_by, assigned_to)
                SELECT 'officer', '0803', 'Contoh Rekaan', s.state, u.id,
                    CASE s.state WHEN 'assigned' THEN u.id END
                FROM ekasih.app_user AS u CROSS JOIN (VALUES ('received'), ('assigned')) AS s (state)
                WHERE u.login = :officer AND NOT EXISTS (SELECT FROM ekasih.case_file AS c WHERE c.state = s.state)
            """),
            {"officer": OFFICER},
        )


@pytest.mark.parametrize(("login", "role"), [(login, role) for login, _, role, _ in DEMO_USERS])
def test_who_signs_in_lands_where_the_role_begins(visitor: Visitor, login: str, role: Role) -> None:
    visitor.page.goto(f"{visitor.address}/")
    visitor.page.locator("form", has=visitor.page.locator(f"input[value='{login}']")).get_by_role("button").click()
    visitor.settled()
    started = {Role.PLANNER: "/", Role.ENUMERATOR: "/lawatan", Role.COMMUNITY_LEADER: "/pemakluman"}.get(role, "/utama")
    assert visitor.page.url == f"{visitor.address}{started}"


def test_a_deep_link_still_leads_to_its_page(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.address}/kpi?in=0803")
    visitor.page.locator("form", has=visitor.page.locator(f"input[value='{OFFICER}']")).get_by_role("button").click()
    visitor.settled()
    assert visitor.page.url == f"{visitor.address}/kpi?in=0803"


@pytest.mark.parametrize("login", [login for login, *_ in DEMO_USERS])
def test_every_role_finds_three_blocks_with_something_in_each(visitor: Visitor, login: str) -> None:
    visitor.signed_in(login, then="/utama")
    blocks = visitor.page.locator(BLOCKS)
    expect(blocks).to_have_count(3)
    for place in range(3):
        assert len(blocks.nth(place).inner_text().splitlines()) > 2
    expect(blocks.nth(0).get_by_role("link").first).to_be_visible()
    expect(blocks.nth(1).locator(".ek-footnote")).to_contain_text("/20")


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize(
    ("login", "told", "listed"),
    [
        (OFFICER, "lawatan yang ditugaskan", "/lawatan"),
        (COORDINATOR, "kes menunggu pegawai", "/lawatan"),
        ("ppn.perak", "melepasi tarikh semakan", "/tugasan?senarai=due"),
    ],
)
def test_what_waits_is_counted_and_one_press_away(visitor: Visitor, login: str, told: str, listed: str) -> None:
    visitor.signed_in(login, then="/utama")
    line = visitor.page.locator(".ek-start-waits .ek-start-link", has_text=told)
    expect(line.locator(".ek-start-number")).not_to_have_text("0")
    line.focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(f"**{listed}")
    visitor.settled()


def test_an_area_is_told_as_a_sentence_with_the_way_to_its_map(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then="/utama")
    expect(visitor.page.locator(".ek-start-area .ek-lead")).to_contain_text("Kinta:")
    visitor.page.locator(".ek-start-area a[href='/?in=0803']").press("Enter")
    visitor.page.wait_for_url("**/?in=0803")
    visitor.settled()


def test_a_planner_reads_published_figures_and_no_names(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/utama")
    body = visitor.page.locator("#start-body")
    expect(body).to_contain_text("Malaysia")
    expect(body.locator("a[href*='isi-rumah']")).to_have_count(0)


@each_look
@pytest.mark.parametrize("login", [OFFICER, PLANNER, "juruaudit", "agensi"])
def test_the_first_page_is_sound(visitor: Visitor, login: str, language: str, size: tuple[int, int]) -> None:
    visitor.sized(size).reading(language).signed_in(login, then="/utama")
    expect(visitor.page.locator(BLOCKS)).to_have_count(3)
    assert faults(visitor.page) == []
    assert not sticks_out(visitor.page)
