"""Boundaries: which set of a level is active, since when and by whom; where a file is sent; the way to a former set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import mark, pressed
from dashboard.components.aria import aria
from dashboard.components.detail_page import done
from dashboard.components.feedback import problem, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.components.tables import exactly
from dashboard.components.upload_zone import Zone, size
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.boundaries import ids, sending
from dashboard.pages.boundaries.parts import (
    CATCHMENT_PATH,
    FILE_PATH,
    changes_boundaries,
    distance,
    progress_line,
    set_name,
    stated,
)
from dashboard.sent.kinds import Clicks, View, whole_number
from layers import numbers
from queries import boundaries
from registry.areas.preparing import LEVELS
from registry.areas.uploads import KEPT_DAYS, LARGEST, ask_return
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.boundaries import BoundarySetRow, UploadListRow
    from words import Words

_LOOK_AGAIN_MS: Final = 1_500
_FILES: Final = 50
_ZONE: Final = Zone(
    name="boundaries",
    words="boundary.zone",
    accept=".zip,.gpkg,.geojson,.json,.gz",
    most_bytes=LARGEST,
    address=sending.UPLOAD_ROUTE,
    page=FILE_PATH,
)


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    sends = changes_boundaries(deps_of_request().person())
    sending_part = [
        html.H2(words("boundary.send")),
        _ZONE.view(words),
        html.P(dcc.Link(words("catchment.title"), href=CATCHMENT_PATH, className="ek-button")),
        html.P(words("boundary.kept", days=KEPT_DAYS), className="ek-footnote"),
    ]
    return html.Div(
        [
            dcc.Store(id=trail_of("boundaries"), data=[{"label": words("nav.boundaries")}]),
            *(dcc.Store(id=name) for name in (ids.SHOWN, ids.CAME, ids.DONE, ids.ASKED)),
            dcc.Interval(id=ids.CLOCK, interval=_LOOK_AGAIN_MS, disabled=True),
            html.H1(words("nav.boundaries")),
            html.P(words("boundary.intro")),
            *(sending_part if sends else []),
            html.Div(id=ids.MESSAGE, role="status"),
            html.Div(id=ids.PROGRESS, role="status"),
            html.Div(skeleton(words("boundary.loading")), id=ids.LIST, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    sending.register(app.server, deps)
    _ZONE.register(app)

    @app.callback(
        Output(ids.LIST, "children"),
        Output(ids.SHOWN, "data"),
        Output(ids.CLOCK, "disabled"),
        Input(ids.ASKED, "data"),
        Input(ids.DONE, "data"),
        Input(ids.CAME, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(asked: View | None, _done: object, _came: object) -> tuple[object, ...]:
        words = current_words()
        acts = changes_boundaries(deps.person())
        with deps.reading() as conn:
            sets = boundaries.sets(conn)
            files = boundaries.uploads(conn, limit=_FILES) if acts else []
            steps = boundaries.steps(conn)
        wanted = (asked or {}).get("set")
        parts = [*_files(files, words), html.H2(words("boundary.sets"))]
        for level in LEVELS:
            rows = [row for row in sets if row["level"] == level]
            parts += [html.H3(words(f"level.{level}")), _sets(rows, level, words, acts=acts, asked=wanted)]
        return parts, {"jobs": ",".join(str(step["job_id"]) for step in steps)}, not steps

    _following(app, deps)
    _acting(app, deps)


def _following(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.PROGRESS, "children"),
        Output(ids.CAME, "data"),
        Input(ids.CLOCK, "n_intervals"),
        Input(ids.SHOWN, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def follow(_ticks: object, shown: View | None) -> tuple[object, object]:
        before = str((shown or {}).get("jobs") or "")
        if not before:
            return None, no_update
        with deps.reading() as conn:
            steps = boundaries.steps(conn)
        if ",".join(str(step["job_id"]) for step in steps) != before:
            return None, mark()
        return [progress_line(step, current_words()) for step in steps], no_update


def _acting(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.ASKED, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.ACT, "act": ALL, "row": ALL}, "n_clicks"),
        State(ids.ASKED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def act(_clicks: Clicks, _asked: object) -> tuple[object, object, object]:
        found = pressed()
        if found is None:
            return no_update, no_update, no_update
        number = whole_number(found["row"])
        match str(found["act"]):
            case "return":
                return no_update, {"set": number}, None
            case "confirm":
                with deps.writing() as session:
                    ask_return(session, number)
                return mark(), None, done(current_words()("boundary.return_asked"))
            case _:
                return no_update, None, None


def _files(files: list[UploadListRow], words: Words) -> list[Component]:
    if not files:
        return []
    head = [words(f"boundary.column_{name}") for name in ("file", "sent_at", "sender", "size", "level", "state")]
    rows = [
        [
            dcc.Link(row["file_name"], href=f"{FILE_PATH}/{row['upload_id']}"),
            numbers.moment(row["uploaded_at"]),
            row["sender"] or "",
            exactly(size(row["bytes"]), row["bytes"]),
            words(f"level.{row['level']}") if row["level"] else "",
            html.Span(words(f"boundary.state_{_file_state(row)}"), className="ek-tag"),
        ]
        for row in files
    ]
    shown = html.P(words("boundary.files_shown", n=len(files), total=files[0]["total"]), className="ek-footnote")
    table = sortable(head, rows, words, name="boundaries-files", label=words("boundary.files"), total=files[0]["total"])
    return [html.H2(words("boundary.files")), table, shown]


def _file_state(row: UploadListRow) -> str:
    if row["wanted"]:
        return "waits" if row["holds_from"] else "activate"
    return "refused" if row["state"] == "ready" and row["problem"] else str(row["state"])


def _sets(rows: list[BoundarySetRow], level: str, words: Words, *, acts: bool, asked: object) -> Component:
    names = ("set", "source", "licence", "dated", "accuracy", "areas", "standing")
    head = [words(f"boundary.column_{name}") for name in names]
    lines = [
        [
            set_name(row, words),
            stated(row, "source", words),
            stated(row, "licence", words),
            numbers.day(row["dated"]),
            distance(row["accuracy_m"], words, approximate=row["approximate"]),
            numbers.count(row["areas"]),
            _standing(row, words, acts=acts, asked=asked),
        ]
        for row in rows
    ]
    label = words("boundary.sets_of", level=words(f"level.{level}"))
    return sortable(head, lines, words, name="boundaries-sets", label=label, fixed=1)


def _standing(row: BoundarySetRow, words: Words, *, acts: bool, asked: object) -> object:
    """Whether a set is active, since when and by whom; else since when it was, and the way back to it."""
    since = numbers.moment(row["since"]) if row["since"] else ""
    by = words("boundary.by", name=row["actor"]) if row["actor"] else ""
    message = words("boundary.active_since" if row["active"] else "boundary.was_active", at=since, by=by).strip()
    tag = html.Span(words("boundary.active"), className="ek-tag")
    parts: list[object] = [html.Div([tag, " ", message] if row["active"] else message)]
    if row["active"] or not acts:
        return parts
    if row["wanted"]:
        return [*parts, html.Div(html.Span(words("boundary.state_activate"), className="ek-tag"))]
    if row["problem"]:
        parts.append(problem(words("boundary.not_done"), _sentence(row["problem"], words)))
    return [*parts, _confirmation(row, words) if asked == row["set_id"] else _way_back(row, words)]


def _sentence(refusal: Mapping[str, Any], words: Words) -> str:
    return words(refusal["key"] if words.has(refusal["key"]) else "error.refused", **refusal["values"])


def _way_back(row: BoundarySetRow, words: Words) -> Component:
    label = words("boundary.return_to", set=set_name(row, words), level=words(f"level.{row['level']}"))
    return html.Div(_button("return", row, words("boundary.return"), label=label), className="ek-actions")


def _confirmation(row: BoundarySetRow, words: Words) -> Component:
    asked = words("boundary.return_confirm", set=set_name(row, words), level=words(f"level.{row['level']}"))
    buttons = [
        _button("confirm", row, words("boundary.return_yes"), main=True),
        _button("keep", row, words("boundary.return_no")),
    ]
    return html.Div(
        [html.P(asked), html.Div(buttons, className="ek-actions")], role="group", **aria(label=asked), **SAVES
    )


def _button(act: str, row: BoundarySetRow, text: str, *, main: bool = False, label: str | None = None) -> Component:
    return html.Button(
        text,
        id={"type": ids.ACT, "act": act, "row": row["set_id"]},
        type="button",
        className="ek-button ek-button-main" if main else "ek-button",
        n_clicks=0,
        **aria(label=label),
    )
