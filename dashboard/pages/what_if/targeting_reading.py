"""Reads whom the conditions of a programme or target group would reach, as the person asking may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.areas import COUNTRY, map_source, own_area
from dashboard.household.conditions import names_for, told
from dashboard.household.given import name_of
from dashboard.pages.what_if.reading import sees_exactly
from dashboard.pages.what_if.targeting_view import PROGRAMME, TargetingView
from poverty.targeting import Targeting, together
from queries import maps, programmes, simulations, targets
from registry.aid.conditions.language import parse

if TYPE_CHECKING:
    from datetime import date

    from dashboard.deps import Reads
    from layers.choropleth import Source
    from queries.maps import Area
    from registry.aid.conditions.language import Conditions
    from registry.principals import Principal
    from words import Words

_INSIDE: Final = {"country": "state", "state": "district", "district": "district", "catchment": "catchment"}
_MOST_GROUPS: Final = 200


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom conditions would reach in the areas inside an area; ``sentence`` says whom they mean, if there are any."""

    view: TargetingView
    lineage: tuple[Area, ...]
    level: str
    options: dict[str, dict[str, str]]
    """Programmes and target groups by the address's name of each, in the two groups of the field."""
    sentence: str
    day: date | None
    names: dict[str, str]
    areas: dict[str, Targeting]
    source: Source

    @property
    def area(self) -> Area:
        """The area looked at."""
        return self.lineage[-1]

    @property
    def whole(self) -> Targeting:
        """All areas together."""
        return together(self.areas.values())

    @property
    def called(self) -> str:
        """The programme or group that is chosen."""
        return next((some[self.view.chosen] for some in self.options.values() if self.view.chosen in some), "")


def read(conn: Reads, view: TargetingView, principal: Principal, today: date, words: Words) -> Reached:
    """Read what the address asks; an area that holds nothing one may see exactly is looked at as the own one."""
    own = own_area(principal)
    lineage = maps.lineage(conn, view.area or own) or maps.lineage(conn, COUNTRY)
    if lineage[-1].level not in _INSIDE or not sees_exactly(principal, lineage[-1].code):
        lineage = maps.lineage(conn, own)
    area = lineage[-1]
    level = _INSIDE.get(area.level, "state")
    conditions, day = _asked(conn, view, today)
    found = simulations.targeting(conn, conditions.whole(), day or today, area.code) if conditions else {}
    names = simulations.areas(conn, level=level, within=area.code)
    return Reached(
        view=view,
        lineage=lineage,
        level=level,
        options=_options(conn, words),
        sentence=told(conditions, words, names_for(conn, [conditions], words)) if conditions else "",
        day=day,
        names={code: name for code, name in names.items() if code in found},
        areas=found,
        source=map_source(maps.footing(conn, level=level, live=True), level, words, name=words("sim.source")),
    )


def _asked(conn: Reads, view: TargetingView, today: date) -> tuple[Conditions | None, date | None]:
    """What is chosen asks, and on which day: of a programme the conditions in force, none where it has none."""
    if not view.chosen:
        return None, None
    if view.chosen.startswith(PROGRAMME):
        for row in programmes.conditions(conn, view.number):
            if (row["from_date"] is None or row["from_date"] <= today) and (
                row["until_date"] is None or today <= row["until_date"]
            ):
                return parse(row["conditions"]), today
        return None, None
    group = targets.group(conn, view.number)
    return (parse(group["conditions"], group["polygon"]), group["on_date"]) if group else (None, None)


def _options(conn: Reads, words: Words) -> dict[str, dict[str, str]]:
    return {
        "programmes": {
            f"{PROGRAMME}{row['programme_id']}": name_of(row, "programme", words) for row in programmes.programmes(conn)
        },
        "groups": {f"k{row['group_id']}": row["name"] for row in targets.groups(conn, limit=_MOST_GROUPS)},
    }
