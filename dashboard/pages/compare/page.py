"""Areas side by side: the same numbers in columns, their courses on one scale, how they differ in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.areas import COUNTRY, area_options, own_area
from dashboard.components.aria import aria
from dashboard.components.badges import light_badge
from dashboard.components.feedback import empty, skeleton
from dashboard.components.figures_line import footnote_line
from dashboard.components.forms import ASKS
from dashboard.components.tables import STEP
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.indicator_words import name_of, written
from dashboard.pages.compare import ids
from dashboard.profile.charts import trend_figure
from dashboard.profile.reading import named, read_profile, source_of
from dashboard.profile.tables import number_lines
from dashboard.sent.kinds import Code, View
from dashboard.urlstate import UrlState, code
from layers import numbers
from layers.footnote import footnote
from layers.palettes import STATUS_COLOURS, TOKENS
from queries import boards
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from dashboard.indicators import Measured
    from dashboard.profile.reading import Profile
    from registry.principals import Principal
    from words import Words

PATH: Final = "/banding"
TITLE: Final = "nav.compare"
MOST: Final = 4
_CODE: Final = r"(?:MY|\d{2}|\d{4}|\d{6})"
_STATE_DIGITS: Final = 2
_ALIKE: Final = 1.05
"""Shares that differ by less are called the same."""


@dataclass(frozen=True)
class CompareView(UrlState):
    """Which areas: one, without it the own one, and up to three beside it."""

    area: str = code("", pattern=_CODE, name="in")
    others: str = code("", pattern=rf"{_CODE}(,{_CODE}){{0,{MOST - 2}}}", name="with")

    def codes(self, principal: Principal) -> list[str]:
        """The areas in their order, each once."""
        own = own_area(principal)
        first = self.area or (own if re.fullmatch(_CODE, own) else COUNTRY)
        return list(dict.fromkeys([first, *filter(None, self.others.split(","))]))[:MOST]


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    add = dmc.Select(
        id=ids.ADD, label=words("compare.add"), data=[], value=None, searchable=True, clearable=False,
        openOnFocus=False, placeholder=words("form.choose"), nothingFoundMessage=words("form.no_match"),
    )  # fmt: skip
    return html.Div(
        [
            dcc.Store(id=trail_of("compare"), data=[{"label": words("nav.compare")}]),
            urlstate.view_store(ids.VIEW, CompareView.parse(query)),
            html.H1(words("nav.compare")),
            html.P(words("compare.lead"), className="ek-lead"),
            html.Div(add, className="ek-case-start", **ASKS),
            html.Div(skeleton(words("compare.loading"), lines=6), id=ids.BODY, className="ek-spaced"),
        ],
        className="ek-page ek-spaced ek-compare",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(Output(ids.BODY, "children"), Output(ids.ADD, "data"), Input(ids.VIEW, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(view: View) -> tuple[list[Component], list[dict[str, object]]]:
        words, principal, state = current_words(), deps.person(), CompareView.parse(view)
        with deps.reading() as conn:
            found = [read_profile(conn, one, principal) for one in state.codes(principal)]
            offered = _offered(conn)
        profiles = [one for one in found if one is not None and not one.footing.empty]
        return body(profiles, words), offered

    @app.callback(
        Output(ids.VIEW, "data"),
        Output(ids.ADD, "value"),
        Input(ids.ADD, "value"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def add(chosen: Code | None, view: View) -> tuple[object, object]:
        if not chosen:
            return no_update, no_update
        return _view([*CompareView.parse(view).codes(deps.person()), chosen][:MOST]).query(), None


def _view(codes: Sequence[str]) -> CompareView:
    return CompareView().but(area=codes[0], others=",".join(codes[1:])) if codes else CompareView()


def _offered(conn: Reads) -> list[dict[str, object]]:
    """The country, its states and their districts to choose from."""
    states = boards.areas(conn, level="state", within=COUNTRY)
    names = {row["code"]: row["name"] for row in states}
    districts = boards.areas(conn, level="district", within=COUNTRY)
    # a state may be called like a district inside it
    choices = [(row["name"], row["code"], f"{row['name']} ({row['code']})") for row in states]
    choices += [(names.get(row["code"][:_STATE_DIGITS], ""), row["code"], row["name"]) for row in districts]
    return area_options(sorted(choices))


def body(profiles: Sequence[Profile], words: Words) -> list[Component]:
    """The areas side by side."""
    if not profiles:
        return [empty(words("compare.none"), words("compare.none_hint"))]
    codes = [one.area.code for one in profiles]
    parts: list[Component] = [_table(profiles, codes, words)]
    told = differences(profiles, words)
    if told:
        parts.append(html.Section([html.H2(words("compare.differences")), html.Ul([html.Li(one) for one in told])],
                                  className="ek-panel"))  # fmt: skip
    parts.append(html.H2(words("compare.courses")))
    parts.append(html.P(words("compare.one_scale"), className="ek-footnote"))
    parts.append(html.Div(_courses(profiles, words), className="ek-compare-courses"))
    if len({one.footing.live for one in profiles}) > 1:
        parts.append(html.P(words("compare.mixed"), className="ek-footnote"))
    parts.append(footnote_line(footnote(source_of(profiles[0], words), words)))
    return parts


def _table(profiles: Sequence[Profile], codes: Sequence[str], words: Words) -> Component:
    heads: list[Component] = [html.Th(words("compare.figure"), scope="col")]
    for profile in profiles:
        name, code = named(profile, words), profile.area.code
        inside: list[Any] = [dcc.Link(name, href=f"/kawasan/{code}")]
        if len(profiles) > 1:
            href = _view([one for one in codes if one != code]).address(PATH)
            inside.append(html.A("✕", href=href, className="ek-compare-out", title=words("compare.out", area=name),
                                 **STEP, **aria(label=words("compare.out", area=name))))  # fmt: skip
        heads.append(html.Th(inside, scope="col", className="ek-number"))
    lines = [number_lines(profile, words) for profile in profiles]
    rows: list[Component] = [
        html.Tr([html.Th(name, scope="row"), *(html.Td(line[place][1], className="ek-number") for line in lines)])
        for place, (name, _) in enumerate(lines[0])
    ]
    rows += [_indicator(code, profiles, words) for code in _indicators(profiles)]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="ek-table")
    label = words("nav.compare")
    return html.Div(table, className="ek-scroll ek-panel", role="region", tabIndex=0, **aria(label=label))


def _indicators(profiles: Sequence[Profile]) -> list[str]:
    """The indicators that any of the areas has, beside those that the numbers tell."""
    found = (item.indicator.indicator_code for profile in profiles for item in profile.measured)
    return [code for code in dict.fromkeys(found) if code not in {"tegar", "miskin", "rate", "gap"}]


def _indicator(code: str, profiles: Sequence[Profile], words: Words) -> Component:
    items: list[Measured | None] = [
        next((item for item in profile.measured if item.indicator.indicator_code == code), None)
        for profile in profiles
    ]
    known = [item.actual for item in items if item is not None]
    name = next(name_of(item.indicator, words) for item in items if item is not None)
    cells: list[Component] = []
    for item in items:
        if item is None or item.actual is None:
            told = words("profile.few") if item is not None else numbers.MISSING
            cells.append(html.Td(told, className="ek-number"))
            continue
        inside: list[Any] = [written(item.actual, item.indicator.unit, words, beside=known)]
        if item.light:
            inside += [" ", light_badge(item.light, words)]
        cells.append(html.Td(inside, className="ek-number"))
    return html.Tr([html.Th(name, scope="row"), *cells])


def differences(profiles: Sequence[Profile], words: Words) -> list[str]:
    """How each area differs from the first, by the share who are poor, else by how many are."""
    first, *others = profiles
    told = []
    for other in others:
        names = {"area": named(other, words), "first": named(first, words)}
        one, than = other.share, first.share
        if one and than:
            told.append(_difference(one, than, names, words))
        elif other.figures.totals.poor is None or first.figures.totals.poor is None:
            told.append(words("compare.hidden", **names))
    return told


def _difference(one: float, than: float, names: dict[str, str], words: Words) -> str:
    """How two shares differ, written with as many decimals as tell them apart."""
    times = max(one, than) / min(one, than)
    places = 1 + numbers.told_apart(lambda value, more: numbers.share(value, places=1 + more), (one, than))
    shares = {"share": numbers.share(one, places=places), "than": numbers.share(than, places=places)}
    if times < _ALIKE:
        return words("compare.same", **names, **shares)
    return words(f"compare.{'more' if one > than else 'less'}", **names, **shares, times=f"{times:.1f}")


def _courses(profiles: Sequence[Profile], words: Words) -> list[Component]:
    courses = {status: [profile.course(status) for profile in profiles] for status in ("", "tegar")}
    figures = []
    for status, found in courses.items():
        highest = max((value for course in found for _, value in course if value is not None), default=0.0)
        for profile, course in zip(profiles, found, strict=True):
            measure = words(f"measure.{status or 'poor'}")
            title = f"{named(profile, words)}: {measure}"
            figures.append(
                trend_figure(
                    course, words, title=title, colour=STATUS_COLOURS.get(status, TOKENS["accent"]), highest=highest,
                    name=f"ekasih-{status or 'miskin-semua'}-{profile.area.code}",
                )
            )  # fmt: skip
    return figures
