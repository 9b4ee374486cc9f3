"""The targets that wait on the page of settings: what they would do, and their approval by somebody else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard import acting
from dashboard.components.tables import ruled
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.indicator_words import name_of
from dashboard.pages.administration import ids, target_paths
from dashboard.pages.administration.parts import area_named, not_shared
from dashboard.sent.kinds import Clicks, Text, whole_number
from layers import numbers
from queries import kpi
from registry.kpi.target_proposals import approve, command_of, effects, read_values, refuse, withdraw
from registry.kpi.target_trees import TargetsNotShared
from registry.principals import Permission
from registry.refusals import ReasonMissing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads, Writes
    from queries.row_types.kpi import TargetProposalRow
    from registry.kpi.target_proposals import Effect
    from registry.kpi.targets import TargetValues
    from words import Words

_BUTTON: Final = {"type": ids.PROPOSAL_TYPE, "act": ALL, "proposal": ALL}
_MOST_ROWS: Final = 200


def section(words: Words) -> Component:
    """The proposals that wait, and what is answered to them."""
    return html.Div(
        [
            html.H3(words("target.waiting_title")),
            html.Div(id=ids.PROPOSALS),
            dmc.TextInput(
                id=ids.PROPOSAL_ANSWER,
                label=words("target.answer"),
                value="",
                attributes={"input": {"autoComplete": "off", "maxLength": 300}},
            ),
            html.Div(id=ids.PROPOSAL_MESSAGE, role="status"),
        ]
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the proposals onto ``app``."""

    @app.callback(
        Output(ids.PROPOSALS, "children"), Input(ids.TARGETS_SAVED, "data"), Input(ids.PROPOSAL_DECIDED, "data")
    )
    @requires(Permission.ADMINISTER)
    def show_proposals(_saved: object, _decided: object) -> object:
        words = current_words()
        with deps.reading() as conn:
            waiting = kpi.proposals(conn)
            known = _known(conn, words)
        if not waiting:
            return html.P(words("target.none_waiting"))
        return [_proposal(row, known, deps.person().user_id, words) for row in waiting]

    @app.callback(
        Output(ids.PROPOSAL_MESSAGE, "children"),
        Output(ids.PROPOSAL_DECIDED, "data"),
        Output(ids.PROPOSAL_ANSWER, "error"),
        Input(_BUTTON, "n_clicks"),
        State(ids.PROPOSAL_ANSWER, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def decide(_clicks: Clicks, answer: Text | None) -> tuple[Any, Any, Any]:
        button, words = acting.pressed(), current_words()
        if button is None:
            return no_update, no_update, None
        proposal = whole_number(button["proposal"])
        try:
            with deps.writing() as session:
                found, done = _carried_out(session, button["act"], proposal, answer or "", words)
        except ReasonMissing:
            return words("settings.not_saved"), no_update, words("problem.required")
        except TargetsNotShared as refused:
            with deps.reading() as conn:
                return not_shared(refused, conn, words), no_update, None
        if found is None:
            return done, acting.mark(), None
        with deps.reading() as conn:
            return _effects(found, _known(conn, words)[0], conn, words), no_update, None


def _carried_out(
    session: Writes, act: str, proposal: int, answer: str, words: Words
) -> tuple[list[Effect] | None, str]:
    """What a proposal would change, where that was asked; else what was done about it."""
    if act == "look":
        return effects(session, command_of(session, proposal)), ""
    if act == "approve":
        changed = approve(session, proposal)
        return None, words("target.stale") if changed is None else words.n("target.saved", changed)
    if act == "refuse":
        refuse(session, proposal, reason=answer)
    else:
        withdraw(session, proposal)
    return None, words(f"target.{'refuse' if act == 'refuse' else 'withdraw'}_done")


def _effects(found: Sequence[Effect], named: Mapping[str, str], conn: Reads, words: Words) -> Component:
    """What would change, an area a row; only the first few hundred are written out, and how many there are."""
    if not found:
        return html.P(words.n("target.changes", 0))
    several = len(Counter(one.indicator_code for one in found)) > 1
    which = ["indicator"] if several else []
    heads = [words(f"target.{name}") for name in ("area", *which, "due_on", "before", "after")]
    lines = [
        [
            area_named(conn, one.area_code, words),
            *([named[one.indicator_code]] if several else []),
            numbers.day(one.due_on),
            _written(one.before),
            _written(one.after),
        ]
        for one in found[:_MOST_ROWS]
    ]
    return html.Div(
        [
            html.P(words.n("target.changes", len(found))),
            ruled(heads, lines, label=words("target.effect"), named=True),
        ]
    )


def told(wanted: Mapping[str, TargetValues], found: Sequence[Effect], conn: Reads, words: Words) -> list[Component]:
    """The ways that are asked for, and what would change."""
    named, units = _known(conn, words)
    return [*target_paths.notes(wanted, named, units, words), _effects(found, named, conn, words)]


def _written(value: Any) -> str:
    return numbers.MISSING if value is None else f"{value.normalize():,f}"


def _known(conn: Reads, words: Words) -> tuple[dict[str, str], dict[str, str]]:
    """The indicators' names and units, by their codes."""
    found = kpi.indicators(conn, areas=[])
    return (
        {one.indicator_code: name_of(one, words) for one in found},
        {one.indicator_code: one.unit for one in found},
    )


def _proposal(row: TargetProposalRow, known: tuple[dict[str, str], dict[str, str]], me: int, words: Words) -> Component:
    """One proposal: what, for where, why, by whom; and what may be done about it."""
    named, units = known
    seen = row["seen"] if isinstance(row["seen"], dict) else {}
    asked = {code: one for code, one in row["wanted"].items() if one != seen.get(code, {})}
    wanted = [f"{named.get(code, code)}: {one.get('target', numbers.MISSING)}" for code, one in asked.items()]
    acts = ("look", "withdraw") if row["proposed_by"] == me else ("look", "approve", "refuse")
    area = words("map.country") if row["area_code"] == "MY" else row["area_name"]
    paths = read_values({code: one for code, one in row["wanted"].items() if "way" in one})
    return html.Article(
        [
            html.H4(f"{area} · {'; '.join(wanted)}"),
            *target_paths.notes(paths, named, units, words),
            html.P(row["reason"]),
            html.P(
                words("target.by", who=row["proposed_name"] or "", when=numbers.moment(row["proposed_at"])),
                className="ek-footnote",
            ),
            html.Div(
                [
                    html.Button(
                        words(f"target.{act}"),
                        id={"type": ids.PROPOSAL_TYPE, "act": act, "proposal": row["id"]},
                        type="button",
                        className="ek-button" + (" ek-button-main" if act == "approve" else ""),
                    )
                    for act in acts
                ],
                className="ek-actions",
            ),
        ],
        className="ek-panel",
    )
