"""The rail is short for every role, loses no page, and has what the role does most under the thumb."""

from __future__ import annotations

import pytest

from dashboard.actions import actions_of
from dashboard.navigation import GROUPS, UNDER_THE_THUMB, address_of, entries, first_page, offered, under_the_thumb
from dashboard.pages.catalogue import PAGES
from registry.principals import Principal, Role

MOST_ENTRIES = 9


def person(role: Role) -> Principal:
    return Principal(1, role, role, role, ())


@pytest.mark.parametrize("role", list(Role))
def test_the_rail_is_short_and_holds_every_page_once(role: Role) -> None:
    lines = entries(person(role), PAGES)
    assert len(lines) <= MOST_ENTRIES
    held = [page.path for line in lines for page in line.pages]
    assert sorted(held) == sorted(page.path for page in offered(person(role), PAGES))


@pytest.mark.parametrize("role", list(Role))
def test_a_group_has_more_than_one_page(role: Role) -> None:
    assert all((line.group is None) == (len(line.pages) == 1) for line in entries(person(role), PAGES))


@pytest.mark.parametrize("role", list(Role))
def test_what_is_under_the_thumb_may_be_opened(role: Role) -> None:
    thumb = under_the_thumb(person(role), PAGES)
    found = offered(person(role), PAGES)
    assert len(thumb) == min(UNDER_THE_THUMB, len(found))
    assert all(page in found for page in thumb)


def test_every_page_of_a_group_names_one_that_there_is() -> None:
    assert {page.group for page in PAGES if page.group} == set(GROUPS)


def test_reports_stand_by_what_is_done_with_them() -> None:
    found = next(line for line in entries(person(Role.NATIONAL), PAGES) if line.group == GROUPS["reports"])
    assert [page.path for page in found.pages] == [
        "/laporan", "/laporan/jadual", "/analisis", "/analisis/kawasan", "/bagaimana-jika", "/kawasan", "/banding",
        "/jadual-silang", "/paparan", "/sambungan",
    ]  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_everyone_starts_on_a_page_that_they_may_open(role: Role) -> None:
    started = next(page for page in PAGES if page.path == first_page(person(role)))
    assert person(role).may(started.permission)
    own = {Role.PLANNER: "/", Role.ENUMERATOR: "/lawatan", Role.COMMUNITY_LEADER: "/pemakluman"}
    assert started.path == own.get(role, "/utama")


@pytest.mark.parametrize("role", list(Role))
def test_what_somebody_starts_on_comes_first_under_the_thumb(role: Role) -> None:
    assert under_the_thumb(person(role), PAGES)[0].path == first_page(person(role))


@pytest.mark.parametrize(
    ("territory", "address"),
    [
        ((), "/"),
        (("0803",), "/?in=0803"),
        (("0801", "0803"), "/?in=08"),
        (("0803", "0101"), "/"),
        (("C.PPKB-BATU-GAJAH",), "/?in=C.PPKB-BATU-GAJAH"),
    ],
)
def test_the_map_opens_on_the_own_area(territory: tuple[str, ...], address: str) -> None:
    assert address_of("/", Principal(1, "a", "A", Role.COUNCIL, territory)) == address


@pytest.mark.parametrize("role", list(Role))
def test_what_somebody_is_offered_to_begin_is_a_page_that_they_may_open(role: Role) -> None:
    pages = {page.path: page for page in PAGES}
    begun = actions_of(person(role))
    assert begun
    assert all(person(role).may(pages[action.path].permission) for action in begun)
