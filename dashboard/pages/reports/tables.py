"""Tables of one's own: put together, kept, shared, made now or by themselves; each time an edition."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import answered, pressed
from dashboard.areas import COUNTRY, area_options, own_area
from dashboard.components.detail_page import done, number_in
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.tables import STEP
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.reports import ids
from dashboard.pages.reports.parts import PATH, TABLES_PATH, address, refused
from dashboard.pages.reports.table_form import command_of, table_form, values_of
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Number, View
from dashboard.urlstate import UrlState
from queries import oversight, reporting
from registry.errors import InvalidInput, NotFound
from registry.principals import Permission
from registry.reporting.editions import make_edition
from registry.reporting.scope import Asked
from registry.reporting.tables import retire_table, save_table

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.reporting import ReportTableRow
    from registry.errors import RegistryError
    from words import Words


@dataclass(frozen=True)
class TableView(UrlState):
    """Which table is changed; none for a new one."""

    table: int = urlstate.whole(0, at_least=0, at_most=999_999_999, name="ubah")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.reports"), "href": PATH}, {"label": words("nav.report_tables")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("report-tables"), data=trail),
            urlstate.view_store(ids.TABLE_VIEW, TableView.parse(query)),
            dcc.Store(id=ids.TABLES_DONE),
            dcc.Store(id=ids.TABLES_ACTED),
            dcc.Store(id=ids.TABLE_KEY, data=secrets.token_hex(16)),
            html.H1(words("nav.report_tables")),
            html.P(words("report.tables_lead"), className="ek-lead"),
            html.Div(id=ids.TABLES_SAID, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(id=ids.TABLES_RESULT, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("report.loading"), lines=4), id=ids.TABLES, **SAVES),
            table_form(words),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.TABLE_VIEW)
    _showing(app, deps)
    _acting(app, deps)


def _showing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output({"type": ids.TABLE_FIELD, "name": ALL}, "value"),
        Output(ids.table_field("within"), "data"),
        Output(ids.TABLE_TITLE, "children"),
        Input(ids.TABLE_VIEW, "data"),
        State({"type": ids.TABLE_FIELD, "name": ALL}, "id"),
    )
    @requires(Permission.READ_AGGREGATES)
    def fill(view: View, names: Names) -> tuple[object, ...]:
        words, state = current_words(), TableView.parse(view)
        with deps.reading() as conn:
            found = reporting.table(conn, state.table) if state.table else None
            rows = [row for row in oversight.areas(conn) if row["level"] in {"state", "district"}]
        own = own_area(deps.person())
        known = {row["code"] for row in rows}
        mine = found if found is not None and found["own"] else None
        values = values_of(mine, words, within=own if own in known else COUNTRY)
        options = area_options(
            [
                (words("map.country"), COUNTRY, words("map.country")),
                *((row["state_name"], row["code"], row["name"]) for row in rows),
            ]
        )
        title = words("report.table_edit" if mine else "report.table_new")
        return [values.get(name["name"]) for name in names], options, title

    @app.callback(
        Output(ids.TABLES, "children"),
        Input(ids.TABLE_VIEW, "data"),
        Input(ids.TABLES_DONE, "data"),
        Input(ids.TABLES_ACTED, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def listed(_view: object, _done: object, _acted: object) -> object:
        words = current_words()
        with deps.reading() as conn:
            rows = reporting.tables(conn)
        if not rows:
            return empty(words("report.tables_none"), words("report.tables_none_hint"))
        return html.Ul([_line(row, words) for row in rows], className="ek-report-list")


def _acting(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.TABLES_DONE, "data"),
        Output(ids.TABLES_SAID, "children"),
        Input(ids.TABLE_SAVE, "n_clicks"),
        State({"type": ids.TABLE_FIELD, "name": ALL}, "value"),
        State({"type": ids.TABLE_FIELD, "name": ALL}, "id"),
        State(ids.TABLE_VIEW, "data"),
        State(ids.TABLE_KEY, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.TABLE_SAVE, "disabled"), True, False)],
    )
    @requires(Permission.READ_AGGREGATES)
    def save(
        clicks: Number | None, values: Fields, names: Names, view: View, key: Code | None
    ) -> tuple[object, object]:
        words = current_words()
        if not clicks:
            return no_update, no_update
        given = {name["name"]: value for name, value in zip(names, values, strict=True)}
        command = command_of(given, table_id=TableView.parse(view).table or None)
        return answered(
            deps,
            f"report-table {key} {clicks}",
            lambda session: {"table": save_table(session, command)},
            message=lambda _result: done(words("report.table_saved")),
            refused=lambda error: _refused(error, words),
        )

    @app.callback(
        Output(ids.TABLES_ACTED, "data"),
        Output(ids.TABLES_RESULT, "children"),
        Input({"type": ids.TABLE_ACT, "act": ALL, "table": ALL}, "n_clicks"),
        State(ids.TABLE_KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def act(clicks: Clicks, key: Code | None) -> tuple[object, object]:
        button, words = pressed(), current_words()
        table_id = number_in(button["table"]) if button else None
        if button is None or table_id is None or button["act"] not in {"make", "retire"}:
            return no_update, no_update

        def carry_out(session: Writes) -> dict[str, object]:
            if button["act"] == "retire":
                retire_table(session, table_id)
                return {}
            found = reporting.table(session.connection(), table_id)
            if found is None:
                raise NotFound
            asked = Asked(report="jadual", area=found["spec"]["within"], language=found["language"], table=table_id)
            return {"number": make_edition(session, asked, home=deps.settings.home).number}

        return answered(
            deps,
            f"report-table {key} {button['act']} {table_id} {sum(click or 0 for click in clicks)}",
            carry_out,
            message=lambda result: _said(result, words),
            refused=lambda error: _refused(error, words),
        )


def _line(row: ReportTableRow, words: Words) -> Component:
    about = [
        *([] if row["own"] else [words("report.table_of_others")]),
        *([words("report.table_is_shared")] if row["shared"] else []),
        *([words(f"report.every_{row['every']}")] if row["every"] else []),
    ]
    buttons: list[Any] = [_button("make", row, words)]
    if row["own"]:
        change = TableView(table=row["id"]).address(TABLES_PATH)
        named = f"{words('report.table_change')}: {row['name']}"
        buttons += [
            html.A(words("report.table_change"), href=change, className="ek-button", title=named, **STEP),
            _button("retire", row, words),
        ]
    return html.Li(
        [
            html.Strong(row["name"]),
            html.Span(" · ".join(about), className="ek-footnote"),
            html.Span(buttons, className="ek-report-files"),
        ]
    )


def _button(act: str, row: ReportTableRow, words: Words) -> Component:
    named = words(f"report.table_{act}")
    return html.Button(
        named,
        id=ids.table_act(act, row["id"]),
        className="ek-button",
        n_clicks=0,
        title=f"{named}: {row['name']}",
    )


def _said(result: dict[str, Any], words: Words) -> Component:
    if "number" not in result:
        return done(words("report.table_retired"))
    number = str(result["number"])
    return done([words("report.made", number=number), " ", dcc.Link(words("report.open"), href=address(number))])


def _refused(error: RegistryError, words: Words) -> Component:
    """Why it was not done: each field that cannot stay, or the rule."""
    if isinstance(error, InvalidInput):
        return html.Div([html.P(words(key), className="ek-refused") for key in error.problems.values()])
    return refused(error, words)
