"""The pages of a worklist that were seen: where the next one is read from."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from dashboard.components.seen import Seen
from dashboard.pages.poverty_map.table import mending
from dashboard.pages.tasks.page import TaskView
from queries.worklists import Place

FIRST, SECOND = "2026-01-02|0.512000|310.50|7", "2026-02-03|0.100000|20.00|9"
DUE = "due "


def test_the_next_page_begins_at_the_end_of_the_last() -> None:
    kept = Seen.of_list(DUE, {}).ending(50, FIRST)
    kept = Seen.of_list(DUE, kept).ending(100, SECOND)
    before, place = Seen.of_list(DUE, kept).nearest(100, Place.parse)
    assert (before, place and place.household_id) == (100, 9)
    before, place = Seen.of_list(DUE, kept).nearest(50, Place.parse)
    assert (before, place and place.household_id) == (50, 7)


def test_a_jump_ahead_begins_at_the_last_page_that_was_seen() -> None:
    kept = Seen.of_list(DUE, {}).ending(50, FIRST)
    assert Seen.of_list(DUE, kept).nearest(5_000, Place.parse)[0] == 50
    assert Seen.of_list(DUE, kept).nearest(0, Place.parse) == (0, None)


def test_places_of_another_list_and_what_is_no_place_are_passed_over() -> None:
    kept = Seen.of_list(DUE, {}).ending(50, FIRST)
    assert Seen.of_list("tegar ", kept).nearest(50, Place.parse) == (0, None)
    assert Seen.of_list(DUE, {**kept, "50": "x", "-1": FIRST, "\u0661": FIRST}).nearest(50, Place.parse) == (0, None)


def test_so_many_places_are_kept_and_no_more() -> None:
    seen = Seen.of_list(DUE, {})
    for page in range(1, 700):
        seen = Seen.of_list(DUE, seen.ending(50 * page, FIRST))
    assert len(seen.places) == 500
    assert max(seen.places) == 50 * 699


def test_records_without_a_mukim_lead_to_their_worklist_for_who_works_on_them_alone() -> None:
    there = urlsplit(mending("080800", works=True))
    assert (there.path, TaskView.parse(dict(parse_qsl(there.query)))) == ("/tugasan", TaskView("no_mukim", "0808"))
    assert urlsplit(mending("080800", works=False)).path == "/kualiti"
