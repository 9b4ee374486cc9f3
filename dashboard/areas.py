"""The areas that pages lead through: the country, what lies inside an area, and what somebody may see there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.choropleth import Source, level_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from queries.maps import Footing
    from registry.principals import Principal
    from words import Words

COUNTRY: Final = "MY"
STRATA: Final = ("urban", "rural")
_STATE_DIGITS: Final = 2

# the first is what one comes to; an area without areas inside is drawn among its neighbours
LEVELS_IN: Final[dict[str, tuple[str, ...]]] = {
    "country": ("state", "district", "parliament", "dun", "catchment"),
    "state": ("district", "mukim", "parliament", "dun"),
    "district": ("mukim",),
    "parliament": ("dun", "parliament"),
    "mukim": ("mukim",),
    "dun": ("dun",),
    "catchment": ("catchment",),
}


def area_options(found: Iterable[tuple[str, str, str]]) -> list[dict[str, object]]:
    """Areas to choose from, in groups: what each lies in, its code and its label."""
    groups: dict[str, list[dict[str, str]]] = {}
    for group, code, label in found:
        groups.setdefault(group, []).append({"value": code, "label": label})
    return [{"group": group, "items": items} for group, items in groups.items()]


def own_area(principal: Principal) -> str:
    """Where somebody is at home: the smallest area that holds the territory, be it a district, a catchment, a state."""
    if len(principal.territory) == 1:
        return principal.territory[0]
    states = {code[:_STATE_DIGITS] for code in principal.territory}
    return states.pop() if len(states) == 1 else COUNTRY


def by_catchment(territory: Sequence[str]) -> bool:
    """Whether an office has catchments, and no district, for its territory."""
    return bool(territory) and all(level_of([code]) == "catchment" for code in territory)


def sees_small_counts(principal: Principal, area: str) -> bool:
    """Whether counts of a few households may be shown of everything inside an area: it lies in the territory."""
    return principal.sees_persons and (
        not principal.territory or area[:4] in principal.territory or area in principal.territory
    )


def may_see_households(principal: Principal, area: str) -> bool:
    """Whether households may be shown in an area; of a seat or catchment, those of the territory are."""
    apart = level_of([area]) in {"parliament", "dun", "catchment"}
    return principal.sees_persons and (apart or sees_small_counts(principal, area))


def areas_text(names: Sequence[str], words: Words, *, none: str) -> str:
    """Names of areas in a line; ``none`` is the key of what no area means."""
    return ", ".join(names) if names else words(none)


def map_source(
    footing: Footing,
    level: str,
    words: Words,
    *,
    name: str = "",
    as_of: date | None = None,
    census_year: int | None = None,
) -> Source:
    """What a map of ``level`` says of itself: of the register and of the footing's day, unless it is of another.

    What boundaries were made from is told in the reader's language where they are the bundled ones.
    """
    bundled = words("map.bundled_state" if level == "state" else "map.bundled")
    return Source(
        name=name or words("map.register"),
        as_of=as_of or footing.as_of,
        rule=footing.rule,
        line_year=footing.line_year,
        census_year=census_year,
        boundary_name=bundled if footing.boundary_approximate else footing.boundary_source or "",
        boundary_accuracy_m=footing.boundary_accuracy_m,
        boundary_approximate=footing.boundary_approximate,
        lines_derived=footing.lines_derived,
        sample=footing.sample,
    )
