"""Another target for the own area, sent from the KPI page to who holds the country's; and what was sent and waits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard import acting
from dashboard.areas import COUNTRY
from dashboard.components.forms import SAVES
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.indicator_words import name_of, written_beside_goal
from dashboard.indicators import typed_value
from dashboard.pages.kpi import ids
from dashboard.sent.kinds import Clicks, Fields, Names, whole_number
from layers import numbers
from queries import kpi
from registry.errors import InvalidInput
from registry.kpi.target_proposals import Sideways, may_propose, propose_sideways, withdraw
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from dashboard.indicators import Measured
    from dashboard.pages.kpi.view import Panel
    from queries.row_types.kpi import TargetProposalRow
    from registry.principals import Principal
    from words import Words

_FIELD: Final = {"type": ids.PROPOSE_FIELD, "name": ALL}
_ACT: Final = {"type": ids.PROPOSE, "act": ALL, "of": ALL}
_NAMES: Final = ("indicator", "target", "reason")


def proposing(conn: Reads, panel: Panel, principal: Principal, words: Words) -> list[Component]:
    """The form, where the area is the own and has targets that are part of the country's; else nothing."""
    area = panel.area.code
    # who administers sets targets among the settings
    if not principal.may(Permission.PROPOSE_TARGETS) or principal.may(Permission.ADMINISTER):
        return []
    offered = [item for item in panel.measured if item.indicator.how] if may_propose(conn, area) else []
    own = [row for row in kpi.proposals(conn) if row["area_code"] == area]
    parts = [*([_form(offered, area, words)] if offered and area != COUNTRY else []), *_waiting(own, panel, words)]
    return [html.Section(parts, className="ek-panel ek-kpi-propose", **SAVES)] if parts else []


def _form(offered: list[Measured], area: str, words: Words) -> Component:
    of = [
        {"value": f"{item.indicator.indicator_code} {item.indicator.due_on}", "label": _option(item, words)}
        for item in offered
    ]
    plain = {"autoComplete": "off"}
    fields = [
        dmc.Select(id=_id("indicator"), label=words("propose.indicator"), data=of, value=of[0]["value"],
                   allowDeselect=False),
        dmc.TextInput(id=_id("target"), label=words("propose.target"), value="",
                      attributes={"input": {**plain, "inputMode": "decimal", "maxLength": 30}}),
        dmc.TextInput(id=_id("reason"), label=words("propose.reason"), value="",
                      attributes={"input": {**plain, "maxLength": 300}}),
    ]  # fmt: skip
    send = html.Button(
        words("propose.send"),
        id={"type": ids.PROPOSE, "act": "send", "of": area},
        type="button",
        className="ek-button ek-button-main",
    )
    inside = [html.P(words("propose.lead"), className="ek-kpi-note"), *fields, html.Div(send, className="ek-actions")]
    return html.Details([html.Summary(words("propose.another")), *inside])


def _option(item: Measured, words: Words) -> str:
    target = item.indicator.target
    now = numbers.MISSING if target is None else written_beside_goal(target, item, words)
    return f"{name_of(item.indicator, words)}: {now}"


def _waiting(own: list[TargetProposalRow], panel: Panel, words: Words) -> list[Component]:
    """What was sent of the area and waits, to be taken back."""
    if not own:
        return []
    known = {item.indicator.indicator_code: item for item in panel.measured}
    lines = []
    for row in own:
        ((code, wanted),) = list(row["wanted"].items())[:1]
        item = known.get(code)
        target = typed_value(wanted.get("target"), None)
        said = words(
            "propose.waiting",
            indicator=name_of(item.indicator, words) if item else code,
            target=numbers.MISSING if target is None or item is None else written_beside_goal(target, item, words),
            when=numbers.moment(row["proposed_at"]),
        )
        button = html.Button(
            words("propose.withdraw"),
            id={"type": ids.PROPOSE, "act": "withdraw", "of": str(row["id"])},
            type="button",
            className="ek-button",
        )
        lines.append(html.Li([said, " ", button]))
    return [html.H3(words("propose.waiting_title")), html.Ul(lines)]


def _id(name: str) -> dict[str, str]:
    return {"type": ids.PROPOSE_FIELD, "name": name}


def register(app: Dash, deps: Deps) -> None:
    """Wire the proposals onto ``app``."""

    @app.callback(
        Output(ids.PROPOSE_MESSAGE, "children"),
        Output(ids.PROPOSED, "data"),
        Output(_FIELD, "error"),
        Input(_ACT, "n_clicks"),
        State(_FIELD, "value"),
        State(_FIELD, "id"),
        prevent_initial_call=True,
    )
    @requires(Permission.PROPOSE_TARGETS)
    def propose(_clicks: Clicks, values: Fields, fields: Names) -> tuple[Any, Any, list[Any]]:
        button, words = acting.pressed(), current_words()
        nothing: list[Any] = [None] * len(fields)
        if button is None:
            return no_update, no_update, nothing
        if button["act"] == "withdraw":
            with deps.writing() as session:
                withdraw(session, whole_number(button["of"]))
            return words("propose.withdrawn"), acting.mark(), nothing
        typed = {str(each["name"]): str(value or "") for each, value in zip(fields, values, strict=True)}
        try:
            with deps.writing() as session:
                sent = propose_sideways(session, _command(session.connection(), str(button["of"]), typed))
        except InvalidInput as refusal:
            told = [words(f"problem.{refusal.problems[n]}") if n in refusal.problems else None for n in _names(fields)]
            return words("settings.not_saved"), no_update, told
        return words("propose.sent" if sent else "propose.same"), acting.mark() if sent else no_update, nothing


def _names(fields: Any) -> list[str]:
    return [str(each["name"]) for each in fields]


def _command(conn: Reads, area: str, typed: dict[str, str]) -> Sideways:
    code, _, due = typed.get("indicator", "").partition(" ")
    try:
        due_on = date.fromisoformat(due)
    except ValueError:
        raise InvalidInput({"indicator": "required"}) from None
    units = {one.indicator_code: one.unit for one in kpi.indicators(conn, areas=[])}
    if code not in units:
        raise InvalidInput({"indicator": "required"})
    return Sideways(
        area_code=area,
        indicator_code=code,
        due_on=due_on,
        target=typed_value(typed.get("target"), units.get(code)),
        reason=typed.get("reason", ""),
    )
