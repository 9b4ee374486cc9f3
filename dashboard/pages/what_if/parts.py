"""Draws what would be: the figures before and after, the areas, the lines, who comes and who goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.feedback import empty
from dashboard.components.figures_line import figures_line
from dashboard.components.listing import Tab, tabs
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, ruled
from dashboard.drilled_files import map_links
from dashboard.pages.what_if.view import MAP_ROUTE, PATH
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.pages.what_if.reading import Read
    from dashboard.pages.what_if.view import WhatIfView
    from poverty.simulation import Outcome
    from queries.row_types.simulations import MoveRow, SimulatedLineRow
    from words import Words

ROWS: Final = 50
FILES: Final = ("pdf", "png", "svg", "csv")
COLUMNS: Final = ("before", "after", "in", "out", "gap", "paid")
_MOVED: Final = ("file", "head", "place", "members", "from", "to", "income", "income_after")
_GROUPS: Final = (("tegar", ("tegar",)), ("miskin", ("miskin",)), ("not_poor", ("mudah_miskin", "terkeluar")))


def figures(found: Read, words: Words) -> list[Component]:
    """The figures of the area, before and after."""
    if not found.outcomes:
        return [empty(words("sim.nobody"), words("sim.nobody_hint"))]
    whole = found.whole
    cards = []
    for name, statuses in _GROUPS:
        was, now = (whole.standing(*statuses, after=after) for after in (False, True))
        figure = Figure(
            words(f"line.group_{name}"),
            numbers.count(now),
            unit=words("line.households"),
            changes=(_more(now - was, words),),
            note=words("sim.now", before=numbers.count(was)),
            tone="tegar" if name == "tegar" else "miskin" if name == "miskin" else "",
        )
        cards.append(figure_card(figure))
    cards.append(_money("gap", whole.gap_after_rm, whole.gap_before_rm, words))
    if whole.paid_rm:
        cards.append(_money("paid", whole.paid_rm, None, words))
    if whole.raised_rm:
        cards.append(_money("raised", whole.raised_rm, None, words))
    return [figure_cards(cards)]


def _money(name: str, rm: Any, before: Any, words: Words) -> Component:
    note = "" if before is None else words("sim.now", before=numbers.money(before, sen=False))
    return figure_card(
        Figure(words(f"sim.card_{name}"), numbers.money(rm, sen=False), unit=words("line.a_month"), note=note)
    )


def _more(difference: int, words: Words) -> str:
    if not difference:
        return words("line.same")
    return words("line.more" if difference > 0 else "line.fewer", n=numbers.change_count(difference))


def areas_table(state: WhatIfView, found: Read, words: Words) -> list[Component]:
    """The areas inside with what would be, and what the figures rest on."""
    title = words("sim.by_area", level=words(f"level.{found.level}"))
    head = [words("sim.area"), *(words(f"sim.column_{name}") for name in COLUMNS)]
    rows = []
    for code, name in found.names.items():
        outcome = found.outcomes.get(code)
        inside = state.but(area=code, senarai="", selepas=0).address(PATH)
        deeper = found.live and found.level in {"state", "district"}
        label: Any = html.A(name, href=inside, **STEP) if deeper else name
        rows.append([label, *(_cells(outcome) if outcome else ["—"] * (len(head) - 1))])
    taken = [map_links(MAP_ROUTE, state.query(), words, kinds=FILES)] if found.outcomes else []
    return [
        *taken,
        html.H2(title),
        sortable(head, rows, words, name="what-if-areas", label=title),
        html.P(counted(found, words), className="ek-footnote"),
        figures_line(found.layer.source, words),
    ]


def counted(found: Read, words: Words) -> str:
    """Of how many households it was worked out, and how."""
    households = numbers.count(sum(sum(one.households.values()) for one in found.outcomes.values()))
    if found.month:
        return words("sim.of_groups", n=households, month=numbers.month(found.month, words))
    return words("sim.of_households", n=households)


def _cells(outcome: Outcome) -> list[str]:
    return [
        numbers.count(outcome.poor(after=False)),
        numbers.count(outcome.poor(after=True)),
        numbers.count(outcome.entering),
        numbers.count(outcome.leaving),
        numbers.money(outcome.gap_after_rm - outcome.gap_before_rm, sen=False),
        numbers.money(outcome.paid_rm, sen=False),
    ]


def lines_table(now: Sequence[SimulatedLineRow], then: Sequence[SimulatedLineRow], words: Words) -> list[Component]:
    """The lines that would be others, before and after."""
    names = ("pgk_per_capita_rm", "pgk_household_rm", "food_per_capita_rm", "food_household_rm")
    moved = [(was, new) for was, new in zip(now, then, strict=True) if any(was[name] != new[name] for name in names)]  # type: ignore[literal-required]
    if not moved:
        return []
    head = [words("sim.column_state"), words("sim.column_strata"), *(words(f"sim.column_{name}") for name in names)]
    rows = [
        [was["state_name"], words(f"strata.{was['strata']}"), *(_became(was[name], new[name], words) for name in names)]  # type: ignore[literal-required]
        for was, new in moved
    ]
    label = words("sim.lines")
    return [html.Details([html.Summary(label), ruled(head, rows, label=label, named=True)])]


def _became(before: Any, after: Any, words: Words) -> str:
    if before == after:
        return numbers.money(before)
    return words("line.became", before=numbers.money(before), after=numbers.money(after))


def ways(state: WhatIfView, found: Read, words: Words) -> Component:
    """The two lists of households, each opened when it is asked for."""
    whole = found.whole
    counts = {"in": whole.entering, "out": whole.leaving}
    offered = [
        Tab(
            words(f"sim.list_{way}"),
            state.but(senarai=way, selepas=0).address(PATH),
            here=state.senarai == way,
            count=n,
        )
        for way, n in counts.items()
    ]
    return html.Nav(tabs(offered), className="ek-tasks", **aria(label=words("sim.lists")))


def moves(state: WhatIfView, rows: Sequence[MoveRow], words: Words) -> list[Component]:
    """A page of the households that would come or go, and the way to the next."""
    label = words(f"sim.list_{state.senarai}")
    if not rows:
        return [html.H2(label), html.P(words("sim.list_none"))]
    head = [words(f"sim.column_{name}") for name in _MOVED]
    told = [
        [
            html.A(row["file_no"], href=f"/isi-rumah/{row['household_id']}", **STEP),
            row["head_name"],
            row["place_name"] or "",
            numbers.count(row["member_count"]),
            words(f"status.{row['previous']}"),
            words(f"status.{row['status']}"),
            numbers.money(row["income_rm"]),
            numbers.money(row["income_after_rm"]),
        ]
        for row in rows[:ROWS]
    ]
    parts: list[Component] = [html.H2(label), ruled(head, told, label=label, named=True)]
    links = []
    if state.selepas:
        links.append(html.A(words("sim.first"), href=state.but(selepas=0).address(PATH), className="ek-button", **STEP))
    if len(rows) > ROWS:
        after = rows[ROWS - 1]["household_id"]
        links.append(
            html.A(words("grid.next"), href=state.but(selepas=after).address(PATH), className="ek-button", **STEP)
        )
    return [*parts, html.Div(links, className="ek-actions")]


def title(found: Read, words: Words) -> str:
    """The area looked at."""
    return words("map.country") if found.area.code == COUNTRY else found.area.name
