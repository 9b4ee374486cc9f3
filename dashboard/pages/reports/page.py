"""The reports that one may make: choose one, its area and month; and the editions that were made."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import answered
from dashboard.areas import COUNTRY, area_options, own_area
from dashboard.components.detail_page import done
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.components.tables import STEP
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.reports import ids
from dashboard.pages.reports.parts import PATH, TABLES_PATH, VERIFY_PATH, address, editions_list, refused
from dashboard.sent.kinds import Code, Fields, Names, Number, View
from dashboard.urlstate import UrlState
from layers import numbers
from queries import oversight, reporting
from registry.jobs.reporting import ask_report
from registry.principals import Permission
from registry.reporting.editions import make_edition
from registry.reporting.scope import Asked
from words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads, Writes
    from words import Words

__all__ = ["PATH", "layout", "register"]
_ROWS = 20
_LOOK_AGAIN_MS, _LOOKS = 3_000, 200
_OF_A_TABLE = "jadual"


@dataclass(frozen=True)
class ReportsView(UrlState):
    """Which editions are listed: those before one."""

    before: int = urlstate.whole(0, at_least=0, at_most=999_999_999, name="sebelum")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("reports"), data=[{"label": words("nav.reports")}]),
            urlstate.view_store(ids.VIEW, ReportsView.parse(query)),
            dcc.Store(id=ids.OPENED, data=1),
            dcc.Store(id=ids.MADE),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            # looks again while a worker makes what was asked for, and not for ever
            dcc.Interval(id=ids.CLOCK, interval=_LOOK_AGAIN_MS, max_intervals=_LOOKS, disabled=True),
            html.H1(words("nav.reports")),
            html.P(words("report.lead"), className="ek-lead"),
            html.Div(
                [
                    html.A(words("nav.report_tables"), href=TABLES_PATH, className="ek-button", **STEP),
                    html.A(words("nav.report_verify"), href=VERIFY_PATH, className="ek-button", **STEP),
                ],
                className="ek-actions",
            ),
            _form(words),
            html.Div(id=ids.SAID, role="status", tabIndex=-1, className="ek-flash-place"),
            html.H2(words("report.editions")),
            html.Div(skeleton(words("report.loading"), lines=4), id=ids.LIST),
        ],
        className="ek-page ek-spaced",
    )


def _form(words: Words) -> Component:
    languages = [{"value": one, "label": words(f"language.{one}_title")} for one in LANGUAGES]
    return html.Section(
        [
            dmc.Select(id=ids.field("report"), label=words("report.report"), data=[], allowDeselect=False),
            html.P(id=ids.LEAD, className="ek-footnote"),
            dmc.Select(
                id=ids.field("area"),
                label=words("report.area"),
                data=[],
                searchable=True,
                allowDeselect=False,
                nothingFoundMessage=words("form.no_match"),
            ),
            dmc.Select(id=ids.field("month"), label=words("report.month"), data=[], allowDeselect=False),
            dmc.Select(
                id=ids.field("language"),
                label=words("report.language"),
                data=languages,
                value=words.language,
                allowDeselect=False,
            ),
            html.Div(
                html.Button(words("report.make"), id=ids.MAKE, className="ek-button ek-button-main", n_clicks=0),
                className="ek-actions",
            ),
        ],
        className="ek-panel ek-column-form",
        **SAVES,
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    _offering(app, deps)

    @app.callback(
        Output(ids.LIST, "children"),
        Output(ids.CLOCK, "disabled"),
        Input(ids.VIEW, "data"),
        Input(ids.MADE, "data"),
        Input(ids.CLOCK, "n_intervals"),
    )
    @requires(Permission.READ_AGGREGATES)
    def listed(view: View, made: View | None, _looks: object) -> tuple[list[Component], bool]:
        words, state = current_words(), ReportsView.parse(view)
        with deps.reading() as conn:
            rows = reporting.editions(conn, before_id=state.before or None, limit=_ROWS + 1)
        more = []
        if len(rows) > _ROWS:
            older = state.but(before=rows[_ROWS - 1]["id"]).address(PATH)
            more = [html.A(words("grid.next"), href=older, className="ek-button", **STEP)]
        shown: list[Component] = [editions_list(rows[:_ROWS], words), html.Div(more, className="ek-actions")]
        return shown, "job" not in (made or {})

    @app.callback(
        Output(ids.MADE, "data"),
        Output(ids.SAID, "children"),
        Input(ids.MAKE, "n_clicks"),
        State({"type": ids.FIELD, "name": ALL}, "value"),
        State({"type": ids.FIELD, "name": ALL}, "id"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.MAKE, "disabled"), True, False)],
    )
    @requires(Permission.READ_AGGREGATES)
    def make(clicks: Number | None, values: Fields, names: Names, key: Code | None) -> tuple[object, object]:
        words = current_words()
        asked = _asked({name["name"]: str(value or "") for name, value in zip(names, values, strict=True)})
        if not clicks or asked is None:
            return no_update, no_update

        def act(session: Writes) -> dict[str, object]:
            if any(one["code"] == asked.report and one["slow"] for one in reporting.reports(session.connection())):
                return {"job": ask_report(session, asked)}
            return {"number": make_edition(session, asked, home=deps.settings.home).number}

        return answered(
            deps,
            f"report {key} {clicks}",
            act,
            message=lambda result: _said(result, words),
            refused=lambda error: refused(error, words),
        )


def _offering(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.field("report"), "data"),
        Output(ids.field("report"), "value"),
        Output(ids.field("month"), "data"),
        Output(ids.field("month"), "value"),
        Input(ids.OPENED, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def offer(_opened: object) -> tuple[object, ...]:
        words, principal = current_words(), deps.person()
        with deps.reading() as conn:
            kinds = [one for one in reporting.reports(conn) if one["code"] != _OF_A_TABLE]
            months = [row["month"] for row in reporting.months(conn)]
        level = _level(own_area(principal))
        first = next((one["code"] for one in kinds if level in one["levels"]), None)
        reports = [{"value": one["code"], "label": words(f"report.name_{one['code']}")} for one in kinds]
        offered = [{"value": f"{month:%Y-%m}", "label": numbers.month(month, words)} for month in months]
        return reports, first, offered, offered[0]["value"] if offered else None

    @app.callback(
        Output(ids.field("area"), "data"),
        Output(ids.field("area"), "value"),
        Output(ids.LEAD, "children"),
        Input(ids.field("report"), "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def areas(report: Code | None) -> tuple[object, object, object]:
        words, principal = current_words(), deps.person()
        with deps.reading() as conn:
            kind = next((one for one in reporting.reports(conn) if one["code"] == report), None)
            if kind is None:
                return [], None, ""
            found = _areas(conn, kind["levels"], words)
        codes = [code for _, code, _ in found]
        own = next((one for one in (own_area(principal), own_area(principal)[:2]) if one in codes), None)
        return area_options(found), own or next(iter(codes), None), words(f"report.lead_{kind['code']}")


def _areas(conn: Reads, levels: list[str], words: Words) -> list[tuple[str, str, str]]:
    """The areas of some levels: what each lies in, its code and its name."""
    country = [(words("map.country"), COUNTRY, words("map.country"))] if "country" in levels else []
    return country + [
        (row["state_name"], row["code"], row["name"]) for row in oversight.areas(conn) if row["level"] in levels
    ]


def _level(area: str) -> str:
    return {2: "state", 4: "district"}.get(len(area), "country") if area.isdigit() else "country"


def _asked(given: Mapping[str, str]) -> Asked | None:
    """What was asked for; ``None`` where something of it is missing, or none of ours."""
    report, area, language = (given.get(name, "") for name in ("report", "area", "language"))
    if not report or not area or language not in LANGUAGES or report == _OF_A_TABLE:
        return None
    try:
        month = date.fromisoformat(f"{given['month']}-01") if given.get("month") else None
    except ValueError:
        return None
    return Asked(report=report, area=area, month=month, language=language)


def _said(result: dict[str, Any], words: Words) -> Component:
    if "number" not in result:
        return done(words("report.making"))
    number = str(result["number"])
    return done([words("report.made", number=number), " ", dcc.Link(words("report.open"), href=address(number))])
