"""The frame around every page: finding one's way, by mouse and by keyboard, in both languages, at every size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.visitor import ADMINISTRATOR, COUNCIL, NARROW, OFFICER, PLANNER, WIDE

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor


def focused(visitor: Visitor) -> str:
    """What has the focus: its name for people."""
    return str(
        visitor.page.evaluate(
            "() => { const e = document.activeElement; return (e.getAttribute('aria-label')"
            " || e.getAttribute('title') || e.textContent || e.name || '').trim() }"
        )
    )


def test_signing_in_leads_to_the_page_that_was_asked_for(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/panduan", by_form=True)
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()


def test_a_wrong_password_is_said_and_the_name_is_kept(visitor: Visitor) -> None:
    visitor.expected_failures.add(401)
    visitor.open("/masuk")
    visitor.page.fill("input[name=login]", PLANNER)
    visitor.page.fill("input[name=password]", "wrong")
    visitor.page.press("input[name=password]", "Enter")
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    expect(visitor.page.locator("input#login")).to_have_value(PLANNER)


def test_signing_out_ends_at_the_sign_in_page(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/panduan", by_form=True)
    visitor.page.get_by_role("button", name="Log keluar").click()
    visitor.page.wait_for_url("**/masuk")


def test_sample_data_is_named_on_every_page(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/panduan")
    expect(visitor.page.get_by_text("Data contoh", exact=True).first).to_be_visible()


def test_choosing_english_keeps_the_page_and_its_view(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/panduan")
    visitor.open("/panduan?in=08")
    visitor.page.locator("[data-ek-language=en]").click()
    visitor.settled()
    assert visitor.page.url.endswith("/panduan?in=08")
    assert visitor.page.locator("html").get_attribute("lang") == "en"


def test_the_rail_says_which_page_is_open(visitor: Visitor) -> None:
    visitor.signed_in(COUNCIL, then="/panduan")
    expect(visitor.page.locator("[aria-current=page]")).to_have_attribute("href", "/panduan")
    # a page that stands under another one in the address is not that one
    visitor.open("/projek/tapak")
    expect(visitor.page.locator(".ek-rail-group a[aria-current=page]")).to_have_attribute("href", "/projek/tapak")


def test_a_group_of_pages_opens_by_keyboard_and_stays_as_it_was_left(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then="/kes")
    groups = visitor.page.locator(".ek-rail-group")
    expect(visitor.page.locator(".ek-rail-group a[aria-current=page]:visible")).to_have_attribute("href", "/kes")
    worklists = groups.filter(has=visitor.page.locator("a[href='/tugasan']"))
    expect(worklists.locator("a").first).to_be_hidden()
    worklists.locator("summary").focus()
    visitor.page.keyboard.press("Enter")
    expect(worklists.locator("a[href='/tugasan']")).to_be_visible()
    visitor.open("/panduan")
    expect(worklists.locator("a[href='/tugasan']")).to_be_visible()


def test_the_keyboard_reaches_everything_in_the_frame_and_is_seen_there(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then="/panduan")
    visitor.page.evaluate("document.activeElement.blur()")
    unseen, names = [], []
    for _ in range(40):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement === document.body"):
            break
        names.append(focused(visitor))
        shown = visitor.page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();"
            " const wrap = e.closest('.mantine-TextInput-root, .mantine-Input-wrapper');"
            " return b.width > 0 && b.height > 0 &&"
            " (s.outlineStyle !== 'none' || s.boxShadow !== 'none' || (wrap && e.matches(':focus'))) }"
        )
        if not shown:
            unseen.append(names[-1])
    assert unseen == []
    assert {"Panduan", "Log keluar"} <= set(names)


def test_a_page_that_is_not_there_says_so_and_leads_back(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/tiada")
    expect(visitor.page.locator("#frame-page").get_by_role("link")).to_have_attribute("href", "/")


def test_the_rail_folds_and_stays_folded(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/panduan")
    wide = visitor.page.locator(".ek-rail").bounding_box()
    visitor.page.locator("#frame-rail-toggle").click()
    visitor.open("/panduan")
    narrow = visitor.page.locator(".ek-rail").bounding_box()
    assert wide is not None
    assert narrow is not None
    assert narrow["width"] < wide["width"] / 2


def test_on_a_phone_the_pages_are_at_the_bottom_under_the_thumb(visitor: Visitor) -> None:
    visitor.sized(NARROW).signed_in(OFFICER, then="/panduan")
    bar = visitor.page.locator(".ek-rail nav").bounding_box()
    assert bar is not None
    assert bar["y"] + bar["height"] > NARROW[1] - 4
    assert bar["y"] > NARROW[1] / 2


def test_every_target_is_large_enough_for_a_finger(visitor: Visitor) -> None:
    visitor.sized(NARROW).signed_in(OFFICER, then="/panduan")
    small = visitor.page.evaluate(
        "() => [...document.querySelectorAll('.ek-frame a, .ek-frame button, .ek-frame input:not([type=hidden])')]"
        ".filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('p'))"
        ".map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
        ".filter(([_, b]) => b.width > 0 && (b.width < 24 || b.height < 24)).map(([html]) => html)"
    )
    assert small == []


def test_a_database_that_is_away_is_said_and_nothing_is_lost(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/panduan")
    visitor.expected_failures.update({502, 503, 504})
    visitor.page.route("**/_dash-update-component*", lambda route: route.fulfill(status=502))
    visitor.page.evaluate("window.ekasih.go('/')")
    expect(visitor.page.locator("#frame-away")).to_be_visible()


def test_the_frame_is_left_off_paper(visitor: Visitor) -> None:
    visitor.sized(WIDE).signed_in(PLANNER, then="/panduan")
    visitor.page.emulate_media(media="print")
    expect(visitor.page.locator(".ek-rail")).to_be_hidden()
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
