"""Draws locked figures: the list of them, how to lock another, and where the households of one went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.areas import area_options
from dashboard.components.aria import aria
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.columns import choosable
from dashboard.components.feedback import empty
from dashboard.components.sortable import pressed_heads
from dashboard.components.tables import STEP, cards_table, labelled
from dashboard.pages.cleansing import ids
from dashboard.pages.cleansing.view import PATH, CleansingView
from layers import numbers
from poverty.rates import change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.cleansing import Standing
    from queries.row_types.cohorts import AreaRow, CohortRow
    from words import Words

STATUSES: Final = ("tegar", "miskin", "mudah_miskin")
FATES: Final = ("tegar", "miskin", "mudah_miskin", "terkeluar", "exited", "merged", "gone")


def reduction(now: int, then: int) -> str:
    """By how much a locked figure has fallen, from the two counts: 9,402 to 4,819 is ▼ 48.7%."""
    return numbers.change(change(now, then))


def cohorts_list(state: CleansingView, found: list[CohortRow], areas: list[AreaRow], words: Words) -> list[Component]:
    """All locked figures, and the form to lock another."""
    parts: list[Component] = []
    if found:
        head = [words(f"cohort.column_{name}") for name in ("name", "area", "statuses", "on", "households")]
        rows = [_cohort_row(state, row, head, words) for row in found]
        table = cards_table(head, rows, counts_from=4, heads=pressed_heads(head, words))
        parts.append(choosable("cohorts", head, table, words))
    else:
        parts.append(empty(words("cohort.none"), words("cohort.none_hint")))
    return [*parts, _form(areas, words)]


def cohort_page(state: CleansingView, cohort: CohortRow, flow: Sequence[Standing], words: Words) -> list[Component]:
    """One locked figure: how far it has come down, and where its households stood month by month."""
    back = html.A(words("cohort.back"), href=state.but(cohort=0).address(PATH), className="ek-button", **STEP)
    title = html.Div([html.H2(cohort["name"]), back], className="ek-tasks-head")
    message = words(
        "cohort.told",
        area=_area(cohort, words),
        statuses=_statuses(cohort["statuses"], words),
        date=numbers.day(cohort["frozen_on"]),
        households=numbers.count(cohort["households"]),
    )
    parts: list[Component] = [title, html.P(message)]
    if cohort["own"] != cohort["households"]:
        parts.append(html.P(words("cohort.own_only", own=numbers.count(cohort["own"])), className="ek-footnote"))
    if not flow:
        return [*parts, empty(words("cohort.nothing_own"))]
    first, last = flow[0], flow[-1]
    still, began = last.still(cohort["statuses"]), first.total
    cards = [
        Figure(words("cohort.locked"), numbers.count(began), note=numbers.day(first.on)),
        Figure(
            words("cohort.still"), numbers.count(still), changes=(reduction(still, began),), note=numbers.day(last.on)
        ),
        Figure(words("cohort.left"), numbers.count(last.total - still), note=words("cohort.left_note")),
    ]
    figures = figure_cards([figure_card(card) for card in cards])
    return [*parts, figures, *_by_line(last, words), *_exits(last, words), *_months(flow, cohort, words)]


def _months(flow: Sequence[Standing], cohort: CohortRow, words: Words) -> list[Component]:
    """Where its households stood month by month, the latest first."""
    head = [
        words("cohort.column_day"),
        *(words(f"cohort.fate_{fate}") for fate in FATES),
        words("cohort.column_by_line"),
        words("cohort.column_change"),
    ]
    rows = [_flow_row(standing, cohort, flow[0].total, head) for standing in reversed(flow)]
    months = html.Div(
        cards_table(head, rows, counts_from=1),
        className="ek-scroll",
        tabIndex=0,
        role="region",
        **aria(label=words("cohort.months")),
    )
    note = html.P(f"{words('cohort.note')} {words('cohort.note_by_line')}", className="ek-footnote")
    return [html.H3(words("cohort.months")), choosable("cohort-months", head, months, words), note]


def _by_line(last: Standing, words: Words) -> list[Component]:
    """Of how many the status changed by the line or the rule, not by the household."""
    return [html.P(words("cohort.by_line", n=numbers.count(last.by_line)))] if last.by_line else []


def _exits(last: Standing, words: Words) -> list[Component]:
    """Who of the list has left the register, and why."""
    if not last.exits:
        return []
    by_number = sorted(last.exits.items(), key=lambda found: (-found[1], found[0]))
    message = " · ".join(f"{words(f'exit.reason.{reason}')}: {numbers.count(number)}" for reason, number in by_number)
    return [html.P(words("cohort.exits", n=numbers.count(last.fates["exited"]), reasons=message))]


def _cohort_row(state: CleansingView, row: CohortRow, head: list[str], words: Words) -> Component:
    link = html.A(row["name"], href=state.but(cohort=row["cohort_id"]).address(PATH), **STEP)
    cells = (_area(row, words), _statuses(row["statuses"], words), numbers.day(row["frozen_on"]))
    return html.Tr(
        [
            html.Th(link, scope="row"),
            *(html.Td(cell, **labelled(label)) for cell, label in zip(cells, head[1:], strict=False)),
            html.Td(numbers.count(row["households"]), className="ek-number", **labelled(head[4])),
        ]
    )


def _flow_row(standing: Standing, cohort: CohortRow, began: int, head: list[str]) -> Component:
    counts = [numbers.count(standing.fates.get(fate, 0)) for fate in FATES]
    by_line = numbers.count(standing.by_line)
    cells = [*counts, by_line, reduction(standing.still(cohort["statuses"]), began)]
    return html.Tr(
        [
            html.Th(numbers.day(standing.on), scope="row"),
            *(
                html.Td(cell, className="ek-number", **labelled(label))
                for cell, label in zip(cells, head[1:], strict=True)
            ),
        ]
    )


def _area_choices(areas: list[AreaRow], words: Words) -> list[dict[str, object]]:
    """The areas by what they lie in, the widest first."""
    return area_options(
        (
            row["state_name"] or words(f"level.{row['level']}"),
            row["code"],
            words("map.country") if row["level"] == "country" else row["name"],
        )
        for row in areas
    )


def _form(areas: list[AreaRow], words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("cohort.freeze")),
            html.P(words("cohort.freeze_note"), className="ek-footnote"),
            html.Div(
                [
                    dmc.TextInput(id=ids.field("name"), label=words("cohort.column_name"), value=""),
                    dmc.Select(
                        id=ids.field("area"),
                        label=words("cohort.column_area"),
                        data=_area_choices(areas, words),
                        searchable=True,
                        nothingFoundMessage=words("cohort.no_area"),
                        comboboxProps={"withinPortal": True},
                    ),
                    dmc.TextInput(
                        id=ids.field("on_day"),
                        label=words("cohort.column_on"),
                        placeholder=words("cohort.date"),
                        value="",
                    ),
                ],
                className="ek-cleanse-form",
            ),
            dmc.CheckboxGroup(
                dmc.Group([dmc.Checkbox(label=words(f"status.{status}"), value=status) for status in STATUSES]),
                id=ids.field("statuses"),
                label=words("cohort.column_statuses"),
                value=["tegar"],
            ),
            html.Button(
                words("cohort.freeze"), id=ids.act("freeze", "new"), className="ek-button ek-button-main", n_clicks=0
            ),
        ],
        className="ek-panel ek-cleanse-decide",
    )


def _area(row: CohortRow, words: Words) -> str:
    return words("map.country") if row["area_code"] == "MY" else str(row["area_name"])


def _statuses(statuses: Sequence[str], words: Words) -> str:
    return ", ".join(words(f"status.{status}") for status in statuses)
