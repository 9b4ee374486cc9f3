"""The parts of the page of alerts: which ones, the list, the rules."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.components.feedback import empty
from dashboard.components.tables import STEP, ruled
from dashboard.pages.alerts import ids
from layers import numbers
from queries.alerts import MOST
from registry.kpi.alerts import LIMITS, SHARES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.row_types.alerts import AlertRow, AlertRuleRow, AlertTakerRow
    from words import Words

_NAMES = {"saya": "mine", "semua": "every", "ditutup": "closed_ones"}


def scopes(entries: Sequence[tuple[str, str]], here: str, words: Words) -> Component:
    """Which alerts are shown, as links."""
    links = [
        html.Li(
            html.A(words(f"alert.{_NAMES[name]}"), href=to, **STEP, **aria(current="true" if name == here else None))
        )
        for name, to in entries
    ]
    return html.Nav(html.Ul(links), className="ek-board-choice", **aria(label=words("alert.show")))


def listed(found: Sequence[AlertRow], takers: Mapping[int, Sequence[AlertTakerRow]], words: Words) -> list[Component]:
    """The alerts as a table, each with what can be done with it."""
    if not found:
        return [empty(words("alert.none"), words("alert.none_hint"))]
    heads = [words(f"alert.{name}") for name in ("rule", "indicator", "area", "period", "what")]
    rows = [
        (
            _rule(row, words),
            _indicator(row, words),
            _area(row, words),
            numbers.month(row["period"], words),
            html.Div(_acts(row, takers.get(row["alert_id"], ()), words), className="ek-alert-acts"),
        )
        for row in found
    ]
    more = [html.P(words("alert.shown", n=MOST), className="ek-footnote")] if len(found) == MOST else []
    return [ruled(heads, rows, label=words("alert.title")), *more]


def _rule(row: AlertRow, words: Words) -> Component:
    name = row["rule_ms"] if words.language == "ms" else row["rule_en"]
    notes = [words("alert.information")] if row["information"] else []
    if row["closed_at"] is not None:
        notes.append(words("alert.closed", date=numbers.day(row["closed_at"])))
    return html.Div([html.Strong(name), *(html.P(note, className="ek-footnote") for note in notes)])


def _indicator(row: AlertRow, words: Words) -> Any:
    name = row["indicator_ms"] if words.language == "ms" else row["indicator_en"]
    return name or words("alert.all_indicators")


def _area(row: AlertRow, words: Words) -> Component:
    """The area, which leads to its board at that month."""
    code = row["area_code"]
    board = "menteri" if code == COUNTRY else {2: "negeri", 4: "daerah"}.get(len(code), "negeri")
    chosen = f"&petunjuk={row['indicator_code']}" if row["indicator_code"] else ""
    name = words("map.country") if code == COUNTRY else row["area_name"]
    return html.A(name, href=f"/papan/{board}?in={code}{chosen}&bulan={row['period']:%Y-%m}")


def _acts(row: AlertRow, takers: Sequence[AlertTakerRow], words: Words) -> list[Component]:
    told: list[Component] = [
        html.P(words("alert.taken_by", name=one["display_name"], date=numbers.day(one["taken_at"]))) for one in takers
    ]
    if row["closed_at"] is not None or row["taken_at"] is not None:
        return told
    if row["snoozed_until"] is not None:
        told.append(html.P(words("alert.snoozed", date=numbers.day(row["snoozed_until"]))))
    buttons = [
        html.Button(
            words(f"alert.{act}"),
            id={"type": ids.ACT, "act": act, "alert": str(row["alert_id"])},
            type="button",
            className="ek-button",
        )
        for act in ("take", "snooze")
    ]
    return [*told, *buttons]


def rules(found: Sequence[AlertRuleRow], words: Words) -> list[Component]:
    """The rules with their switches, for who may turn them."""
    if not found:
        return []
    heads = [words("alert.rule"), words("alert.rule_active"), words("alert.rule_mail")]
    rows = [
        (
            html.Div(
                [_rule_name(row, words), html.P(meaning(row, words), className="ek-footnote"), *_limits(row, words)]
            ),
            _switch(row, "active", on=row["active"], words=words),
            _switch(row, "mail", on=row["by_mail"], words=words),
        )
        for row in found
    ]
    return [html.H2(words("alert.rules")), ruled(heads, rows, label=words("alert.rules"), named=True)]


def meaning(row: AlertRuleRow, words: Words) -> str:
    """When a rule raises an alert, as a sentence with its limits."""
    facts: Mapping[str, Any] = row
    told = {name: _written(name, facts[name]) for name in LIMITS.get(row["condition"], ())}
    return words(f"alert.means_{row['condition']}", **told)


def _written(name: str, value: Any) -> str:
    """A limit as people read and type it: shares in per cent."""
    if value is None:
        return ""
    return format((Decimal(value) * 100 if name in SHARES else Decimal(value)).normalize(), "f")


def _limits(row: AlertRuleRow, words: Words) -> list[Component]:
    """The fields in which the limits of a rule are changed, folded up."""
    facts: Mapping[str, Any] = row
    code = row["code"]
    fields = [
        dmc.NumberInput(
            id={"type": ids.LIMIT, "action": code, "name": name},
            label=words(f"alert.limit_{name}"),
            value=_written(name, facts[name]),
        )
        for name in LIMITS.get(row["condition"], ())
    ]
    if not fields:
        return []
    save = html.Button(
        words("alert.save"),
        id={"type": ids.LIMITS, "rule": code, "version": str(row["version"])},
        type="button",
        className="ek-button",
        n_clicks=0,
        **aria(label=f"{words('alert.save')}: {_rule_name(row, words)}"),
    )
    return [html.Details([html.Summary(words("alert.limits")), *fields, save], className="ek-kpi-note")]


def _rule_name(row: AlertRuleRow, words: Words) -> str:
    return row["name_ms"] if words.language == "ms" else row["name_en"]


def _switch(row: AlertRuleRow, act: str, *, on: bool, words: Words) -> Component:
    now = f"{int(row['active'])}-{int(row['by_mail'])}-{row['version']}"
    name = _rule_name(row, words)
    return html.Button(
        words("settings.yes" if on else "settings.no"),
        id={"type": ids.RULE, "act": act, "rule": row["code"], "now": now},
        type="button",
        className="ek-button ek-alert-switch",
        **aria(pressed=on, label=f"{name}: {words(f'alert.rule_{act}')}"),
    )
