"""A household comes in through a form that loses nothing, and its case moves on by keyboard alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looks import each_look, faults, sticks_out
from tests.browser.test_visits import a_case
from tests.browser.visitor import COORDINATOR, OFFICER, PLANNER, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator
    from sqlalchemy import Engine

FORM = re.compile(r".*/kes/(\d+)/borang$")
CASE = re.compile(r".*/kes/\d+$")
MS = words_of("ms")


def started(visitor: Visitor, language: str = "ms", *, by_form: bool = False) -> Visitor:
    """An officer of Kinta before the form of a new case."""
    visitor.signed_in(OFFICER, then="/kes/baharu", by_form=by_form)
    button = visitor.page.get_by_role("button", name=words_of(language)("case.start"))
    expect(visitor.page.locator("#cases-start-district")).to_have_value(re.compile("Kinta"))
    button.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(FORM)
    expect(visitor.page.locator("#cases-draft-title")).to_be_visible()
    return visitor.settled()


def answer(visitor: Visitor, place: str) -> Locator:
    return visitor.page.locator(f'[data-place="{place}"]')


def typed(visitor: Visitor, place: str, text: str) -> None:
    """Type into a question from the keyboard; in a list the first answer that starts so."""
    answer(visitor, place).focus()
    visitor.page.keyboard.type(text)


def pressed(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("button", name=name, exact=True).focus()
    visitor.page.keyboard.press("Enter")


def part(visitor: Visitor, name: str) -> None:
    step = visitor.page.locator("#cases-draft-steps button").filter(has_text=MS(f"part.{name}"))
    step.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#cases-draft-title")).to_be_focused()


def status(visitor: Visitor) -> Locator:
    return visitor.page.locator("#cases-draft-status")


def saved(visitor: Visitor) -> None:
    expect(status(visitor)).to_have_text(re.compile(r"^Disimpan \d\d:\d\d$"))


def family_entered(visitor: Visitor) -> None:
    """A mother and her son, typed in; what the MyKad suggests is taken, a day that is none is refused."""
    started(visitor)
    part(visitor, "peribadi")
    typed(visitor, "m1.name", "Zainab binti Contoh")
    typed(visitor, "m1.id_no", "650203-08-5552")
    hint = visitor.page.locator("[data-hint=m1]")
    expect(hint).to_contain_text("03/02/1965")
    hint.get_by_role("button").focus()
    visitor.page.keyboard.press("Enter")
    expect(answer(visitor, "m1.birth_date")).to_have_value("03/02/1965")
    expect(answer(visitor, "m1.sex")).to_have_value("female")
    pressed(visitor, MS("case_form.add_member"))
    expect(answer(visitor, "m2.name")).to_be_focused()
    visitor.page.keyboard.type("Amin bin Contoh")
    answer(visitor, "m2.relationship").select_option("Anak")
    typed(visitor, "m2.birth_date", "31/02/2010")
    expect(visitor.page.locator("#cases-b-m2-birth_date-e")).to_have_text(MS("problem.date"))
    visitor.page.context.set_offline(True)  # what is mended is no longer faulted, whoever may answer
    answer(visitor, "m2.birth_date").fill("28/02/2010")
    expect(visitor.page.locator("#cases-b-m2-birth_date-e")).to_be_empty()
    visitor.page.context.set_offline(False)
    part(visitor, "lokasi")
    answer(visitor, "lokasi.strata").select_option("rural")
    part(visitor, "pendapatan")
    typed(visitor, "m1.employment", "450")
    answer(visitor, "m2.no_income").focus()
    visitor.page.keyboard.press("Space")
    saved(visitor)


def changed_from_the_check(visitor: Visitor) -> None:
    """The check says the status and what nothing was said about; an answer is changed from there and seen again."""
    review = visitor.page.locator("#cases-draft-review")
    expect(review).to_contain_text("RM225.00 seorang sebulan")
    expect(review.locator("#cases-draft-missing")).to_contain_text(MS("part.kediaman"))
    expect(review).not_to_contain_text(MS("case_form.no_problems"))
    change = visitor.page.locator("#cases-check-kediaman-tenure")
    change.focus()
    visitor.page.keyboard.press("Enter")
    expect(answer(visitor, "kediaman.tenure")).to_be_focused()
    answer(visitor, "kediaman.tenure").select_option("Sewa")
    pressed(visitor, MS("case_form.back_to_review"))
    expect(change).to_be_focused()
    expect(review.locator(".ek-check-row").filter(has=change)).to_contain_text(MS("choice.sewa"))
    expect(review.locator("#cases-draft-missing")).not_to_contain_text(MS("part.kediaman"))


def test_from_draft_to_assigned_by_keyboard_alone(visitor: Visitor) -> None:
    family_entered(visitor)
    pressed(visitor, MS("case_form.next"))
    pressed(visitor, MS("case_form.next"))
    changed_from_the_check(visitor)
    assert faults(visitor.page) == []
    pressed(visitor, MS("case_form.submit_unready"))
    expect(visitor.page).to_have_url(CASE)
    state = visitor.page.locator(".ek-case-header .ek-case-state")
    expect(state).to_have_text("diterima")
    expect(visitor.page.locator("h1")).to_have_text("Zainab binti Contoh")
    visitor.page.locator("summary").filter(has_text=MS("case.step_assign")).focus()
    visitor.page.keyboard.press("Enter")
    officer = visitor.page.locator('input[id*="assigned_to"]')
    officer.focus()
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    expect(officer).not_to_have_value("")
    visitor.settled()
    pressed(visitor, MS("case.step_assign"))
    expect(state).to_have_text("diagihkan")
    assert faults(visitor.page) == []


def test_what_is_typed_without_a_connection_is_kept_and_sent_when_it_is_back(visitor: Visitor) -> None:
    started(visitor)
    part(visitor, "peribadi")
    typed(visitor, "m1.name", "Omar bin Contoh")
    saved(visitor)
    visitor.page.context.set_offline(True)
    expect(status(visitor)).to_contain_text("Tiada sambungan")
    part(visitor, "harta")
    typed(visitor, "harta.land_acres", "2.5")
    visitor.page.context.set_offline(False)
    saved(visitor)
    assert visitor.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('ekasih.kes.'))") == []
    visitor.open(visitor.page.url.removeprefix(visitor.address))
    part(visitor, "harta")
    expect(answer(visitor, "harta.land_acres")).to_have_value("2.5")


def test_a_form_closed_without_a_connection_is_there_again_until_sign_out(visitor: Visitor) -> None:
    started(visitor, by_form=True)
    address = visitor.page.url.removeprefix(visitor.address)
    visitor.page.context.set_offline(True)
    part(visitor, "harta")
    typed(visitor, "harta.land_acres", "7")
    expect(status(visitor)).to_contain_text("Tiada sambungan")
    visitor.page.goto("about:blank")
    visitor.page.context.set_offline(False)
    visitor.open(address)
    saved(visitor)
    part(visitor, "harta")
    expect(answer(visitor, "harta.land_acres")).to_have_value("7")
    visitor.page.evaluate("localStorage.setItem('ekasih.kes.0.0', '{}')")
    visitor.page.get_by_role("button", name=MS("frame.sign_out")).click()
    expect(visitor.page.locator("#login")).to_be_visible()
    assert visitor.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('ekasih.kes.'))") == []


def test_a_form_whose_saving_was_not_heard_of_is_not_in_conflict_with_itself(visitor: Visitor) -> None:
    started(visitor)
    part(visitor, "harta")
    asked = re.compile("_dash-update-component")
    visitor.page.route(asked, lambda route: (route.fetch(), route.fulfill(status=204)))
    with visitor.page.expect_response(asked):
        typed(visitor, "harta.land_acres", "5")
    typed(visitor, "harta.vehicle", "Motosikal")
    visitor.page.unroute_all()
    visitor.open(visitor.page.url.removeprefix(visitor.address))
    saved(visitor)
    expect(visitor.page.locator("#cases-draft-conflict")).to_be_empty()
    part(visitor, "harta")
    expect(answer(visitor, "harta.land_acres")).to_have_value("5")
    expect(answer(visitor, "harta.vehicle")).to_have_value("Motosikal")


def test_two_who_fill_in_the_same_form_are_shown_both_versions(
    visitor: Visitor, browser: Browser, address: str
) -> None:
    started(visitor)
    path = visitor.page.url.removeprefix(visitor.address)
    other = Visitor(browser, address)
    other.signed_in(COORDINATOR, then=path)
    part(other, "harta")
    typed(other, "harta.land_acres", "3")
    saved(other)
    part(visitor, "harta")
    typed(visitor, "harta.land_acres", "4")
    conflict = visitor.page.locator("#cases-draft-conflict table")
    expect(conflict).to_contain_text("3")
    expect(conflict).to_contain_text("4")
    assert faults(visitor.page) == []
    pressed(visitor, MS("case_form.keep_mine"))
    saved(visitor)
    other.open(path)
    part(other, "harta")
    expect(answer(other, "harta.land_acres")).to_have_value("4")
    other.close()


def test_a_day_is_typed_or_chosen_from_a_month_by_keyboard(visitor: Visitor) -> None:
    started(visitor)
    part(visitor, "peribadi")
    typed(visitor, "m1.birth_date", "28/02/1965")
    opens = visitor.page.get_by_role("button", name=re.compile("^" + MS("day.choose")))
    opens.focus()
    visitor.page.keyboard.press("Enter")
    month = visitor.page.get_by_role("grid", name="Februari 1965")
    expect(month.get_by_role("button", name="28 Februari 1965")).to_be_focused()
    assert faults(visitor.page) == []
    visitor.page.keyboard.press("Escape")
    expect(opens).to_be_focused()
    expect(answer(visitor, "m1.birth_date")).to_have_value("28/02/1965")
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("ArrowRight")
    expect(visitor.page.get_by_role("grid", name="Mac 1965")).to_be_visible()
    visitor.page.keyboard.press("PageDown")
    visitor.page.keyboard.press("Enter")
    expect(answer(visitor, "m1.birth_date")).to_have_value("01/04/1965")
    expect(answer(visitor, "m1.birth_date")).to_be_focused()
    saved(visitor)


@each_look
def test_the_form_and_the_case_have_no_fault(visitor: Visitor, language: str, size: tuple[int, int]) -> None:
    words = words_of(language)
    started(visitor.sized(size).reading(language), language)
    for step in range(11):
        visitor.page.locator("#cases-draft-steps button").nth(step).click()
        if step in {1, 7, 9, 10}:
            assert faults(visitor.page) == [], step
    assert not sticks_out(visitor.page)
    visitor.page.get_by_role("link", name=words("case_form.back_to_case")).click()
    expect(visitor.page.locator(".ek-case-header")).to_be_visible()
    visitor.settled()
    assert faults(visitor.page) == []
    assert not sticks_out(visitor.page)


def test_the_queue_adds_up_and_keeps_its_filters_in_the_address(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then="/kes")
    counts = [int(text) for text in visitor.page.locator(".ek-tasks-count").all_inner_texts()]
    assert counts[0] == sum(counts[1:])
    visitor.page.locator("#cases-filter-mine").focus()
    visitor.page.keyboard.press("Space")
    expect(visitor.page).to_have_url(re.compile(r"/kes\?saya=1$"))
    visitor.settled()
    mine = [int(text) for text in visitor.page.locator(".ek-tasks-count").all_inner_texts()]
    assert mine[0] == sum(mine[1:]) <= counts[0]


def test_ticked_cases_of_the_queue_are_given_to_an_officer(visitor: Visitor, register: Engine) -> None:
    case, _version = a_case(register, assigned=False)
    visitor.signed_in(COORDINATOR, then="/kes?keadaan=received")
    page = visitor.page
    assigning = page.locator("#cases-assigning")
    row = page.locator(".ag-row").filter(has=page.locator(f'a[href="/kes/{case}"]'))
    expect(row.first).to_be_visible()
    expect(assigning).to_be_hidden()
    row.locator("input[type=checkbox]").check()
    expect(assigning).to_be_visible()
    assert faults(page) == []
    page.locator("#cases-ticked-officer").click()
    page.get_by_role("option").first.click()
    page.locator("#cases-assign").click()
    expect(page.locator("#cases-assigned-told")).to_contain_text(MS.n("visit.assigned", 1))
    expect(row).to_have_count(0)
    expect(assigning).to_be_hidden()


def test_the_blank_form_is_a_document_and_a_planner_gets_neither_it_nor_the_queue(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then="/kes")
    answered = visitor.page.request.get(f"{visitor.address}/kes/borang.pdf")
    assert (answered.status, answered.headers["content-type"]) == (200, "application/pdf")
    visitor.page.context.clear_cookies()
    visitor.signed_in(PLANNER, then="/kes")
    expect(visitor.page.locator(".ek-state-refusal")).to_be_visible()
    assert visitor.page.request.get(f"{visitor.address}/kes/borang.pdf").status == 403


def test_a_form_that_was_closed_meanwhile_says_so_and_is_not_sent_over_and_over(visitor: Visitor) -> None:
    started(visitor)
    path = visitor.page.url.removeprefix(visitor.address)
    other = visitor.page.context.new_page()
    other.goto(f"{visitor.address}{path.removesuffix('/borang')}")
    other.locator("summary").filter(has_text=MS("case.step_withdraw")).click()
    other.get_by_role("button", name=MS("case.step_withdraw"), exact=True).click()
    expect(other.locator(".ek-case-header .ek-case-state")).to_have_text("ditarik balik")
    part(visitor, "harta")
    typed(visitor, "harta.land_acres", "4")
    conflict = visitor.page.locator("#cases-draft-conflict table")
    expect(conflict).to_contain_text("4")
    pressed(visitor, MS("case_form.keep_mine"))
    expect(status(visitor)).to_have_text(MS("error.case_step_illegal"))
