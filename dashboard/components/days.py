"""A field in which a day is written, with a month beside it to choose one from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.aria import aria
from dashboard.components.icons import icon

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from words import Words

_MONTHS = tuple(f"{number:02}" for number in range(1, 13))
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def beside_day(label: str, words: Words) -> dict[str, Any]:
    """What makes a text field one in which a day is written: its shape, and the button that opens a month."""
    opens: dict[str, Any] = {"data-ek-day": "1"}
    named = aria(label=words("day.choose_of", label=label))
    return {
        "placeholder": words("form.date_shape"),
        "rightSection": html.Button(icon("calendar"), type="button", className="ek-day-button", **opens, **named),
        "rightSectionPointerEvents": "all",
        "rightSectionWidth": 40,
    }


def day_words(words: Words) -> Component:
    """The words of the month that opens, for the browser to draw it."""
    told = {
        "months": [words(f"day.month_{number}") for number in _MONTHS],
        "weekdays": [[words(f"day.{name}_short"), words(f"day.{name}")] for name in _WEEKDAYS],
        **{name: words(f"day.{name}") for name in ("month", "year", "today", "close", "choose")},
    }
    carried: dict[str, Any] = {"data-ek-days": json.dumps(told, ensure_ascii=False)}
    return html.Div(id="frame-days", hidden=True, **carried)
