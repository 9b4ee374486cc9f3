"""The page of alerts on screen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import answers_to, mark, pressed
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.alerts import ids, parts
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Number, Text, View, whole_number
from dashboard.urlstate import UrlState, choice
from layers import numbers
from queries import alerts
from registry.errors import InvalidInput
from registry.kpi.alerts import (
    SHARES,
    ChangeRule,
    LimitRule,
    Receive,
    change_rule,
    limit_rule,
    receive,
    see,
    snooze,
    take,
)
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

PATH: Final = "/amaran"
SCOPES: Final = {"saya": "mine", "semua": "open", "ditutup": "closed"}


@dataclass(frozen=True)
class AlertsView(UrlState):
    """Which alerts the address asks for."""

    name: str = choice("saya", "semua", "ditutup", name="lihat")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("alerts"), data=[{"label": words("nav.alerts")}]),
            urlstate.view_store(ids.VIEW, AlertsView.parse(query)),
            *(dcc.Store(id=name) for name in (ids.DONE, ids.LIMITED)),
            dcc.Store(id=ids.OPENED, data=1),
            html.H1(words("alert.title")),
            html.P(id=ids.MESSAGE, role="status"),
            html.P(id=ids.LIMITED_MESSAGE, role="status"),
            html.Div(skeleton(words("alert.loading"), block=True), id=ids.BODY, className="ek-spaced"),
            html.Section(
                [html.H2(words("alert.mail")), html.Div(id=ids.MAIL), html.P(id=ids.SAVED, role="status")],
                className="ek-panel",
                **aria(label=words("alert.mail")),
            ),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    _showing(app, deps)
    _acting(app, deps)
    _receiving(app, deps)


def _showing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.BODY, "children"),
        Input(ids.VIEW, "data"),
        Input(ids.DONE, "data"),
        Input(ids.LIMITED, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(asked: View, _done: object, _limited: object) -> list[Component]:
        words, state = current_words(), AlertsView.parse(asked)
        with deps.reading() as conn:
            found = alerts.alerts(conn, scope=SCOPES[state.name])
            takers = alerts.takers(conn, [row["alert_id"] for row in found])
            rules = alerts.rules(conn) if may(Permission.ADMINISTER) else []
        if found:
            with deps.writing() as session:
                see(session, [row["alert_id"] for row in found])
        scopes = [(name, AlertsView(name=name).address(PATH)) for name in SCOPES]
        return [
            parts.scopes(scopes, state.name, words),
            *parts.listed(found, takers, words),
            *parts.rules(rules, words),
        ]


def _acting(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.ACT, "act": ALL, "alert": ALL}, "n_clicks"),
        Input({"type": ids.RULE, "act": ALL, "rule": ALL, "now": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def act(_clicks: Clicks, _rules: Clicks) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None:
            return no_update, no_update
        with deps.writing() as session:
            if asked["type"] == ids.RULE:
                change_rule(session, _toggled(asked))
                return mark(), words("alert.rules_saved")
            number = whole_number(asked["alert"])
            if asked["act"] == "take":
                take(session, number)
                return mark(), words("alert.taken")
            return mark(), words("alert.snoozed", date=numbers.day(snooze(session, number)))

    @app.callback(
        Output(ids.LIMITED, "data"),
        Output(ids.LIMITED_MESSAGE, "children"),
        Input({"type": ids.LIMITS, "rule": ALL, "version": ALL}, "n_clicks"),
        State({"type": ids.LIMIT, "action": ALL, "name": ALL}, "value"),
        State({"type": ids.LIMIT, "action": ALL, "name": ALL}, "id"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def limit(_clicks: Clicks, values: Fields, names: Names) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None:
            return no_update, no_update
        code = str(asked["rule"])
        version = whole_number(asked["version"])
        try:
            limits = {name: _limit(name, value) for name, value in answers_to(code, values, names).items()}
            with deps.writing() as session:
                limit_rule(session, LimitRule(code=code, limits=limits, seen_version=version))
        except InvalidInput:
            return no_update, words("alert.limits_wrong")
        return mark(), words("alert.rules_saved")


def _limit(name: str, value: object) -> Decimal:
    """A limit as it was typed, shares in per cent."""
    try:
        typed = Decimal(str(value))
    except InvalidOperation as error:
        raise InvalidInput({name: "number"}) from error
    if not typed.is_finite():
        raise InvalidInput({name: "number"})
    return typed / 100 if name in SHARES else typed


def _toggled(asked: dict[str, Any]) -> ChangeRule:
    """The rule with one of its switches turned; the button says what stood when it was drawn: ``1-0-3``."""
    active, by_mail, version = (whole_number(part) for part in f"{asked['now']}--".split("-")[:3])
    return ChangeRule(
        code=str(asked["rule"]),
        active=bool(active) is not (asked["act"] == "active"),
        by_mail=bool(by_mail) is not (asked["act"] == "mail"),
        seen_version=version,
    )


def _receiving(app: Dash, deps: Deps) -> None:
    @app.callback(Output(ids.MAIL, "children"), Input(ids.OPENED, "data"))
    @requires(Permission.READ_AGGREGATES)
    def offer(_once: object) -> list[Component]:
        words = current_words()
        with deps.reading() as conn:
            held = alerts.receiver(conn)
        held = held or {"email": "", "quiet_from": 21, "quiet_until": 7}
        note = [] if deps.settings.smtp_host else [html.P(words("alert.mail_none"), className="ek-footnote")]
        return [
            html.P(words("alert.mail_hint")),
            dmc.TextInput(id=ids.EMAIL, label=words("alert.mail_address"), value=held["email"],
                          attributes={"input": {"autoComplete": "email", "maxLength": 280}}),
            _hours(ids.QUIET_FROM, words("alert.quiet_from"), held["quiet_from"]),
            _hours(ids.QUIET_UNTIL, words("alert.quiet_until"), held["quiet_until"]),
            html.Button(words("alert.save"), id=ids.SAVE, type="button", className="ek-button ek-button-main"),
            *note,
        ]  # fmt: skip

    @app.callback(
        Output(ids.SAVED, "children"),
        Output(ids.EMAIL, "error"),
        Input(ids.SAVE, "n_clicks"),
        State(ids.EMAIL, "value"),
        State(ids.QUIET_FROM, "value"),
        State(ids.QUIET_UNTIL, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def save(
        clicks: Number | None, email: Text | None, quiet_from: Code | None, quiet_until: Code | None
    ) -> tuple[object, object]:
        words: Words = current_words()
        if not clicks:
            return no_update, no_update
        hours = {"quiet_from": whole_number(quiet_from or "21"), "quiet_until": whole_number(quiet_until or "7")}
        try:
            with deps.writing() as session:
                receive(session, Receive(email=email or "", **hours))
        except InvalidInput as refusal:
            return "", words(f"problem.{next(iter(refusal.problems.values()))}")
        return words("alert.mail_saved"), None


def _hours(name: str, label: str, value: int) -> Component:
    field: Component = dmc.Select(
        id=name,
        label=label,
        data=[{"value": str(hour), "label": f"{hour:02}:00"} for hour in range(24)],
        value=str(value),
        allowDeselect=False,
    )
    return field
