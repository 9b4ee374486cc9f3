"""Income per person against both lines, as a bar; what stands beside it says the same in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypedDict

from dash import html

from dashboard.components.aria import aria
from dashboard.components.badges import status_badge
from dashboard.components.sentence import status_sentence
from layers import numbers
from poverty.lines import explain

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from poverty.lines import StatusDecision
    from words import Words

_HEADROOM: Final = Decimal("1.25")


class Mark(TypedDict):
    """A line on the bar: which, what it is called, its amount, and how far along it stands in per cent."""

    name: str
    label: str
    amount: str
    at: str


class Scale(TypedDict):
    """The bar as values: the status that colours it, how far the income reaches in per cent, and both lines."""

    status: str
    income: str
    marks: list[Mark]


def scale_of(decision: StatusDecision, words: Words) -> Scale:
    """The bar of a decision, for the browser to draw or for :func:`scale`."""
    line, income = decision.line, decision.per_capita_income_rm
    food, pgk = line.food_per_capita_rm, line.pgk_per_capita_rm
    end = max(pgk * _HEADROOM, min(income, pgk * 2) * Decimal("1.05"))

    def share(value: Decimal) -> str:
        return f"{min(Decimal(100), 100 * value / end):.2f}%"

    marks: list[Mark] = [
        {
            "name": name,
            "label": words(f"record.scale.{name}"),
            "amount": numbers.money_tidy(value),
            "at": share(value),
        }
        for name, value in (("food", food), ("pgk", pgk))
    ]
    return {"status": decision.status.value, "income": share(income), "marks": marks}


def scale(decision: StatusDecision, words: Words) -> Component:
    """The bar; it says nothing by itself to who does not see it."""
    drawn = scale_of(decision, words)
    marks = [
        html.Span(
            html.Span([mark["label"], html.B(mark["amount"])], className="ek-scale-label"),
            className=f"ek-scale-mark ek-scale-{mark['name']}",
            style={"left": mark["at"]},
        )
        for mark in drawn["marks"]
    ]
    fill = html.Span(className=f"ek-scale-fill ek-scale-{drawn['status']}", style={"width": drawn["income"]})
    return html.Div([html.Div(fill, className="ek-scale-track"), *marks], className="ek-scale", **aria(hidden=True))


def poverty_test(decision: StatusDecision, words: Words) -> list[Component]:
    """A status with the sentence that says why, and the bar."""
    return [
        html.P(status_badge(decision.status.value, words)),
        html.P(status_sentence(explain(decision), words), className="ek-record-sentence"),
        scale(decision, words),
    ]
