"""The projects on a map and in the list beside it, which is the same map by keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html

from dashboard import urlstate
from dashboard.boundary_files import land_url
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import ASKS
from dashboard.components.listing import pager, shown_of
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, exactly
from dashboard.drilling import paints
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, may, requires
from dashboard.i18n import current_words
from dashboard.pages.projects import ids, marks
from dashboard.pages.projects.card import project_card
from dashboard.pages.projects.parts import (
    CONTRACTORS_PATH,
    NEW_PATH,
    PATH,
    TYPES_PATH,
    address,
    named,
    percent,
    rm,
    state_tag,
    today,
)
from dashboard.sent.kinds import Fields, Names, View
from dashboard.urlstate import UrlState, choice, code, whole
from layers.projects import signs
from queries import projects
from queries.projects import mark_of
from registry.principals import Permission
from registry.projects.models import STATES

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.projects import Judged
    from words import Words

ROWS: Final = 50
_FAR: Final = 10_000
_LATEST: Final = 2_100


@dataclass(frozen=True)
class ProjectsView(UrlState):
    """Which projects, and which page of them."""

    office: str = code("", name="pejabat")
    type: str = code("", pattern=r"[a-z0-9_]{1,40}", name="jenis")
    state: str = choice("", *STATES, name="keadaan")
    year: int = whole(0, at_least=0, at_most=_LATEST, name="tahun")
    contractor: int = whole(0, at_least=0, at_most=2**31 - 1, name="kontraktor")
    late: str = choice("", "lewat", "sakit", name="lewat")
    page: int = whole(1, at_least=1, at_most=_FAR, name="halaman")

    @property
    def asked(self) -> projects.Asked:
        """The same as the query takes it."""
        return projects.Asked(
            office=self.office or None,
            type_code=self.type or None,
            state=self.state or None,
            year=self.year or None,
            contractor=self.contractor or None,
            late=self.late or None,
        )


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    state = ProjectsView.parse(query)
    return html.Div(
        [
            dcc.Store(id=trail_of("projects"), data=[{"label": words("nav.projects")}]),
            urlstate.view_store(ids.VIEW, state),
            dcc.Store(id=ids.AREAS, data=1),
            html.Div([html.H1(words("nav.projects")), html.Div(_ways(words), className="ek-actions")],
                     className="ek-part-head"),
            html.Div([_filter(name, state, words) for name in ids.FILTERS], className="ek-projects-filters",
                     role="search", **ASKS),
            html.Div(
                [
                    html.Div([marks.view(words, land_url(deps_of_request().settings.home)), html.Div(id=ids.LEGEND)]),
                    html.Div(
                        [
                            html.Div(id=ids.CARD, role="status"),
                            html.Div(id=ids.SHOWN, role="status"),
                            html.Div(skeleton(words("project.loading"), lines=6), id=ids.LIST),
                        ]
                    ),
                ],
                className="ek-projects-both",
            ),
        ],
        className="ek-page ek-spaced",
    )  # fmt: skip


def _ways(words: Words) -> list[Component]:
    """Where one goes from here, as far as one may."""
    ways: list[Component] = []
    if may(Permission.OPEN_PROJECTS):
        ways.append(dcc.Link(words("project.new"), href=NEW_PATH, className="ek-button ek-button-main"))
    ways.append(dcc.Link(words("project.contractors"), href=CONTRACTORS_PATH, className="ek-button"))
    ways.append(dcc.Link(words("project.types"), href=TYPES_PATH, className="ek-button"))
    return ways


def _filter(name: str, state: ProjectsView, words: Words) -> Component:
    value = str(getattr(state, name) or "") or None
    known = {
        "state": [{"value": one, "label": words(f"project.state_{one}")} for one in STATES],
        "late": [{"value": one, "label": words(f"project.late_{one}")} for one in ("lewat", "sakit")],
    }
    chosen: Component = dmc.Select(
        id=ids.choose(name),
        label=words(f"project.filter_{name}"),
        data=known.get(name, []),
        value=value,
        placeholder=words("project.all"),
        clearable=True,
        searchable=name in {"office", "type", "contractor"},
        nothingFoundMessage=words("form.no_match"),
    )
    return chosen


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    paints(app, ids.MAP)

    @app.callback(
        Output(ids.LIST, "children"),
        Output(ids.SHOWN, "children"),
        Output(ids.LEGEND, "children"),
        Output(ids.MARKS, "data"),
        Output(ids.MARKS, "hideout"),
        Output(ids.OUTLINES, "data"),
        Input(ids.VIEW, "data"),
    )
    @requires(Permission.READ_PROJECTS)
    def show(view: View) -> tuple[Any, ...]:
        state, words = ProjectsView.parse(view), current_words()
        with deps.reading() as conn:
            found, total = projects.listed(conn, state.asked, today=today(), limit=ROWS, offset=(state.page - 1) * ROWS)
            odd = projects.odd(conn)
        deps.note_read("read", subject="project", facts={"list": state.query()})
        drawn = marks.collection(found, words)
        listed = [_list(found, total, state, words), _odd(odd, words)]
        told = shown_of((state.page - 1) * ROWS, len(found), total, words, key="project.shown") if found else None
        points, outlines = marks.apart(drawn)
        hideout = {"signs": signs(drawn["features"]), "cluster": words("project.cluster")}
        return listed, told, marks.legend(found, words), points, hideout, outlines

    @app.callback(
        Output(ids.MAP.picture, "data"),
        Output(ids.choose("office"), "data"),
        Output(ids.choose("type"), "data"),
        Output(ids.choose("year"), "data"),
        Output(ids.choose("contractor"), "data"),
        Input(ids.AREAS, "data"),
    )
    @requires(Permission.READ_PROJECTS)
    def draw_areas(_there: object) -> tuple[Any, ...]:
        words = current_words()
        with deps.reading() as conn:
            drawn = marks.areas(conn, deps.person(), deps.settings.home, words)
            offices = [{"value": row["code"], "label": named(row, "office", words)} for row in projects.offices(conn)]
            types = [{"value": row["code"], "label": named(row, "name", words)} for row in projects.types(conn)]
            years = [str(year) for year in projects.years(conn)]
            hired = [{"value": str(row["contractor_id"]), "label": row["name"]} for row in projects.contractors(conn)]
        return drawn, offices, types, years, hired

    @app.callback(
        Output(ids.VIEW, "data"),
        Input({"type": ids.CHOOSE_TYPE, "name": ALL}, "value"),
        State({"type": ids.CHOOSE_TYPE, "name": ALL}, "id"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_PROJECTS)
    def choose(values: Fields, names: Names, view: View) -> dict[str, str]:
        chosen = {name["name"]: value or "" for name, value in zip(names, values, strict=True)}
        known = {name: chosen[name] for name in ids.FILTERS if name in chosen}
        return ProjectsView.parse(view).but(page=1, **known).query()

    @app.callback(Output(ids.CARD, "children"), Input(ids.MAP.point, "data"), prevent_initial_call=True)
    @requires(Permission.READ_PROJECTS)
    def show_card(asked: View | None) -> object:
        words = current_words()
        number = str((asked or {}).get("number") or "")
        with deps.reading() as conn:
            found = projects.whole(conn, number, today=today()) if number else None
        if found is None:
            return None
        deps.note_read("read", subject="project", facts={"number": number})
        return project_card(found, words)


def _list(found: list[Judged], total: int, state: ProjectsView, words: Words) -> Component:
    if not found:
        return empty(words("project.none"), words("project.none_hint"))
    head = [words(f"project.{name}") for name in ("title", "state", "progress", "money")]
    rows = [_row(one, words) for one in found]
    return html.Div(
        [
            sortable(head, rows, words, name="projects", label=words("nav.projects"), total=total),
            pager(state.page, ROWS, total, lambda to: state.but(page=to).address(PATH), words),
        ],
        className="ek-projects-list",
    )


def _row(one: Judged, words: Words) -> list[object]:
    row, standing = one.row, one.standing
    told: Any = "—"
    if standing is not None:
        told = exactly(
            words("project.a_of_p", actual=percent(standing.actual), planned=percent(standing.planned)),
            int(standing.actual * 100),
        )
    amount = row["sum_rm"] if row["sum_rm"] is not None else row["cost_rm"]
    marked: dict[str, Any] = {"data-project": row["number"]}
    beside = (row["number"], named(row, "type", words), row["contractor"] or row["district_name"])
    title = [dcc.Link(row["title"], href=address(row["number"])), html.Br(), html.Small(" · ".join(beside))]
    return [
        html.Span(title, **marked),
        html.Span(state_tag(row["state"], words, mark_of(one))),
        told,
        exactly(rm(amount), int(amount * 100)),
    ]


def _odd(found: list[Any], words: Words) -> Component | None:
    """The projects whose place is odd, and in what."""
    if not found:
        return None
    lines = []
    for row in found:
        told = [words("project.odd_outside")] if row["inside"] is False else []
        told += [words("project.odd_apart", metres=row["apart_m"])] if (row["apart_m"] or 0) > 100 else []  # noqa: PLR2004 - the rule
        link = html.A(row["number"], href=address(row["number"]), **STEP)
        lines.append(html.Li([link, f" {row['title']}: {'; '.join(told)}"]))
    listed: Component = html.Details(
        [html.Summary(words("project.odd", n=len(found))), html.Ul(lines)],
        className="ek-projects-odd",
        **aria(label=words("project.odd", n=len(found))),
    )
    return listed
