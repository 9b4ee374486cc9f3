"""The page of one target group: whom it means and why, the decision, and the list once it is frozen."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.components.detail_page import DetailIds, detail_layout, done
from dashboard.components.feedback import empty
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.components.tables import facts
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.targets import downloads, ids, places
from dashboard.pages.targets.texts import BUILD_PATH, area_table, count_text, label_of, refusal_text, state_tag, told
from dashboard.pages.targets.texts import PATH as LIST_PATH
from dashboard.sent.kinds import Nested, Number, Text
from layers import numbers
from queries import targets
from registry.aid.targets import lists
from registry.aid.targets.groups import ask_target, decide_target, drop_target, freeze_target
from registry.errors import InvalidInput
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads, Writes
    from queries.row_types.targets import TargetGroupRow
    from registry.errors import RegistryError
    from words import Words

PATH: Final = f"{LIST_PATH}/<group>"
_SHOWN: Final = 50
_IDS: Final = DetailIds(
    record=ids.GROUP,
    loaded=ids.GROUP_LOADED,
    done=ids.GROUP_DONE,
    message=ids.GROUP_MESSAGE,
    content=ids.GROUP_CONTENT,
    trail="targets-one",
)


def layout(group: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return detail_layout(_IDS, group, loading=words("target.loading"), below=[places.section(words)])


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    downloads.register(app.server, deps)
    places.register(app, deps)

    @app.callback(
        Output(ids.GROUP_CONTENT, "children"),
        Output(ids.GROUP_LOADED, "data"),
        Output(trail_of(_IDS.trail), "data"),
        Input(ids.GROUP, "data"),
        Input(ids.GROUP_DONE, "data"),
    )
    @requires(Permission.BUILD_TARGETS)
    def show(number: Number | None, _done: object) -> tuple[object, object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = targets.group(conn, number) if number is not None else None
            page = _page(conn, found, words) if found else None
        if found is None or page is None:
            return empty(words("target.not_found"), words("error.not_found"), page=True), None, no_update
        if found["state"] == "beku":
            deps.note_read("read", subject="target_group", subject_id=number)
        trail = [{"label": words("nav.targets"), "href": LIST_PATH}, {"label": found["name"]}]
        return page, {"key": secrets.token_hex(8)}, trail

    @app.callback(
        Output(ids.GROUP_DONE, "data"),
        Output(ids.GROUP_MESSAGE, "children"),
        Input({"type": ids.STEP, "act": ALL}, "n_clicks"),
        State({"type": ids.REASON, "of": ALL}, "value"),
        State(ids.GROUP, "data"),
        State(ids.GROUP_LOADED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.BUILD_TARGETS)
    def act(
        _clicks: object, reasons: list[Text | None], number: Number | None, loaded: Nested | None
    ) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None or number is None or not loaded:
            return no_update, no_update
        step, reason = str(asked["act"]), next((text for text in reasons if text), "")

        def message(_result: Mapping[str, object]) -> Component:
            return done(words(f"target.did_{step}"))

        def refused(error: RegistryError) -> Component:
            text = words("target.reason_missing") if isinstance(error, InvalidInput) else refusal_text(error, words)
            return html.P(text, role="alert")

        key = f"target {number} {step} {loaded.get('key')}"
        result, said = answered(
            deps, key, lambda session: _taken(session, step, number, reason), message=message, refused=refused
        )
        return (no_update if result is no_update else mark()), said


def _taken(session: Writes, step: str, group: int, reason: str) -> dict[str, object]:
    match step:
        case "ask":
            ask_target(session, group)
        case "approve":
            decide_target(session, group, approved=True)
        case "refuse":
            decide_target(session, group, approved=False, reason=reason)
        case "freeze":
            return {"households": freeze_target(session, group)}
        case _:
            drop_target(session, group)
    return {"step": step}


def _page(conn: Reads, found: TargetGroupRow, words: Words) -> Component:
    counts = {code: n for code, n in found["counts"].items() if code}
    names = targets.area_names(conn, [*counts, *found["states"]])
    entries: list[tuple[str, Any]] = [
        (words("target.agency"), label_of(found, words, name="agency") or words("target.no_agency")),
        (words("target.purpose"), found["purpose"]),
        (words("target.on_date"), numbers.day(found["on_date"])),
        (words("target.fields"), ", ".join(words(f"condition.field_{name}") for name in found["fields"])),
    ]
    if found["asked_at"]:
        states = ", ".join(names.get(code, code) for code in found["states"])
        entries.append((words("target.asked_at"), numbers.moment(found["asked_at"])))
        entries.append((words("target.approved_by"), words("target.by_state" if len(found["states"]) == 1 else
                                                           "target.by_nation", states=states)))  # fmt: skip
    if found["decided_at"]:
        entries.append((words("target.decided_at"), numbers.moment(found["decided_at"])))
    if found["reason"]:
        entries.append((words("target.reason"), found["reason"]))
    if found["frozen_at"]:
        entries.append((words("target.frozen_at"), numbers.moment(found["frozen_at"])))
        entries.append((words("target.expires_on"), numbers.day(found["expires_on"])))
    parts: list[Any] = [
        html.H1([found["name"], " ", state_tag(found["state"], words)]),
        html.P(told(conn, found, words) + ".", className="ek-lead"),
        facts(entries),
        *_steps(found, words),
    ]
    if found["asked_at"]:
        parts.append(html.A(words("target.to_map"), href=f"#{ids.GROUP_PLACES}"))
    if found["state"] in {"dipohon", "diluluskan", "ditolak"}:
        parts.append(html.H2(words("target.reached")))
        parts.append(html.P(count_text(found["counts"].get(""), words, rounded=True), className="ek-targets-total"))
        parts.append(area_table(counts, names, words, rounded=True))
    elif found["state"] == "beku":
        parts += _list(conn, found, words)
    elif found["state"] == "luput":
        parts.append(html.P(words("target.closed", n=numbers.count(found["households"]))))
    return html.Div(parts, className="ek-spaced")


def _steps(found: TargetGroupRow, words: Words) -> list[Component]:
    """What may be done with the group now."""
    state, offered = found["state"], []
    reason: list[Component] = []
    if state == "draf" and found["own"]:
        edit = f"{BUILD_PATH}?kumpulan={found['group_id']}"
        offered = [
            _button("ask", words, main=True),
            dcc.Link(words("target.edit"), href=edit, className="ek-button"),
            _button("drop", words),
        ]
    elif state == "dipohon" and found["decides"]:
        field = {"type": ids.REASON, "of": "refuse"}
        reason = [dmc.Textarea(id=field, label=words("target.reason_to_refuse"), value="", autosize=True, minRows=2)]
        offered = [_button("approve", words, main=True), _button("refuse", words)]
    elif state == "diluluskan":
        reason = [html.P(words("target.freeze_hint"))]
        offered = [_button("freeze", words, main=True)]
    if not offered:
        return []
    return [html.Div([*reason, html.Div(offered, className="ek-actions")], className="ek-column-form", **SAVES)]


def _button(act: str, words: Words, *, main: bool = False) -> Component:
    return html.Button(
        words(f"target.act_{act}"),
        id={"type": ids.STEP, "act": act},
        className="ek-button ek-button-main" if main else "ek-button",
        n_clicks=0,
    )


def _whole(number: str | None) -> Component:
    """A number that is not broken at its hyphens."""
    return html.Span(number or numbers.MISSING, className="ek-whole")


def _list(conn: Reads, found: TargetGroupRow, words: Words) -> list[Component]:
    """The first households of the frozen list, and the whole of it to take away."""
    rows = lists.first_of(conn, found["group_id"], most=_SHOWN)
    head = [
        words(f"target.list_{name}") for name in ("file_no", "head", "id_no", "address", "phone", "status", "income")
    ]
    drawn = [
        [
            row.file_no,
            row.head_name or numbers.MISSING,
            _whole(row.id_no),
            html.Span(downloads.address_of(row) or numbers.MISSING, className="ek-address"),
            _whole(row.phone),
            words(f"status.{row.status}"),
            numbers.money(row.per_capita_rm),
        ]
        for row in rows
    ]
    shown = words("target.shown", n=numbers.count(len(rows)), total=numbers.count(found["households"]))
    links = [
        html.A(words(f"target.take_{kind}"), href=downloads.address(found["group_id"], kind), className="ek-button")
        for kind in downloads.KINDS
    ]
    return [
        html.H2(words("target.list")),
        html.P(shown, className="ek-footnote"),
        html.Div(links, className="ek-actions"),
        html.P(words("target.marked"), className="ek-footnote"),
        sortable(head, drawn, words, name="targets-households", label=words("target.list"), total=found["households"]),
    ]
