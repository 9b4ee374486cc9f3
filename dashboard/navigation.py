"""How the pages stand in the rail: groups, and what each role has under the thumb on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.areas import COUNTRY, own_area
from dashboard.localpath import HOME, START
from registry.principals import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.components.icons import IconName
    from dashboard.router import Page
    from registry.principals import Principal


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the rail; ``Page.group`` names it, ``nav.group_<name>`` is what it is called."""

    name: str
    icon: IconName


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail: a page, or a group with its pages."""

    pages: tuple[Page, ...]
    group: Group | None = None


GROUPS: Final = {
    group.name: group
    for group in (
        Group("kpi", "gauge"),
        Group("households", "people"),
        Group("worklists", "list"),
        Group("aid", "card"),
        Group("projects", "pin"),
        Group("reports", "print"),
        Group("administration", "settings"),
    )
}
UNDER_THE_THUMB: Final = 4
"""How many pages have room at the bottom of a phone; the others open with "more"."""

_STARTS: Final = {Role.PLANNER: HOME, Role.ENUMERATOR: "/lawatan", Role.COMMUNITY_LEADER: "/pemakluman"}

_DONE_MOST: Final[dict[str, tuple[str, ...]]] = {
    Role.PLANNER: ("/", "/kpi", "/kualiti", START),
    Role.AUDITOR: (START, "/audit", "/", "/kpi"),
    Role.AGENCY: (START, "/permohonan-bantuan", "/semakan", "/kad/mohon"),
    Role.COUNCIL: (START, "/", "/isi-rumah", "/tugasan"),
    Role.ENUMERATOR: ("/lawatan", "/kes", START, "/isi-rumah"),
    Role.OFFICER: (START, "/isi-rumah", "/kes", "/lawatan"),
    Role.COORDINATOR: (START, "/tugasan", "/kes", "/mesyuarat"),
    Role.STATE_OFFICE: (START, "/kes", "/mesyuarat", "/kpi"),
    Role.NATIONAL: (START, "/", "/kpi", "/kes"),
    Role.COMMUNITY_LEADER: ("/pemakluman", START, "/", "/kpi"),
    Role.ADMINISTRATOR: (START, "/pentadbiran", "/penghantaran", "/audit"),
}


def first_page(principal: Principal) -> str:
    """Where somebody starts: planners on the map, enumerators on their round, everyone else at what waits for them."""
    return address_of(_STARTS.get(principal.role, START), principal)


def address_of(path: str, principal: Principal) -> str:
    """The address under which somebody is led to a page: the map opens on the own area."""
    area = own_area(principal)
    return f"{HOME}?in={area}" if path == HOME and area != COUNTRY else path


def offered(principal: Principal, pages: Sequence[Page]) -> list[Page]:
    """The pages of the rail that somebody may open, in their order."""
    return [
        page
        for page in pages
        if page.icon
        and principal.may(page.permission)
        and any(map(principal.may, page.offered_to or (page.permission,)))
    ]


def entries(principal: Principal, pages: Sequence[Page]) -> list[Entry]:
    """The lines of somebody's rail: a group stands where its first page would; one with one page is that page."""
    found = offered(principal, pages)
    lines: list[Entry] = []
    for page in found:
        inside = tuple(other for other in found if page.group and other.group == page.group)
        if len(inside) <= 1:
            lines.append(Entry((page,)))
        elif page == inside[0]:
            lines.append(Entry(inside, GROUPS[page.group]))
    return lines


def under_the_thumb(principal: Principal, pages: Sequence[Page]) -> list[Page]:
    """What a role does most, as far as somebody may; filled up with the first other pages of the rail."""
    found = offered(principal, pages)
    by_path = {page.path: page for page in found}
    most = [by_path[path] for path in _DONE_MOST.get(principal.role, ()) if path in by_path]
    return [*most, *(page for page in found if page not in most)][:UNDER_THE_THUMB]
