"""A household is found by asking, read whole, corrected in place; nothing typed is lost, no address is personal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from dashboard.household.place import accuracy_text
from tests.browser.looks import each_look, faults, is_covered, pictured
from tests.browser.visitor import COUNCIL, OFFICER, PLANNER, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

SEARCH = "/isi-rumah"
RECORD = re.compile(r".*/isi-rumah/\d+$")
MS = words_of("ms")


def ask(visitor: Visitor, text: str) -> Visitor:
    visitor.page.locator("#households-search-text").fill(text)
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator(".ag-row a, #households-before .ek-state").first).to_be_visible()
    return visitor.settled()


def opened(visitor: Visitor, file_no: str, *, who: str = OFFICER) -> Visitor:
    """The record of a household, found by its file number."""
    visitor.signed_in(who, then=SEARCH)
    ask(visitor, file_no)
    visitor.page.locator(".ag-row a").first.click()
    expect(visitor.page).to_have_url(RECORD)
    visitor.settled()
    expect(visitor.page.locator(".ek-record-header")).to_be_visible()
    return visitor


def field(visitor: Visitor, name: str, row: str | None = None) -> Locator:
    """An input of the open form by the name of its question."""
    of_row = f'[id*=\'"row":"{row}"\']' if row is not None else ""
    return visitor.page.locator(f'input[id*=\'"name":"{name}"\'][id*="households-field"]{of_row}').first


def edit(visitor: Visitor, part: str) -> None:
    words = words_of("ms")
    label = f"{words('record.edit')}: {words(f'part.{part}')}"
    visitor.page.get_by_role("button", name=label, exact=True).click()
    expect(visitor.page.locator("#households-dock")).to_be_visible()
    visitor.settled()


def save(visitor: Visitor) -> Locator:
    visitor.page.locator("#households-save").click()
    visitor.settled()
    return visitor.page.locator("#households-flash")


def test_nothing_is_listed_before_a_question_is_asked(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then=SEARCH)
    expect(visitor.page.get_by_role("heading", name=MS("search.before"))).to_be_visible()
    expect(visitor.page.locator(".ag-row")).to_have_count(0)


def test_a_misspelt_name_is_found_marked_and_counted_and_stays_out_of_the_address(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then=SEARCH)
    ask(visitor, "ahmd contoh")
    first = visitor.page.locator(".ag-row").first
    expect(first.locator("mark").first).to_have_text("Ahmad")
    expect(first.locator(".ek-badge")).to_be_visible()
    expect(visitor.page.locator("#households-results-note")).to_have_text(re.compile(r"^1.\d+ daripada \d+ isi rumah"))
    assert visitor.page.url == f"{visitor.address}{SEARCH}"


def test_a_question_from_the_top_bar_is_answered_without_entering_the_address(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then="/panduan")
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type("CT000001")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator(".ag-row a")).to_have_count(1)
    assert visitor.page.url == f"{visitor.address}{SEARCH}"


def test_filters_are_a_question_and_may_be_shared_by_their_address(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then=SEARCH)
    visitor.page.get_by_role("textbox", name=MS("search.filter.status")).click()
    visitor.page.get_by_role("option", name=MS("status.tegar")).click()
    visitor.settled()
    expect(visitor.page.locator(".ag-row .ek-badge-tegar").first).to_be_visible()
    assert visitor.page.url.endswith("/isi-rumah?status=tegar")
    counted = visitor.page.locator("#households-results-note").inner_text()
    visitor.open(f"{SEARCH}?status=tegar")
    expect(visitor.page.locator("#households-results-note")).to_have_text(counted)


def test_what_is_not_found_says_so(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then=SEARCH)
    ask(visitor, "999999-99-9999")
    expect(visitor.page.get_by_text(MS("search.nothing"), exact=True)).to_be_visible()


def test_a_record_is_reached_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then=SEARCH)
    ask(visitor, "CT000001")
    visitor.page.locator(".ag-row .ag-cell").nth(1).focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(RECORD)
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()


def test_a_record_says_how_its_status_came_about(visitor: Visitor) -> None:
    opened(visitor, "CT000001")
    sentence = visitor.page.locator(".ek-record-sentence")
    expect(sentence).to_have_text(
        re.compile(r"^RM[\d,.]+ seorang sebulan, .*\(.*, 2022\): (miskin tegar|miskin|terkeluar)$")
    )
    expect(visitor.page.locator(".ek-tests tbody tr")).to_have_count(2)


def test_a_planner_is_refused(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then=SEARCH)
    expect(visitor.page.get_by_text(MS("frame.refused"), exact=True).first).to_be_visible()


def test_a_council_reads_and_does_not_edit(visitor: Visitor) -> None:
    opened(visitor, "CT000025", who=COUNCIL)
    expect(visitor.page.get_by_role("button", name=re.compile(MS("record.edit")))).to_have_count(0)


def test_a_record_of_another_district_is_not_found(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then=f"{SEARCH}/100")
    expect(visitor.page.get_by_text(MS("record.not_found"), exact=True)).to_be_visible()


def test_a_mistake_is_told_at_its_field_and_in_a_list_that_leads_there(visitor: Visitor) -> None:
    opened(visitor, "CT000002")
    edit(visitor, "lokasi")
    field(visitor, "postcode").fill("310")
    save(visitor)
    message = visitor.page.locator("#households-dock-message")
    expect(message.get_by_role("alert")).to_be_focused()
    message.get_by_role("link").click()
    expect(field(visitor, "postcode")).to_be_focused()
    expect(field(visitor, "postcode")).to_have_value("310")
    expect(field(visitor, "postcode")).to_have_attribute("aria-invalid", "true")
    field(visitor, "postcode").fill("31000")
    expect(field(visitor, "postcode")).not_to_have_attribute("aria-invalid", "true")
    expect(message.get_by_role("link")).to_be_hidden()


def test_a_saved_income_says_what_it_did_to_the_status(visitor: Visitor) -> None:
    opened(visitor, "CT000003")
    edit(visitor, "pendapatan")
    field(visitor, "employment").fill("RM9,000.00")
    expect(visitor.page.locator("#households-unsaved")).to_have_text(MS("dock.some", n=1))
    said = save(visitor)
    expect(said).to_contain_text(MS("field.employment"))
    expect(said).to_contain_text(MS("status.terkeluar"))
    expect(visitor.page.locator(".ek-record-title .ek-badge-terkeluar")).to_be_visible()
    expect(visitor.page.locator(".ek-timeline").first).to_contain_text(MS("action.edit_income"))


def test_unsaved_changes_are_not_left_behind_unasked(visitor: Visitor) -> None:
    opened(visitor, "CT000004")
    address = visitor.page.url
    edit(visitor, "kediaman")
    field(visitor, "room_count").fill("7")
    visitor.page.locator(".ek-rail-link[href='/isi-rumah']:visible").click()
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name=MS("dock.stay")).click()
    expect(field(visitor, "room_count")).to_have_value("7")
    assert visitor.page.url == address
    visitor.page.go_back()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name=MS("dock.discard")).click()
    expect(visitor.page).to_have_url(f"{visitor.address}{SEARCH}")


def test_a_stale_save_shows_both_versions_and_keeps_what_was_typed(visitor: Visitor, browser: Browser) -> None:
    opened(visitor, "CT000005")
    edit(visitor, "lokasi")
    field(visitor, "village").fill("Taman Saya")
    field(visitor, "town").fill("Bandar Saya")
    other = Visitor(browser, visitor.address)
    opened(other, "CT000005")
    edit(other, "lokasi")
    field(other, "village").fill("Taman Lain")
    expect(save(other)).to_contain_text(MS("field.village"))
    other.close()
    save(visitor)
    message = visitor.page.locator("#households-dock-message")
    expect(message).to_contain_text("Taman Lain")
    expect(message).to_contain_text("Taman Saya")
    expect(field(visitor, "village")).to_have_value("Taman Saya")
    message.get_by_role("radio", name=MS("dock.keep.theirs")).check()
    expect(field(visitor, "village")).to_have_value("Taman Lain")
    save(visitor)
    shown = visitor.page.locator("[aria-labelledby=bahagian-lokasi]")
    expect(shown).to_contain_text("Taman Lain")
    expect(shown).to_contain_text("Bandar Saya")


def test_a_mykad_suggests_is_masked_and_shown_on_asking(visitor: Visitor) -> None:
    opened(visitor, "CT000006")
    visitor.page.locator(".ek-member-buttons button").first.click()
    visitor.settled()
    field(visitor, "id_no").fill("850214-08-5113")
    visitor.page.get_by_role("button", name=MS("hint.use")).click()
    expect(field(visitor, "birth_date")).to_have_value("14/02/1985")
    save(visitor)
    number = visitor.page.locator(".ek-number").first
    expect(number).to_have_text("######-##-5113")
    visitor.page.get_by_role("button", name=re.compile("Papar nombor MyKad")).first.click()
    expect(number).to_have_text("850214-08-5113")


def test_a_point_is_moved_by_typing_and_compared_before_saving(visitor: Visitor) -> None:
    opened(visitor, "CT000007")
    visitor.page.get_by_role("button", name=MS("place.move")).click()
    visitor.settled()
    field(visitor, "latitude").fill("5.950000")
    field(visitor, "longitude").fill("116.100000")
    expect(visitor.page.locator("#households-place-compared")).to_contain_text(re.compile("di luar daerah"))
    field(visitor, "latitude").fill("4.470000")
    field(visitor, "longitude").fill("101.050000")
    expect(visitor.page.locator("#households-place-compared")).to_contain_text(MS("place.same"))
    field(visitor, "accuracy").click()
    visitor.page.get_by_role("option", name=accuracy_text("house", MS), exact=True).click()
    expect(save(visitor)).to_contain_text(MS("field.latitude"))
    expect(visitor.page.locator(".ek-place-facts")).to_contain_text(MS("method.manual"))


@each_look
def test_a_record_and_its_forms_have_no_fault(visitor: Visitor, language: str, size: tuple[int, int]) -> None:
    visitor.sized(size).reading(language)
    opened(visitor, "CT000008")
    pictured(visitor.page, f"rekod-{language}-{size[0]}")
    assert faults(visitor.page) == []
    for button in (
        visitor.page.locator(".ek-member-buttons button").first,
        visitor.page.locator(".ek-part-head button").nth(7),
    ):
        button.click()
        visitor.settled()
        expect(visitor.page.locator("#households-dock")).to_be_visible()
        assert faults(visitor.page) == []
        assert not is_covered(visitor.page, "#households-cancel")
        pictured(visitor.page, f"rekod-borang-{language}-{size[0]}", whole=False)
        visitor.page.locator("#households-cancel").click()
        visitor.settled()


@each_look
def test_search_results_have_no_fault(visitor: Visitor, language: str, size: tuple[int, int]) -> None:
    visitor.sized(size).reading(language).signed_in(OFFICER, then=SEARCH)
    ask(visitor, "contoh")
    pictured(visitor.page, f"carian-{language}-{size[0]}")
    assert faults(visitor.page) == []


def test_a_text_that_cannot_be_kept_is_refused_in_words_and_stays_where_it_was_typed(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then=SEARCH)
    visitor.expected_failures.add(400)
    box = visitor.page.locator("#households-search-text")
    box.evaluate(
        """(input) => {
            const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
            set.call(input, "Ali\\u0000bin");
            input.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    with visitor.page.expect_response(lambda answer: answer.status == 400):
        box.press("Enter")
    expect(visitor.page.get_by_text(MS("error.unusable_text"))).to_be_visible()
    expect(visitor.page.locator("#frame-away")).to_be_hidden()
    pictured(visitor.page, "carian-aksara-ditolak")
    expect(box).to_have_value("Ali\x00bin")
    box.fill("Siti")
    ask(visitor, "Siti")
