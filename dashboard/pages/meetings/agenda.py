"""Draws the agenda of a meeting: each case with its standing, what was recommended, and the decision or its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.components.badges import status_badge
from dashboard.components.sentence import status_sentence
from dashboard.components.sortable import sortable
from dashboard.pages.meetings import ids
from layers import numbers
from poverty.lines import explain
from registry.meetings.meetings import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from queries.row_types.meetings import AgendaRow
    from registry.cases.prospects import Standing
    from words import Words

Kept = dict[str, list[Any]]


def button(act: str, words: Words, *, row: str = "", main: bool = False, label: str = "") -> Component:
    """A button of the page: the callback reads from its id what it does."""
    look = "ek-button ek-button-main" if main else "ek-button"
    named: Any = aria(label=label) if label else {}
    return html.Button(
        words(f"meeting.act_{act}"), id={"type": ids.ACT, "act": act, "row": row}, className=look, n_clicks=0, **named
    )


def agenda(
    items: list[AgendaRow], standings: Mapping[int, Standing], kept: Kept, words: Words, *, own: bool, come: bool
) -> Component:
    """The cases in their order. Who holds the meeting (``own``) takes cases off; once its day has come, decides."""
    columns = ("case", "head", "where", "standing", "recommended", "outcome", "why")
    head = [words(f"meeting.{name}") for name in columns]
    rows = [
        [
            dcc.Link(item["number"], href=f"/kes/{item['case_id']}"),
            item["head_name"],
            item["place_name"],
            _standing(standings[item["case_id"]], words),
            _recommended(item, words),
            *_decision(item, kept, words, own=own, come=come),
        ]
        for item in items
    ]
    return sortable(head, rows, words, name="meetings-agenda", label=words("meeting.agenda"), fixed=2 if own else 0)


def _standing(standing: Standing, words: Words) -> list[Component]:
    """The status that the household has or would get, with the sentence that says why."""
    if standing.decision is None:
        return [html.P(words("meeting.status_unknown"), className="ek-refused")]
    entries: list[Component] = [
        html.Small(words("meeting.status_now" if standing.registered else "meeting.status_would_be")),
        html.Div(status_badge(standing.decision.status.value, words)),
        html.Small(status_sentence(explain(standing.decision), words)),
    ]
    if not standing.whole:
        entries.append(html.P(words("meeting.form_not_whole"), className="ek-refused"))
    return entries


def _recommended(item: AgendaRow, words: Words) -> str:
    recommended = words(f"meeting.outcome_{item['recommendation']}") if item["recommendation"] else numbers.MISSING
    why = f": {item['recommended_why']}" if item["recommended_why"] else ""
    return f"{recommended}{why}"


def _decision(item: AgendaRow, kept: Kept, words: Words, *, own: bool, come: bool) -> tuple[object, object]:
    """What was decided and why, or the fields to say so."""
    number, case = item["number"], str(item["case_id"])
    if item["outcome"] is not None or not own:
        name = f"meeting.outcome_{item['outcome']}"
        return (words(name) if item["outcome"] in OUTCOMES else numbers.MISSING), item["reason"] or ""
    off = button("off", words, row=case, label=words("meeting.take_off_of", number=number))
    if not come:
        return off, ""
    chosen, why = (kept.get(case) or [None, ""])[:2]
    choice = dmc.Select(
        id={"type": ids.CHOICE, "case": item["case_id"]},
        data=[{"value": outcome, "label": words(f"meeting.outcome_{outcome}")} for outcome in OUTCOMES],
        value=chosen if chosen in OUTCOMES else None,
        clearable=True,
        w=150,
        **aria(label=words("meeting.outcome_of", number=number)),
    )
    reason = dmc.TextInput(
        id={"type": ids.REASON, "case": item["case_id"]},
        value=str(why or ""),
        w=220,
        **aria(label=words("meeting.why_of", number=number)),
    )
    return [choice, off], reason
