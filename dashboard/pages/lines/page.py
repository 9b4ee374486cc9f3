"""The page of poverty lines: what decides now, the figures of each survey year, the rules, what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import pressed
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.components.listing import Tab, pager, shown_of, tabs
from dashboard.components.sortable import sortable
from dashboard.components.tables import facts
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.lines import ids
from dashboard.pages.lines.texts import ADD_PATH, CHANGE_PATH, PATH, change_text, rule_text, sets_lines, state_name
from dashboard.sent.kinds import Clicks, View, whole_number
from dashboard.urlstate import UrlState, whole
from layers import numbers
from queries import lines
from registry.principals import Permission
from registry.status.lines import remove_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.lines import AdoptionRow, ChangeListRow, FigureRow, RuleRow
    from words import Words

_ROWS: Final = 20
_MEANINGS: Final = ("pgk", "food", "each", "adopted", "rule")
STRATA: Final = ("all", "urban", "rural")
_FIGURES: Final = ("pgk_household", "food_household", "pgk_per_capita", "food_per_capita")


@dataclass(frozen=True)
class LinesView(UrlState):
    """The survey year whose figures are shown, else the newest that decides; which page of the history."""

    year: int = whole(0, at_least=1900, at_most=2999, name="tahun")
    page: int = whole(1, at_least=1, at_most=10_000, name="sejarah")


@dataclass(frozen=True, slots=True)
class Known:
    """All that the page tells: figures, rules, who put a year into force, the changes there were."""

    figures: list[FigureRow]
    rules: list[RuleRow]
    adoptions: dict[int, AdoptionRow]
    history: list[ChangeListRow]

    @property
    def years(self) -> list[int]:
        """The survey years, the newest first."""
        return sorted({row["survey_year"] for row in self.figures}, reverse=True)

    @property
    def deciding(self) -> list[int]:
        """The survey years whose figures decide somebody today, the newest first."""
        return sorted({row["survey_year"] for row in self.figures if row["deciding"]}, reverse=True)


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("lines"), data=[{"label": words("nav.lines")}]),
            urlstate.view_store(ids.VIEW, LinesView.parse(query)),
            dcc.Store(id=ids.REMOVED),
            html.H1(words("nav.lines")),
            html.P(words("line.intro"), className="ek-lead"),
            _meanings(words),
            html.Div(id=ids.REMOVE_MESSAGE, role="status"),
            html.Div(skeleton(words("line.loading"), block=True), id=ids.BODY, className="ek-spaced"),
        ],
        className="ek-page ek-spaced ek-lines",
    )


def _meanings(words: Words) -> Component:
    """What the words of the page mean, in short."""
    entries = [
        part
        for name in _MEANINGS
        for part in (html.Dt(words(f"line.term_{name}")), html.Dd(words(f"line.meaning_{name}")))
    ]
    return html.Details([html.Summary(words("line.meanings")), html.Dl(entries, className="ek-pairs")])


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(Output(ids.BODY, "children"), Input(ids.VIEW, "data"), Input(ids.REMOVED, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(view: View, _removed: object) -> list[Component]:
        words, state = current_words(), LinesView.parse(view)
        with deps.reading() as conn:
            known = Known(
                lines.figures(conn),
                lines.rules(conn),
                lines.adoptions(conn),
                lines.history(conn, limit=_ROWS, offset=_ROWS * (state.page - 1)),
            )
        may = sets_lines(deps.person())
        return [
            *_now(known, words, may=may),
            *_years(known, state, words),
            *_rules(known, words),
            *_history(known, state, words, may=may),
        ]

    @app.callback(
        Output(ids.REMOVED, "data"),
        Output(ids.REMOVE_MESSAGE, "children"),
        Input({"type": ids.REMOVE, "line": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def remove(_clicks: Clicks) -> tuple[object, object]:
        asked = pressed()
        if asked is None:
            return no_update, no_update
        with deps.writing() as session:
            remove_line(session, whole_number(asked["line"]))
        return asked["line"], html.P(current_words()("line.removed"), className="ek-done")


def _now(known: Known, words: Words, *, may: bool) -> list[Component]:
    """What decides today, what is to come, and the ways to change it."""
    entries: list[tuple[str, object]] = [
        (words("line.now_line"), html.Ul([html.Li(_year_text(known, year, words)) for year in known.deciding]))
    ]
    for row in (row for row in known.rules if row["deciding"]):
        since = words("line.since", what=_rule(row, words), day=numbers.day(row["effective_from"]))
        entries.append((words("line.now_rule"), since))
    coming = [
        *(
            change_text("adopt_line", row["effective_from"], words, year=row["survey_year"])
            for row in _coming_years(known)
        ),
        *(
            change_text("set_rule", row["effective_from"], words, rule=_rule(row, words))
            for row in known.rules
            if row["coming"] and not row["replaced"]
        ),
    ]
    if coming:
        entries.append((words("line.coming"), html.Ul([html.Li(text) for text in coming])))
    ways = [
        dcc.Link(words("line.to_change"), href=CHANGE_PATH, className="ek-button ek-button-main"),
        dcc.Link(words("line.to_add"), href=ADD_PATH, className="ek-button"),
    ]
    foot = html.Div(ways, className="ek-actions") if may else html.P(words("line.read_only"), className="ek-footnote")
    return [html.H2(words("line.now")), facts(entries), foot]


def _year_text(known: Known, year: int, words: Words) -> str:
    own = [row for row in known.figures if row["survey_year"] == year and row["deciding"]]
    day = numbers.day(max(row["effective_from"] for row in own if row["effective_from"]))
    since = words("line.since", what=words("line.year", year=str(year)), day=day)
    return f"{since} · {_adopted_by(known, year, words)}"


def _adopted_by(known: Known, year: int, words: Words) -> str:
    adoption = known.adoptions.get(year)
    return words("line.adopted_by", name=adoption["asked_by"]) if adoption else words("line.came_with")


def _coming_years(known: Known) -> list[AdoptionRow]:
    """The survey years that are in force from a day to come."""
    return [row for row in known.adoptions.values() if row["done_at"] is None]


def _years(known: Known, state: LinesView, words: Words) -> list[Component]:
    """The figures of one survey year, and the way to those of the others."""
    shown = state.year if state.year in known.years else next(iter(known.deciding or known.years), 0)
    rows = [row for row in known.figures if row["survey_year"] == shown]
    links = [
        Tab(words("line.year", year=str(year)), state.but(year=year).address(PATH), here=year == shown)
        for year in known.years
    ]
    label = words("line.figures_of", year=str(shown))
    head = [words("line.column_state"), *(words(f"strata.{strata}") for strata in STRATA), words("line.column_source")]
    head.append(words("line.column_force"))
    notes = [html.P(words("line.units"), className="ek-footnote")]
    if any(_derived(row, name) for row in rows for name in _FIGURES[1:]):
        notes.append(html.P(words("line.derived_note"), className="ek-footnote"))
    states = dict.fromkeys(row["state_code"] for row in rows)
    cells = [_state([row for row in rows if row["state_code"] == state], known, words) for state in states]
    return [
        html.H2(words("line.figures")),
        html.Nav(tabs(links), className="ek-lines-years", **aria(label=words("line.years"))),
        sortable(head, cells, words, name="lines", label=label),
        *notes,
    ]


def _state(rows: list[FigureRow], known: Known, words: Words) -> list[Any]:
    """The figures of one state, strata side by side, where they come from and since when they are in force."""
    by_strata = {row["strata"]: row for row in rows}
    name = state_name(rows[0]["state_code"], {rows[0]["state_code"]: rows[0]["state_name"]}, words)
    figures = [_figures(by_strata[strata], name, words) if strata in by_strata else "" for strata in STRATA]
    sources = dict.fromkeys(_source(row, words) for row in rows)
    force = dict.fromkeys(_force(row, known, words) for row in rows)
    return [name, *figures, *(html.Ul([html.Li(text) for text in found]) for found in (sources, force))]


def _derived(row: Mapping[str, object], figure: str) -> bool:
    """Whether a figure was worked out from published ones; that of a household is published itself."""
    return row.get(f"{figure}_basis") == "derived"


def _figures(row: FigureRow, name: str, words: Words) -> Component:
    """The four figures of a line, and how to take it back where nobody adopted it."""
    amounts: Mapping[str, Any] = row

    def amount(figure: str) -> str:
        mark = "*" if _derived(row, figure) else ""
        return f"{numbers.money_tidy(amounts[f'{figure}_rm'])}{mark}"

    entries = [
        html.Li(words(f"line.figure_{kind}", household=amount(f"{kind}_household"), each=amount(f"{kind}_per_capita")))
        for kind in ("pgk", "food")
    ]
    if row["effective_from"] is None and row["added_by"] is not None:
        button = html.Button(
            words("line.remove"),
            id={"type": ids.REMOVE, "line": row["line_id"]},
            type="button",
            className="ek-button",
            **aria(label=words("line.remove_of", state=name, strata=words(f"strata.{row['strata']}"))),
        )
        entries.append(html.Li(button))
    return html.Ul(entries, className="ek-lines-figure")


def _source(row: FigureRow, words: Words) -> str:
    source = [row["source"] or words("line.no_source")]
    if row["published_on"] is not None:
        source.append(numbers.day(row["published_on"]))
    if row["published_for"] in {"region", "country"} and row["state_code"] != "MY":
        source.append(words(f"line.for_{row['published_for']}"))
    return " · ".join(source)


def _force(row: FigureRow, known: Known, words: Words) -> str:
    """From when a line is in force, and by whom."""
    if row["effective_from"] is None:
        return words("line.not_adopted")
    return f"{numbers.day(row['effective_from'])} · {_adopted_by(known, row['survey_year'], words)}"


def _rule(row: RuleRow | ChangeListRow, words: Words) -> str:
    return rule_text(row["rule"], row["vulnerable_urban_rm"], row["vulnerable_rural_rm"], words)


def _rules(known: Known, words: Words) -> list[Component]:
    def standing(row: RuleRow) -> str:
        if row["deciding"]:
            return words("line.decides")
        if row["replaced"]:
            return words("line.rule_replaced")
        return words("line.rule_coming" if row["coming"] else "line.rule_past")

    head = [words(f"line.column_{name}") for name in ("rule", "from", "standing")]
    cells = [[_rule(row, words), numbers.day(row["effective_from"]), standing(row)] for row in known.rules]
    return [html.H2(words("line.rules")), sortable(head, cells, words, name="lines-rules", label=words("line.rules"))]


def _history(known: Known, state: LinesView, words: Words, *, may: bool) -> list[Component]:
    """What was changed, by whom, and whether it decided anybody again; who may change sees what it did as well."""
    found = known.history
    if not found:
        return [html.H2(words("line.history")), html.P(words("line.no_history"))]
    head = [words(f"line.column_{name}") for name in ("change", "asked_by", "asked_at", "standing")]

    def change(row: ChangeListRow) -> object:
        message = change_text(
            row["kind"], row["effective_from"], words, year=row["survey_year"], rule=_rule(row, words)
        )
        return dcc.Link(message, href=f"{CHANGE_PATH}?perubahan={row['change_id']}") if may else message

    def standing(row: ChangeListRow) -> str:
        touched = words("line.touched" if row["touched"] else "line.touched_none")
        message = words(f"line.state_{row['state']}")
        return f"{message} · {numbers.day(row['decided_on'])} · {touched}" if row["state"] == "done" else message

    cells = [[change(row), row["asked_by"], numbers.moment(row["asked_at"]), standing(row)] for row in found]
    total = found[0]["total"]
    return [
        html.H2(words("line.history")),
        sortable(head, cells, words, name="lines-history", label=words("line.history"), total=total),
        shown_of(_ROWS * (state.page - 1), len(found), total, words, key="line.shown"),
        pager(state.page, _ROWS, total, lambda to: state.but(page=to).address(PATH), words, label=words("line.pages")),
    ]
