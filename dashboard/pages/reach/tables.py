"""Draws aid by need, agency and programme, and by area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from dash import html

from dashboard.areas import COUNTRY
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.feedback import empty
from dashboard.components.figures_line import figures_line
from dashboard.components.listing import Tab, tabs
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP
from dashboard.pages.reach.view import ALL, MEASURES, PATH, ReachView, Read
from layers import numbers

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from queries.row_types.reach import ReachCutRow
    from words import Words

_KINDS: Final = ("programme", "need", "agency")
_ON_MAP: Final = {"reach_never": "reach_never_share"}
"""What the poverty map draws for a measure of another name."""


def heading(state: ReachView, found: Read, words: Words) -> list[Component]:
    """What is shown of where, and the way back to all aid."""
    row = found.cut(state.cut)
    place = words("map.country") if found.area.code == COUNTRY else found.area.name
    whole: Any = html.A(words("reach.all_aid"), href=state.but(cut=ALL).address(PATH), className="ek-button", **STEP)
    to_map = f"/?{urlencode({'in': found.area.code, 'measure': _ON_MAP.get(state.drawn, state.drawn)})}"
    ways = [
        *([] if state.cut == ALL else [whole]),
        html.A(words("reach.to_map"), href=to_map, className="ek-button", **STEP),
    ]
    name = words("reach.all_aid") if state.cut == ALL else _name(row, state.cut, words)
    return [html.H2(f"{name}: {place}"), html.Div(ways, className="ek-actions")]


def figures(state: ReachView, found: Read, words: Words) -> Component:
    """The three figures of the area, each a link to its map."""
    row = found.cut(state.cut)
    told = {
        "reach_aided": _count(row and row["aided"], found, words),
        "reach_never": _count(row and row["never"], found, words) if state.cut == ALL else None,
        "reach_amount": _money(row and row["amount_rm"], found, words),
    }
    cards = [figure_card(Figure(words(f"measure.{key}"), text)) for key, text in told.items() if text is not None]
    return html.Div(figure_cards(cards))


def measures(state: ReachView, words: Words) -> Component:
    """Links to what the map shows; the open one is marked."""
    return tabs(
        [
            Tab(words(f"measure.{key}"), state.but(measure=key).address(PATH), here=key == state.drawn)
            for key in MEASURES
            if state.cut == ALL or key != "reach_never"
        ]
    )


def cuts(state: ReachView, found: Read, words: Words) -> list[Component]:
    """The area's aid by programme, by need and by agency; each leads to its map."""
    parts: list[Component] = []
    for kind in _KINDS:
        rows = [row for row in found.cuts if row["kind"] == kind]
        parts.append(html.H2(words(f"reach.by_{kind}")))
        if not rows:
            none = ("reach.none", "reach.none_hint") if found.live else ("reach.none_shown", "reach.rounded")
            parts.append(empty(*(words(key) for key in none)))
            continue
        head = [words(f"reach.{kind}"), *([words("reach.agency")] if kind == "programme" else []),
                *(words(f"reach.column_{name}") for name in ("aided", "households", "amount"))]  # fmt: skip
        table = [_cut_row(state, row, found, words, with_agency=kind == "programme") for row in rows]
        parts.append(sortable(head, table, words, name=f"reach-{kind}", label=words(f"reach.by_{kind}")))
    return parts


def areas_table(state: ReachView, found: Read, words: Words) -> list[Component]:
    """The areas inside, sorted by any column."""
    title = words("quality.by_area", level=words(f"level.{found.level}"))
    columns = ["aided", *(["never"] if state.cut == ALL else []), "households", "amount"]
    head = [words("quality.area"), *(words(f"reach.column_{name}") for name in columns)]
    rows = []
    for row in found.areas.to_dict("records"):
        inside = state.but(area=str(row["area_code"])).address(PATH)
        label: Any = html.A(row["area_name"], href=inside, **STEP) if found.level != "mukim" else row["area_name"]
        told = {name: _count(row[name], found, words) for name in ("aided", "never", "households")}
        told["amount"] = _money(row["amount_rm"], found, words)
        rows.append([label, *(told[name] for name in columns)])
    note = [] if found.live else [html.P(words("reach.rounded"), className="ek-footnote")]
    return [
        html.H2(title),
        *note,
        sortable(head, rows, words, name="reach-areas", label=title),
        figures_line(found.layer.source, words),
    ]


def _cut_row(state: ReachView, row: ReachCutRow, found: Read, words: Words, *, with_agency: bool) -> list[Any]:
    link: Any = html.A(_name(row, row["cut"], words), href=state.but(cut=row["cut"]).address(PATH), **STEP)
    return [
        link,
        *([row["agency_code"] or ""] if with_agency else []),
        _count(row["aided"], found, words),
        _count(row["households"], found, words),
        _money(row["amount_rm"], found, words),
    ]


def _name(row: ReachCutRow | None, cut: str, words: Words) -> str:
    told = row and (row["name_en"] if words.language == "en" else row["name_ms"])
    return told or cut.partition(":")[2]


def _count(value: Any, found: Read, words: Words) -> str:
    """A count; hidden where it is of a few, none where exact figures know of none."""
    if value is None:
        return numbers.count(0) if found.live else words("reach.few")
    return numbers.count(int(value))


def _money(value: Any, found: Read, words: Words) -> str:
    if value is None:
        return numbers.money(0) if found.live else words("reach.hidden")
    return numbers.money(value, sen=found.live)
