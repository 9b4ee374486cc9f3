"""The KPI page on screen: a card for each indicator, the areas inside, where the figures come from."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.components.badges import light_badge
from dashboard.components.breaks import breaks_note
from dashboard.components.feedback import empty, skeleton
from dashboard.components.figures_line import figures_line
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.indicator_words import name_of, nearest_address, source_of, worklist_address, written_beside_goal
from dashboard.pages.kpi import deciding, ids, proposing
from dashboard.pages.kpi.course import course
from dashboard.pages.kpi.inside import areas_inside, worst
from dashboard.pages.kpi.survey import survey_range
from dashboard.pages.kpi.view import KpiView, read_panel
from dashboard.sent.kinds import View
from layers import charts, numbers
from layers.choropleth import Source
from poverty.kpi.grammar import read_formula
from poverty.kpi.measures import shipped_measures
from poverty.targets import LIGHTS, expected, turns_back
from registry.kpi.sentences import sentence
from registry.principals import Permission

if TYPE_CHECKING:
    from fractions import Fraction

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.indicators import Measured
    from dashboard.pages.kpi.view import Panel
    from poverty.targets import Goal
    from queries.kpi import Indicator
    from words import Words

PATH = "/kpi"
# shares are typed in per cent with two decimals
_PLACES: Final = 4


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("kpi")),
            urlstate.view_store(ids.VIEW, KpiView.parse(query)),
            *(dcc.Store(id=name) for name in (ids.PROPOSED, ids.DECIDED)),
            html.Div(skeleton(words("kpi.loading"), lines=6, block=True), id=ids.BODY),
            *(html.Div(id=name, role="status") for name in (ids.PROPOSE_MESSAGE, ids.DECIDE_MESSAGE)),
        ],
        className="ek-page ek-kpi-page",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    proposing.register(app, deps)
    deciding.register(app, deps)

    @app.callback(
        Output(ids.BODY, "children"),
        Output(trail_of("kpi"), "data"),
        Input(ids.VIEW, "data"),
        Input(ids.PROPOSED, "data"),
        Input(ids.DECIDED, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(view: View, _proposed: object, _decided: object) -> tuple[list[Component], list[dict[str, str]]]:
        words = current_words()
        principal = deps.person()
        with deps.reading() as conn:
            asked = KpiView.parse(view)
            panel = read_panel(conn, asked, principal)
            waiting = deciding.deciding(conn, panel.area.code, principal, words)
            offered = proposing.proposing(conn, panel, principal, words)
        return [*body(panel, asked, words), *waiting, *offered], _trail(panel, words)


def body(panel: Panel, view: KpiView, words: Words) -> list[Component]:
    """Heading, cards, the areas inside and the footnote."""
    name = words("map.country") if panel.area.code == COUNTRY else panel.area.name
    heading = html.Header(
        [
            html.P(words(f"level.{panel.area.level}"), className="ek-poverty-map-eyebrow"),
            html.H1(words("kpi.title", area=name)),
        ],
        className="ek-kpi-heading",
    )
    if panel.footing.empty:
        return [heading, empty(words("map.empty"), words("map.empty_hint"))]
    cards = html.Div(
        [_card(item, panel, words) for item in sorted(panel.measured, key=worst)], className="ek-kpi-cards"
    )
    parts: list[Component] = [heading, _lights(panel, words), cards, *breaks_note(panel.figures.breaks, words)]
    if panel.children:
        parts.append(areas_inside(panel, view, PATH, words))
    parts.append(figures_line(_source(panel, words), words))
    return parts


def _lights(panel: Panel, words: Words) -> Component:
    """How many indicators stand how, in one sentence."""
    lights = [item.light for item in panel.measured]
    entries = [words(f"kpi.sum_{light}", n=lights.count(light)) for light in LIGHTS if light in lights]
    none = words("kpi.no_targets" if panel.footing.live else "kpi.targets_hidden")
    return html.P(" · ".join(entries) or none, className="ek-kpi-sum")


def _card(item: Measured, panel: Panel, words: Words) -> Component:
    indicator = item.indicator
    name, source = name_of(indicator, words), source_of(indicator, words)
    value = written_beside_goal(item.actual, item, words)
    top: list[Component] = [html.H2(name, className="ek-kpi-name")]
    if item.light:
        top.append(light_badge(item.light, words))
    parts: list[Component] = [
        html.Div(top, className="ek-kpi-top"),
        html.P(value, className="ek-kpi-value") if item.actual is not None else html.P(_without(item, words)),
        *survey_range(item, panel, words, written_beside_goal),
        *_rounded(item, panel, words),
    ]
    parts += _against(item, panel, words)
    parts += course(item, panel, words, name)
    if item.on != panel.footing.as_of:
        source = f"{source} · {words('frame.as_of', date=numbers.day(item.on))}"
    parts.append(_how(indicator, words))
    foot: list[Component] = [html.P(source, className="ek-footnote")]
    if panel.opens_worklists:
        foot += _lists_behind(indicator.indicator_code, panel.area.code, words)
    return html.Article([*parts, html.Div(foot, className="ek-kpi-foot")], className="ek-panel ek-kpi-card")


def _lists_behind(code: str, area: str, words: Words) -> list[Component]:
    """The households behind a number, and those that a little more would lift over the line."""
    lists = {"kpi.open_worklist": worklist_address(code, area), "kpi.open_nearest": nearest_address(code, area)}
    return [dcc.Link(words(key), href=href, className="ek-button") for key, href in lists.items() if href]


def _without(item: Measured, words: Words) -> str:
    """Why there is no value."""
    return words(f"kpi.missing_{item.missing or 'tiada_data'}")


def _rounded(item: Measured, panel: Panel, words: Words) -> list[Component]:
    """That a value is rounded, where it is published so."""
    if item.actual is None or item.indicator.indicator_code not in panel.course.rounded:
        return []
    return [html.P(words("kpi.rounded"), className="ek-kpi-note")]


def _how(indicator: Indicator, words: Words) -> Component:
    """How the value is worked out, as a sentence."""
    said = sentence(read_formula(indicator.formula), shipped_measures(), words)
    return html.Details([html.Summary(words("kpi.how")), html.P(said)], className="ek-kpi-note")


def _against(item: Measured, panel: Panel, words: Words) -> list[Component]:
    """The bar against the target, and the same in words."""
    goal = item.goal
    if goal is None:
        # a target that may not be shown is not told from one that was never set
        return [html.P(words("kpi.no_target" if panel.footing.live else "kpi.target_hidden"), className="ek-kpi-note")]
    message = words(
        "kpi.against",
        target=written_beside_goal(goal.target, item, words),
        due=numbers.day(goal.due_on),
        baseline=written_beside_goal(goal.baseline, item, words),
        since=numbers.day(goal.baseline_on),
    )
    parts: list[Component] = []
    if goal.way != "lurus":
        points = [f"{numbers.day(day)} {written_beside_goal(value, item, words)}" for day, value in goal.points]
        message = f"{message} {words(f'kpi.way_{goal.way}', points=', '.join(points))}"
        if turns_back(goal):
            message = f"{message} {words('kpi.way_back')}"
    due = _decimal(expected(goal, on=item.on))
    message = f"{message} {words('kpi.due_now', value=written_beside_goal(due, item, words), on=numbers.day(item.on))}"
    if item.actual is not None:
        figure = charts.bullet(
            item.actual,
            target=goal.target,
            baseline=goal.baseline,
            track=item.light or "tiada_nilai",
            due=due,
            steps=[value for _, value in goal.points],
        )
        graph = dcc.Graph(
            figure=figure, config=charts.chart_config(words.language), style={"height": f"{figure.layout.height}px"}
        )
        parts.append(html.Div(graph, role="img", **aria(label=message)))
    found = item.indicator
    if found.numerator is not None and found.denominator:
        of = words("kpi.by_numerator", n=numbers.count(found.numerator), of=numbers.count(found.denominator))
        message = f"{message} {of}"
    return [*parts, html.P(message, className="ek-kpi-note"), *_basis_changed(item, goal, panel, words)]


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _basis_changed(item: Measured, goal: Goal, panel: Panel, words: Words) -> list[Component]:
    """What the register says now of the day from which a target counts, where that differs; for who sees it."""
    if not panel.footing.live or (goal.baseline_on + timedelta(days=1)).day != 1:
        return []
    now = panel.course.at(item.indicator.indicator_code, panel.area.code, goal.baseline_on.replace(day=1))
    if not isinstance(now, Decimal) or round(now, _PLACES) == round(goal.baseline, _PLACES):
        return []
    told = words("kpi.basis_changed", now=written_beside_goal(now, item, words), since=numbers.day(goal.baseline_on))
    return [html.P(told, className="ek-kpi-note ek-kpi-changed")]


def _source(panel: Panel, words: Words) -> Source:
    footing = panel.footing
    return Source(
        name=words("map.register"),
        as_of=footing.as_of,
        rule=footing.rule,
        line_year=footing.line_year,
        census_year=panel.area.census_year,
        lines_derived=footing.lines_derived,
        sample=footing.sample,
    )


def _trail(panel: Panel, words: Words) -> list[dict[str, str]]:
    """Where one is: the KPI page of every area above, and this one."""
    names = [words("map.country") if area.code == COUNTRY else area.name for area in panel.lineage]
    steps = [{"label": name, "href": f"{PATH}?in={area.code}"} for name, area in zip(names, panel.lineage, strict=True)]
    steps[-1].pop("href")
    return [{"label": words("nav.kpi")}, *steps]
