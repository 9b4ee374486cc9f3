"""Draws whom conditions would reach: what is chosen, the figures, the areas, and what they do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.areas import COUNTRY
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.feedback import empty
from dashboard.components.figures_line import figures_line
from dashboard.components.forms import ASKS
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP
from dashboard.pages.what_if.targeting_view import HEAD, HOUSEHOLD, MONTHLY, ONCE, PATH
from layers import numbers

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.pages.what_if.targeting_reading import Reached
    from dashboard.pages.what_if.targeting_view import TargetingView
    from poverty.targeting import Targeting
    from words import Words

ROUTE: Final = "/muat-turun/sasaran"
_MOST_RM: Final = 99_999
_COLUMNS: Final = ("reached", "missed", "leakage", "coverage", "leaking", "persons", "cost")


def form(found: Reached, words: Words) -> Component:
    """What is chosen and what is given; the answer stands in the address."""
    view = found.view
    data = [
        {
            "group": words(f"sim.target_{kind}"),
            "items": [{"value": code, "label": label} for code, label in some.items()],
        }
        for kind, some in found.options.items()
        if some
    ]
    fields = [
        dmc.Select(
            id="targeting-chosen",
            name="sasaran",
            label=words("sim.target_chosen"),
            data=data,
            value=view.chosen or None,
            searchable=True,
            placeholder=words("form.choose"),
            nothingFoundMessage=words("form.no_match"),
        ),
        dmc.NumberInput(
            id="targeting-rm",
            name="rm",
            label=words("sim.target_rm"),
            value=int(view.amount),
            min=0,
            max=_MOST_RM,
            allowDecimal=False,
        ),
        _choice("setiap", view.each, (HOUSEHOLD, HEAD), words),
        _choice("kali", view.pace, (MONTHLY, ONCE), words),
        html.Button(words("sim.target_show"), type="submit", className="ek-button ek-button-main"),
    ]
    place = dcc.Input(id="targeting-in", name="in", value=found.area.code, type="hidden")
    return html.Form([place, *fields], action=PATH, method="get", className="ek-what-if-save", **ASKS)


def _choice(name: str, chosen: str, offered: tuple[str, ...], words: Words) -> Component:
    field: Component = dmc.Select(
        id=f"targeting-{name}",
        name=name,
        label=words(f"sim.target_{name}"),
        data=[{"value": one, "label": words(f"sim.target_{one}")} for one in offered],
        value=chosen,
        allowDeselect=False,
    )
    return field


def answer(found: Reached, words: Words) -> list[Component]:
    """Whom the conditions mean, whom they reach, and by area."""
    if not found.view.chosen:
        return [html.P(words("sim.target_none_chosen"))]
    if not found.sentence:
        return [empty(words("sim.target_no_conditions"), words("sim.target_no_conditions_hint"))]
    said = [html.H2(title(found, words)), html.P(found.sentence, className="ek-lead")]
    if not found.areas:
        return [*said, empty(words("sim.target_nobody"), words("sim.target_nobody_hint"))]
    query = found.view.but(area=found.area.code).address(ROUTE)
    table = sortable(head(words, found.view), _rows(found), words, name="targeting-areas", label=title(found, words))
    return [
        *said,
        html.P(summary(found, words)),
        figure_cards(_cards(found, words)),
        html.Div(html.A("CSV", href=query, download="", className="ek-button"), className="ek-actions"),
        table,
        html.P(words("sim.target_silent"), className="ek-footnote"),
        figures_line(found.source, words),
    ]


def title(found: Reached, words: Words) -> str:
    """What is told, and of where."""
    place = words("map.country") if found.area.code == COUNTRY else found.area.name
    return words("sim.target_title", name=found.called, area=place)


def summary(found: Reached, words: Words) -> str:
    """The figures as sentences."""
    whole = found.whole
    told = words(
        "sim.target_summary",
        reached=numbers.count(whole.reached),
        poor=numbers.count(whole.reached + whole.missed),
        coverage=numbers.share(whole.coverage),
        missed=numbers.count(whole.missed),
        leakage=numbers.count(whole.leakage),
        leaking=numbers.share(whole.leaking),
    )
    if not found.view.amount:
        return told
    paid = words(
        "sim.target_paid",
        rm=numbers.money_tidy(found.view.amount),
        each=words(f"sim.target_each_{found.view.each}"),
        pace=words(f"sim.target_{found.view.pace}").lower(),
        cost=numbers.money(_cost(whole, found.view), sen=False),
    )
    return f"{told} {paid}"


def _cards(found: Reached, words: Words) -> list[Component]:
    whole = found.whole
    told = [
        ("reached", whole.reached, words("sim.target_tegar", n=numbers.count(whole.met_tegar))),
        ("missed", whole.missed, words("sim.target_tegar", n=numbers.count(whole.unmet_tegar))),
        ("leakage", whole.leakage, ""),
    ]
    cards = [
        figure_card(Figure(words(f"sim.target_{name}"), numbers.count(n), unit=words("line.households"), note=note))
        for name, n, note in told
    ]
    cost = Figure(
        words("sim.target_cost"),
        numbers.money(_cost(whole, found.view), sen=False),
        unit=words(f"sim.target_{found.view.pace}").lower(),
    )
    return [*cards, figure_card(cost)]


def head(words: Words, view: TargetingView) -> list[str]:
    """The columns of the table."""
    names = [words(f"sim.target_{name}") for name in _COLUMNS]
    names[-1] = words("sim.target_cost_rm", pace=words(f"sim.target_{view.pace}").lower())
    return [words("sim.area"), *names]


def _rows(found: Reached) -> list[list[Any]]:
    rows = []
    for code, name in found.names.items():
        one = found.areas[code]
        inside = found.view.but(area=code).address(PATH)
        rows.append([
            html.A(name, href=inside, **STEP) if found.area.code == COUNTRY else name,
            numbers.count(one.reached),
            numbers.count(one.missed),
            numbers.count(one.leakage),
            _share(one.coverage),
            _share(one.leaking),
            numbers.count(one.persons),
            numbers.money(_cost(one, found.view), sen=False),
        ])  # fmt: skip
    return rows


def written(found: Reached) -> list[list[Any]]:
    """The table as a file holds it."""
    return [
        [
            name,
            one.reached,
            one.missed,
            one.leakage,
            _per_cent(one.coverage),
            _per_cent(one.leaking),
            one.persons,
            _cost(one, found.view),
        ]
        for code, name in found.names.items()
        for one in (found.areas[code],)
    ]


def notes_of(found: Reached, words: Words) -> list[str]:
    """What stands below the table of a file."""
    return [title(found, words), found.sentence, summary(found, words), words("sim.target_silent")]


def _cost(one: Targeting, view: TargetingView) -> Any:
    return one.cost(view.amount, per_head=view.each == HEAD)


def _share(value: float | None) -> str:
    return "—" if value is None else numbers.share(value)


def _per_cent(value: float | None) -> float | None:
    return None if value is None else round(value * 100, 1)
