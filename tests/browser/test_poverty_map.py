"""The map by pointer, by keyboard and by address: the same view, the same figures, and no more than one may see."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.looks import each_look, faults, sticks_out
from tests.browser.visitor import COORDINATOR, NARROW, OFFICER, PLANNER, WIDE, Visitor
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

MS = words_of("ms")
KINTA = re.compile(r".*\?in=0803$")
SHEET = (1047, 718)
"""A4 landscape within its margins, at the 96 pixels an inch that a browser prints with."""


def row(visitor: Visitor, code: str) -> Locator:
    return visitor.page.locator(f'.ek-poverty-map-table tr[data-area="{code}"]')


def heading(visitor: Visitor) -> Locator:
    return visitor.page.locator("#poverty-map-heading")


def in_the_map(visitor: Visitor) -> tuple[float, float]:
    """A place well inside the areas drawn."""
    box = visitor.page.locator(".ek-map-frame").bounding_box()
    assert box
    return (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def written(visitor: Visitor, what: str) -> set[str]:
    """The names of areas or places that are written on the map."""
    text = visitor.page.locator("canvas.ek-names").get_attribute(f"data-{what}") or ""
    return set(text.split("|")) - {""}


def test_the_map_is_drawn_on_the_coast_and_the_countries_around(visitor: Visitor) -> None:
    asked: list[int] = []
    visitor.page.on("response", lambda answer: asked.append(answer.status) if "/neighbours-" in answer.url else None)
    visitor.signed_in(PLANNER)
    expect(visitor.page.locator(".leaflet-ek-ground-pane canvas")).to_have_count(1)
    assert asked == [200]


def test_areas_are_named_with_their_value_and_places_from_the_district_on(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER)
    expect(visitor.page.locator("canvas.ek-names")).to_have_attribute("data-names", re.compile("Sarawak"))
    assert not written(visitor, "places")
    visitor.open("/?in=0803")
    expect(visitor.page.locator("canvas.ek-names")).to_have_attribute("data-places", re.compile("Gopeng|Lenggong"))


def test_the_halves_of_the_country_stand_side_by_side_until_the_true_position_is_asked_for(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER)
    button = visitor.page.get_by_role("button", name=MS("map.true_position"))
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(visitor.page.locator(".leaflet-ek-frames-pane canvas")).to_have_count(1)
    button.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(re.compile(r".*\?position=true$"))
    expect(button).to_have_attribute("aria-pressed", "true")
    row(visitor, "08").get_by_role("link").click()
    expect(heading(visitor)).to_have_text("Perak")
    expect(button).to_be_hidden()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_legend_covers_nothing_and_folds_away_by_keyboard(visitor: Visitor, size: tuple[int, int]) -> None:
    visitor.sized(size).signed_in(PLANNER)
    legend, chart = visitor.page.locator(".ek-legend-below"), visitor.page.locator(".ek-map-frame")
    expect(legend.locator("li").first).to_be_visible()
    under, over = legend.bounding_box(), chart.bounding_box()
    assert under
    assert over
    assert under["y"] >= over["y"] + over["height"] - 1
    legend.locator("summary").focus()
    visitor.page.keyboard.press("Enter")
    expect(legend.locator("li").first).to_be_hidden()


def test_what_the_legend_shows_faint_is_drawn_faint_and_marks_have_a_legend(visitor: Visitor) -> None:
    visitor.signed_in(OFFICER, then="/?in=080305")
    expect(visitor.page.locator(".ek-legend-swatch").first).to_have_css("opacity", "0.35")
    expect(visitor.page.locator(".ek-legend-points")).to_contain_text(MS("status.tegar"))


def test_records_without_a_mukim_are_told_apart_and_lead_to_where_they_are_mended(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/?in=0808")
    apart = row(visitor, "080800")
    expect(apart.get_by_role("link", name=MS("map.mend_apart"))).to_have_attribute(
        "href", "/kualiti?jenis=unplaced&in=0808"
    )
    expect(apart.locator(".ek-poverty-map-rank")).to_have_text("")
    expect(visitor.page.locator(".ek-legend")).to_contain_text(MS("legend.apart"))


def test_a_row_leads_into_its_area_by_keyboard_and_the_browser_leads_back(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER)
    row(visitor, "08").get_by_role("link").focus()
    visitor.page.keyboard.press("Enter")
    expect(heading(visitor)).to_have_text("Perak")
    expect(heading(visitor)).to_be_focused()
    expect(visitor.page).to_have_url(re.compile(r".*/\?in=08$"))
    visitor.page.go_back()
    expect(heading(visitor)).to_have_text(MS("map.country"))
    expect(row(visitor, "08")).to_be_visible()


def test_backspace_leads_one_level_up(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/?in=0803")
    expect(heading(visitor)).to_have_text("Kinta")
    heading(visitor).focus()
    visitor.page.keyboard.press("Backspace")
    expect(heading(visitor)).to_have_text("Perak")


def test_a_click_on_the_map_leads_into_the_area_under_it_and_the_right_button_out_again(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/?in=0803")
    visitor.page.mouse.click(*in_the_map(visitor))
    expect(visitor.page).to_have_url(re.compile(r".*\?in=0803\d\d$"))
    visitor.settled()
    visitor.page.mouse.click(*in_the_map(visitor), button="right")
    expect(visitor.page).to_have_url(KINTA)


def test_the_area_under_the_pointer_and_its_row_light_up_together(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/?in=0803")
    visitor.page.mouse.move(*in_the_map(visitor))
    lit = visitor.page.locator(".ek-poverty-map-table tr.ek-hot")
    expect(lit).to_have_count(1)
    expect(visitor.page.locator(".ek-tip-name")).to_have_text(lit.get_by_role("link").inner_text())


def test_the_trail_says_where_one_is_and_leads_back(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/?in=080305&measure=tegar")
    trail = visitor.page.get_by_role("navigation", name=MS("frame.trail"))
    expect(trail).to_contain_text("Malaysia")
    trail.get_by_role("link", name="Kinta").click()
    expect(heading(visitor)).to_have_text("Kinta")
    assert "measure=tegar" in visitor.page.url


def test_an_address_holds_the_whole_view(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/panduan")
    visitor.open("/?in=0803&measure=tegar&strata=rural&scheme=equal&k=4")
    shown = {
        name: visitor.page.locator(f"#poverty-map-{name}").input_value() for name in ("measure", "strata", "scheme")
    }
    assert shown == {
        "measure": MS("measure.tegar"),
        "strata": MS("strata.rural"),
        "scheme": MS("scheme.equal"),
    }
    expect(visitor.page.locator(".ek-legend")).to_contain_text(MS("scheme.equal"))
    expect(heading(visitor)).to_have_text("Kinta")


def test_another_measure_keeps_the_area_and_enters_the_address(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/?in=0803")
    visitor.page.locator("#poverty-map-measure").click()
    visitor.page.get_by_role("option", name=MS("measure.tegar"), exact=True).click()
    expect(visitor.page).to_have_url(re.compile(r".*in=0803.*measure=tegar$"))
    expect(visitor.page.locator(".ek-legend h3")).to_have_text(MS("measure.tegar"))
    expect(heading(visitor)).to_have_text("Kinta")


def test_the_headline_and_the_course_are_of_the_measure_drawn(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/?in=0803&measure=tegar")
    headline = visitor.page.locator(".ek-poverty-map-headline")
    expect(headline).to_contain_text(MS.n("map.tegar_households", 20))
    course = visitor.page.get_by_role("img", name=re.compile(f"^{MS('measure.tegar')}: "))
    expect(course).to_be_visible()
    visitor.open("/?in=0803&measure=cost")
    expect(headline).to_contain_text("RM")
    expect(visitor.page.locator("#poverty-map-most li")).to_have_count(2)


def test_a_month_looked_back_at_is_told_and_compared_with_now(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/?in=0803")
    visitor.page.locator("#poverty-map-month").click()
    visitor.page.get_by_role("option").nth(3).click()
    past = visitor.page.get_by_role("note").filter(has_text=MS("map.back_to_now"))
    expect(past).to_be_visible()
    assert re.search(r"month=20", visitor.page.url)
    past.get_by_role("link").click()
    expect(past).to_have_count(0)
    expect(visitor.page.locator("#poverty-map-month")).to_have_value(MS("map.now"))


def test_the_map_is_taken_away_as_what_is_on_the_screen(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/?in=08&measure=tegar")
    visitor.page.locator(".ek-poverty-map-files summary").click()
    for kind, begins in (
        ("a4", b"%PDF"),
        ("png", b"\x89PNG"),
        ("svg", b"<svg"),
        ("xlsx", b"PK"),
        ("csv", b"\xef\xbb\xbf"),
    ):
        with visitor.page.expect_download() as taken:
            visitor.page.locator(f'[data-ek-map-file="{kind}"]').click()
        assert "perak-district-tegar" in taken.value.suggested_filename
        assert Path(taken.value.path()).read_bytes().startswith(begins)


def test_the_address_is_copied_and_an_area_is_found_by_name(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/?in=08")
    visitor.page.get_by_role("button", name=MS("map.share")).click()
    expect(visitor.page.locator("#poverty-map-shared")).not_to_be_empty()
    visitor.page.get_by_role("button", name=MS("map.find_area")).click()
    expect(visitor.page.locator("#frame-search")).to_be_focused()


@pytest.mark.parametrize("language", ["ms", "en"])
def test_on_a_phone_no_view_is_wider_than_the_window(visitor: Visitor, language: str) -> None:
    visitor.sized(NARROW).reading(language).signed_in(PLANNER)
    for path in ("/", "/?level=district", "/?in=08&measure=cost"):
        visitor.open(path)
        expect(visitor.page.locator(".ek-poverty-map-table tbody tr").first).to_be_visible()
        assert not sticks_out(visitor.page), path


def test_counts_are_drawn_as_circles_that_the_address_keeps(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR)
    button = visitor.page.get_by_role("button", name=MS("map.bubbles"))
    button.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(re.compile("marks=bubbles"))
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(visitor.page.locator("canvas.ek-names")).to_have_attribute("data-circles", re.compile("^[0-9]{2} "))
    expect(visitor.page.locator(".ek-legend-circle").first).to_be_visible()
    visitor.open("/?marks=bubbles&measure=poor_rate")
    expect(button).to_be_hidden()
    expect(visitor.page.locator("canvas.ek-names")).to_have_attribute("data-circles", "")


def test_a_second_area_is_put_beside_the_first_from_the_table_and_taken_away(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER)
    row(visitor, "08").get_by_role("button").click()
    compared = visitor.page.locator(".ek-poverty-map-compared")
    expect(compared.get_by_role("heading")).to_have_text(MS("map.compare_title", one="Malaysia", other="Perak"))
    expect(visitor.page).to_have_url(re.compile("with=08"))
    compared.get_by_role("button", name=MS("map.compare_end")).click()
    expect(compared).to_have_count(0)
    expect(visitor.page).not_to_have_url(re.compile("with="))


def test_the_second_area_is_found_by_name_from_the_panel_and_the_search_opens_pages_again_after(
    visitor: Visitor,
) -> None:
    visitor.signed_in(PLANNER, then="/?in=08")
    visitor.page.get_by_role("button", name=MS("map.compare_with")).click()
    visitor.page.locator("#frame-search").fill("perak")
    expect(visitor.page.get_by_role("option", name="Hulu Perak")).to_be_visible()
    # the first area itself is not offered
    itself = re.compile(f"^Perak {MS('level.state')}")
    expect(visitor.page.get_by_role("option", name=itself)).to_have_count(0)
    visitor.page.locator("#frame-search").fill("pahang")
    visitor.page.get_by_role("option", name="Pahang").first.click()
    compared = visitor.page.locator(".ek-poverty-map-compared")
    expect(compared.get_by_role("heading")).to_have_text(MS("map.compare_title", one="Perak", other="Pahang"))
    expect(visitor.page).to_have_url(re.compile("in=08.*with=06|with=06.*in=08"))
    visitor.page.get_by_role("button", name=MS("map.find_area")).click()
    expect(visitor.page.locator("#frame-search")).to_have_attribute("aria-label", MS("find.title"))


def test_the_map_page_needs_no_charting_library(visitor: Visitor) -> None:
    loaded: list[str] = []
    visitor.page.on("request", lambda request: loaded.append(request.url))
    visitor.signed_in(PLANNER)
    expect(visitor.page.locator(".ek-poverty-map-bars").first).to_be_visible()
    assert [url for url in loaded if "plotly" in url] == []


def test_the_national_map_fits_a_sheet_of_its_own_with_its_legend(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER)
    visitor.sized(SHEET).page.emulate_media(media="print")
    expect(visitor.page.locator(".ek-map-sheet")).to_be_visible()
    legend = visitor.page.locator(".ek-legend-below").bounding_box()
    panel = visitor.page.locator(".ek-poverty-map-panel").bounding_box()
    assert legend
    assert panel
    assert legend["y"] + legend["height"] <= SHEET[1]
    assert panel["y"] >= legend["y"] + legend["height"]
    for hidden in (".ek-rail", ".ek-poverty-map-toolbar", ".leaflet-control-zoom"):
        expect(visitor.page.locator(hidden)).to_be_hidden()
    assert not sticks_out(visitor.page)
    visitor.page.emulate_media(media="screen")
    expect(visitor.page.locator(".ek-map-sheet")).to_have_count(0)


def test_the_legend_says_method_classes_source_and_accuracy(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER)
    legend = visitor.page.locator(".ek-legend")
    expect(legend).to_contain_text(MS("scheme.quantiles"))
    expect(legend).to_contain_text("Natural Earth")
    expect(legend.locator("li")).not_to_have_count(0)


def test_the_table_sorts_by_name_and_says_so(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER)
    head = visitor.page.locator(".ek-poverty-map-table thead th").nth(1)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    names = visitor.page.locator(".ek-poverty-map-table tbody th").all_inner_texts()
    assert names == sorted(names)


def test_a_sorted_table_leaves_the_focus_where_it_was(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/?in=08")
    first = visitor.page.locator(".ek-poverty-map-table thead button").first
    first.focus()
    for direction in ("ascending", "descending"):
        visitor.page.keyboard.press("Enter")
        expect(visitor.page.locator(".ek-poverty-map-table thead th").nth(1)).to_have_attribute("aria-sort", direction)
        expect(first).to_be_focused()


def test_a_measure_that_is_chosen_while_an_answer_is_on_its_way_is_kept(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER)
    row(visitor, "08").get_by_role("link").click()
    visitor.page.locator("#poverty-map-measure").click()
    visitor.page.get_by_role("option", name=MS("measure.tegar"), exact=True).click()
    visitor.settled()
    expect(visitor.page).to_have_url(re.compile(r".*\?in=08&measure=tegar$"))
    expect(visitor.page.locator("#poverty-map-measure")).to_have_value(MS("measure.tegar"))
    expect(visitor.page.locator(".ek-legend h3")).to_have_text(MS("measure.tegar"))


def test_a_quick_way_back_ends_where_it_began(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER)
    for code in ("08", "0803"):
        row(visitor, code).get_by_role("link").click()
        expect(row(visitor, code)).to_have_count(0)
    for _ in range(2):
        visitor.page.go_back()
    visitor.settled()
    expect(heading(visitor)).to_have_text(MS("map.country"))
    expect(row(visitor, "08")).to_be_visible()
    expect(row(visitor, "0803")).to_have_count(0)


def test_few_households_are_hidden_from_those_who_see_no_persons(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/?level=district")
    expect(row(visitor, "1102")).to_contain_text(MS("map.few"))
    visitor.open("/?in=1102")
    expect(visitor.page.locator("#poverty-map-panel")).to_contain_text(MS("map.hidden", n=5))
    expect(visitor.page.locator("#poverty-map-panel .ek-card")).to_have_count(0)


def test_a_coordinator_sees_every_count_of_the_own_district(visitor: Visitor) -> None:
    visitor.signed_in(COORDINATOR, then="/?in=0803")
    expect(row(visitor, "080305")).to_be_visible()
    expect(visitor.page.locator(".ek-poverty-map-table")).not_to_contain_text(MS("map.few"))
    expect(visitor.page.locator("#poverty-map-panel .ek-card")).to_have_count(4)


def test_an_unknown_area_is_told_and_the_country_is_shown(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/?in=0899")
    expect(visitor.page.locator("#poverty-map-panel")).to_contain_text(MS("map.unknown"))
    expect(row(visitor, "08")).to_be_visible()


@each_look
def test_a_drilled_map_has_no_accessibility_fault(visitor: Visitor, language: str, size: tuple[int, int]) -> None:
    visitor.sized(size).reading(language).signed_in(OFFICER, then="/?in=080305")
    assert faults(visitor.page) == []


# ------------------------------------------------------------------ households


def points(visitor: Visitor) -> Locator:
    return visitor.page.locator(".ek-map-frame .ek-dot, .ek-map-frame .ek-cluster")


def at_batu_gajah(visitor: Visitor, *, who: str = OFFICER) -> Visitor:
    """The mukim with 36 households, one in 36 places."""
    visitor.signed_in(who, then="/?in=080305")
    expect(visitor.page.locator("#poverty-map-shown")).to_have_text(MS("map.shown", shown="36", total="36"))
    return visitor.settled()


def carded(visitor: Visitor, place: int) -> Locator:
    """The card of one of the households, chosen by keyboard."""
    points(visitor).nth(place).focus()
    visitor.page.keyboard.press("Enter")
    card = visitor.page.locator("#poverty-map-card-box")
    expect(card.get_by_role("link", name=MS("map.open_record"))).to_be_visible()
    return card


def test_households_of_a_mukim_are_shown_with_how_many_of_how_many(visitor: Visitor) -> None:
    at_batu_gajah(visitor)
    expect(points(visitor)).not_to_have_count(0)


def test_a_filter_leaves_those_it_names_and_enters_the_address(visitor: Visitor) -> None:
    at_batu_gajah(visitor)
    visitor.page.locator("#poverty-map-households-box").get_by_text(MS("map.only_tegar"), exact=True).click()
    expect(visitor.page).to_have_url(re.compile(r".*only=tegar"))
    expect(visitor.page.locator("#poverty-map-shown")).not_to_have_text(MS("map.shown", shown="36", total="36"))
    expect(visitor.page.locator(".ek-map-frame .ek-dot, .ek-map-frame .ek-cluster").first).to_be_visible()


def test_those_who_see_no_persons_are_offered_no_households(visitor: Visitor) -> None:
    visitor.signed_in(PLANNER, then="/?in=080305&points=1")
    expect(heading(visitor)).to_be_visible()
    expect(visitor.page.locator("#poverty-map-households-box")).to_be_hidden()
    expect(points(visitor)).to_have_count(0)


def test_a_point_opens_a_card_that_leads_to_the_record(visitor: Visitor) -> None:
    card = carded(at_batu_gajah(visitor), 3)
    expect(card.locator(".ek-badge")).to_be_visible()
    card.get_by_role("link", name=MS("map.open_record")).click()
    expect(visitor.page).to_have_url(re.compile(r".*/isi-rumah/\d+$"))


def test_escape_closes_the_card(visitor: Visitor) -> None:
    card = carded(at_batu_gajah(visitor), 4)
    visitor.page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_a_coordinator_is_not_offered_to_move_a_household(visitor: Visitor) -> None:
    card = carded(at_batu_gajah(visitor, who=COORDINATOR), 5)
    expect(card.locator("[data-ek-move]")).to_have_count(0)


def exact(visitor: Visitor, name: str) -> None:
    """Say how exact the point is."""
    visitor.page.locator("#poverty-map-accuracy").click()
    visitor.page.get_by_role("option", name=MS(f"accuracy.{name}", distance="").partition(" (")[0]).click()


def test_a_household_is_moved_by_typing_where_it_stands(visitor: Visitor) -> None:
    carded(at_batu_gajah(visitor), 6).locator("[data-ek-move]").click()
    expect(visitor.page.locator("#poverty-map-save")).to_be_disabled()
    visitor.page.locator("#poverty-map-latitude").fill("4.4731")
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.locator("#poverty-map-compared")).to_contain_text(MS("place.computed"))
    expect(visitor.page.locator("#poverty-map-compared")).to_contain_text(MS("place.near"))
    visitor.page.locator("#poverty-map-save").click()
    expect(visitor.page.locator("#poverty-map-editor")).to_contain_text(MS("problem.accuracy_missing"))
    exact(visitor, "lane")
    visitor.page.locator("#poverty-map-save").click()
    expect(visitor.page.locator("#poverty-map-flash")).to_have_text(MS("map.moved"))
    expect(visitor.page.locator("#poverty-map-card-box")).to_contain_text(MS("method.manual"))
    expect(visitor.page.locator("#poverty-map-editor")).to_be_hidden()


def test_a_household_is_moved_by_dragging_its_marker(visitor: Visitor) -> None:
    carded(at_batu_gajah(visitor), 7).locator("[data-ek-move]").click()
    marker = visitor.page.locator(f'.leaflet-marker-icon[alt="{MS("place.marker")}"]')
    box = marker.bounding_box()
    assert box
    before = visitor.page.locator("#poverty-map-longitude").input_value()
    visitor.page.mouse.move(box["x"] + 16, box["y"] + 16)
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + 40, box["y"] + 30, steps=4)
    visitor.page.mouse.up()
    expect(visitor.page.locator("#poverty-map-longitude")).not_to_have_value(before)
    expect(visitor.page.locator("#poverty-map-save")).to_be_enabled()
    visitor.page.locator("#poverty-map-cancel").click()
    expect(marker).to_have_count(0)
    expect(visitor.page.locator("#poverty-map-editor")).to_be_hidden()


def test_a_click_puts_the_marker_and_enters_no_area_while_moving(visitor: Visitor) -> None:
    carded(at_batu_gajah(visitor), 8).locator("[data-ek-move]").click()
    expect(visitor.page.locator("#poverty-map-latitude")).not_to_have_value("")
    before = visitor.page.locator("#poverty-map-latitude").input_value()
    address = visitor.page.url
    box = visitor.page.locator(".ek-map-frame").bounding_box()
    assert box
    visitor.page.mouse.click(box["x"] + 60, box["y"] + 60)
    expect(visitor.page.locator("#poverty-map-latitude")).not_to_have_value(before)
    assert visitor.page.url == address


def test_a_place_outside_malaysia_is_refused_before_it_is_saved(visitor: Visitor) -> None:
    carded(at_batu_gajah(visitor), 9).locator("[data-ek-move]").click()
    visitor.page.locator("#poverty-map-latitude").fill("12.5")
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.locator("#poverty-map-compared")).to_contain_text(MS("problem.outside_malaysia"))
    expect(visitor.page.locator("#poverty-map-save")).to_be_disabled()


def test_a_stale_move_is_refused_and_shows_both_places(visitor: Visitor, browser: Browser, address: str) -> None:
    other = Visitor(browser, address)
    for each, latitude in ((visitor, "4.4752"), (other, "4.4763")):
        carded(at_batu_gajah(each), 10).locator("[data-ek-move]").click()
        each.page.locator("#poverty-map-latitude").fill(latitude)
        each.page.keyboard.press("Tab")
        exact(each, "house")
        expect(each.page.locator("#poverty-map-save")).to_be_enabled()
    visitor.page.locator("#poverty-map-save").click()
    expect(visitor.page.locator("#poverty-map-flash")).to_have_text(MS("map.moved"))
    other.page.locator("#poverty-map-save").click()
    refusal = other.page.locator("#poverty-map-compared [role=alert]")
    expect(refusal).to_contain_text("4.47520")
    expect(refusal).to_contain_text("4.47630")
    other.page.locator("#poverty-map-save").click()
    expect(other.page.locator("#poverty-map-flash")).to_have_text(MS("map.moved"))
    assert other.script_errors == []
    other.close()


def test_an_area_is_shown_whole_once_its_legend_has_come(visitor: Visitor) -> None:
    at_batu_gajah(visitor)
    whole = """() => window.ekasih.maps.open().every(({ map, bounds }) => map.getBounds().contains(bounds))"""
    expect(visitor.page.locator(".ek-legend-points")).to_be_visible()
    visitor.page.wait_for_function(whole)


def test_a_drawn_shape_counts_who_is_inside(visitor: Visitor) -> None:
    at_batu_gajah(visitor)
    visitor.page.locator("#poverty-map-draw").click()
    box = visitor.page.locator(".ek-map-frame").bounding_box()
    assert box
    left, top, right = box["x"] + 12, box["y"] + 12, box["x"] + box["width"] - 80
    bottom = box["y"] + box["height"] - 40
    for x, y in ((left, top), (right, top), (right, bottom), (left, bottom)):
        visitor.page.mouse.click(x, y)
    visitor.page.get_by_role("button", name=MS("map.draw_done"), exact=True).click()
    expect(visitor.page.locator("#poverty-map-counted .ek-poverty-map-inside")).to_have_text(MS.n("map.inside", 36))
    expect(visitor.page).to_have_url(re.compile(r".*in=080305$"))


def test_the_view_counts_as_a_shape_for_who_draws_nothing(visitor: Visitor) -> None:
    at_batu_gajah(visitor)
    visitor.page.get_by_role("button", name=MS("map.draw_view"), exact=True).click()
    expect(visitor.page.locator("#poverty-map-counted .ek-poverty-map-inside")).to_have_text(MS.n("map.inside", 36))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_card_and_the_editor_have_no_accessibility_fault(visitor: Visitor, size: tuple[int, int]) -> None:
    at_batu_gajah(visitor)
    visitor.sized(size)
    carded(visitor, 11).locator("[data-ek-move]").click()
    expect(visitor.page.locator("#poverty-map-editor")).to_be_visible()
    assert faults(visitor.page) == []
