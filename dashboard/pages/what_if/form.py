"""The fields of what is supposed: each number typed or slid; assets/js/pages/what-if.js puts them into the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.pages.what_if import ids
from dashboard.pages.what_if.view import AMOUNTS, SHARES, SLID
from poverty.lines import Rule
from poverty.simulation import SOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.pages.what_if.view import WhatIfView
    from words import Words

_AGE: Final = (1, 18)
_STEPS: Final = {"punca_rm": 10, "anak_rm": 10}


def form(view: WhatIfView, words: Words) -> Component:
    """All fields, in three groups; the states come with the first answer."""
    strata = [(one, words(f"strata.{one}")) for one in ("urban", "rural")]
    lines: list[Component] = [
        _choice("negeri", view, [], words, none="sim.all_states"),
        _choice("strata", view, strata, words, none="sim.all_strata"),
        _number("pgk", view, words),
        _number("makanan", view, words),
        html.Details(
            [
                html.Summary(words("sim.in_rm")),
                *(_number(name, view, words) for name in ("pgk_org", "pgk_ir", "makanan_org", "makanan_ir")),
            ],
            open=any(getattr(view, name) for name in ("pgk_org", "pgk_ir", "makanan_org", "makanan_ir")),
        ),
        _choice("kaedah", view, [(rule.value, words(f"rule.{rule}")) for rule in Rule], words, none="sim.same_rule"),
    ]
    income = [
        _choice("punca", view, [(one, words(f"sim.source_{one}")) for one in SOURCES], words, none="sim.no_source"),
        _number("punca_rm", view, words),
        _number("punca_pc", view, words),
    ]
    children = [
        _number("anak_rm", view, words),
        _number("anak_umur", view, words),
        dmc.Switch(id=ids.field("anak_miskin"), label=words("sim.field_anak_miskin"), checked=bool(view.anak_miskin)),
    ]
    groups = (("lines", lines), ("income", income), ("children", children))
    return html.Div([_group(name, fields, words) for name, fields in groups], className="ek-what-if-form")


def _group(name: str, fields: Sequence[Component], words: Words) -> Component:
    inside = [html.Legend(words(f"sim.group_{name}")), *fields]
    return html.Fieldset(inside, className="ek-panel ek-what-if-group")


def _choice(name: str, view: WhatIfView, options: Sequence[tuple[str, str]], words: Words, *, none: str) -> Component:
    field: Component = dmc.Select(
        id=ids.field(name),
        label=words(f"sim.field_{name}"),
        data=[{"value": value, "label": label} for value, label in options],
        value=getattr(view, name) or None,
        placeholder=words(none),
        clearable=True,
        clearButtonProps={"aria-label": words("sim.clear")},
    )
    return field


def _number(name: str, view: WhatIfView, words: Words) -> Component:
    low, high = _AGE if name == "anak_umur" else (SHARES | AMOUNTS)[name]
    value = view.anak_umur if name == "anak_umur" else int(view.amount(name))
    step = _STEPS.get(name, 1)
    label = words(f"sim.field_{name}")
    shared: dict[str, Any] = {"min": low, "max": high, "step": step, "value": value}
    # sent when one leaves it or presses Enter: what comes back meanwhile would take the next digit away
    typed = dmc.NumberInput(
        id=ids.field(name), label=label, allowDecimal=False, clampBehavior="blur", debounce=True, **shared
    )
    if name not in SLID:
        return html.Div(typed, className="ek-what-if-field")
    # the script puts the slider there, one of the browser's own
    slides: dict[str, Any] = {"data-ek-slides": f"{low} {high} {step}", "data-name": words("sim.slide", name=label)}
    return html.Div([typed, html.Div(id=ids.slider(name), **slides)], className="ek-what-if-field")
