"""A table of poor households by two cuts, whole in its address: exact for who sees persons, else as published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html
from flask import Response, request

from dashboard import urlstate
from dashboard.areas import COUNTRY, own_area, sees_small_counts
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.figures_line import footnote_line
from dashboard.components.tables import STEP
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.pivot import ids
from dashboard.sent.kinds import View
from dashboard.urlstate import UrlState, choice, code
from layers import numbers
from queries import boards, cross, maps
from queries.cross import ALL, AREA, STATUS, VALUES
from registry.principals import Permission
from reports.spreadsheet import csv_file

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask

    from dashboard.deps import Deps, Reads
    from queries.cross import Cross
    from queries.maps import Area, Footing
    from registry.principals import Principal
    from words import Words

PATH: Final = "/jadual-silang"
TITLE: Final = "nav.pivot"
ROUTE: Final = "/muat-turun/jadual-silang"
_LEVELS: Final = frozenset({"country", "state", "district"})
_CUTS: Final = tuple(cut for cut in VALUES if cut != STATUS)


@dataclass(frozen=True)
class PivotView(UrlState):
    """Of which area, and by which cuts; without an area the own one."""

    area: str = code("", pattern=r"MY|\d{2}|\d{4}", name="in")
    rows: str = choice("ethnicity", AREA, *(cut for cut in _CUTS if cut != "ethnicity"), name="baris")
    columns: str = choice(STATUS, *_CUTS, name="lajur")


@dataclass(frozen=True, slots=True)
class Table:
    """What the page shows; ``names`` are those of the areas inside."""

    view: PivotView
    lineage: tuple[Area, ...]
    footing: Footing
    cross: Cross
    names: dict[str, str]

    @property
    def area(self) -> Area:
        """The area that is counted."""
        return self.lineage[-1]


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("pivot"), data=[{"label": words("nav.pivot")}]),
            urlstate.view_store(ids.VIEW, PivotView.parse(query)),
            html.Div(skeleton(words("pivot.loading"), lines=6), id=ids.BODY, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    _register_file(app.server, deps)

    @app.callback(Output(ids.BODY, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(view: View) -> list[Component]:
        with deps.reading() as conn:
            table = read_table(conn, PivotView.parse(view), deps.person())
        return body(table, current_words())


def _register_file(server: Flask, deps: Deps) -> None:
    @server.get(ROUTE)
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def pivot_file() -> Response:
        words = current_words()
        with deps.reading() as conn:
            table = read_table(conn, PivotView.parse(request.args.to_dict()), deps.person())
        deps.note_read("export", subject="pivot", facts={"within": table.area.code, "level": table.area.level})
        head, rows = written(table, words)
        notes = [[note] for note in notes_of(table, words)]
        answer = Response(csv_file(head, [*rows, [], *notes]), mimetype="text/csv")
        answer.headers["Content-Disposition"] = f'attachment; filename="ekasih-jadual-silang-{table.area.code}.csv"'
        return answer


def read_table(conn: Reads, view: PivotView, principal: Principal) -> Table:
    """The table as the person asking may see it; of an area that is none of those, of the country."""
    lineage = maps.lineage(conn, view.area or own_area(principal)[:4])
    if not lineage or lineage[-1].level not in _LEVELS:
        lineage = maps.lineage(conn, COUNTRY)
    area = lineage[-1]
    level = cross.within(area.code)
    if view.rows == AREA and not level:
        view = view.but(rows="ethnicity")
    if view.rows == view.columns:
        view = view.but(columns=STATUS)
    footing = maps.footing(conn, level=level or "district", live=sees_small_counts(principal, area.code))
    names = {row["code"]: row["name"] for row in boards.areas(conn, level=level, within=area.code)} if level else {}
    found = cross.read(
        conn, area=area.code, inside=list(names), level=level, first=view.rows, second=view.columns, live=footing.live
    )
    return Table(view.but(area=area.code), lineage, footing, found, names)


def body(table: Table, words: Words) -> list[Component]:
    """The choices, the table and what it rests on."""
    name = words("map.country") if table.area.code == COUNTRY else table.area.name
    parts: list[Component] = [
        html.H1(words("pivot.title", area=name)),
        html.P(words("pivot.lead"), className="ek-lead"),
        _choices(table, words),
    ]
    if table.footing.empty or not table.cross.rows:
        return [*parts, empty(words("pivot.none"), words("pivot.none_hint"))]
    query = "&".join(f"{key}={value}" for key, value in table.view.query().items())
    csv = html.A("CSV", href=f"{ROUTE}?{query}", download="", className="ek-button")
    return [*parts, _drawn(table, words), html.Div(csv, className="ek-actions"),
            footnote_line(notes_of(table, words))]  # fmt: skip


def notes_of(table: Table, words: Words) -> list[str]:
    """Source, day, rule, and what is hidden or rounded."""
    found, footing = table.cross, table.footing
    notes = [words("source.name", name=words("map.register"))]
    if found.on is not None:
        notes.append(words("source.as_of", date=numbers.day(found.on)))
    notes.append(words("pivot.poor"))
    if not footing.live:
        notes.append(words("pivot.rounded" if found.rounded else "pivot.hidden", n=footing.threshold))
    if table.view.rows == AREA and not footing.live:
        notes.append(words("pivot.areas_note"))
    if footing.sample:
        notes.append(words("source.sample"))
    return notes


def _choices(table: Table, words: Words) -> Component:
    """Rows and columns to choose, as links."""
    rows = [AREA, *_CUTS] if table.names else list(_CUTS)
    return html.Div(
        [
            _choice("rows", rows, table.view.rows, table.view, words),
            _choice("columns", [STATUS, *_CUTS], table.view.columns, table.view, words),
        ],
        className="ek-pivot-choices",
    )


def _choice(side: str, offered: list[str], chosen: str, view: PivotView, words: Words) -> Component:
    label = words(f"pivot.{side}")
    links = []
    for cut in offered:
        current = aria(current="true" if cut == chosen else None)
        href = view.but(**{side: cut}).address(PATH)
        links.append(html.Li(html.A(words(f"cut.{cut}"), href=href, **STEP, **current)))
    return html.Nav([html.Strong(label), html.Ul(links)], className="ek-board-choice", **aria(label=label))


def value_name(cut: str, value: str, names: dict[str, str], words: Words) -> str:
    """What a value of a cut is called."""
    return names.get(value, value) if cut == AREA and value != ALL else words(cross.value_word(cut, value))


def _drawn(table: Table, words: Words) -> Component:
    found, view = table.cross, table.view
    columns = [*found.columns, ALL]
    head = [html.Th(words(f"cut.{view.rows}"), scope="col")]
    head += [
        html.Th(value_name(view.columns, column, table.names, words), scope="col", className="ek-number")
        for column in columns
    ]
    lines = [
        html.Tr(
            [
                html.Th(value_name(view.rows, row, table.names, words), scope="row"),
                *(html.Td(_told(found, row, column, words), className="ek-number") for column in columns),
            ]
        )
        for row in (*found.rows, ALL)
    ]
    drawn = html.Table([html.Thead(html.Tr(head)), html.Tbody(lines)], className="ek-table ek-pivot-table")
    label = words("pivot.table", rows=words(f"cut.{view.rows}"), columns=words(f"cut.{view.columns}"))
    return html.Div(drawn, className="ek-scroll ek-panel", role="region", tabIndex=0, **aria(label=label))


def _told(found: Cross, row: str, column: str, words: Words) -> str:
    count = found.at(row, column)
    return words("legend.too_few") if count is None else numbers.count(count)


def written(table: Table, words: Words) -> tuple[list[str], list[list[Any]]]:
    """The table for a file: head and lines; what is hidden says so."""
    found, view = table.cross, table.view
    columns = [*found.columns, ALL]
    head = [words(f"cut.{view.rows}"), *(value_name(view.columns, column, table.names, words) for column in columns)]
    lines: list[list[Any]] = []
    for row in (*found.rows, ALL):
        counts = [found.at(row, column) for column in columns]
        told = [words("legend.too_few") if count is None else count for count in counts]
        lines.append([value_name(view.rows, row, table.names, words), *told])
    return head, lines
