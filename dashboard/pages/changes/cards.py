"""One request for a change: who asks for what, before beside after, what it would do, and how to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.components.forms import SAVES
from dashboard.components.tables import labelled
from dashboard.household.effects import effect_text
from dashboard.household.timeline import label_of, written_of
from dashboard.pages.changes import ids
from layers import numbers
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from queries.row_types.changes import RequestRow
    from registry.principals import Principal
    from words import Words


def card(row: RequestRow, principal: Principal, words: Words) -> Component:
    """A request with both sides of every field, its effect, and the decision that is open to who looks at it."""
    title = f"permohonan-{row['request_id']}"
    head = [
        html.H2(dcc.Link(row["head_name"], href=f"/isi-rumah/{row['household_id']}"), id=title),
        html.Span(words(f"changes.kind.{row['kind']}"), className="ek-tag"),
        html.Span(words(f"changes.state.{row['state']}"), className="ek-tag"),
    ]
    line = words(
        "changes.asked",
        file=row["file_no"],
        district=row["district_name"],
        name=row["requester"] or "",
        at=numbers.clock(row["requested_at"]),
    )
    body: list[Any] = [html.P(line, className="ek-footnote")]
    if row["note"]:
        body.append(html.P(row["note"]))
    effect = effect_text(row["effect"], words, carried_out=row["state"] == "approved")
    body += [_table(row, words), html.P(effect), *_moved_on(row, words)]
    return html.Section(
        [html.Div(head, className="ek-part-head"), *body, *_decision(row, principal, words)],
        className="ek-part",
        **SAVES,
        **aria(labelledby=title),
    )


def _table(row: RequestRow, words: Words) -> Component:
    names = list(row["after"] | row["before"])
    missing = words("record.missing")
    columns = [words(f"changes.column.{key}") for key in ("field", "before", "after")]
    rows = [
        html.Tr(
            [
                html.Th(label_of(name, words), scope="row"),
                html.Td(written_of(name, row["before"].get(name), words) or missing, **labelled(columns[1])),
                html.Td(written_of(name, row["after"].get(name), words) or missing, **labelled(columns[2])),
            ]
        )
        for name in names
        if label_of(name, words)
    ]
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in columns]))
    caption = html.Caption(words("changes.compared"), className="ek-sr")
    return html.Table([caption, head, html.Tbody(rows)], className="ek-listing")


def _moved_on(row: RequestRow, words: Words) -> list[Component]:
    """That the record is another one now, so that approving cannot carry this out."""
    if row["version"] == row["seen_version"] or row["state"] not in {"waiting", "stale"}:
        return []
    text = words("changes.moved_on", seen=row["seen_version"], now=row["version"])
    link = dcc.Link(words("changes.see_record"), href=f"/isi-rumah/{row['household_id']}")
    return [html.P([text, " ", link], className="ek-agreement is-far")]


def _decision(row: RequestRow, principal: Principal, words: Words) -> list[Component]:
    if row["state"] != "waiting":
        if not row["decider"]:
            return []
        message = words("changes.decided", name=row["decider"], at=numbers.clock(row["decided_at"]))
        return [html.P([message, *([f" {row['reason']}"] if row["reason"] else [])], className="ek-footnote")]
    request = row["request_id"]
    if row["requested_by"] == principal.user_id:
        return [
            html.P(words("changes.own"), className="ek-footnote"),
            dmc.Button(words("changes.act.withdraw"), id=ids.act(request, "withdraw"), variant="light"),
        ]
    if not principal.may(Permission.APPROVE_CHANGES):
        return [html.P(words("changes.others"), className="ek-footnote")]
    named = {"aria-label": f"{words('changes.reason')}: {row['head_name']}"}
    buttons = [
        dmc.Button(
            words(f"changes.act.{action}"),
            id=ids.act(request, action),
            variant=variant,
            **aria(label=f"{words(f'changes.act.{action}')}: {row['head_name']}"),
        )
        for action, variant in (("approve", "filled"), ("refuse", "light"))
    ]
    return [
        dmc.Textarea(id=ids.reason(request), placeholder=words("changes.reason"), autosize=True, minRows=1, **named),
        html.Div(buttons, className="ek-actions"),
    ]
